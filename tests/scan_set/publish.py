"""Writes the set as files: ``python -m tests.scan_set.publish FOLDER [--kind KIND]``, or ``script/make_scan_set``.

Beside each picture ``KIND/NAME.jpg`` stands ``NAME.txt`` with its text in UTF-8, without a line's end; a picture
without it holds no code. ``manifest.json`` says the version and, of each picture, seed, text, kind of code and sums.
"""

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from rich.console import Console
from rich.progress import track

from tests.scan_set.picture_set import KINDS, VERSION, SetPicture, pictures

_MARKS = (8, 6)


def fingerprint(packed: bytes) -> str:
    """Mean grey of 8 x 6 fields as hexadecimal: tells pictures apart, and hardly differs between OpenCV's versions."""
    grey = cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert grey is not None
    return np.asarray(cv2.resize(grey, _MARKS, interpolation=cv2.INTER_AREA), np.uint8).tobytes().hex()


def write(picture: SetPicture, folder: Path) -> dict[str, Any]:
    """Write one picture and its text, and return what the manifest says of it."""
    packed = picture.jpeg()
    path = folder / picture.kind.name / f"{picture.name}.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed)
    if picture.expected is not None:
        path.with_suffix(".txt").write_bytes(picture.expected.encode())
    return {
        "file": f"{picture.kind.name}/{path.name}",
        "kind": picture.kind.name,
        "level": picture.level,
        "seed": picture.seed,
        "symbology": picture.symbology,
        "text": picture.expected,
        "sha256": hashlib.sha256(packed).hexdigest(),
        "fingerprint": fingerprint(packed),
    }


def write_all(wanted: Iterable[SetPicture], folder: Path) -> list[dict[str, Any]]:
    """Write pictures with every core, a progress bar on stderr, and the manifest last."""
    chosen = list(wanted)
    with ProcessPoolExecutor(os.cpu_count(), initializer=cv2.setNumThreads, initargs=(1,)) as pool:
        written = pool.map(write, chosen, [folder] * len(chosen), chunksize=8)
        entries = list(track(written, "scan set", len(chosen), console=Console(stderr=True)))
    manifest = {"format": "pos-client scan set", "version": VERSION, "licence": "Apache-2.0", "pictures": entries}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return entries


def main(arguments: list[str] | None = None) -> int:
    """Write the set, or the kinds that are named, and print how many pictures of which kind there are."""
    parser = argparse.ArgumentParser(prog="script/make_scan_set", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="is made where it is absent")
    names = [kind.name for kind in KINDS]
    parser.add_argument("--kind", action="append", choices=names, default=[], metavar="KIND", help=", ".join(names))
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    entries = write_all(pictures(*options.kind), options.folder)
    counts = [(sum(entry["kind"] == name for entry in entries), name) for name in options.kind or names]
    counts.append((len(entries), f"pictures of scan set {VERSION} in {options.folder}"))
    sys.stdout.write("".join(f"{count:5}  {what}\n" for count, what in counts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
