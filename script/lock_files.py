"""Writes the two lock files from pyproject.toml, or checks without a network that they belong to it.

Apart from the shell scripts because comparing version ranges with pins is the packaging library's work.

    .venv/bin/python script/lock_files.py           write both anew (asks the package index)
    .venv/bin/python script/lock_files.py --check   exit 1 where a lock file is not that of pyproject.toml
"""

import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
EXTRAS_OF_LOCK = {
    "requirements.lock": ("setup",),
    "requirements-dev.lock": ("setup", "dev", "postgresql"),
}


def pins(lock: str) -> dict[str, Version]:
    """Return the pinned version of each distribution in a lock file, by canonical name."""
    found: dict[str, Version] = {}
    for line in lock.splitlines():
        if line and not line.startswith((" ", "#")):
            name, _, version = line.split(";")[0].split("\\")[0].strip().partition("==")
            found[canonicalize_name(name)] = Version(version)
    return found


def requirements(project: dict[str, object], extras: tuple[str, ...]) -> list[Requirement]:
    """Return what the project asks for, the given extras included."""
    table = project["project"]
    assert isinstance(table, dict)
    wanted = list(table["dependencies"])
    for extra in extras:
        wanted += table["optional-dependencies"][extra]
    return [Requirement(text) for text in wanted]


def complaints(root: Path) -> list[str]:
    """Return one sentence for each point in which the lock files under root differ from pyproject.toml."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    texts = {name: (root / name).read_text(encoding="utf-8") for name in EXTRAS_OF_LOCK}
    pinned = {name: pins(text) for name, text in texts.items()}
    found = []
    for name, extras in EXTRAS_OF_LOCK.items():
        for wanted in requirements(project, extras):
            version = pinned[name].get(canonicalize_name(wanted.name))
            if version is None or not wanted.specifier.contains(version, prereleases=True):
                found.append(f"{name}: pyproject.toml asks for {wanted}, the lock file has {version or 'nothing'}")
        found += [f"{name}: names a package index: {line}" for line in texts[name].splitlines() if "://" in line]
    run, dev = pinned["requirements.lock"], pinned["requirements-dev.lock"]
    found += [
        f"{package}: {version} in requirements.lock, {dev.get(package)} in requirements-dev.lock"
        for package, version in run.items()
        if dev.get(package) != version
    ]
    return found


def write(root: Path) -> None:
    """Resolve pyproject.toml anew and write both files, hashes of every platform's files included."""
    for name, extras in EXTRAS_OF_LOCK.items():
        chosen = [argument for extra in extras for argument in ("--extra", extra)]
        command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *chosen, "--universal"]
        command += ["--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header"]
        subprocess.run([*command, "--quiet", "--output-file", name], cwd=root, check=True)


if __name__ == "__main__":
    if "--check" not in sys.argv[1:]:
        write(ROOT)
    problems = complaints(ROOT)
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)
