"""Texts for codes drawn by chance: each is well formed for its symbology, and none of them is anybody's.

Apart from the drawing, because films, pictures and their checks need texts before there is a picture.
"""

import json
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from pos_client.scanner.symbology import Symbology, expand_upce

S = Symbology

SIGNED_DIGITS = {"71": (222, 92), "72": (203, 84)}
"""Digits and bytes after the prefix of a coupon's and of a member slot's text (docs/vectors)."""

ALPHABET_39 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. "
_VECTORS = Path(__file__).parents[2] / "docs" / "vectors" / "codes.json"
_SENTENCES = (
    "Gutschein für Möbel, 12,50 € – gültig bis {day}. Mai",
    "Käse & Süßes: {number} Punkte",
    "优惠券 {number}:满100减{day}元",
    "会员 {number} 欢迎光临",
    "Café crème à emporter n° {number}",
    "снижка {number} ₽",
)


def signed_text(rng: random.Random, prefix: str = "71") -> str:
    """A signed code's digits around a random number: the right length, a signature that no key verifies."""
    digits, size = SIGNED_DIGITS[prefix]
    return prefix + str(int.from_bytes(rng.randbytes(size), "big")).zfill(digits)


@cache
def vector_texts(kind: str) -> tuple[str, ...]:
    """The published texts of one kind, those that a scanner returns as they are."""
    cases = json.loads(_VECTORS.read_text("utf-8"))["cases"]
    texts = (case["text"] for case in cases if case["kind"] == kind and "text" in case)
    return tuple(dict.fromkeys(text for text in texts if text.isprintable() and text == text.strip()))


def utf8_text(rng: random.Random) -> str:
    """A sentence with umlauts, a euro sign or Chinese characters."""
    return rng.choice(_SENTENCES).format(day=rng.randint(1, 28), number=rng.randint(1000, 99999))


def gs1_check(body: str) -> str:
    """The body with its check digit (GS1 General Specifications 7.9.1)."""
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return body + str(-weighted % 10)


def digits(rng: random.Random, count: int) -> str:
    """So many decimal digits."""
    return "".join(rng.choices("0123456789", k=count))


def _qr_code(rng: random.Random) -> str:
    makers: tuple[Callable[[], str], ...] = (
        lambda: signed_text(rng),
        lambda: signed_text(rng, "72"),
        lambda: rng.choice(vector_texts("opaque_coupon")),
        lambda: utf8_text(rng),
        lambda: f"https://example.com/c/{digits(rng, 8)}",
    )
    return rng.choices(makers, weights=(4, 3, 2, 2, 1))[0]()


def _upce(rng: random.Random) -> str:
    # The zero suppression that ends in 5 to 9 is for numbers whose fifth digit is none.
    body = "0" + digits(rng, 4) + rng.choice("123456789") + rng.choice("56789")
    return body + gs1_check(expand_upce(body + "0")[1:12])[-1]


def _expanded(rng: random.Random) -> str:
    return f"[01]9{gs1_check('9' + digits(rng, 12))[1:]}[3103]{digits(rng, 6)}"


_MAKERS: dict[Symbology, Callable[[random.Random], str]] = {
    S.QR_CODE: _qr_code,
    S.MICRO_QR_CODE: lambda rng: digits(rng, 8),
    S.RMQR_CODE: lambda rng: "RMQR " + digits(rng, 6),
    S.DATA_MATRIX: lambda rng: rng.choice((digits(rng, 24), "LOT " + digits(rng, 10), utf8_text(rng))),
    S.AZTEC: lambda rng: rng.choice(("M1TICKET/" + digits(rng, 18), utf8_text(rng))),
    S.PDF417: lambda rng: "RECEIPT " + digits(rng, 22),
    S.EAN13: lambda rng: gs1_check(rng.choice(("69", "40", "88")) + digits(rng, 10)),
    S.EAN8: lambda rng: gs1_check("4" + digits(rng, 6)),
    S.UPCA: lambda rng: gs1_check(rng.choice("0678") + digits(rng, 10)),
    S.UPCE: _upce,
    S.CODE128: lambda rng: rng.choice(("SHELF-" + digits(rng, 6), digits(rng, 16), "Ab" + digits(rng, 7))),
    S.CODE39: lambda rng: "RACK " + digits(rng, 4) + rng.choice(ALPHABET_39[10:36]),
    S.CODE93: lambda rng: "BIN " + digits(rng, 6),
    S.CODABAR: lambda rng: "A" + digits(rng, 8) + "B",
    S.ITF: lambda rng: gs1_check("1" + digits(rng, 12)),
    S.DATABAR: lambda rng: "01" + gs1_check(digits(rng, 13)),
    S.DATABAR_LIMITED: lambda rng: "01" + gs1_check("0" + digits(rng, 12)),
    S.DATABAR_EXPANDED: _expanded,
}


def text_for(symbology: Symbology, rng: random.Random) -> str:
    """A text to draw; GS1 application identifiers stand in square brackets, which are no part of the expected text."""
    return _MAKERS[symbology](rng)


def expected_text(drawn: str) -> str:
    """What a scanner returns for a drawn text: without the brackets of application identifiers."""
    return re.sub(r"\[(\d{2,4})\]", r"\1", drawn)


def is_same(read: str, expected: str) -> bool:
    """Whether a reading is the expected text; article numbers count in 8, 12, 13 or 14 digits, an FNC1 not at all."""
    return bool(_forms(read) & _forms(expected))


def _forms(text: str) -> set[str]:
    plain = text.replace("\x1d", "")
    forms = {plain}
    if plain.isascii() and plain.isdigit():
        forms |= {12: {"0" + plain}, 14: {"01" + plain}}.get(len(plain), set())
        if len(plain) == 8 and plain[0] in "01":
            forms.add(expand_upce(plain))
    return forms
