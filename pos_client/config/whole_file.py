"""Replaces a small file as a whole: after a crash it holds the old content or the new, never half of one.

Apart because enrolment and secrets both must survive a power cut.
"""

import os
import tempfile
from pathlib import Path
from typing import Final

from pos_client.domain.errors import DiskFull, StorageUnavailable

OWNER_ONLY: Final = 0o600
_NO_SPACE: Final = frozenset({28, 122})  # ENOSPC, EDQUOT


def replace_file(path: Path, content: bytes) -> None:
    """Write ``content`` for the owner alone, synced to the disk before it takes the name.

    Raises:
        DiskFull, StorageUnavailable: the old content stays.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise _fault(path, error) from error
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise _fault(path, error) from error


def _sync_folder(folder: Path) -> None:
    # A folder cannot be opened on Windows, where the rename itself is durable.
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fault(path: Path, error: OSError) -> StorageUnavailable:
    kind = DiskFull if error.errno in _NO_SPACE else StorageUnavailable
    return kind(f"{path.name}: {error.strerror}", path=str(path))
