"""Files of a lane beside its journal, each with a purpose of its own: made if missing, begun anew when damaged.

Apart from the journal because nothing in them is irreplaceable, so none is migrated, repaired or mourned.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos_client.domain.errors import SchemaTooNew, StorageUnavailable

from .connections import Connection, all_or_nothing, open_writer
from .failures import Border

LOG: Final = logging.getLogger(__name__)


class SideFileDamaged(StorageUnavailable):
    """The file is no database of ours any more."""


SIDE: Final = Border(SideFileDamaged, StorageUnavailable)


@dataclass(frozen=True, slots=True)
class SideFile:
    """One such file.

    Attributes:
        tables: what makes an empty one. version: of these tables.
        is_synced: whether a commit survives a power cut.
    """

    path: Path
    tables: Sequence[str]
    version: int = 1
    is_synced: bool = True

    def open(self) -> Connection:
        """Open it, made if there is none; a damaged one is put aside.

        Raises:
            SchemaTooNew: a newer program wrote it. DiskFull, StorageUnavailable.
        """
        try:
            return self._opened()
        except SideFileDamaged as damaged:
            self._put_aside(damaged)
            return self._opened()

    def _put_aside(self, damaged: SideFileDamaged) -> None:
        path = self.path
        aside = next(
            name for number in range(1, 1_000) if not (name := path.with_name(f"{path.name}.bad{number}")).exists()
        )
        LOG.warning("%s is damaged (%s) and was put aside as %s", path.name, damaged.detail, aside.name)
        with SIDE:
            path.replace(aside)
            for beside in ("-wal", "-shm"):
                path.with_name(path.name + beside).unlink(missing_ok=True)

    def _opened(self) -> Connection:
        with SIDE:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.touch(mode=0o600)
            connection = open_writer(self.path, full_sync=self.is_synced)
            try:
                version = self._made(connection)
            except BaseException:
                # A damaged file is put aside next, and Windows renames none that is open.
                connection.close()
                raise
        if version > self.version:
            connection.close()
            raise SchemaTooNew("written by a newer program", version=version, known=self.version)
        return connection

    def _made(self, connection: Connection) -> int:
        """Make the tables where there are none; which version the file has."""
        with all_or_nothing(connection):
            row = connection.execute("PRAGMA user_version").fetchone()
            version = int(row[0]) if row else 0
            if version == 0:
                for statement in self.tables:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {self.version}")
        return version or self.version
