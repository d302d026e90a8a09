"""Calls for a clerk, as small files in a folder that the kiosks and counters of one store share.

Apart from the use-case because it is about files. A folder, and not a port: in a store the shared folder is there
already (or, for two windows on one machine, any folder), it needs no address, no open port and no firewall rule, a
window that was started later finds what waits, and a power cut leaves nothing that is half true. Each file has one
writer: the kiosk its call, the clerk who takes it the answer; so there is nothing to lock. Looked at twice a second,
which keeps a card within a second of the call.
"""

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pos_client.usecases.assistance import AssistanceCall

_ATTENDED_FOR_S: Final = 30
_LARGEST: Final = 4_096
_log: Final = logging.getLogger(__name__)


class CallFolder:
    """Fulfils ``AssistanceCalls``. A folder that is not there just now is a store without calls, never a fault."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._is_away = False
        # What each counter said last, and when that was new, by a clock of our own: theirs may be minutes off.
        self._heard: dict[str, tuple[str, float | None]] = {}

    def is_there(self) -> bool:
        """Whether the share can be reached now."""
        try:
            return self._folder.is_dir()
        except OSError:
            return False

    def call(self, call: AssistanceCall) -> None:
        """A kiosk asks; its earlier call is replaced."""
        document = {**asdict(call), "at": call.at.isoformat()}
        del document["taken_by"]
        self._write(self._call_file(call.kiosk), document)

    def withdraw(self, kiosk: int) -> None:
        """A kiosk asks no more."""
        self._remove(self._call_file(kiosk))
        self._remove(self._answer_file(kiosk))

    def of(self, kiosk: int) -> AssistanceCall | None:
        """How a kiosk's call stands."""
        call = _parsed(self._read(self._call_file(kiosk)))
        if call is None or self.is_finished(call):
            # Finished by the clerk: the kiosk's own file goes with the next thing that the kiosk does.
            return None
        answer = self._read(self._answer_file(kiosk))
        return replace(call, taken_by=str(answer.get("by") or "?")) if answer.get("id") == call.id else call

    def is_finished(self, call: AssistanceCall) -> bool:
        """Whether a clerk said that this one was helped."""
        answer = self._read(self._answer_file(call.kiosk))
        return answer.get("id") == call.id and answer.get("is_finished") is True

    def open(self) -> Sequence[AssistanceCall]:
        """All that wait, the oldest first."""
        numbers = [path.stem.partition("-")[2] for path in self._listed("kiosk-*.json")]
        found = [self.of(int(number)) for number in numbers if number.isascii() and number.isdecimal()]
        return sorted((call for call in found if call), key=lambda call: (call.at, call.kiosk))

    def take(self, call: AssistanceCall, by: str) -> None:
        """A clerk is on the way."""
        self._write(self._answer_file(call.kiosk), {"id": call.id, "by": by, "is_finished": False})

    def finish(self, call: AssistanceCall) -> None:
        """A clerk has helped."""
        self._write(self._answer_file(call.kiosk), {"id": call.id, "by": call.taken_by, "is_finished": True})

    def attend(self, station: int, now: datetime) -> None:
        """A clerk's window is open and listens."""
        self._write(self._folder / f"clerk-{station}.here", {"at": now.isoformat()})

    def is_attended(self, now: datetime) -> bool:
        """Whether any clerk's window listens."""
        said = {path.name: str(self._read(path).get("at")) for path in self._listed("clerk-*.here")}
        return any([self._is_new(name, text, now) for name, text in said.items()])  # noqa: C419 - each is noted

    def _is_new(self, name: str, text: str, now: datetime) -> bool:
        """Whether a counter spoke lately: by its own clock the first time, by ours as soon as it spoke again."""
        known, since_s = self._heard.get(name, (text, None))
        since_s = since_s if text == known else time.monotonic()
        self._heard[name] = text, since_s
        if since_s is not None:
            return time.monotonic() - since_s <= _ATTENDED_FOR_S
        at = _moment(text)
        return at is not None and abs((now - at).total_seconds()) <= _ATTENDED_FOR_S

    def _call_file(self, kiosk: int) -> Path:
        return self._folder / f"kiosk-{kiosk}.json"

    def _answer_file(self, kiosk: int) -> Path:
        return self._folder / f"answer-{kiosk}.json"

    def _listed(self, pattern: str) -> list[Path]:
        try:
            return sorted(self._folder.glob(pattern))
        except OSError:
            return []

    def _read(self, path: Path) -> dict[str, Any]:
        try:
            with path.open("rb") as file:
                document = json.loads(file.read(_LARGEST))
        except (OSError, ValueError):
            return {}
        return document if isinstance(document, dict) else {}

    def _write(self, path: Path, document: dict[str, Any]) -> None:
        """Whole or not at all: a reader never meets half a call."""
        half = path.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            half.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
            half.replace(path)
            self._is_away = False
        except OSError as error:
            self._say_away(error)

    def _remove(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            self._say_away(error)

    def _say_away(self, error: OSError) -> None:
        """Once, and not every ten seconds of a day without the share."""
        if not self._is_away:
            _log.info("calls for a clerk reach nobody: %s", error.strerror)
        self._is_away = True


def _parsed(document: dict[str, Any]) -> AssistanceCall | None:
    at = _moment(document.get("at"))
    texts = {name: document.get(name, "") for name in ("id", "place", "reason", "member", "language")}
    numbers = {name: document.get(name, 0) for name in ("kiosk", "amount_minor")}
    are_right = all(isinstance(text, str) for text in texts.values()) and all(
        isinstance(number, int) for number in numbers.values()
    )
    return AssistanceCall(at=at, **texts, **numbers) if at and are_right else None


def _moment(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return at if at and at.tzinfo else None
