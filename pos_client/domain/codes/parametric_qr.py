r"""Parametric QR (kind ``73``): where, by whom and for which campaign a customer is bound, signed without a network.

Payload ``P1``, 30 bytes big-endian at fixed offsets: version 1, key id 1, store 3, booth 2, lane 2, role 1, staff id 8
(ASCII, padded with NUL), campaign 4, issued 4, expires 4 (Unix seconds, UTC; 0 never); then 64 bytes Ed25519 over
``b"rdm/parametric/1\0"`` + payload. Key id 0 is the own key of the lane that shows it, which the centre finds by store
and lane; others are the centre's keys, for print. WeChat's own parametric codes are links without anything to read.

A phone must open something, so the same digits may be the last part of a link's path: ``link`` makes one, ``digits_in``
finds them again in the text of any. Which host it names does not matter, because the signature decides, and this
program opens nothing.
"""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Final

from .bad_code import BadCode, CodeFault
from .decimal_token import SIGNATURE_BYTES, decode, encode, is_decimal

PREFIX: Final = "73"
VERSION: Final = 1
PAYLOAD_BYTES: Final = 30
SIGNING_PURPOSE: Final = b"rdm/parametric/1\0"
TEXT_LENGTH: Final = 229
LANE_KEY: Final = 0
NEVER: Final = 0
NO_CAMPAIGN: Final = 0
# WeChat keeps a temporary scene for 30 days; ours live no longer, so that both can stand behind one picture.
LONGEST_TEMPORARY: Final = timedelta(days=30)
_LAYOUT: Final = struct.Struct(">BB3sHHB8sIII")
_STAFF_BYTES: Final = 8
_LINKS: Final = ("https://", "http://")


class Presenter(IntEnum):
    """Who shows it: the booth alone, its clerk, or a promoter."""

    BOOTH = 0
    CLERK = 1
    PROMOTER = 2


@dataclass(frozen=True, slots=True)
class ParametricQr:
    """One parametric code.

    Attributes:
        key_id: ``LANE_KEY``, or which of the centre's keys signed it.
        store, booth, lane: numbers; booth and lane 0 for none.
        presenter: who shows it.
        staff: his staff id, at most 8 characters; empty for the booth.
        campaign: the offer's number, or ``NO_CAMPAIGN``.
        issued_at, expires_at: Unix seconds, UTC; ``NEVER`` for print.
        signature: 64 bytes.
    """

    key_id: int
    store: int
    booth: int
    lane: int
    presenter: Presenter
    staff: str
    campaign: int
    issued_at: int
    expires_at: int
    signature: bytes = b""

    def payload(self) -> bytes:
        """The 30 bytes that are signed.

        Raises:
            BadCode: a staff id that does not fit.
        """
        staff = self.staff.encode("ascii", "replace")
        if len(staff) > _STAFF_BYTES or not _is_staff_id(self.staff):
            raise BadCode(CodeFault.WRONG_CHARACTER)
        store = self.store.to_bytes(3, "big")
        places = (VERSION, self.key_id, store, self.booth, self.lane, self.presenter, staff)
        return _LAYOUT.pack(*places, self.campaign, self.issued_at, self.expires_at)

    def signed_bytes(self) -> bytes:
        """What the signature covers: purpose, then payload."""
        return SIGNING_PURPOSE + self.payload()

    def text(self) -> str:
        """The 229 digits of the code."""
        return encode(PREFIX, self.payload() + self.signature)

    def is_current(self, now: datetime) -> bool:
        """Whether ``now`` (aware) lies before its end; one issued in the future is for a clock to worry about."""
        return self.expires_at == NEVER or now < datetime.fromtimestamp(self.expires_at, UTC)


def link(base: str, text: str) -> str:
    """The link that a phone opens: ``base``, a slash, the digits."""
    return f"{base.rstrip('/')}/{text}"


def digits_in(text: str) -> str | None:
    """The digits of a parametric code that a link's path ends with, None where it is another link."""
    if not text.lower().startswith(_LINKS):
        return None
    last = text.rpartition("/")[2].partition("?")[0].partition("#")[0]
    return last if len(last) == TEXT_LENGTH and last.startswith(PREFIX) and is_decimal(last) else None


def parse(text: str) -> ParametricQr:
    """Read a parametric code; neither signature nor time is checked here.

    Raises:
        BadCode: not 229 digits with this prefix, an unknown version or presenter, or a staff id that is none.
    """
    token = decode(text, PREFIX, PAYLOAD_BYTES + SIGNATURE_BYTES)
    version, key_id, store, booth, lane, presenter, staff, campaign, issued, expires = _LAYOUT.unpack_from(token)
    if version != VERSION:
        raise BadCode(CodeFault.WRONG_VERSION)
    name = staff.rstrip(b"\0").decode("ascii", "replace")
    if presenter not in set(Presenter) or not _is_staff_id(name):
        raise BadCode(CodeFault.WRONG_CHARACTER)
    return ParametricQr(
        key_id=key_id,
        store=int.from_bytes(store, "big"),
        booth=booth,
        lane=lane,
        presenter=Presenter(presenter),
        staff=name,
        campaign=campaign,
        issued_at=issued,
        expires_at=expires,
        signature=token[PAYLOAD_BYTES:],
    )


def _is_staff_id(text: str) -> bool:
    return text.isascii() and all(character.isalnum() or character in "-_." for character in text)
