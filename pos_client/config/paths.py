"""Where this lane's files live: one home folder, readable by its owner alone.

Apart from settings because every command needs it, also the ones that must work where no settings can be read.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from pos_client.domain.errors import StorageUnavailable

ENVIRONMENT: Final = "POS_CLIENT_HOME"
_OWNER_ONLY: Final = 0o700


@dataclass(frozen=True, slots=True)
class Home:
    """The home folder of one lane; nothing is created before ``create``."""

    root: Path

    @property
    def journal(self) -> Path:
        """The journal: append-only and irreplaceable."""
        return self.root / "journal.db"

    @property
    def cache_pointer(self) -> Path:
        """Names the cache file in use; swapped atomically."""
        return self.root / "cache.json"

    def cache_file(self, generation: int) -> Path:
        """One generation of the replaceable data."""
        return self.root / f"cache-{generation}.db"

    @property
    def lane_lock(self) -> Path:
        """Held by the one program that may write the journal."""
        return self.root / "lane.lock"

    @property
    def settings(self) -> Path:
        """The station's settings; may be absent."""
        return self.root / "station.toml"

    @property
    def enrolment(self) -> Path:
        """Who this lane is; absent before enrolment. Holds no secret."""
        return self.root / "enrolment.json"

    @property
    def leaving(self) -> Path:
        """The enrolment of a lane that is being given back; absent before and after."""
        return self.root / "leaving.json"

    @property
    def secrets(self) -> Path:
        """Secrets, only where the system has no keyring."""
        return self.root / "secrets.json"

    @property
    def sync_request(self) -> Path:
        """Touched by another command to ask a running window for a sync."""
        return self.root / "sync.request"

    @property
    def host_book(self) -> Path:
        """What the host till said; replaceable."""
        return self.root / "host.db"

    @property
    def lookups(self) -> Path:
        """Who has looked for members by four digits within the last hour."""
        return self.root / "lookups.json"

    @property
    def slip_book(self) -> Path:
        """What slips are printed from; replaceable."""
        return self.root / "slips.db"

    @property
    def print_queue(self) -> Path:
        """Pages that wait for the printer; replaceable."""
        return self.root / "prints.db"

    @property
    def host_drop(self) -> Path:
        """Where the host's system puts its receipt files."""
        return self.root / "host-drop"

    @property
    def bridge_token(self) -> Path:
        """The token of the loopback API, for its owner alone."""
        return self.root / "bridge.token"

    @property
    def pictures(self) -> Path:
        """Photographs of prizes and samples, by item; may be absent."""
        return self.root / "pictures"

    @property
    def logs(self) -> Path:
        """Log files."""
        return self.root / "logs"

    def create(self) -> None:
        """Make the folder, and close an existing one to others.

        Raises:
            StorageUnavailable: it cannot be made, or is no folder.
        """
        try:
            for folder in (self.root, self.logs):
                folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
                folder.chmod(_OWNER_ONLY)
        except OSError as error:
            raise StorageUnavailable(f"{error.filename}: {error.strerror}", path=str(self.root)) from error


def find_home(given: Path | None = None) -> Home:
    """The home folder: as given on the command line, else ``POS_CLIENT_HOME``, else the system's place for data."""
    if given is not None:
        return Home(given.expanduser().absolute())
    named = os.environ.get(ENVIRONMENT, "")
    if named:
        return Home(Path(named).expanduser().absolute())
    return Home(platformdirs.user_data_path("pos-client", appauthor=False))
