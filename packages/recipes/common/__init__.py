"""What every recipe needs: its job's environment, its rows, a trainer that writes no pickles."""
