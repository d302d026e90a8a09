"""Kinds of codes by their trade names, which of them can be trusted how far, and one form for the same number.

Apart from the decoders, because each library has names and number forms of its own and none of them may leak.
"""

import re
from enum import StrEnum


class Symbology(StrEnum):
    """A kind of code, named as ISO and AIM name it."""

    QR_CODE = "QRCode"
    MICRO_QR_CODE = "MicroQRCode"
    RMQR_CODE = "RMQRCode"
    DATA_MATRIX = "DataMatrix"
    AZTEC = "Aztec"
    PDF417 = "PDF417"
    EAN13 = "EAN13"
    EAN8 = "EAN8"
    UPCA = "UPCA"
    UPCE = "UPCE"
    CODE128 = "Code128"
    CODE39 = "Code39"
    CODE93 = "Code93"
    CODABAR = "Codabar"
    ITF = "ITF"
    DATABAR = "DataBar"
    DATABAR_EXPANDED = "DataBarExpanded"
    DATABAR_LIMITED = "DataBarLimited"


S = Symbology
Symbologies = frozenset[Symbology]

MATRIX: Symbologies = frozenset({S.QR_CODE, S.DATA_MATRIX, S.AZTEC})
"""Error correction over the whole symbol: one reading is enough."""

FRAIL_MATRIX: Symbologies = frozenset({S.MICRO_QR_CODE, S.RMQR_CODE, S.PDF417})
"""So small that noise was read as one of them (a Micro QR "56" out of nothing), or with little correction where it
counts (a blurred PDF417 gave another text, twice in 400 drawn pictures): two readings."""

GTIN: Symbologies = frozenset({S.EAN13, S.EAN8, S.UPCA, S.UPCE})

WEAK_LINEAR: Symbologies = frozenset({S.CODE39, S.CODE93, S.CODABAR, S.ITF})
"""No check digit, or one that part of a longer code satisfies as well."""

LINEAR: Symbologies = GTIN | WEAK_LINEAR | {S.CODE128, S.DATABAR, S.DATABAR_EXPANDED, S.DATABAR_LIMITED}

DATABAR_FAMILY: Symbologies = frozenset({S.DATABAR, S.DATABAR_EXPANDED, S.DATABAR_LIMITED})

LIVE: Symbologies = frozenset({S.QR_CODE, S.EAN13, S.EAN8, S.UPCA, S.UPCE, S.CODE128, S.DATA_MATRIX})
"""What a counter's camera looks for unless told otherwise."""

SLOW: Symbologies = frozenset({S.DATA_MATRIX, S.AZTEC, S.PDF417, S.DATABAR, S.DATABAR_EXPANDED, S.DATABAR_LIMITED})
"""Looking for one of these takes longer than for all others together (Data Matrix alone: 10 of 15 ms)."""

RETAIL: Symbologies = frozenset(Symbology)
"""All that this scanner can read, for pictures where time does not press."""


def family_of(symbology: Symbology) -> Symbologies:
    """Give the kinds that the bars of one might be taken for, so that a second look is a second opinion."""
    if symbology in DATABAR_FAMILY:
        return DATABAR_FAMILY
    if symbology in GTIN:
        return GTIN | {S.CODE128}
    if symbology in LINEAR:
        return LINEAR - DATABAR_FAMILY
    return frozenset({symbology})


def expand_upce(text: str) -> str:
    """Give the 13 digits of an 8-digit UPC-E number (GS1 General Specifications 5.2.2.4.2)."""
    system, digits, check = text[0], text[1:7], text[7]
    last = digits[5]
    if last in "012":
        body = digits[:2] + last + "0000" + digits[2:5]
    elif last == "3":
        body = digits[:3] + "00000" + digits[3:5]
    elif last == "4":
        body = digits[:4] + "00000" + digits[4]
    else:
        body = digits[:5] + "0000" + last
    return f"0{system}{body}{check}"


_OF_13_DIGITS: Symbologies = frozenset({S.EAN13, S.UPCA, S.UPCE})


def canonical(text: str, symbology: Symbology) -> tuple[str, Symbology]:
    """Give one number one form, so that two decoders agree when they mean the same.

    UPC-A is 12 digits, as it is printed and as the trade writes it, and UPC-E becomes the 12 digits that it stands for;
    the decoders return 8, 12 or 13. A 13-digit number with a leading zero is printed as UPC-A and called so. A leading
    FNC1 of GS1 texts is no part of them.
    """
    if symbology is S.UPCE and re.fullmatch(r"\d{8}", text):
        return expand_upce(text)[1:], S.UPCE
    if symbology in _OF_13_DIGITS and re.fullmatch(r"0\d{12}", text):
        return text[1:], S.UPCA if symbology is S.EAN13 else symbology
    if symbology in GTIN:
        return text, symbology
    return text.removeprefix("\x1d"), symbology
