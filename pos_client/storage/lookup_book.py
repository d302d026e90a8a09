"""``lookups.json``: who has looked for members by four digits, and when; counted across programs and restarts.

Apart from the journal so that a command can count beside an open window, and because it is no deed: losing it forgives
an hour's looks and nothing else. It holds staff ids and times, never what was looked for.
"""

import json
import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from pos_client.domain.business_time import to_ms
from pos_client.domain.errors import StorageUnavailable

from .failures import disk_fault

LOG: Final = logging.getLogger(__name__)
_WAIT_S: Final = 2.0
_OWNER_ONLY: Final = 0o600
Looks = dict[str, list[int]]


class LookupBook:
    """The ``Lookups`` port. May be used by several programs at one time.

    Args:
        path: of the file; made by the first look. Its lock lies beside it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def admit(self, who: str, now: datetime, window: timedelta, limit: int) -> bool:
        """Count one more look, unless there are ``limit`` within the window already.

        Raises:
            DiskFull, StorageUnavailable: it could not be counted, so nobody may look.
        """
        try:
            with FileLock(self._path.with_suffix(".lock"), timeout=_WAIT_S, poll_interval=0.02):
                return self._admitted(who, to_ms(now), window // timedelta(milliseconds=1), limit)
        except Timeout as error:
            raise StorageUnavailable(f"{self._path.name}: another program keeps it") from error
        except OSError as error:
            raise disk_fault(error) from error

    def _admitted(self, who: str, now_ms: int, window_ms: int, limit: int) -> bool:
        # A clock that is set back a little must not make looks of a moment ago look like none.
        recent = {
            person: [at for at in looks if abs(now_ms - at) < window_ms] for person, looks in self._known().items()
        }
        own = recent.get(who, [])
        if len(own) >= limit:
            return False
        kept = {person: looks for person, looks in recent.items() if looks} | {who: [*own, now_ms]}
        self._replace(json.dumps(kept))
        return True

    def _replace(self, content: str) -> None:
        """Whole or not at all; whether a power cut forgets the last look does not matter."""
        fresh = self._path.with_suffix(".new")
        fresh.touch(mode=_OWNER_ONLY)
        fresh.write_text(content, "utf-8")
        fresh.replace(self._path)

    def _known(self) -> Looks:
        """What is written down; a file that is damaged is begun anew."""
        try:
            document = json.loads(self._path.read_bytes())
            return {str(person): [int(at) for at in looks] for person, looks in document.items()}
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError, AttributeError, RecursionError):
            LOG.warning("%s is damaged and is begun anew", self._path.name)
            return {}
