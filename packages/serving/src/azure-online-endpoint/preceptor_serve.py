"""Starts a model's server inside its container, after it has checked that the model is the approved one.

Standard library only. Reads its environment:

    AZUREML_MODEL_DIR         folder the model was brought to, or its parent
    PRECEPTOR_MODEL_DIGEST    `sha256:` of the model's list of files, each with its own SHA-256
    PRECEPTOR_SERVE_COMMAND   JSON list: the server's command, with {model}, {host} and {port} where they belong
    HOST                      0.0.0.0 unless told otherwise
    PORT                      the port the container's routes name
"""

import hashlib
import json
import os
import sys
from pathlib import Path


def model_folders() -> list[Path]:
    """Azure puts the registered folder into the one it names; the innermost comes first."""
    folders = [Path(os.environ["AZUREML_MODEL_DIR"])]
    while len(inside := list(folders[0].iterdir())) == 1 and inside[0].is_dir():
        folders.insert(0, inside[0])
    return folders


def sha256_of(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 22):
            digest.update(chunk)
    return digest.hexdigest()


def digest_of(folder: Path) -> str:
    """As the control plane digests a model: a line a file, in the order of UTF-16 code units."""
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    lines = "".join(
        f"{sha256_of(files[path])}  {files[path].stat().st_size}  {path}\n"
        for path in sorted(files, key=lambda path: path.encode("utf-16-be"))
    )
    return f"sha256:{hashlib.sha256(lines.encode()).hexdigest()}"


def checked_model() -> Path:
    for folder in model_folders():
        if digest_of(folder) == os.environ["PRECEPTOR_MODEL_DIGEST"]:
            return folder
    sys.exit("error: the files are not the approved model; nothing was loaded")


def main() -> None:
    filled = {
        "{model}": str(checked_model()),
        "{host}": os.environ.get("HOST", "0.0.0.0"),
        "{port}": os.environ["PORT"],
    }
    command = [filled.get(word, word) for word in json.loads(os.environ["PRECEPTOR_SERVE_COMMAND"])]
    if command[0] in ("python", "python3"):
        command[0] = sys.executable
    os.chdir(Path(__file__).resolve().parent)
    print("the model's files are the approved ones; starting its server", flush=True)
    os.execvp(command[0], command)


main()
