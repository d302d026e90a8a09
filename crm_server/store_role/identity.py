"""Who a store's server is: what the centre said when it joined, in one file beside its keys.

Apart from the tables because these may be restored from yesterday, and because PostgreSQL holds no keys.
"""

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

FILE: Final = "store-server.json"


class NotJoined(RuntimeError):
    """The folder belongs to no store's server yet."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One store's server.

    Attributes:
        device: its id at the centre. store: the store's number. upstream: the centre's address.
        key_id: of its store key, 0 before the centre said it.
        trust: the centre's keys as of joining; the newest policy's count before these.
        store_epoch: the highest that it ever took; tables with a lower one were put back.
    """

    device: str
    store: int
    upstream: str
    key_id: int
    trust: Sequence[Mapping[str, Any]]
    store_epoch: int = 0


def is_there(folder: Path) -> bool:
    """Whether the folder is a store server's."""
    return (folder / FILE).is_file()


def read(folder: Path) -> Identity:
    """The identity of a folder.

    Raises:
        NotJoined: there is none, or it cannot be read.
    """
    try:
        document = json.loads((folder / FILE).read_bytes())
        return Identity(**{name: document[name] for name in Identity.__dataclass_fields__})
    except FileNotFoundError as error:
        raise NotJoined(f"{folder} is no store server's: start it once with --upstream, --store and --code") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotJoined(f"{FILE} cannot be read: {error}") from error


def write(folder: Path, identity: Identity) -> None:
    """Replace the file as a whole, on disk when this returns."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = folder / f"{FILE}.{secrets.token_hex(8)}"
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(json.dumps(asdict(identity), ensure_ascii=False, indent=1).encode())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / FILE)


def note_epoch(folder: Path, store_epoch: int) -> None:
    """Remember an epoch outside the tables, so that older tables are known for what they are."""
    known = read(folder)
    if store_epoch > known.store_epoch:
        write(folder, replace(known, store_epoch=store_epoch))
