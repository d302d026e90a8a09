"""What the server's own errors mean to this lane: RFC 9457 documents become the typed errors of the domain.

Apart from the client because claims read some of them as answers. The ``type`` and ``retry`` fields decide, never text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pos_client.domain.errors import CursorExpired, DeviceForked, DeviceRevoked, ServerRefused

PREFIX: Final = "urn:rdm:"
RESIGN: Final = "resign"
_RETRIES: Final = frozenset({"never", "same", "after", RESIGN, "reenrol"})
_CLASSES: Final[Mapping[str, type[ServerRefused]]] = {
    "device-revoked": DeviceRevoked,
    "device-forked": DeviceForked,
    "device-rolled-back": DeviceForked,
    "cursor-expired": CursorExpired,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """An error of the server's own.

    Attributes:
        code: the ``urn:rdm:`` type without its prefix, empty where it has another one.
        retry: never, same, after, resign or reenrol.
        retry_after_s: how long to wait, 0 where it does not say.
        document: all of it, for the typed extras.
        is_proven: it came with a time that a trusted server signed for this very request.
    """

    code: str
    status: int
    detail: str
    retry: str
    retry_after_s: int
    document: Mapping[str, Any]
    is_proven: bool = False

    def as_error(self) -> ServerRefused:
        """The same as an exception."""
        facts = {"retry_after_s": self.retry_after_s} if self.retry_after_s else {}
        facts |= {"proven": 1} if self.is_proven else {}
        kind = _CLASSES.get(self.code, ServerRefused)
        detail = self.code or f"status {self.status}"
        return kind(detail, status=self.status, problem=self.code, retry=self.retry, **facts)


def parse(status: int, document: Mapping[str, Any], retry_after: str = "") -> Problem:
    """Read a problem document; ``retry_after`` is the header of that name."""
    name = document.get("type")
    code = name.removeprefix(PREFIX) if isinstance(name, str) and name.startswith(PREFIX) else ""
    retry = document.get("retry")
    return Problem(
        code=code,
        status=status,
        detail=str(document.get("detail", ""))[:200],
        retry=retry if isinstance(retry, str) and retry in _RETRIES else default_retry(status),
        retry_after_s=seconds(retry_after) or _whole(document.get("retry_after_s")),
        document=document,
    )


def default_retry(status: int) -> str:
    """What to do where a problem does not say it."""
    if status in {429, 503}:
        return "after"
    return "same" if status >= 500 or status == 408 else "never"


def seconds(retry_after: str) -> int:
    """``Retry-After`` in seconds; 0 where absent or a date (clocks differ), at most an hour."""
    return min(int(retry_after), 3_600) if retry_after.isascii() and retry_after.isdecimal() else 0


def _whole(value: object) -> int:
    return min(value, 3_600) if isinstance(value, int) and value > 0 else 0
