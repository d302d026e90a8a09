"""The published vectors of docs/vectors, case by case, against the domain and a real Ed25519."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pos_client.domain.business_time import day_of
from pos_client.domain.codes.member_slot import MemberSlot
from pos_client.domain.codes.parametric_qr import ParametricQr
from pos_client.domain.codes.router import Code, CodeKind, route
from pos_client.domain.codes.signed_coupon import SignedCoupon, member_tag
from pos_client.domain.coupon import CouponFacts
from pos_client.domain.judge import TillContext, hard_refusal
from pos_client.domain.local_text import LocalText
from pos_client.domain.offers.conditions import Conditions
from pos_client.domain.offers.effects import AmountOff
from pos_client.domain.offers.offer import Offer
from pos_client.domain.signed_document import from_base64

ROOT = Path(__file__).resolve().parents[4]
DOCUMENT = json.loads((ROOT / "docs" / "vectors" / "codes.json").read_text("ascii"))
CASES: list[dict[str, Any]] = DOCUMENT["cases"]
Signed = SignedCoupon | MemberSlot | ParametricQr
PURPOSE = {SignedCoupon: "coupon", MemberSlot: "slot", ParametricQr: "parametric"}
OFFER = Offer(1001, LocalText("满减", "amount off"), Conditions(), (AmountOff(0),))


def of(field: str) -> list[Any]:
    """The cases that state the field."""
    return [pytest.param(case, id=case["name"]) for case in CASES if field in case]


def raw(case: dict[str, Any]) -> str:
    """The scanned text of a case."""
    if "text" in case:
        return str(case["text"])
    return bytes.fromhex(case["text_utf16be"]).decode("utf-16-be", "surrogatepass")


def signed(case: dict[str, Any]) -> Signed:
    """The parsed signed code of a case."""
    value = route(raw(case)).value
    assert isinstance(value, Signed)
    return value


def is_genuine(value: Signed, on: date) -> bool:
    """Whether a published key that is valid on the day signed it; the rule of every verifier."""
    purpose = PURPOSE[type(value)]
    for key in DOCUMENT["keys"]:
        first, last = date.fromisoformat(key["not_before"]), date.fromisoformat(key["not_after"])
        if (key["purpose"], key["key_id"]) == (purpose, value.key_id) and first <= on <= last:
            return _verifies(from_base64(key["public"]), value)
    return False


def _verifies(public: bytes, value: Signed) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(value.signature, value.signed_bytes())
    except InvalidSignature:
        return False
    return True


def on(case: dict[str, Any]) -> date:
    """The store's day of a case."""
    return date.fromisoformat(case.get("on", DOCUMENT["on"]))


@pytest.mark.parametrize("case", of("kind"))
def test_kind_and_fault(case: dict[str, Any]) -> None:
    code = route(raw(case))

    assert (case["kind"], case.get("fault")) == (code.kind, code.fault)


@pytest.mark.parametrize("case", of("canonical"))
def test_canonical_text(case: dict[str, Any]) -> None:
    assert case["canonical"] == route(raw(case)).text


@pytest.mark.parametrize("case", of("fields"))
def test_fields(case: dict[str, Any]) -> None:
    value = route(raw(case)).value
    assert value is not None
    read = json.loads(json.dumps(asdict(value), default=bytes.hex))
    read.pop("signature", None)

    assert case["fields"] == read


@pytest.mark.parametrize("case", of("gs1"))
def test_element_strings(case: dict[str, Any]) -> None:
    read = route(raw(case)).gs1
    assert read is not None

    assert case["gs1"] == dict(read.elements)


@pytest.mark.parametrize("case", of("coupon_id"))
def test_coupon_id(case: dict[str, Any]) -> None:
    value = signed(case)
    assert isinstance(value, SignedCoupon)

    assert case["coupon_id"] == value.coupon_id


@pytest.mark.parametrize("case", of("signature"))
def test_signature(case: dict[str, Any]) -> None:
    assert (case["signature"] == "good") == is_genuine(signed(case), on(case))


@pytest.mark.parametrize("case", of("judged"))
def test_judged_at_a_moment_and_place(case: dict[str, Any]) -> None:
    coupon, judged = signed(case), case["judged"]
    assert isinstance(coupon, SignedCoupon)
    facts = CouponFacts(
        coupon.coupon_id,
        "signed_coupon",
        is_genuine(coupon, on(case)),
        OFFER,
        day_of(coupon.not_before_day),
        day_of(coupon.not_after_day),
        coupon.home_store,
    )
    context = TillContext(datetime.fromisoformat(judged["at"]), judged["zone"], judged["store"], 1)

    refusal = hard_refusal(facts, context)

    assert judged["refusal"] == (refusal.reason if refusal else None)


@pytest.mark.parametrize("case", of("current"))
def test_is_current(case: dict[str, Any]) -> None:
    code, current = signed(case), case["current"]
    assert isinstance(code, MemberSlot | ParametricQr)

    assert current["is"] == code.is_current(datetime.fromisoformat(current["at"]))


@pytest.mark.parametrize("row", DOCUMENT["member_tags"], ids=str)
def test_member_tags(row: dict[str, int]) -> None:
    assert row["tag"] == member_tag(row["member_number"])


def test_no_flipped_bit_of_a_coupon_verifies() -> None:
    good = next(case for case in CASES if case["name"] == "coupon-good")
    number, width = int(raw(good)[2:]), len(raw(good)) - 2
    verdicts = Counter(_fate(route(f"71{number ^ 1 << bit:0{width}d}"), on(good)) for bit in range(736))

    # The eight bits of the version are no signature's business: another version is not read at all.
    assert Counter({"forged": 728, "code-version": 8}) == verdicts


def _fate(code: Code, day: date) -> str:
    if code.fault is not None:
        return code.fault.value
    assert isinstance(code.value, SignedCoupon)
    return "genuine" if is_genuine(code.value, day) else "forged"


def test_every_kind_and_every_way_to_fail_is_published() -> None:
    names = {case["name"] for case in CASES}

    assert {case["kind"] for case in CASES} == set(CodeKind)
    assert len(CASES) == len(names)
    assert {
        "coupon-good",
        "coupon-expired",
        "coupon-not-yet-valid",
        "coupon-other-key",
        "coupon-other-purpose",
        "coupon-cut-to-223",
        "coupon-one-digit-more",
        "parametric-good",
        "parametric-expired",
        "parametric-other-key",
        "parametric-cut-to-228",
        "parametric-one-digit-more",
        "gs1-8110-example-4",
        "gs1-8112-least",
        "gs1-255-unmarked",
    } <= names
    assert {f"coupon-altered-{field}" for field in CASES[0]["fields"]} <= names


def test_the_file_is_what_the_script_writes() -> None:
    said = subprocess.run(
        [sys.executable, ROOT / "script" / "make_vectors.py", "--check"], capture_output=True, text=True, check=False
    )

    assert (said.returncode, said.stderr) == (0, "")
