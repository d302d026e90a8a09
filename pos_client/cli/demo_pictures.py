"""The demo's pictures: real codes minted by the server, and the mistakes that customers make with them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import segno

from .server_process import Say, ServerProcess

_MODULE_PX: Final = 8
# The seeded campaign "20 off from 100".
_SPEND_100: Final = "1002"


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """One picture and the verdict that it must get.

    Attributes:
        name: file name inside the folder; played in this order.
        expected: verdict kind. reason: stable code.
        note: what it shows.
    """

    name: str
    expected: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class _Subject:
    """A picture before it is drawn: the text in it, or none for a blank one."""

    slug: str
    text: str | None
    expected: str
    reason: str
    note: str


def draw_pictures(server: ServerProcess, folder: Path, say: Say) -> list[DemoPicture]:
    """Mint the codes and draw the pictures; fresh ones at every start, since coupons are used up."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    pictures = []
    for place, subject in enumerate(_subjects(server), start=1):
        name = f"{place:02d}-{subject.slug}.png"
        _draw(subject.text, folder / name)
        pictures.append(DemoPicture(name, subject.expected, subject.reason, subject.note))
    (folder / "pictures.json").write_text(json.dumps([asdict(item) for item in pictures], indent=1), "utf-8")
    say(f"{len(pictures)} pictures drawn in {folder}")
    return pictures


def _subjects(server: ServerProcess) -> list[_Subject]:
    plain = _mint(server, "coupon", 2)
    member, slot = _mint(server, "member", 1)[0], _mint(server, "slot", 1)[0]
    expired = _mint(server, "coupon", 1, "--expired")[0]
    prize = _mint(server, "prize", 1)[0]
    forged = _with_altered_value(plain[1])
    opaque = _mint(server, "coupon", 1, "--opaque")[0]
    threshold = _mint(server, "coupon", 1, "--offer", _SPEND_100)[0]
    return [
        _Subject("member-card", member, "ready", "member-identified", "a member's card"),
        _Subject("member-slot", slot, "ready", "member-identified", "a member's rotating code"),
        _Subject("coupon", plain[0], "accepted", "accepted", "a signed coupon worth 10.00"),
        _Subject("coupon-again", plain[0], "refused", "already-used", "the same coupon again"),
        _Subject("coupon-expired", expired, "refused", "expired", "an expired coupon"),
        _Subject("coupon-forged", forged, "refused", "not-genuine", "a coupon with one digit changed"),
        _Subject("prize", prize, "accepted", "accepted", "a prize to hand over"),
        _Subject("coupon-opaque", opaque, "accepted", "accepted", "a coupon that is a number in the centre's book"),
        _Subject("coupon-from-100", threshold, "refused", "basket-needed", "a coupon that asks for the amount first"),
        _Subject("coupon-second", plain[1], "accepted", "accepted", "another coupon"),
        _Subject("payment-code", "100000000000000007", "unknown", "payment-code", "a payment code by mistake"),
        _Subject("link", "https://example.com/win", "unknown", "link", "a web link"),
        _Subject("cut-short", plain[1][:150], "unknown", "code-incomplete", "a code that was cut short"),
        _Subject("no-code", None, "none", "", "a picture without a code"),
    ]


def _mint(server: ServerProcess, kind: str, count: int, *options: str) -> list[str]:
    minted: Sequence[dict[str, Any]] = server.command("mint", kind, "--count", str(count), *options)
    return [str(item["code"]) for item in minted]


def _with_altered_value(code: str) -> str:
    """A digit in the payload changed, as a forger would to raise the value."""
    place = 40
    return code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]


def _draw(text: str | None, path: Path) -> None:
    if text is None:
        segno.make_micro("1").save(str(path), scale=1, border=240, dark="white")
        return
    segno.make_qr(text, error="m").save(str(path), scale=_MODULE_PX, border=8)
