"""Builds one virtual environment, once: a second caller waits for the first and finds it ready.

    build.py FOLDER REQUIREMENTS PIP_ARGUMENTS_AS_JSON
    build.py --below ENVIRONMENTS REQUIREMENTS PIP_ARGUMENTS_AS_JSON    in the folder that build.ts names for this interpreter

The kernel releases the lock when its holder dies, so a killed build never blocks the next one.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from importlib.metadata import PackageNotFoundError, version


def is_ready(folder: str) -> bool:
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(os.path.join(folder, ".ready")):
        return False
    # The interpreter it was made from may have been removed since.
    return subprocess.call([python, "-c", ""], stderr=subprocess.DEVNULL) == 0


def can_install_elsewhere() -> bool:
    """pip 22.3 learned `--python`; with it the environment needs no pip of its own, which saves seconds."""
    try:
        major, minor = version("pip").split(".")[:2]
    except PackageNotFoundError:
        return False
    return (int(major), int(minor)) >= (22, 3)


def build(folder: str, requirements: str, pip_arguments: list[str]) -> int:
    elsewhere = can_install_elsewhere()
    try:
        venv.create(folder, symlinks=True, with_pip=not elsewhere)
    except (subprocess.CalledProcessError, SystemExit):
        print("ERROR: Python has no venv module with pip here: install your system's python3-venv package")
        return 1
    python = os.path.join(folder, "bin", "python")
    pip = [sys.executable, "-m", "pip", "--python", python] if elsewhere else [python, "-m", "pip"]
    flags = ["--no-deps", "--no-compile", "--no-input", "--progress-bar", "off", "--disable-pip-version-check"]
    install = [*pip, "install", *flags, *pip_arguments]
    parts = parts_of(requirements)
    if len(parts) > 1 and not at_once(install, parts, folder):
        return 1
    # Alone, or for whoever of them met a half-written neighbour: with everything installed this only looks.
    quiet = ["--quiet"] if len(parts) > 1 else []
    return subprocess.call([*install, *quiet, "-r", requirements], stderr=subprocess.STDOUT)


def parts_of(requirements: str) -> list[str]:
    """Many pinned packages in as many files as there are cores: pip itself unpacks one after the other. Nothing depends on anything here."""
    with open(requirements, encoding="utf-8") as file:
        lines = file.read().splitlines()
    pinned = [line for line in lines if re.match(r"[A-Za-z0-9][\w.-]*==", line)]
    shared = [line for line in lines if line not in pinned]
    count = min(os.cpu_count() or 1, 4)
    if len(pinned) < 8 or any(line.endswith("\\") for line in lines):
        count = 1
    return ["\n".join(shared + pinned[number::count]) + "\n" for number in range(count)]


def at_once(install: list[str], parts: list[str], folder: str) -> bool:
    running = []
    for number, text in enumerate(parts):
        part = f"{folder}.part-{number}"
        with open(part, "w", encoding="utf-8") as file:
            file.write(text)
        running.append((part, subprocess.Popen([*install, "-r", part], stderr=subprocess.STDOUT)))
    codes = [process.wait() for _, process in running]
    for part, _ in running:
        os.unlink(part)
    return not any(codes)


def folder_below(environments: str, requirements: str, pip_arguments: list[str]) -> str:
    """As `environmentFolder` in build.ts, for whoever begins before Node has anything to compute it with."""
    with open(requirements, encoding="utf-8", newline="") as file:
        text = file.read()
    version = ".".join(map(str, sys.version_info[:3]))
    name = json.dumps([text, version, sys.executable, pip_arguments], ensure_ascii=False, separators=(",", ":"))
    os.makedirs(environments, exist_ok=True)
    return os.path.join(environments, hashlib.sha256(name.encode()).hexdigest())


def main() -> int:
    named = sys.argv[1] != "--below"
    folder, requirements, pip_arguments = sys.argv[1 if named else 2 :]
    pip_arguments = json.loads(pip_arguments)
    if not named:
        folder = folder_below(folder, requirements, pip_arguments)
    with open(folder + ".lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("waiting for another job to build the same Python environment", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        if is_ready(folder):
            return 0
        shutil.rmtree(folder, ignore_errors=True)
        try:
            code = build(folder, requirements, pip_arguments)
        except OSError as error:
            print(f"ERROR: {error}", flush=True)
            code = 1
        if code == 0:
            open(os.path.join(folder, ".ready"), "w").close()
        else:
            shutil.rmtree(folder, ignore_errors=True)
        return code


if __name__ == "__main__":
    sys.exit(main())
