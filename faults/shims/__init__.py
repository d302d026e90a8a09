"""Small libraries in C that stand between a program and the system, built where they are needed."""

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

_SOURCES = Path(__file__).parent
_FLAGS = ("-shared", "-fPIC", "-O2", "-w")
_LIBRARIES = ("-ldl", "-lpthread")


@cache
def build(name: str) -> Path:
    """The library made of ``name.c``, for LD_PRELOAD; built once a run.

    Raises:
        RuntimeError: there is no C compiler (package gcc), or it refuses.
    """
    source, target = _SOURCES / f"{name}.c", _folder() / f"{name}.so"
    line = ["gcc", *_FLAGS, "-o", str(target), str(source), *_LIBRARIES]
    try:
        done = subprocess.run(line, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise RuntimeError("there is no C compiler here (package gcc)") from error
    if done.returncode:
        raise RuntimeError(f"{source.name} cannot be built: {done.stderr[-300:]}")
    return target


@cache
def _folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="faults-shims-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made
