"""Writes docs/vectors/codes.json, the published test vectors of every kind of code, or checks that it is current.

Apart from the tests because the file is for people who write a till or a CRM in another language. What is expected is
stated here case by case; nothing is asked of the program. What is not signed stands in ``unsigned_vectors.py`` and
``gs1_vectors.py``.

    .venv/bin/python script/make_vectors.py            write the file
    .venv/bin/python script/make_vectors.py --check    exit 1 where the file is not what this script writes
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import code_formats as formats
from code_formats import Case, case
from gs1_vectors import gs1_vectors
from unsigned_vectors import unsigned_vectors
from vector_file import write_or_compare

TARGET = Path(__file__).resolve().parent.parent / "docs" / "vectors" / "codes.json"

KEYS: list[Case] = [
    {"purpose": "coupon", "key_id": 1, "name": "coupon-1", "not_before": "2024-01-01", "not_after": "2035-12-31"},
    {"purpose": "coupon", "key_id": 2, "name": "coupon-2", "not_before": "2020-01-01", "not_after": "2023-12-31"},
    {"purpose": "slot", "key_id": 1, "name": "slot-1", "not_before": "2024-01-01", "not_after": "2035-12-31"},
    {"purpose": "parametric", "key_id": 1, "name": "parametric-1", "not_before": "2024-01-01"}
    | {"not_after": "2035-12-31"},
]
COUPON: Case = {
    "key_id": 1,
    "campaign": 1001,
    "serial": 70_001,
    "not_before_day": 2252,  # 2026-03-02
    "not_after_day": 2281,  # 2026-03-31
    "home_store": 12,
    "flags": 0,
    "value_minor": 2000,
    "member_tag": 0,
}
SLOT: Case = {
    "key_id": 1,
    "member_number": 880_001,
    "starts_at": 1_773_565_500,  # 2026-03-15T09:05:00Z
    "length_min": 5,
    "nonce": "0102030405",
}
PARAMETRIC: Case = {
    "key_id": 1,
    "store": 12,
    "booth": 3,
    "lane": 2,
    "presenter": 2,
    "staff": "p-017",
    "campaign": 1001,
    "issued_at": 1_773_565_500,  # 2026-03-15T09:05:00Z
    "expires_at": 1_776_157_500,  # 30 days later
}
NOON = "2026-03-15T04:00:00.000Z"
SHANGHAI = "Asia/Shanghai"


def coupon_text(fields: Case, key: str = "coupon-1", purpose: bytes = formats.COUPON_PURPOSE) -> str:
    """A signed coupon as digits."""
    payload = formats.coupon_payload(fields)
    return formats.decimal("71", payload + formats.sign(key, purpose + payload))


def slot_text(fields: Case, key: str = "slot-1", purpose: bytes = formats.SLOT_PURPOSE) -> str:
    """A member slot as digits."""
    payload = formats.slot_payload(fields)
    return formats.decimal("72", payload + formats.sign(key, purpose + payload))


def parametric_text(fields: Case, key: str = "parametric-1", purpose: bytes = formats.PARAMETRIC_PURPOSE) -> str:
    """A parametric code as digits."""
    payload = formats.parametric_payload(fields)
    return formats.decimal("73", payload + formats.sign(key, purpose + payload))


def parametric(name: str, fields: Case, text: str, signature: str, **expected: Any) -> Case:
    """A vector of a text that reads as a parametric code."""
    return case(f"parametric-{name}", "parametric", text, fields=fields, signature=signature, **expected)


def coupon(name: str, fields: Case, text: str, signature: str, **expected: Any) -> Case:
    """A vector of a text that reads as a signed coupon, whether or not its signature is good."""
    return case(name, "signed_coupon", text, canonical=text.strip(), fields=fields, signature=signature, **expected)


def good_coupons() -> Iterator[Case]:
    """Coupons that parse and verify, at the ends of every field."""
    text = coupon_text(COUPON)
    yield coupon("coupon-good", COUPON, text, "good", coupon_id="1001-70001")
    anywhere = COUPON | {"home_store": 0, "value_minor": 0, "member_tag": formats.member_tag(880_001)}
    yield coupon("coupon-any-store-campaign-value-member", anywhere, coupon_text(anywhere), "good")
    least = dict.fromkeys(COUPON, 0) | {"key_id": 1}
    yield coupon("coupon-all-least", least, coupon_text(least), "good", coupon_id="0-0")
    most = {
        "key_id": 1,
        "campaign": 2**32 - 1,
        "serial": 2**64 - 1,
        "not_before_day": 2**16 - 1,
        "not_after_day": 2**16 - 1,
        "home_store": 2**24 - 1,
        "flags": 255,
        "value_minor": 2**32 - 1,
        "member_tag": 2**16 - 1,
    }
    yield coupon("coupon-all-most", most, coupon_text(most), "good", coupon_id="4294967295-18446744073709551615")
    for name, raw in {"newline": text + "\r\n", "spaces": f"  {text}\t"}.items():
        yield coupon(f"coupon-good-with-{name}", COUPON, raw, "good", note="space, tab, CR, LF at the ends go")


def judged_coupons() -> Iterator[Case]:
    """The same good coupon at other moments and places: days are those of the store's own calendar."""
    moments = {
        "first-moment": ("2026-03-01T16:00:00.000Z", SHANGHAI, 12, None),
        "not-yet-valid": ("2026-03-01T15:59:59.999Z", SHANGHAI, 12, "not-yet-valid"),
        "last-moment": ("2026-03-31T15:59:59.999Z", SHANGHAI, 12, None),
        "expired": ("2026-03-31T16:00:00.000Z", SHANGHAI, 12, "expired"),
        "last-moment-new-york": ("2026-04-01T03:59:59.999Z", "America/New_York", 12, None),
        "expired-new-york": ("2026-04-01T04:00:00.000Z", "America/New_York", 12, "expired"),
        "wrong-store": (NOON, SHANGHAI, 13, "wrong-store"),
    }
    for name, (at, zone, store, refusal) in moments.items():
        judged = {"at": at, "zone": zone, "store": store, "refusal": refusal}
        yield coupon(f"coupon-{name}", COUPON, coupon_text(COUPON), "good", judged=judged)
    judged = {"at": NOON, "zone": SHANGHAI, "store": 12, "refusal": "not-genuine"}
    forged = COUPON | {"not_after_day": 9999}
    text = formats.decimal("71", formats.coupon_payload(forged) + _signature(COUPON))
    yield coupon("coupon-not-genuine", forged, text, "bad", judged=judged)


def _signature(fields: Case) -> bytes:
    return formats.sign("coupon-1", formats.COUPON_PURPOSE + formats.coupon_payload(fields))


def forged_coupons() -> Iterator[Case]:
    """Coupons that parse and must not verify."""
    for field, value in COUPON.items():
        altered = COUPON | {field: value + 1}
        text = formats.decimal("71", formats.coupon_payload(altered) + _signature(COUPON))
        yield coupon(f"coupon-altered-{field}", altered, text, "bad")
    signature = _signature(COUPON)
    wrong = {
        "other-key": formats.sign("stranger", formats.COUPON_PURPOSE + formats.coupon_payload(COUPON)),
        "other-purpose": formats.sign("coupon-1", formats.SLOT_PURPOSE + formats.coupon_payload(COUPON)),
        "no-purpose": formats.sign("coupon-1", formats.coupon_payload(COUPON)),
        "other-coupon": _signature(COUPON | {"serial": 70_002}),
        "zero-signature": bytes(64),
        "s-plus-order": formats.malleated(signature),
    }
    for name, other in wrong.items():
        text = formats.decimal("71", formats.coupon_payload(COUPON) + other)
        yield coupon(f"coupon-{name}", COUPON, text, "bad")
    old = COUPON | {"key_id": 2}
    yield coupon("coupon-key-past-its-dates", old, coupon_text(old, "coupon-2"), "bad", note="key 2 ended in 2023")
    yield coupon("coupon-key-in-its-dates", old, coupon_text(old, "coupon-2"), "good", on="2023-12-31")


def flipped_coupons() -> Iterator[Case]:
    """One bit of the token turned round: bit 0 is the highest of the first byte. Bits 0 to 7 are the version."""
    token = formats.coupon_payload(COUPON) + _signature(COUPON)
    for bit in (0, 7, 8, 47, 48, 111, 127, 143, 167, 175, 207, 223, 224, 479, 480, 735):
        number = int.from_bytes(token, "big") ^ 1 << (735 - bit)
        text = formats.decimal("71", number.to_bytes(92, "big"))
        if bit < 8:
            yield case(f"coupon-bit-{bit}", "damaged", text, fault="code-version")
        else:
            yield case(f"coupon-bit-{bit}", "signed_coupon", text, canonical=text, signature="bad")


def broken_tokens() -> Iterator[Case]:
    """Signed codes that are cut, too long, of another version, or no number of their size."""
    texts = {"coupon": coupon_text(COUPON), "slot": slot_text(SLOT), "parametric": parametric_text(PARAMETRIC)}
    for name, text in texts.items():
        for length in (len(text) - 1, len(text) - 2, 150, 41, 40):
            yield case(f"{name}-cut-to-{length}", "damaged", text[:length], fault="code-incomplete")
        for length in (39, 20, 15, 2):
            yield case(f"{name}-cut-to-{length}", "unknown", text[:length], note="too little is left to tell")
        yield case(f"{name}-one-digit-more", "damaged", text + "0", fault="code-too-long")
        yield case(f"{name}-twice", "damaged", text * 2, fault="code-too-long")
        yield case(f"{name}-no-such-number", "damaged", text[:2] + "9" * (len(text) - 2), fault="code-damaged")
        yield case(f"{name}-letter-for-digit", "unknown", f"{text[:60]}O{text[61:]}")
        yield case(f"{name}-space-inside", "unknown", f"{text[:60]} {text[60:]}")
        yield case(f"{name}-fullwidth-digit", "unknown", f"{text[:60]}{chr(0xFF10 + int(text[60]))}{text[61:]}")
    second = formats.coupon_payload(COUPON, version=2)
    signed = formats.decimal("71", second + formats.sign("coupon-1", formats.COUPON_PURPOSE + second))
    yield case("coupon-version-2", "damaged", signed, fault="code-version")
    second = formats.slot_payload(SLOT, version=2)
    signed = formats.decimal("72", second + formats.sign("slot-1", formats.SLOT_PURPOSE + second))
    yield case("slot-version-2", "damaged", signed, fault="code-version")
    second = formats.parametric_payload(PARAMETRIC, version=2)
    signed = formats.decimal("73", second + formats.sign("parametric-1", formats.PARAMETRIC_PURPOSE + second))
    yield case("parametric-version-2", "damaged", signed, fault="code-version")
    yield case("kind-74", "unknown", "74" + coupon_text(COUPON)[2:], note="no such kind")


def slots() -> Iterator[Case]:
    """Member slots: good for their own time and one length around it."""
    text = slot_text(SLOT)
    moments = {
        "one-before": ("2026-03-15T09:00:00.000Z", True),
        "too-early": ("2026-03-15T08:59:59.999Z", False),
        "now": ("2026-03-15T09:07:30.000Z", True),
        "one-after": ("2026-03-15T09:14:59.999Z", True),
        "too-late": ("2026-03-15T09:15:00.000Z", False),
    }
    for name, (at, current) in moments.items():
        expected = {"canonical": text, "fields": SLOT, "signature": "good", "current": {"at": at, "is": current}}
        yield case(f"slot-{name}", "member_slot", text, **expected)
    for field, value in SLOT.items():
        altered = SLOT | {field: value + 1 if isinstance(value, int) else "0102030406"}
        signature = formats.sign("slot-1", formats.SLOT_PURPOSE + formats.slot_payload(SLOT))
        forged = formats.decimal("72", formats.slot_payload(altered) + signature)
        yield case(f"slot-altered-{field}", "member_slot", forged, canonical=forged, fields=altered, signature="bad")
    others = {
        "other-key": slot_text(SLOT, "stranger"),
        "coupon-key": slot_text(SLOT, "coupon-1"),
        "other-purpose": slot_text(SLOT, purpose=formats.COUPON_PURPOSE),
    }
    for name, forged in others.items():
        yield case(f"slot-{name}", "member_slot", forged, canonical=forged, fields=SLOT, signature="bad")


def parametric_codes() -> Iterator[Case]:
    """Codes that a booth shows: bare, in a link, past their time, forged."""
    text = parametric_text(PARAMETRIC)
    moments = {"good": ("2026-04-14T09:04:59.999Z", True), "expired": ("2026-04-14T09:05:00.000Z", False)}
    for name, (at, current) in moments.items():
        yield parametric(name, PARAMETRIC, text, "good", canonical=text, current={"at": at, "is": current})
    yield parametric("in-a-link", PARAMETRIC, f"https://example.com/q/{text}?from=booth", "good", canonical=text)
    yield case("parametric-in-a-query", "link", f"https://example.com/?q={text}", canonical="")
    printed = PARAMETRIC | {"lane": 0, "presenter": 0, "staff": "", "campaign": 0, "expires_at": 0}
    ever = {"at": "2099-12-31T00:00:00.000Z", "is": True}
    yield parametric("printed", printed, parametric_text(printed), "good", current=ever)
    signature = formats.sign("parametric-1", formats.PARAMETRIC_PURPOSE + formats.parametric_payload(PARAMETRIC))
    for field, value in PARAMETRIC.items():
        altered: Case = PARAMETRIC | {field: "p-018" if field == "staff" else value - 1}
        forged = formats.decimal("73", formats.parametric_payload(altered) + signature)
        yield parametric(f"altered-{field}", altered, forged, "bad")
    yield parametric("other-key", PARAMETRIC, parametric_text(PARAMETRIC, "stranger"), "bad")
    yield parametric("coupon-key", PARAMETRIC, parametric_text(PARAMETRIC, "coupon-1"), "bad")
    other = parametric_text(PARAMETRIC, purpose=formats.SLOT_PURPOSE)
    yield parametric("other-purpose", PARAMETRIC, other, "bad")
    wrong: dict[str, Case] = {
        "presenter-3": {"presenter": 3},
        "staff-with-space": {"staff": "p 017"},
        "staff-with-nul": {"staff": "p\0x"},
    }
    for name, change in wrong.items():
        yield case(f"parametric-{name}", "damaged", parametric_text(PARAMETRIC | change), fault="code-damaged")


def document() -> dict[str, Any]:
    """The whole file."""
    keys = [
        {"purpose": key["purpose"], "key_id": key["key_id"], "not_before": key["not_before"]}
        | {"not_after": key["not_after"], "public": formats.base64url(formats.public_key(key["name"]))}
        | {"seed": formats.base64url(formats.seed_of(key["name"]))}
        for key in KEYS
    ]
    families = (good_coupons, judged_coupons, forged_coupons, flipped_coupons, broken_tokens, slots, parametric_codes)
    cases = [vector for family in families for vector in family()]
    cases += [*unsigned_vectors(coupon_text(COUPON)), *gs1_vectors()]
    tags = [{"member_number": number, "tag": formats.member_tag(number)} for number in (0, 880_001, 2**64 - 1)]
    head = {"format": "pos-client code vectors", "version": 2, "on": "2026-03-15"}
    return head | {"keys": keys, "member_tags": tags, "cases": cases}


def main() -> int:
    """Write the file, or compare it."""
    return write_or_compare(TARGET, json.dumps(document(), indent=1, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    sys.exit(main())
