"""Vectors of GS1 data, and of the two families that are typed or printed beside it: receipt codes and WeChat cards.

Apart from ``unsigned_vectors.py`` because their source is a standard of others. The coupons 8110 are the worked
examples of the "North American Coupon Application Guideline", the coupons 8112 those of GS1's own linter; what their
fields are is stated here by hand.
"""

from collections.abc import Iterator
from typing import Any

import code_formats as formats
from code_formats import Case, case

_GS = "\x1d"
_GTIN = "06901234567892"
_GSRN = formats.with_gs1_check("69012345000880001")
_GCN = formats.with_gs1_check("401234500001")
_NONE: Case = {"expires": "", "starts": "", "serial": "", "retailer": "", "save_kind": 0, "applies_to": 0}
_NONE |= {"store_coupon": 0, "once": False, "rule": None}
# Digits; offer, save value; family, pieces and company of each requirement; the optional fields that are there.
_Needs = list[tuple[str, int, str]]
_OURS, _OTHER, _THIRD = "0614141", "0012666", "0048000"
_EXAMPLES: list[tuple[str, str, int, _Needs, Case]] = [
    ("10614141011111275110111", "011111", 75, [("111", 1, _OURS)], {}),
    ("106141416543213150110120", "654321", 150, [("120", 1, _OURS)], {}),
    (
        "106141410222223100110222111101231023456721104561045678991201",
        "022222",
        100,
        [("222", 1, _OURS), ("123", 1, "0234567"), ("456", 1, "0456789")],
        {"rule": 1, "save_kind": 1, "applies_to": 2, "once": True},
    ),
    (
        "1061414165432131501101201211014092110256100126663101231",
        "654321",
        150,
        [("120", 1, _OURS), ("140", 1, _OURS), ("256", 1, _OTHER)],
        {"rule": 2, "expires": "101231"},
    ),
    (
        "106141410012342501106501013085093101231",
        "001234",
        50,
        [("650", 1, _OURS), ("850", 3, _OURS)],
        {"rule": 0, "expires": "101231"},
    ),
    (
        "106141410012471011076011110850921108609310123191000",
        "001247",
        0,
        [("760", 1, _OURS), ("850", 1, _OURS), ("860", 1, _OURS)],
        {"rule": 1, "expires": "101231", "save_kind": 1},
    ),
    (
        "106141411234562891101201212085010048000214025610048000310123191000",
        "123456",
        89,
        [("120", 1, _OURS), ("850", 2, _THIRD), ("256", 4, _THIRD)],
        {"rule": 2, "expires": "101231", "save_kind": 1},
    ),
    (
        "1061414154321031501101201211014092110256100126663101231",
        "543210",
        150,
        [("120", 1, _OURS), ("140", 1, _OURS), ("256", 1, _OTHER)],
        {"rule": 2, "expires": "101231"},
    ),
    (
        "106141416543213500110000310123196000",
        "654321",
        500,
        [("000", 1, _OURS)],
        {"expires": "101231", "save_kind": 6},
    ),
]
_PLAIN = "106141416543213150110120"


def gs1_vectors() -> Iterator[Case]:
    """All of them."""
    for family in (products, members, coupons_255, coupons_8110, broken_8110, coupons_8112, links, receipts, cards):
        yield from family()


def element(name: str, kind: str, text: str, canonical: str, elements: Case, **expected: Any) -> Case:
    """A vector that states its element strings."""
    return case(f"gs1-{name}", kind, text, canonical=canonical, gs1=elements, **expected)


def products() -> Iterator[Case]:
    """A product with batch, serial number and expiry, as each kind of symbol sends it."""
    full = {"01": _GTIN, "10": "A1", "17": "261231", "21": "7/b"}
    text = f"01{_GTIN}10A1{_GS}1726123121{full['21']}"
    marks = {"unmarked": "", "separator": _GS} | {f"aim-{aim[1:]}": aim for aim in ("]C1", "]d2", "]Q3", "]e0")}
    for name, mark in marks.items():
        yield element(f"product-{name}", "gtin", mark + text, _GTIN, full)
    yield element("product-bare", "gtin", "01" + _GTIN, _GTIN, {"01": _GTIN})
    yield element("product-brackets", "gtin", f"(01){_GTIN}(17)260200", _GTIN, {"01": _GTIN, "17": "260200"})
    wrong = "01" + _GTIN[:-1] + "3"
    yield case("gs1-product-wrong-check", "damaged", "]d2" + wrong, fault="code-damaged-check")
    yield case("gs1-product-wrong-check-unmarked", "unknown", wrong, note="nothing says that it is GS1 data")
    broken = {
        "no-such-day": f"]d201{_GTIN}17260231",
        "no-such-month": f"]d201{_GTIN}17261301",
        "cut": f"]d201{_GTIN[:9]}",
        "two-serials": f"]d201{_GTIN}21A{_GS}21B",
        "no-such-identifier": "]C1810000123456789012",
        "nine-identifiers": "]C1" + _GS.join(f"9{n}A" for n in range(1, 10)),
        "nul": f"]d201{_GTIN}21A\0",
        "fullwidth-digit": f"]d201{_GTIN[:-1]}２",
    }
    for name, text in broken.items():
        yield case(f"gs1-product-{name}", "damaged", text, fault="code-damaged")
    yield case("gs1-mark-alone", "damaged", "]C1", fault="code-incomplete")
    pallet = "]C100" + formats.with_gs1_check("00614141123456789")
    yield case("gs1-pallet", "unknown", pallet, note="well-formed, and nothing for a till")
    yield case("gs1-other-mark", "unknown", "]E0" + _GTIN[1:], note="not a GS1 symbol's mark")


def members() -> Iterator[Case]:
    """Service relation numbers, with and without the number of the encounter."""
    canonical, fields = "8018" + _GSRN, {"number": _GSRN}
    for name, mark in {"separator": _GS, "aim": "]C1", "brackets": None}.items():
        text = f"(8018){_GSRN}" if mark is None else mark + canonical
        yield element(f"member-{name}", "member_card", text, canonical, {"8018": _GSRN}, fields=fields)
    both = {"8018": _GSRN, "8019": "12"}
    yield element("member-encounter", "member_card", f"{canonical}801912", canonical, both, fields=fields)
    wrong = "8018" + _GSRN[:-1] + str((int(_GSRN[-1]) + 1) % 10)
    yield case("gs1-member-wrong-check", "damaged", _GS + wrong, fault="code-damaged-check")


def coupons_255() -> Iterator[Case]:
    """Global Coupon Numbers. Bare ones of 16 to 24 digits have the form of a payment code and are none of ours."""
    for serial in ("", "7", "123456789012"):
        fields, canonical = {"number": _GCN, "serial": serial}, f"(255){_GCN}{serial}"
        data = {"255": _GCN + serial}
        yield element(f"255-aim-{len(serial)}", "gs1_255", f"]C1255{_GCN}{serial}", canonical, data, fields=fields)
        yield element(f"255-brackets-{len(serial)}", "gs1_255", canonical, canonical, data, fields=fields)
    long = _GCN + "123456789"
    yield element("255-unmarked-long", "gs1_255", "255" + long, f"(255){long}", {"255": long})
    yield case("gs1-255-unmarked", "payment_code", f"255{_GCN}12345678", canonical="", note="looks like Alipay's")
    wrong = _GCN[:-1] + str((int(_GCN[-1]) + 1) % 10)
    yield case("gs1-255-wrong-check", "damaged", f"]C1255{wrong}7", fault="code-damaged-check")
    yield case("gs1-255-cut", "damaged", f"]C1255{_GCN[:-1]}", fault="code-damaged")
    worth = {"255": _GCN + "7", "3900": "000", "17": "261231"}
    text = f"]d2255{_GCN}7{_GS}3900000{_GS}17261231"
    yield element("255-gift", "gs1_255", text, f"(255){_GCN}7", worth, note="3900 = 000: a free gift")


def coupons_8110() -> Iterator[Case]:
    """The worked examples."""
    for number, (digits, offer, save_value, needs, others) in enumerate(_EXAMPLES, 1):
        wanted = [{"value": value, "kind": 0, "family": family, "company": owner} for family, value, owner in needs]
        fields = _NONE | {"company": _OURS, "offer": offer, "save_value": save_value, "requirements": wanted} | others
        data = {"8110": digits}
        yield element(f"8110-example-{number}", "gs1_8110", "8110" + digits, f"(8110){digits}", data, fields=fields)
    full = _PLAIN + "31012314100101" + "50123456" + "610614141" + "95190"
    fields = _NONE | {"company": _OURS, "offer": "654321", "save_value": 150, "expires": "101231", "starts": "100101"}
    fields |= {"requirements": [{"value": 1, "kind": 0, "family": "120", "company": _OURS}], "serial": "123456"}
    fields |= {"retailer": "0614141", "save_kind": 5, "applies_to": 1, "store_coupon": 9}
    yield element("8110-all-fields", "gs1_8110", f"]e08110{full}", f"(8110){full}", {"8110": full}, fields=fields)


def broken_8110() -> Iterator[Case]:
    """One fault each."""
    broken = {
        "company-length-7": ("7" + _PLAIN[1:], "code-damaged"),
        "save-length-0": ("10614141654321" + "0" + "110120110120", "code-damaged"),
        "requirement-kind-5": ("10614141654321315011" + "5" + "120", "code-damaged"),
        "rule-4": (_PLAIN + "141101209", "code-damaged"),
        "company-2-length-8": (_PLAIN + "101101208", "code-damaged"),
        "no-such-day": (_PLAIN + "3260231", "code-damaged"),
        "day-00": (_PLAIN + "3260200", "code-damaged"),
        "ends-before-start": (_PLAIN + "32601014260102", "code-damaged"),
        "fields-out-of-order": (_PLAIN + "42601013260102", "code-too-long"),
        "save-kind-3": (_PLAIN + "93000", "code-damaged"),
        "multiply-2": (_PLAIN + "90002", "code-damaged"),
        "no-such-field": (_PLAIN + "7", "code-too-long"),
        "serial-cut": (_PLAIN + "5012345", "code-incomplete"),
        "cut": (_PLAIN[:-1], "code-incomplete"),
        "terms-cut": (_PLAIN + "900", "code-incomplete"),
    }
    for name, (digits, fault) in broken.items():
        yield case(f"gs1-8110-{name}", "damaged", "]e08110" + digits, fault=fault)
    yield case("gs1-8110-unmarked-cut", "damaged", "8110" + _PLAIN[:-1], fault="code-incomplete")
    yield case("gs1-8110-cut-short", "unknown", "8110" + _PLAIN[:20], note="too little is left to tell")
    yield case("gs1-8110-letter", "damaged", f"]e08110{_PLAIN[:-1]}A", fault="code-damaged")


def coupons_8112() -> Iterator[Case]:
    """Serialised offers."""
    offers = {
        "least": ("001234561234560123456", 0, "123456", "123456", "123456"),
        "paper": ("101234561234560123456", 1, "123456", "123456", "123456"),
        "most": ("061234567890121234569123456789012345", 0, "123456789012", "123456", "123456789012345"),
    }
    for name, (digits, form, funder, offer, serial) in offers.items():
        fields = {"format": form, "funder": funder, "offer": offer, "serial": serial}
        data = {"8112": digits}
        yield element(f"8112-{name}", "gs1_8112", "8112" + digits, f"(8112){digits}", data, fields=fields)
    broken = {
        "format-2": ("201234561234560123456", "code-damaged"),
        "funder-length-7": ("07" + "1" * 30, "code-damaged"),
        "serial-cut": ("001234561234561123456", "code-incomplete"),
        "one-digit-more": ("0012345612345601234567", "code-too-long"),
    }
    for name, (digits, fault) in broken.items():
        yield case(f"gs1-8112-{name}", "damaged", "8112" + digits, fault=fault)


def links() -> Iterator[Case]:
    """Digital Links are read as text; every other link is only named."""
    full = {"01": _GTIN, "10": "A1", "21": "7/b", "17": "261231"}
    text = f"https://id.gs1.org/01/{_GTIN}/10/A1/21/7%2Fb?17=261231&linkType=gs1:pip"
    yield element("link-product", "gtin", text, _GTIN, full)
    yield element("link-own-host", "gtin", f"https://shop.example/s/01/{_GTIN[1:]}", _GTIN, {"01": _GTIN})
    number = {"number": _GSRN}
    yield element(
        "link-member", "member_card", f"HTTPS://ID.GS1.ORG/8018/{_GSRN}", f"8018{_GSRN}", {"8018": _GSRN}, fields=number
    )
    fields = {"number": _GCN, "serial": "7"}
    yield element(
        "link-coupon", "gs1_255", f"https://id.gs1.org/255/{_GCN}7", f"(255){_GCN}7", {"255": _GCN + "7"}, fields=fields
    )
    others = {
        "wrong-check": f"https://id.gs1.org/01/{_GTIN[:-1]}3",
        "place": "https://id.gs1.org/414/6901234567892",
        "odd-path": f"https://id.gs1.org/01/{_GTIN}/10",
        "coupon-8110-inside": f"https://id.gs1.org/01/{_GTIN}?8110={_PLAIN}",
        "two-products": f"https://id.gs1.org/01/{_GTIN}?01=04006381333931",
        "other-digits": "https://id.gs1.org/01/%D9%A0%D9%A6901234567892",
        "many-parts": f"https://id.gs1.org/01/{_GTIN}?" + "&".join(f"9{n}=A" for n in range(1, 10)),
        "bad-host": f"https://[::1/01/{_GTIN}",
        "other-scheme": f"ftp://id.gs1.org/01/{_GTIN}",
    }
    for name, text in others.items():
        yield case(f"gs1-link-{name}", "link", text, canonical="")


def receipts() -> Iterator[Case]:
    """Receipt codes as they are printed, read and typed."""
    fields = {"store": 12, "till": 7, "receipt": 4_711, "day": 2265, "minute": 17 * 60 + 5, "total_minor": 12_880}
    text = formats.receipt(fields)
    grouped = "-".join(text[place : place + 4] for place in range(0, 32, 4))
    typed = text.lower().replace("0", "o").replace("1", "l")
    for name, raw in {"good": text, "grouped": grouped, "aliases": typed}.items():
        yield case(f"receipt-{name}", "receipt", raw, canonical=text, fields=fields)
    most = {"store": 2**24 - 1, "till": 2**16 - 1, "receipt": 2**40 - 1, "day": 2**16 - 1, "minute": 1439}
    most |= {"total_minor": 2**36 - 1}
    yield case("receipt-most", "receipt", formats.receipt(most), canonical=formats.receipt(most), fields=most)
    other = "2" if text[-1] not in "2Z" else "3"
    broken = {
        "wrong-check": (text[:-1] + other, "code-damaged-check"),
        "altered": (text[:20] + ("3" if text[20] != "3" else "4") + text[21:], "code-damaged-check"),
        "letter-u": (text[:8] + "U" + text[9:], "code-damaged"),
        "minute-1440": (formats.receipt(fields | {"minute": 1440}), "code-damaged"),
        "cut": (text[:-1], "code-incomplete"),
        "one-more": (text + "0", "code-too-long"),
    }
    for name, (raw, fault) in broken.items():
        yield case(f"receipt-{name}", "damaged", raw, fault=fault)
    body = "RCZ" + text[3:-1]
    yield case("receipt-146-bits", "damaged", body + formats.mod_37_36(body), fault="code-damaged")
    yield case("receipt-plain-number", "unknown", "004711", note="bare receipt numbers are not taken")


def cards() -> Iterator[Case]:
    """Our cards in WeChat's wallet: WK and 12 or 16 digits. WeChat's own bare digits are never taken."""
    twelve, sixteen = (formats.with_luhn_check(body) for body in ("12345678901", "123456789012345"))
    for name, digits in {"12": twelve, "16": sixteen}.items():
        yield case(f"wechat-card-{name}", "wechat_card", "WK" + digits, canonical="WK" + digits)
        yield case(f"wechat-card-{name}-bare", "unknown", digits)
        wrong = "WK" + digits[:-1] + str((int(digits[-1]) + 1) % 10)
        yield case(f"wechat-card-{name}-wrong-check", "damaged", wrong, fault="code-damaged-check")
    yield case("wechat-card-typed", "wechat_card", "wk-1234-5678-9012-3452", canonical="WK" + sixteen)
    yield case("wechat-card-cut", "damaged", "WK" + sixteen[:-1], fault="code-incomplete")
    yield case("wechat-card-one-more", "damaged", f"WK{sixteen}0", fault="code-too-long")
