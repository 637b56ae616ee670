"""Checks an attempt's inputs on the node that reads them, before its program does. Standard library only."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import threading
import time

from preceptor_marks import mark, say, walk

CHUNK = 4 * 1024 * 1024


def folders(chosen):
    """Where each input is mounted, by its name."""
    found = dict(text.split("=", 1) for text in chosen.input)
    if chosen.resume_from:
        found["resume_from"] = os.path.dirname(os.path.abspath(chosen.resume_from))
    return found


class WrongInput(Exception):
    """An input is not what was recorded of it. `why`: folder, manifest, missing, unexpected, unreadable or digest."""

    def __init__(self, name, why, path=None):
        super().__init__(why)
        self.found = {"input": name, "why": why, "path": path, "digest": None}


class Check:
    """Reads every file of the inputs once and compares its SHA-256 with the one recorded. Who recorded is the control plane:
    the digest of each list of files came with the command, the list itself lies beside the inputs."""

    def __init__(self, chosen):
        self.chosen = chosen
        self.total = self.done = self.files = 0
        self.lock = threading.Lock()
        self.stopped = threading.Event()

    def listed(self, name, digest):
        try:
            text = pathlib.Path(self.chosen.manifests or "", name).read_bytes()
        except OSError:
            raise WrongInput(name, "manifest") from None
        if hashlib.sha256(text).hexdigest() != digest:
            raise WrongInput(name, "manifest")
        return [line.split("  ", 2) for line in text.decode("utf-8").split("\n")[:-1]]

    def run(self):
        places = folders(self.chosen)
        for name, folder in places.items():
            if not os.path.isdir(folder):
                raise WrongInput(name, "folder")
        tasks = []
        for name, digest in (text.split("=", 1) for text in self.chosen.verify):
            files = self.listed(name, digest)
            expected = {os.path.join(places[name], path): (sha, path) for sha, _, path in files}
            for found in walk(places[name]):
                if found.path not in expected:
                    raise WrongInput(name, "unexpected", os.path.relpath(found.path, places[name]))
            tasks += [(name, path, place, sha) for place, (sha, path) in expected.items()]
            self.total += sum(int(size) for _, size, _ in files)
        if tasks:
            self.all_of(tasks)

    def all_of(self, tasks):
        began = told = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(min(16, max(4, os.cpu_count() or 1), len(tasks))) as pool:
            waiting = {pool.submit(self.one, *task) for task in tasks}
            try:
                while waiting:
                    ended, waiting = concurrent.futures.wait(
                        waiting, timeout=1, return_when=concurrent.futures.FIRST_EXCEPTION
                    )
                    for task in ended:
                        task.result()
                    if waiting and time.monotonic() - told >= 10:
                        told = time.monotonic()
                        say(
                            f"checking inputs: {self.files} of {len(tasks)} files, "
                            f"{self.done / 1e9:.2f} of {self.total / 1e9:.2f} GB"
                        )
            except BaseException:
                # Those that have not begun end at their first look; nobody waits for gigabytes.
                self.stopped.set()
                raise
        say(f"{len(tasks)} input files ({self.done / 1e9:.2f} GB) checked in {time.monotonic() - began:.1f} s")

    def one(self, name, path, place, expected):
        for pause in (1, 5, None):
            try:
                if self.digest(place) == expected:
                    break
                raise WrongInput(name, "digest", path)
            except FileNotFoundError:
                raise WrongInput(name, "missing", path) from None
            except OSError:
                # A mount reads over a network.
                if pause is None or self.stopped.wait(pause):
                    raise WrongInput(name, "unreadable", path) from None
        with self.lock:
            self.files += 1

    def digest(self, place):
        read, content = hashlib.sha256(), bytearray(CHUNK)
        view = memoryview(content)
        with open(place, "rb", buffering=0) as file:
            while not self.stopped.is_set():
                size = file.readinto(content)
                if not size:
                    break
                read.update(view[:size])
                with self.lock:
                    self.done += size
        return read.hexdigest()


def check(chosen, rank, node, local):
    """Once a node: its first process reads, the others wait for what it says. False where an input is not as recorded."""
    verdict = os.path.join(chosen.state, f"checked-node-{node}")
    if local != 0:
        while not os.path.exists(verdict):
            if os.path.exists(os.path.join(chosen.state, f"unavailable-{rank - local}")):
                return False
            time.sleep(0.2)
        return True
    try:
        Check(chosen).run()
    except WrongInput as error:
        found = error.found
        found["digest"] = dict(text.split("=", 1) for text in chosen.verify).get(found["input"])
        mark(chosen.state, f"unavailable-{rank}", json.dumps(found))
        say(f"the input {found['input']} is not as recorded ({found['why']}): {found['path'] or 'the whole of it'}")
        return False
    mark(chosen.state, f"checked-node-{node}")
    return True
