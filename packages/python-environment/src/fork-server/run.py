"""Runs a Python program in a fork of an interpreter that has imported its libraries already.

    run.py FOLDER PRELOAD PROGRAM-ARGUMENTS...

To whoever started it, it is the program: the same standard streams, variables and working folder; signals are handed
on; it ends with the program's exit code or signal. Where no such interpreter can be had it becomes the program itself,
which then imports everything as usual.
"""

import array
import fcntl
import hashlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time

LENGTH = struct.Struct("!I")
IDLE_SECONDS = 60
PATIENCE_SECONDS = 120
# Variables of one attempt; every other one may be read while a library is imported, so a server belongs to their values.
OWN = ("PRECEPTOR_", "MLFLOW_TRACKING_", "MLFLOW_RUN_ID", "MLFLOW_EXPERIMENT_", "RANK", "LOCAL_RANK", "WORLD_SIZE",
       "LOCAL_WORLD_SIZE", "NODE_RANK", "GROUP_", "ROLE_", "MASTER_", "TORCHELASTIC_", "TORCH_NCCL_", "OMP_NUM_THREADS",
       "HF_HOME", "PWD", "OLDPWD", "SHLVL", "_", "PYTHON_EXEC", "TORCH_")
# It would start its threads at the import, and a fork has only the thread that forked.
SERVER_ONLY = {"OPENBLAS_NUM_THREADS": "1"}
HERE = os.path.dirname(os.path.abspath(__file__))


def shared_variables():
    return {name: value for name, value in os.environ.items() if not name.startswith(OWN)}


def place(folder, preload):
    """Where the server of this interpreter, these modules and these variables listens."""
    named = hashlib.sha256()
    for path in (os.path.join(HERE, "server.py"), preload):
        with open(path, "rb") as file:
            named.update(file.read())
    named.update(json.dumps([sys.executable, sorted(shared_variables().items())]).encode())
    return os.path.join(folder, named.hexdigest()[:16])


def connect(folder):
    """None when nobody listens. The path of a socket must be short, so it is named from inside its folder."""
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.open(".", os.O_RDONLY)
    try:
        os.chdir(folder)
        client.connect("socket")
        return client
    except OSError:
        client.close()
        return None
    finally:
        os.fchdir(before)
        os.close(before)


def connected(folder, preload):
    """A connection to the server, started now if there is none; None when it cannot be had."""
    os.makedirs(folder, mode=0o700, exist_ok=True)
    client = connect(folder)
    if client is not None:
        return client
    with open(os.path.join(folder, "lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        client = connect(folder)
        if client is not None or os.path.exists(os.path.join(folder, "refused")):
            return client
        with open(os.path.join(folder, "log"), "wb") as log:
            server = subprocess.Popen(
                [sys.executable, "-u", os.path.join(HERE, "server.py"), folder, preload, str(IDLE_SECONDS)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd=folder,
                env={**shared_variables(), **SERVER_ONLY})
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            client = connect(folder)
            if client is not None:
                return client
            if server.poll() is not None:
                # These modules cannot be shared; nobody needs to find that out again. The log says why.
                open(os.path.join(folder, "refused"), "w").close()
                return None
            time.sleep(0.02)
        server.kill()
        return None


def read(client):
    head = exactly(client, LENGTH.size)
    return None if head is None else json.loads(exactly(client, LENGTH.unpack(head)[0]) or b"null")


def exactly(client, size):
    parts = b""
    while len(parts) < size:
        part = client.recv(size - len(parts))
        if not part:
            return None
        parts += part
    return parts


def note(pid):
    """Tells who watches over the attempt which process is really the program."""
    folder = os.environ.get("PRECEPTOR_FORKED_DIR")
    if not folder:
        return
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="utf-8") as file:
            boot = file.read().strip()
        with open(f"/proc/{pid}/stat", encoding="latin-1") as file:
            started = file.read().rpartition(")")[2].split()[19]
        with open(os.path.join(folder, str(pid)), "w", encoding="utf-8") as file:
            file.write(f"{boot}/{started}")
    except FileNotFoundError:
        # It is over already.
        pass


def main():
    folder, preload, arguments = sys.argv[1], os.path.abspath(sys.argv[2]), sys.argv[3:]
    if arguments[:1] == ["-u"]:
        # torchrun passes it on; a fork never holds back what it prints.
        arguments = arguments[1:]
    client = None
    try:
        # Only Linux ends a fork together with its server.
        client = connected(place(folder, preload), preload) if sys.platform == "linux" else None
    except OSError:
        pass
    if client is None:
        os.execv(sys.executable, [sys.executable, "-u", *arguments])
    pid = None

    def hand_on(number, _):
        if pid is not None:
            try:
                os.killpg(pid, number)
            except ProcessLookupError:
                pass

    umask = os.umask(0)
    os.umask(umask)
    wanted = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2]
    # Held back until there is somebody to hand them to.
    signal.pthread_sigmask(signal.SIG_BLOCK, wanted)
    for number in wanted:
        signal.signal(number, hand_on)
    text = json.dumps({"argv": arguments, "cwd": os.getcwd(), "umask": umask, "environment": dict(os.environ)}).encode()
    streams = array.array("i", [0, 1, 2])
    client.sendmsg([LENGTH.pack(len(text))], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
    client.sendall(text)
    first = read(client)
    pid = first["pid"] if first else None
    if pid is not None:
        note(pid)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, wanted)
    last = read(client) if first else None
    # A server that vanished took its forks with it.
    status = last["status"] if last else -signal.SIGKILL
    if status < 0:
        signal.signal(-status, signal.SIG_DFL) if -status not in (signal.SIGKILL, signal.SIGSTOP) else None
        os.kill(os.getpid(), -status)
        signal.pause()
    os._exit(status)


main()
