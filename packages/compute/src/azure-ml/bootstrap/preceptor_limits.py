"""Keeps an attempt's limits on the node: how much it may print, and how much it may write. Standard library only."""

import os
import pathlib
import signal
import subprocess
import threading
import time

from preceptor_marks import mark, walk

GRACE = 5.0


class Log:
    """Hands on what the program prints up to a limit and counts the rest; the program is never held up by it."""

    def __init__(self, source, limit, state, rank):
        self.source, self.room, self.limit = source, limit, limit
        self.place = (state, f"dropped-{rank}")
        self.dropped = 0
        self.told = 0
        self.told_at = 0.0
        self.thread = threading.Thread(target=self.pump, daemon=True)
        self.thread.start()

    def pump(self):
        while True:
            chunk = os.read(self.source.fileno(), 65536)
            if not chunk:
                return
            kept = 0 if self.dropped else self.fitting(chunk)
            self.write(chunk[:kept])
            if kept < len(chunk) and not self.dropped:
                self.write(
                    f"\n[preceptor] {self.limit} bytes kept; what follows is counted, not kept\n".encode("ascii")
                )
            self.dropped += len(chunk) - kept
            self.tell(every=10)

    def fitting(self, chunk):
        if self.room is None:
            return len(chunk)
        kept = min(self.room, len(chunk))
        # Not inside of a character.
        while 0 < kept < len(chunk) and chunk[kept] & 0xC0 == 0x80:
            kept -= 1
        self.room -= kept
        return kept

    def write(self, chunk):
        try:
            while chunk:
                chunk = chunk[os.write(1, chunk) :]
        except OSError:
            # A log that cannot be written must not end the job.
            self.dropped += len(chunk)

    def tell(self, every):
        if self.dropped == self.told or (self.told and time.monotonic() - self.told_at < every):
            return
        self.told, self.told_at = self.dropped, time.monotonic()
        try:
            mark(*self.place, str(self.dropped))
        except OSError:
            self.told = 0

    def close(self):
        """A process the program left behind may keep the pipe open: it is not waited for."""
        self.thread.join(GRACE)
        self.tell(every=0)


def used_bytes(chosen):
    total = 0
    for folder in (chosen.checkpoints, chosen.outputs):
        for entry in walk(folder):
            try:
                total += entry.stat(follow_symlinks=False).st_size
            except OSError:
                continue
    return total


def descendants(root):
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                stat = pathlib.Path("/proc", name, "stat").read_text(encoding="latin-1")
            except OSError:
                continue
            parents.setdefault(int(stat.rsplit(") ", 1)[1].split()[1]), []).append(int(name))
    found, waiting = [], [root]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def stop(child):
    """Asks the program, then ends it with all it started."""
    family = descendants(child.pid)
    child.terminate()
    try:
        child.wait(GRACE)
    except subprocess.TimeoutExpired:
        family += descendants(child.pid)
        child.kill()
    for process in family:
        try:
            os.kill(process, signal.SIGKILL)
        except OSError:
            pass
    child.wait()


def watch(child, chosen):
    """Waits for the end; the bytes used where they are more than the quota. Measuring costs a twentieth of the time at most:
    a look at a mounted folder asks the storage."""
    pause = 1.0
    while True:
        try:
            child.wait(None if chosen.disk_quota is None else pause)
            ended = True
        except subprocess.TimeoutExpired:
            ended = False
        began = time.monotonic()
        used = 0 if chosen.disk_quota is None else used_bytes(chosen)
        pause = max(1.0, 20 * (time.monotonic() - began))
        if chosen.disk_quota is not None and used > chosen.disk_quota:
            if not ended:
                stop(child)
                return used
            # A failure of its own says more.
            return used if child.returncode == 0 else None
        if ended:
            return None
