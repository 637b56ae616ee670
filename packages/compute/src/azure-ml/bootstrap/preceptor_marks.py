"""What the bootstrap says: to people in the log, to the control plane by files in the attempt's state folder."""

import os
import sys


def say(text):
    print(f"preceptor: {text}", file=sys.stderr, flush=True)


def mark(state, name, text="\n"):
    """Closed and synced at once: a mount uploads a file when it is closed, and the node may be taken the next moment."""
    with open(os.path.join(state, name), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def walk(folder):
    """Every file below a folder; links are not followed, and what goes away meanwhile is left out."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from walk(entry.path)
        elif entry.is_file(follow_symlinks=False):
            yield entry
