"""Thousands of valid codes of each family: the right family claims each, and no other family would have taken it."""

import random
from collections.abc import Callable, Iterator

import pytest

from pos_client.domain.codes import (
    check_digits,
    coupon_format,
    foreign,
    gs1,
    gtin,
    member_card,
    member_slot,
    opaque_id,
    parametric_qr,
    phone_number,
    receipt_code,
    signed_coupon,
    wechat_card,
)
from pos_client.domain.codes.bad_code import BadCode
from pos_client.domain.codes.member_slot import MemberSlot
from pos_client.domain.codes.parametric_qr import ParametricQr, Presenter
from pos_client.domain.codes.receipt_code import ReceiptCode
from pos_client.domain.codes.router import CodeKind, route
from pos_client.domain.codes.signed_coupon import SignedCoupon

EACH = 2_000
MARKS = ("]C1", "]d2", "]Q3", "]e0", "\x1d")
Dice = random.Random


def digits(dice: Dice, count: int) -> str:
    return "".join(dice.choices("0123456789", k=count))


def checked(dice: Dice, count: int) -> str:
    body = digits(dice, count - 1)
    return body + check_digits.gs1_check_digit(body)


def coupon(dice: Dice) -> str:
    head = dice.randrange(2**8), dice.randrange(2**32), dice.randrange(2**64), dice.randrange(2**16)
    tail = dice.randrange(2**16), dice.randrange(2**24), 0, dice.randrange(2**32), dice.randrange(2**16)
    return SignedCoupon(*head, *tail, dice.randbytes(64)).text()


def slot(dice: Dice) -> str:
    return MemberSlot(dice.randrange(2**64), dice.randrange(2**32), 5, dice.randbytes(5), 1, dice.randbytes(64)).text()


def parametric(dice: Dice) -> str:
    place = dice.randrange(2**24), dice.randrange(2**16), dice.randrange(2**16)
    staff = "".join(dice.choices("abcXYZ019-_.", k=dice.randrange(9)))
    times = dice.randrange(2**32), dice.randrange(2**32), dice.randrange(2**32)
    return ParametricQr(
        dice.randrange(2**8), *place, Presenter(dice.randrange(3)), staff, *times, dice.randbytes(64)
    ).text()


def receipt(dice: Dice) -> str:
    place = dice.randrange(2**24), dice.randrange(2**16), dice.randrange(2**40)
    return ReceiptCode(*place, dice.randrange(2**16), dice.randrange(1440), dice.randrange(2**36)).text()


def product(dice: Dice) -> str:
    text = "01" + checked(dice, 14)
    tails = ("", "17260131", "10LOT/7", "21" + digits(dice, 9) + "\x1d17260100", "3103" + digits(dice, 6))
    return dice.choice(("", *MARKS)) + text + dice.choice(tails)


def global_coupon(dice: Dice) -> str:
    number = "255" + checked(dice, 13)
    if dice.random() < 0.5:
        return number + digits(dice, dice.randrange(9, 13))
    return dice.choice(MARKS) + number + digits(dice, dice.randrange(1, 13))


def sized(dice: Dice, lengths: range, least: int) -> str:
    length = dice.choice(lengths)
    return str(length) + digits(dice, length + least)


def coupon_8110(dice: Dice) -> str:
    text = "8110" + sized(dice, range(7), 6) + digits(dice, 6) + sized(dice, range(1, 6), 0)
    text += sized(dice, range(1, 6), 0) + dice.choice("012349") + digits(dice, 3)
    if dice.random() < 0.5:
        text += "1" + dice.choice("0123") + sized(dice, range(1, 6), 0) + dice.choice("012349") + digits(dice, 3) + "9"
    text += dice.choice(("", "3261231")) + dice.choice(("", "4260101"))
    serial = dice.choice(("", "5" + sized(dice, range(4), 6)))
    terms = dice.choice(("", "9" + dice.choice("01256") + "090"))
    text += serial if len(text) + len(serial) + len(terms) <= 4 + coupon_format.MAX_DIGITS else ""
    text += terms
    return dice.choice(("", *MARKS)) + text


def coupon_8112(dice: Dice) -> str:
    text = "8112" + dice.choice("01") + sized(dice, range(7), 6) + digits(dice, 6) + sized(dice, range(10), 6)
    return dice.choice(("", *MARKS)) + text


def alipay(dice: Dice) -> str:
    return str(dice.randrange(25, 31)) + digits(dice, dice.randrange(14, 23))


FAMILIES: dict[str, tuple[CodeKind, Callable[[Dice], str]]] = {
    "signed coupon": (CodeKind.SIGNED_COUPON, coupon),
    "opaque id": (CodeKind.OPAQUE_COUPON, lambda dice: opaque_id.encode(dice.getrandbits(128))),
    "enrolment": (CodeKind.ENROLMENT, lambda dice: opaque_id.encode(dice.getrandbits(128), "E")),
    "member slot": (CodeKind.MEMBER_SLOT, slot),
    "member card": (CodeKind.MEMBER_CARD, lambda dice: member_card.card_number(dice.randrange(10**13))),
    "gsrn": (CodeKind.MEMBER_CARD, lambda dice: dice.choice(("", *MARKS)) + "8018" + checked(dice, 18)),
    "phone": (CodeKind.PHONE, lambda dice: "1" + dice.choice("3456789") + digits(dice, 9)),
    "phone with country": (CodeKind.PHONE, lambda dice: "+861" + dice.choice("3456789") + digits(dice, 9)),
    "gtin": (CodeKind.GTIN, lambda dice: checked(dice, dice.choice((8, 12, 13, 14)))),
    "gs1 product": (CodeKind.GTIN, product),
    "gs1 8110": (CodeKind.GS1_8110, coupon_8110),
    "gs1 8112": (CodeKind.GS1_8112, coupon_8112),
    "gs1 255": (CodeKind.GS1_255, global_coupon),
    "parametric": (CodeKind.PARAMETRIC, parametric),
    "parametric link": (CodeKind.PARAMETRIC, lambda dice: parametric_qr.link("https://h.example/q/", parametric(dice))),
    "receipt": (CodeKind.RECEIPT, receipt),
    "wechat card": (
        CodeKind.WECHAT_CARD,
        lambda dice: wechat_card.encode(dice.randrange(10**11), dice.choice((12, 16))),
    ),
    "wechat pay": (CodeKind.PAYMENT_CODE, lambda dice: str(dice.randrange(10, 16)) + digits(dice, 16)),
    "alipay": (CodeKind.PAYMENT_CODE, alipay),
    "product link": (CodeKind.GTIN, lambda dice: f"https://id.gs1.org/01/{checked(dice, 14)}/21/{digits(dice, 5)}"),
    "other link": (CodeKind.LINK, lambda dice: f"https://h.example/{digits(dice, 6)}?id={digits(dice, 20)}"),
}


def reads(parse: Callable[[str], object]) -> Callable[[str], bool]:
    """Whether a parser takes a text."""

    def taken(text: str) -> bool:
        try:
            return bool(parse(text))
        except BadCode:
            return False

    return taken


def is_of_elements(text: str) -> bool:
    """Whether the text is GS1 data with something for a till."""
    return gs1.looks_like(text) and reads(gs1.parse)(text)


def takers(text: str) -> set[str]:
    """The families that would take the text if they were asked alone."""
    asked: dict[str, Callable[[str], bool]] = {
        "coupon": reads(signed_coupon.parse),
        "slot": reads(member_slot.parse),
        "parametric": reads(parametric_qr.parse),
        "id": lambda text: opaque_id.looks_like(text) and reads(opaque_id.parse)(text),
        "enrolment": lambda text: opaque_id.looks_like(text, "E") and reads(lambda it: opaque_id.parse(it, "E"))(text),
        "receipt": lambda text: receipt_code.looks_like(text) and reads(receipt_code.parse)(text),
        "wechat card": reads(wechat_card.parse),
        "card": lambda text: member_card.looks_like(text) and reads(member_card.parse)(text),
        "gtin": lambda text: gtin.normalise(text) is not None,
        "phone": lambda text: phone_number.normalise(text) is not None,
        "gs1": is_of_elements,
        "payment": lambda text: foreign.is_wechat_payment(text) or foreign.is_alipay_payment(text),
        "link": foreign.is_link,
    }
    return {name for name, takes in asked.items() if takes(text)}


def drawn(family: str) -> Iterator[str]:
    """Valid codes of a family, the same at each run."""
    dice = random.Random(f"codes of {family}")
    return (FAMILIES[family][1](dice) for _ in range(EACH))


@pytest.mark.parametrize("family", FAMILIES)
def test_each_code_is_claimed_by_its_own_family(family: str) -> None:
    kind = FAMILIES[family][0]

    astray = [(text, route(text).kind) for text in drawn(family) if route(text).kind is not kind]

    assert astray == []


@pytest.mark.parametrize("family", FAMILIES)
def test_no_second_family_would_take_it(family: str) -> None:
    disputed = [(text, takers(text)) for text in drawn(family) if len(takers(text)) != 1]

    # Two overlaps are settled by order, and said where the order is: American goods begin like a number dialled
    # abroad, and a GSRN is a member card in either form.
    settled = ({"gtin", "phone"}, {"card", "gs1"})
    assert [entry for entry in disputed if entry[1] not in settled] == []


def test_a_bare_global_coupon_that_could_be_a_payment_code_is_one() -> None:
    dice = random.Random(25)
    bare = [f"255{checked(dice, 13)}{digits(dice, count)}" for count in range(9) for _ in range(200)]

    assert {CodeKind.PAYMENT_CODE} == {route(text).kind for text in bare}


@pytest.mark.parametrize("length", [*range(1, 40), 74, 205, 224, 229])
def test_plain_digits_are_never_a_receipt_or_a_wechat_card(length: int) -> None:
    dice = random.Random(length)
    kinds = {route(digits(dice, length)).kind for _ in range(500)}

    assert not kinds & {CodeKind.RECEIPT, CodeKind.WECHAT_CARD, CodeKind.ENROLMENT, CodeKind.OPAQUE_COUPON}
