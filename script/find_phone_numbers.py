"""Looks for telephone numbers in everything a run has left behind: names of files, texts, logs, cells of databases.

    script/find_phone_numbers.py FOLDER...

Prints where, never the number; ends with 1 where there is one. A number is eleven digits with none beside them, or the
same after +86. Pixels of pictures are not read: what stands in those is drawn from facts, which are texts.
"""

import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?\d(?:[ -]?\d){10}(?![0-9A-Za-z])")
PICTURES = {".png", ".jpg", ".jpeg", ".pnm", ".wav", ".qm"}
# A day and an hour, as people and machines write them, are no number to call.
_MOMENT = re.compile(r"(?:19|20)\d\d[ -]?[01]\d[ -]?[0-3]\d[ -]?\d{3,4}")
_SQLITE = b"SQLite format 3\0"


def in_text(text: str) -> int:
    """How many telephone numbers a text holds."""
    return sum(not _MOMENT.fullmatch(number) for number in NUMBER.findall(text))


def in_database(file: Path) -> Iterator[tuple[str, int]]:
    """Yield table and column of a SQLite file, and how many numbers its cells hold; blobs are read as UTF-8."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            rows = connection.execute(f'SELECT * FROM "{table}"')
            columns = [described[0] for described in rows.description]
            for row in rows:
                for column, cell in zip(columns, row, strict=True):
                    if count := in_text(_readable(cell)):
                        yield f"{table}.{column}", count
    finally:
        connection.close()


def in_folder(folder: Path) -> list[str]:
    """Every place below a folder that holds a number."""
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = str(file.relative_to(folder))
        if in_text(name):
            found.append(f"the name of a file in {file.parent.relative_to(folder)}")
        if file.suffix.lower() in PICTURES:
            continue
        content = file.read_bytes()
        if content.startswith(_SQLITE):
            found += sorted({f"{name}: {place}" for place, _ in in_database(file)})
        elif in_text(content.decode("utf-8", errors="replace")):
            found.append(name)
    return found


def _readable(cell: object) -> str:
    if isinstance(cell, bytes):
        return cell.decode("utf-8", errors="replace")
    return cell if isinstance(cell, str) else ""


def main() -> int:
    """Look."""
    found = [place for folder in sys.argv[1:] for place in in_folder(Path(folder))]
    print("\n".join(found) or "no telephone number")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
