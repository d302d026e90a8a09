"""Vectors of what is not signed: opaque ids, cards, phones, products, others' codes, and texts meant to do harm.

Apart from ``make_vectors.py`` because none of these needs a key.
"""

from collections.abc import Iterator

import code_formats as formats
from code_formats import Case, case

# Coupons, and codes that enrol a machine.
_OPAQUE = {"opaque_coupon": "C", "enrolment": "E"}
_ID = 0x0123456789ABCDEF_FEDCBA9876543210
_ARABIC_INDIC, _FULLWIDTH, _THAI = 0x0660, 0xFF10, 0x0E50


def unsigned_vectors(good_coupon: str) -> Iterator[Case]:
    """All of them; ``good_coupon`` is written in the digits of other scripts."""
    yield from opaque_ids()
    yield from broken_ids()
    yield from numbers()
    yield from hostile_texts(good_coupon)


def opaque_ids() -> Iterator[Case]:
    """Opaque ids as they are printed, read and typed."""
    for kind, prefix in _OPAQUE.items():
        name, text = kind.partition("_")[0], formats.opaque(_ID, prefix)
        typed = text.lower().replace("0", "o").replace("1", "i")
        grouped = "-".join(text[place : place + 4] for place in range(0, len(text), 4))
        variants = {"good": text, "lower": text.lower(), "grouped": grouped, "aliases": typed}
        variants["alias-l"] = text.replace("1", "l")
        for variant, raw in variants.items():
            yield case(f"{name}-{variant}", kind, raw, canonical=text)
        yield case(f"{name}-least", kind, formats.opaque(0, prefix), canonical=formats.opaque(0, prefix))
        most = formats.opaque(2**128 - 1, prefix)
        yield case(f"{name}-most", kind, most, canonical=most)
        for letter, digit in {"O": "0", "I": "1", "L": "1"}.items():
            ends = next(code for code in (formats.opaque(n, prefix) for n in range(999)) if code.endswith(letter))
            yield case(f"{name}-check-{letter}-typed-as-digit", kind, ends[:-1] + digit, canonical=ends)


def broken_ids() -> Iterator[Case]:
    """Opaque ids with one fault each."""
    for kind, prefix in _OPAQUE.items():
        name, text = kind.partition("_")[0], formats.opaque(_ID, prefix)
        other = "0" if text[-1] != "0" else "2"
        broken = {
            "wrong-check": (text[:-1] + other, "code-damaged-check"),
            "wrong-character": (text[:8] + ("3" if text[8] != "3" else "4") + text[9:], "code-damaged-check"),
            "neighbours-swapped": (text[:5] + text[6] + text[5] + text[7:], "code-damaged-check"),
            "letter-u": (text[:8] + "U" + text[9:], "code-damaged"),
            "one-missing": (text[:-1], "code-incomplete"),
            "cut-to-20": (text[:20], "code-incomplete"),
            "one-more": (text + "0", "code-too-long"),
            "longest": (text + "0" * 8, "code-too-long"),
        }
        for variant, (raw, fault) in broken.items():
            yield case(f"{name}-{variant}", "damaged", raw, fault=fault)
        unknown = {"cut-to-19": text[:19], "far-too-long": text + "0" * 9, "fullwidth": text[:-1] + "０"}
        unknown |= {"dotless-i": text.replace("1", "ı"), "space-inside": f"{text[:8]} {text[8:]}"}
        for variant, raw in unknown.items():
            yield case(f"{name}-{variant}", "unknown", raw)


def numbers() -> Iterator[Case]:
    """Member cards, phone numbers, products: told apart by length, prefix and check digit."""
    card, gsrn = formats.with_luhn_check("880000000880001"), formats.with_gs1_check("69012345000880001")
    yield case("card-good", "member_card", card, canonical=card, fields={"number": card})
    yield case("card-gsrn", "member_card", "8018" + gsrn, canonical="8018" + gsrn, fields={"number": gsrn})
    for name, text in {"card-wrong-check": card, "card-gsrn-wrong-check": "8018" + gsrn}.items():
        wrong = text[:-1] + str((int(text[-1]) + 1) % 10)
        yield case(name, "damaged", wrong, fault="code-damaged-check")
    yield case("card-other-prefix", "unknown", formats.with_luhn_check("990000000880001"))
    phones = {
        "mainland": ("13812345678", "+8613812345678"),
        "country-code": ("+8613812345678", "+8613812345678"),
        "double-zero": ("008613812345678", "+8613812345678"),
        "separated": ("+86 138-1234 5678", "+8613812345678"),
        "abroad": ("+44 (20) 7946-0958", "+442079460958"),
    }
    for name, (text, e164) in phones.items():
        yield case(f"phone-{name}", "phone", text, canonical=e164)
    strangers = {
        "not-mobile": "12812345678",
        "too-short": "1381234567",
        "plus-zero": "+0123456789",
        "landline": "02112345678",
    }
    for name, text in strangers.items():
        yield case(f"phone-{name}", "unknown", text)
    products = ("6901234", "69012345678", "690123456789", "1690123456789", "001234567890")
    for body in products:
        text = formats.with_gs1_check(body)
        yield case(f"gtin-{len(text)}-{text[:2]}", "gtin", text, canonical=text.zfill(14))
        wrong = text[:-1] + str((int(text[-1]) + 1) % 10)
        if not text.startswith("00"):
            yield case(f"gtin-{len(text)}-{text[:2]}-wrong-check", "unknown", wrong)


def hostile_texts(good_coupon: str) -> Iterator[Case]:
    """What is not ours, and must be refused without harm."""
    for name, text in _PAYMENT_CODES.items():
        yield case(f"payment-{name}", "payment_code", text, canonical="")
    for name, text in _LINKS.items():
        yield case(f"link-{name}", "link", text, canonical="")
    for name, text in _UNKNOWN.items():
        yield case(f"unknown-{name}", "unknown", text)
    for name, zero in {"arabic-indic": _ARABIC_INDIC, "fullwidth": _FULLWIDTH, "thai": _THAI}.items():
        digits = "".join(chr(zero + int(digit)) for digit in good_coupon)
        yield case(f"unknown-coupon-in-{name}-digits", "unknown", digits, note="only 0 to 9 are digits")
        phone = "".join(chr(zero + int(digit)) for digit in "13812345678")
        yield case(f"unknown-phone-in-{name}-digits", "unknown", phone)
    for name, text in _LONG.items():
        yield case(f"long-{name}", "damaged", text, fault="code-too-long")
    yield case("long-512-characters", "unknown", "x" * 512, note="the longest text that is looked at")
    yield case("long-512-and-spaces", "unknown", " " * 40 + "x" * 512 + "\n", note="spaces at the ends do not count")


_PAYMENT_CODES = {
    "wechat-10": "101234567890123456",
    "wechat-13": "134567890123456789",
    "wechat-15": "159999999999999999",
    "alipay-25": "2512345678901234",
    "alipay-28": "281234567890123456",
    "alipay-30": "301234567890123456789012",
}
_LINKS = {
    "https": "https://example.com/coupon?id=1",
    "upper-case": "HTTP://EXAMPLE.COM/C",
    "leading-space": "  https://example.com",
    "wechat": "weixin://dl/business/?t=abc",
    "wechat-pay": "wxp://f2f0abcdefghijklmnop",
    "alipay": "alipays://platformapi/startapp?appId=1",
    "own-scheme": "shop://coupon/1",
    "telephone": "tel:+8613812345678",
    "mail": "mailto:somebody@example.com",
    "jndi": "${jndi:ldap://example.com/a}",
}
_UNKNOWN = {
    "empty": "",
    "spaces-only": " \t\r\n ",
    "nul": "\0",
    "nul-in-phone": "138\x0012345678",
    "nul-before-card": "\x008800000008800012",
    "wechat-16": "161234567890123456",
    "alipay-31": "311234567890123456",
    "alipay-too-long": "2812345678901234567890123",
    "right-to-left-override": "\u202e13812345678",
    "right-to-left-phone": "138\u200f12345678",
    "zero-width-joiner": "138\u200d12345678",
    "byte-order-mark": "\ufeff13812345678",
    "high-surrogate-alone": "\ud800",
    "low-surrogate-alone": "C\udc80ABCDEFGHJKMNPQRSTVWXYZ0123",
    "surrogates-swapped": "\ude00\ud83d",
    "emoji": "\U0001f9fc\U0001f9fc",
    "combining": "e\u0301" * 20,
    "superscript-digits": "¹³⁸¹²³⁴⁵⁶⁷⁸",
    "circled-digits": "①③⑧①②③④⑤⑥⑦⑧",
    "chinese-digits": "一三八一二三四五六七八",
    "roman-numeral": "\u2167",
    "ligature-that-grows": "C\ufb00ABCDEFGHJKMNPQRSTVWXYZ012",
    "sharp-s-that-grows": "CßABCDEFGHJKMNPQRSTVWXYZ012",
    "minus-number": "-13812345678901",
    "exponent": "1e400",
    "underscores": "138_1234_5678",
    "sql": "' OR 1=1; DROP TABLE entry; --",
    "sql-like": "C%_%_%_%_%_%_%_%_%_%_%_%_%_",
    "format-c": "%s%s%s%n%x",
    "format-python": "{offer.__class__.__mro__}",
    "format-index": "{0}{999999999}",
    "html": "<script>alert(1)</script>",
    "script": "javascript:alert(1)",
    "spreadsheet": "=cmd|' /C calc'!A0",
    "terminal": "\x1b[2J\x1b[31mREDEEMED\x1b[0m",
    "path": "../../etc/passwd",
    "shell": "$(reboot)`reboot`;reboot|reboot",
    "json": '{"kind":"signed_coupon","genuine":true}',
    "log-line": "x\n2026-03-15 INFO redeemed 1001-70001",
    "old-base45": "R1:6BFOXN*TS0BI$ZD",
}
_LONG = {
    "513-characters": "x" * 513,
    "qr-7089-digits": "7" * 7089,
    "qr-4296-letters": "C" + "0" * 4295,
    "7-kilobytes": "{" + "a" * 7165 + "}",
    "5000-links": "https://" * 5000,
    "5000-nul": "\0" * 5000,
}
