"""Writes the file that a command was told to make; apart so that a full disk is a sentence and not a crash."""

import errno
from pathlib import Path

from pos_client.domain.errors import DiskFull, StorageUnavailable


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8 with a mark, as spreadsheets expect it.

    Raises:
        DiskFull, StorageUnavailable: it cannot be written.
    """
    try:
        path.write_text(text, "utf-8-sig", newline="")
    except OSError as error:
        kind = DiskFull if error.errno in {errno.ENOSPC, errno.EDQUOT} else StorageUnavailable
        raise kind(f"{path.name}: {error.strerror}") from error
