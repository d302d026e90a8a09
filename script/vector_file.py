"""Writes a file of test vectors, or says whether it is current: what every generator of them ends with."""

import sys
from pathlib import Path


def write_or_compare(target: Path, text: str) -> int:
    """Write ASCII text; with ``--check`` on the command line compare it instead, and return 1 where it differs."""
    if "--check" not in sys.argv[1:]:
        target.write_text(text, encoding="ascii")
        return 0
    if target.read_text(encoding="ascii") == text:
        return 0
    print(f"{target.name} is not what script/{Path(sys.argv[0]).name} writes; run it without --check", file=sys.stderr)
    return 1
