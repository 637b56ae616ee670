"""Starts one process of an attempt on an Azure ML node: checks its inputs, names its folders, keeps its limits, marks how
it ended. Standard library only.

The cluster starts this once a process. Marks are files in the attempt's state folder that say all by their names, so that
the control plane learns everything from one listing; only `unavailable` and `dropped` have something to say inside:

    started-<rank>                              begun; a second beginning is a run that was restarted under our feet
    restarted-<rank>                            refused to begin a second time
    ticket-<rank>-<why>                         it got no secrets: its ticket was used, refused, or nobody answered
    checked-node-<node>                         every input file there has the bytes its digest names
    unavailable-<rank>                          it has not: which file, as JSON
    quota-<rank>-used-<bytes>-of-<bytes>        ended because checkpoints and outputs outgrew their quota
    dropped-<rank>                              how many bytes were printed past the log's limit
    exit-<rank>-node-<node>-code-<code>         ended with this code
    exit-<rank>-node-<node>-signal-<n>          ended by this signal
    exit-<rank>-node-<node>-memory-<n>          the same, and the kernel had counted a kill for want of memory
"""

import argparse
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

# The code folder is the program's.
sys.dont_write_bytecode = True

from preceptor_inputs import check  # noqa: E402
from preceptor_limits import Log, watch  # noqa: E402
from preceptor_marks import mark, say  # noqa: E402
from preceptor_ticket import NoSecrets, exchange  # noqa: E402

RESTARTED = 75  # EX_TEMPFAIL
UNAVAILABLE = 66  # EX_NOINPUT
OVER_QUOTA = 73  # EX_CANTCREAT
NO_SECRETS = 77  # EX_NOPERM
RANK_VARIABLES = ("RANK", "LOCAL_RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT")


def arguments():
    parser = argparse.ArgumentParser(prog="preceptor_run.py")
    parser.add_argument("--input", action="append", default=[], metavar="NAME=FOLDER")
    parser.add_argument("--resume-from")
    parser.add_argument("--manifests")
    parser.add_argument("--verify", action="append", default=[], metavar="NAME=SHA256")
    parser.add_argument("--disk-quota", type=int, metavar="BYTES")
    parser.add_argument("--log-limit", type=int, metavar="BYTES")
    parser.add_argument("--checkpoints", required=True)
    parser.add_argument("--outputs", required=True)
    parser.add_argument("--state", required=True)
    parser.add_argument("--distribution", choices=("pytorch", "mpi", "none"), default="none")
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--processes-per-node", type=int, default=1)
    words = sys.argv[1:]
    at = words.index("--") if "--" in words else len(words)
    chosen, program = parser.parse_args(words[:at]), words[at + 1 :]
    if not program:
        parser.error("there is no program behind --")
    return chosen, program


def place(processes, processes_per_node):
    """Rank, node and local rank, from what the cluster's launcher set; one process alone is rank 0."""

    def find(*names):
        return next((int(os.environ[name]) for name in names if os.environ.get(name, "").isdigit()), None)

    rank = find("RANK", "OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "NODE_RANK")
    if rank is None and processes > 1:
        # Two of rank 0 would look like one that was begun twice.
        sys.exit("preceptor: the launcher told this process no rank")
    rank = rank or 0
    node = find("NODE_RANK", "GROUP_RANK")
    local = find("LOCAL_RANK", "OMPI_COMM_WORLD_LOCAL_RANK", "MPI_LOCALRANKID")
    return (
        rank,
        rank // processes_per_node if node is None else node,
        rank % processes_per_node if local is None else local,
    )


def memory_kills():
    """Processes the kernel has killed in this container for want of memory; None where it does not say."""
    for path in ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control"):
        try:
            found = re.search(r"^oom_kill (\d+)$", pathlib.Path(path).read_text(encoding="ascii"), re.M)
        except OSError:
            continue
        if found:
            return int(found.group(1))
    return None


def variables(chosen, place_of_it, secrets):
    rank, node, local = place_of_it
    found = {**os.environ, **secrets}
    parameters = found.pop("PRECEPTOR_PARAMETERS_JSON", "{}")
    json.loads(parameters)
    folder = tempfile.mkdtemp(prefix="preceptor-")
    path = os.path.join(folder, "parameters.json")
    pathlib.Path(path).write_text(parameters, encoding="utf-8")
    found["PRECEPTOR_PARAMETERS"] = path
    found["PRECEPTOR_CHECKPOINT_DIR"] = os.path.abspath(chosen.checkpoints)
    found["PRECEPTOR_OUTPUT_DIR"] = os.path.abspath(chosen.outputs)
    for name, mounted in (text.split("=", 1) for text in chosen.input):
        found["PRECEPTOR_INPUT_" + name.upper()] = os.path.abspath(mounted)
    if chosen.resume_from:
        found["PRECEPTOR_RESUME_FROM"] = os.path.abspath(chosen.resume_from)
    processes = chosen.processes_per_node
    found.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // processes)))
    found["NODE_RANK"] = str(node)
    if chosen.distribution == "none":
        for name in RANK_VARIABLES:
            found.pop(name, None)
    else:
        found["RANK"], found["LOCAL_RANK"] = str(rank), str(local)
        found["WORLD_SIZE"] = str(chosen.nodes * processes)
        found["LOCAL_WORLD_SIZE"] = str(processes)
        if chosen.nodes * processes == 1:
            found.setdefault("MASTER_ADDR", "127.0.0.1")
            found.setdefault("MASTER_PORT", "29500")
    return found


def run(program, environment, chosen, rank):
    """The program's end: its code, or the negative number of the signal, and the bytes used where that was too many."""
    argv = [sys.executable if program[0] in ("python", "python3") else program[0], *program[1:]]
    try:
        child = subprocess.Popen(argv, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except OSError as error:
        say(f"{program[0]} cannot be started: {error.strerror}")
        return 127, None
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda caught, _frame: child.send_signal(caught))
    log = Log(child.stdout, chosen.log_limit, chosen.state, rank)
    over = watch(child, chosen)
    log.close()
    return child.returncode, over


def main():
    chosen, program = arguments()
    rank, node, local = place(chosen.nodes * chosen.processes_per_node, chosen.processes_per_node)
    for folder in (chosen.state, chosen.checkpoints, chosen.outputs):
        os.makedirs(folder, exist_ok=True)
    if os.path.exists(os.path.join(chosen.state, f"started-{rank}")):
        mark(chosen.state, f"restarted-{rank}")
        say(
            "this run was begun before and its machine was taken away. It is not begun again here: "
            "a new attempt goes on from the newest committed checkpoint."
        )
        return RESTARTED
    mark(chosen.state, f"started-{rank}")
    try:
        secrets = exchange(rank)
    except NoSecrets as error:
        mark(chosen.state, f"ticket-{rank}-{error.why}")
        say(f"the control plane gave this process no secrets for its ticket: {error.why} ({error})")
        return NO_SECRETS
    if not check(chosen, rank, node, local):
        return UNAVAILABLE
    if local != 0:
        # All processes of a node see the same folders: one measures.
        chosen.disk_quota = None
    kills = memory_kills()
    code, over = run(program, variables(chosen, (rank, node, local), secrets), chosen, rank)
    if over is not None:
        mark(chosen.state, f"quota-{rank}-used-{over}-of-{chosen.disk_quota}")
        say(f"checkpoints and outputs hold {over} bytes, more than the {chosen.disk_quota} of the quota")
        return OVER_QUOTA
    if code >= 0:
        mark(chosen.state, f"exit-{rank}-node-{node}-code-{code}")
        return code
    memory = code == -signal.SIGKILL and kills is not None and (memory_kills() or 0) > kills
    mark(chosen.state, f"exit-{rank}-node-{node}-{'memory' if memory else 'signal'}-{-code}")
    return 128 - code


if __name__ == "__main__":
    sys.exit(main())
