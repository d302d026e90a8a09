"""Brings a journal of an older program to today's tables: forward only, and a copy first.

Apart from opening because it is rare: Alembic is imported only when there is something to do, so that a normal start
pays one page read. Bodies are never touched; migrations are about the columns beside them.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pysqlite3 import dbapi2

from pos_client.domain.errors import StorageUnavailable

from .connections import open_reader, open_writer
from .failures import JOURNAL
from .journal_file import schema_version
from .journal_sql import VERSION

if TYPE_CHECKING:
    from sqlalchemy import Engine

MIGRATIONS: Final = Path(__file__).with_name("migrations")
VERSIONS: Final = MIGRATIONS / "versions"


def upgrade_if_older(path: Path) -> Path | None:
    """Upgrade a journal where it is older than this program.

    Returns:
        The copy that was made first, None where there was nothing to do.

    Raises:
        StorageUnavailable, DiskFull: nothing was changed.
    """
    if not path.exists() or not 0 < schema_version(path) < VERSION:
        return None
    return upgrade(path)


def upgrade(path: Path, target: int = VERSION, versions: Sequence[Path] = (VERSIONS,)) -> Path:
    """Copy a journal, then run the migrations up to ``target``; the caller holds the writer's lock.

    Args:
        path: the journal.
        target: schema version to reach.
        versions: folders of the migrations.

    Returns:
        The copy, which stays until a day is agreed on (``remove_copies``).
    """
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    copy = _copy(path, schema_version(path))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", os.pathsep.join(map(str, versions)))
    with JOURNAL, _engine(path).connect() as connection:
        config.attributes["connection"] = connection
        with connection.begin():
            command.upgrade(config, "head")
            connection.exec_driver_sql(f"PRAGMA user_version = {target}")
    return copy


def remove_copies(path: Path, agreed: tuple[int, int]) -> int:
    """Remove the copies that were made before migrations and hold nothing beyond ``agreed`` (epoch, number).

    Up to there the centre has every entry; a copy that holds more, or cannot be read, stays. Returns how many went.
    """
    gone = 0
    for copy in path.parent.glob(f"{path.stem}-v*-*.bak"):
        if (newest := _newest(copy)) is not None and newest <= agreed:
            copy.unlink(missing_ok=True)
            gone += 1
    return gone


def _newest(copy: Path) -> tuple[int, int] | None:
    try:
        with JOURNAL:
            connection = open_reader(copy)
            try:
                row = connection.execute(
                    "SELECT epoch, seq FROM entry ORDER BY epoch DESC, seq DESC LIMIT 1"
                ).fetchone()
            finally:
                connection.close()
    except StorageUnavailable:
        return None
    return (row[0], row[1]) if row else (0, 0)


def _engine(path: Path) -> "Engine":
    """A SQLAlchemy engine on the file, of the one SQLite that may open it."""
    from sqlalchemy import create_engine, event  # noqa: PLC0415
    from sqlalchemy.pool import NullPool  # noqa: PLC0415

    engine = create_engine("sqlite://", module=dbapi2, creator=lambda: open_writer(path), poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def _begin_at_once(connection: Any) -> None:
        # A transaction that begins as a reader can fail when it comes to write; IMMEDIATE waits at the beginning.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _copy(path: Path, version: int) -> Path:
    """A whole copy (``VACUUM INTO``) that holds what stood in the write-ahead log too."""
    number = 1
    while (copy := path.with_name(f"{path.stem}-v{version}-{number}.bak")).exists():
        number += 1
    with JOURNAL:
        connection = open_writer(path)
        try:
            connection.execute("VACUUM INTO ?", (str(copy),))
        finally:
            connection.close()
    return copy
