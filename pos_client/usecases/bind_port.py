"""What binding a member reaches for beyond the desk: the centre's seal, one-time codes, and who scanned a picture.

Apart from the other ports because only binding asks, and because all of it but the seal needs the network.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from pos_client.domain.errors import SealKeyMissing, ServerUnreachable


class Sealer(Protocol):
    """Closes a text so that the centre alone can read it."""

    def seal(self, text: str) -> str:
        """The seal, base64url. Raises SealKeyMissing before a policy named the centre's key."""


@dataclass(frozen=True, slots=True)
class SceneBound:
    """A customer has scanned a parametric code and was bound.

    Attributes:
        phone_key: of his number, as entries name it.
        masked: what may be shown of name and phone.
        is_new: he was nobody's member before.
    """

    member_ref: str
    member_number: int
    phone_key: str
    masked: str
    is_new: bool


class Scenes(Protocol):
    """The centre's word on parametric codes that were shown."""

    def bound(self, digest: str) -> SceneBound | None:
        """Who was bound by a code, by the SHA-256 of its digits; None as long as nobody was.

        Raises:
            ServerUnreachable, ServerRefused: nobody could say.
        """


class CodeCheck(StrEnum):
    """What became of a one-time code that somebody told."""

    PASSED = "passed"
    WRONG = "wrong"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class CodeSent:
    """Whether a one-time code is on its way.

    Attributes:
        wait_s: 0 where it was sent; else how long until one may be sent.
        expires_s: how long it holds.
        blocked: too many wrong codes were told for this number; none is sent for a day.
    """

    wait_s: int
    expires_s: int = 0
    blocked: bool = False


class PhoneCodes(Protocol):
    """One-time codes, which the centre sends and checks. Both calls may raise ServerUnreachable or ServerRefused."""

    def send(self, phone_sealed: str) -> CodeSent:
        """Send a code to a sealed number."""

    def check(self, phone_sealed: str, code: str) -> CodeCheck:
        """Whether this is the code that was sent; each wrong answer counts."""


@dataclass(frozen=True, slots=True)
class BindPorts:
    """All of them.

    Attributes:
        sign: 64 bytes of the lane's own key over a content.
        link: what a code on show begins with, so that a phone opens it; empty where the digits stand alone.
        campaign: number of the campaign that stands in such a code.
    """

    sealer: Sealer
    sign: Callable[[bytes], bytes]
    scenes: Scenes
    codes: PhoneCodes
    link: str = ""
    campaign: int = 0


@dataclass(frozen=True, slots=True)
class CheckedBefore:
    """``PhoneCodes`` for one deed whose code was looked at a moment ago, elsewhere than where deeds are done."""

    checked: CodeCheck

    def send(self, phone_sealed: str) -> CodeSent:
        """Nothing more is sent."""
        raise AssertionError(f"a code for {len(phone_sealed)} characters was asked for in a deed")

    def check(self, phone_sealed: str, code: str) -> CodeCheck:  # noqa: ARG002 - the port's signature
        """What was found."""
        return self.checked


class _Nobody:
    """No centre, no seal, no key: a counter on which nobody is bound."""

    def seal(self, text: str) -> str:
        """Nothing is sealed."""
        raise SealKeyMissing(f"no key for {len(text)} characters")

    def bound(self, digest: str) -> SceneBound | None:
        """Nobody can say."""
        raise ServerUnreachable(f"nobody asks about {digest[:8]}", cause="never-asked")

    def send(self, phone_sealed: str) -> CodeSent:
        """Nothing is sent."""
        raise ServerUnreachable(f"nobody sends to {len(phone_sealed)} characters", cause="never-asked")

    def check(self, phone_sealed: str, code: str) -> CodeCheck:
        """Nothing is checked."""
        raise ServerUnreachable(f"nobody checks {len(phone_sealed + code)} characters", cause="never-asked")


def nobody_binds() -> BindPorts:
    """The ports of a window without any: what needs them says so."""
    nobody = _Nobody()
    return BindPorts(nobody, lambda _content: bytes(64), nobody, nobody)
