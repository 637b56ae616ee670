"""Keeps one interpreter whose libraries are imported already, and forks it for every program that asks.

    server.py FOLDER PRELOAD IDLE_SECONDS

Importing torch and transformers takes longer than a small job; a fork has them at once. Between two groups of imports it
already answers, so that a program that needs only the first ones does not wait for the last. It refuses to serve with more than
one thread: a fork would copy locks that nobody ever releases.
"""

import array
import ctypes
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import struct
import sys
import time

PR_SET_PDEATHSIG = 1
LENGTH = struct.Struct("!I")


class Program:
    """What a fork becomes."""

    def __init__(self, asked, streams):
        self.asked, self.streams = asked, streams

    def become(self):
        asked = self.asked
        # Whoever started this server is gone when it is: nothing of it outlives it.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        for target, stream in enumerate(self.streams):
            os.dup2(stream, target)
            os.close(stream)
        os.environ.clear()
        os.environ.update(asked["environment"])
        os.chdir(asked["cwd"])
        os.umask(asked["umask"])
        reseed()
        arguments = asked["argv"]
        if arguments[0] == "-m":
            sys.argv = arguments[1:]
            sys.path[0] = os.getcwd()
            # It was only imported so far; run as the program it must be loaded anew.
            sys.modules.pop(arguments[1], None)
            return lambda: runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        sys.argv = arguments
        sys.path[0] = os.path.dirname(os.path.abspath(arguments[0]))
        return lambda: runpy.run_path(arguments[0], run_name="__main__")


def reseed():
    """What a library drew at its import must not be the same in every fork; and it read its threads from the server's variables."""
    numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
    if numpy is not None:
        numpy.random.seed()
    if torch is not None:
        torch.seed()
        threads = os.environ.get("OMP_NUM_THREADS", "")
        if threads.isdigit() and int(threads) > 0:
            torch.set_num_threads(int(threads))


class Server:
    def __init__(self, listener, idle_seconds):
        self.listener, self.idle_seconds = listener, idle_seconds
        self.clients = {}  # connection -> pid of its fork, or None before it has asked
        self.ended = {}
        self.last = time.monotonic()

    def serve(self, until_idle):
        """Answers what waits. Returns a Program in the fork, None in the server: at once, or when nobody needed it for long."""
        while True:
            patience = self.idle_seconds if until_idle else 0
            ready, _, _ = select.select([self.listener, WAKE, *self.clients], [], [], patience)
            for one in ready:
                if one is WAKE:
                    os.read(WAKE, 4096)
                elif one is self.listener:
                    self.clients[self.listener.accept()[0]] = None
                else:
                    program = self.hear(one)
                    if program is not None:
                        return program
            self.bury()
            if ready:
                self.last = time.monotonic()
            elif not until_idle:
                return None
            if until_idle and not self.clients and time.monotonic() - self.last >= self.idle_seconds:
                return None

    def hear(self, client):
        pid = self.clients[client]
        if pid is not None:
            # Its other end never speaks again: it is gone, and what it started goes with it.
            del self.clients[client]
            client.close()
            end_group(pid)
            return None
        try:
            asked, streams = receive(client)
        except (OSError, EOFError, ValueError):
            del self.clients[client]
            client.close()
            return None
        pid = os.fork()
        if pid == 0:
            os.setsid()
            self.listener.close()
            for other in self.clients:
                other.close()
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            return Program(asked, streams)
        for stream in streams:
            os.close(stream)
        self.clients[client] = pid
        tell(client, {"pid": pid})
        return None

    def end_when_unused(self):
        self.idle_seconds = 0

    def refuse(self):
        """Forks nothing more, and stays while what it has forked lives."""
        open("refused", "w").close()
        os.unlink("socket")
        self.listener.close()
        self.listener, self.idle_seconds = WAKE, 0
        self.serve(until_idle=True)

    def bury(self):
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if pid == 0:
                break
            for client, owner in list(self.clients.items()):
                if owner == pid:
                    tell(client, {"status": os.waitstatus_to_exitcode(status)})
                    del self.clients[client]
                    client.close()


def end_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def tell(client, message):
    text = json.dumps(message).encode()
    try:
        client.sendall(LENGTH.pack(len(text)) + text)
    except OSError:
        pass


def receive(client):
    """One message with the three standard streams of who sends it."""
    streams = array.array("i")
    head, ancillary, _, _ = client.recvmsg(LENGTH.size, socket.CMSG_SPACE(3 * streams.itemsize))
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            streams.frombytes(data[: len(data) - len(data) % streams.itemsize])
    if len(head) < LENGTH.size:
        raise EOFError
    left, parts = LENGTH.unpack(head)[0], []
    while left:
        part = client.recv(left)
        if not part:
            raise EOFError
        parts.append(part)
        left -= len(part)
    return json.loads(b"".join(parts)), list(streams)


def foreign_threads():
    """Threads a fork would lack. jemalloc's looks after itself: its own fork handlers stop it in the child."""
    try:
        names = [open(f"/proc/self/task/{task}/comm").read().strip() for task in os.listdir("/proc/self/task")]
    except OSError:
        return 0
    return len(names) - 1 - names.count("jemalloc_bg_thd")


def main():
    """The program to become, in a fork; None when the server is done."""
    folder, preload, idle_seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
    groups = read_groups(preload)
    os.chdir(folder)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        os.unlink("socket")
    except FileNotFoundError:
        pass
    listener.bind("socket")
    server = Server(listener, idle_seconds)
    signal.signal(signal.SIGTERM, lambda *_: server.end_when_unused())
    write_identity()
    for number, group in enumerate(groups):
        for module in group:
            importlib.import_module(module)
        if foreign_threads() > 0:
            print(f"importing {', '.join(group)} started a thread: this server forks no more", flush=True)
            server.refuse()
            return None
        if number == 0:
            # Only now can anybody connect: a preload that cannot be imported at all is found by who waits for the socket.
            gc.disable()
            listener.listen(64)
        program = server.serve(until_idle=False)
        if program is not None:
            return program
    gc.freeze()
    program = server.serve(until_idle=True)
    if program is None:
        os.unlink("socket")
    return program


def read_groups(preload):
    """Modules by group: an empty line ends one, and after each group it is answered who waits."""
    with open(preload, encoding="utf-8") as file:
        lines = [line.strip() for line in file if not line.startswith("#")]
    groups = [[]]
    for line in lines:
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group] or [["json"]]


def write_identity():
    """Pid and start time, so that who ends this server ends no later process with its number."""
    with open("/proc/self/stat", encoding="latin-1") as file:
        started = file.read().rpartition(")")[2].split()[19]
    with open("process", "w", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n{started}\n")


if __name__ == "__main__":
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    WAKE = reading
    signal.set_wakeup_fd(writing)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    chosen = main()
    if chosen is None:
        # Taking down a thousand modules one by one would keep whoever waits for the end.
        os._exit(0)
    else:
        os.close(reading)
        os.close(writing)
        gc.enable()
        run = chosen.become()
        del chosen
        # The program ends like any other from here: its exit code, its traceback, its atexit handlers.
        run()
