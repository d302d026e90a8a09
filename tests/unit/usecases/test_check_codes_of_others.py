"""Checking codes that others issue, or that are no coupons: each has its own verdict, and none is redeemed here."""

import pytest

from pos_client.domain.codes.parametric_qr import ParametricQr, Presenter
from pos_client.domain.codes.receipt_code import ReceiptCode
from pos_client.domain.codes.wechat_card import encode
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from tests.unit.usecases.counter import Counter

READY, REFUSED, UNKNOWN = VerdictKind.READY, VerdictKind.REFUSED, VerdictKind.UNKNOWN
SUPERVISOR = VerdictKind.SUPERVISOR
BOOTH = ParametricQr(0, 12, 3, 2, Presenter.BOOTH, "", 0, 0, 0, bytes(64))


@pytest.mark.parametrize(
    ("text", "kind", "reason", "code_kind"),
    [
        ("]e08110106141416543213500110000310123196000", REFUSED, Reason.PAPER_NOT_TAKEN, "gs1_8110"),
        ("8112001234561234560123456", SUPERVISOR, Reason.POSITIVE_OFFER, "gs1_8112"),
        ("]C12554012345000009", REFUSED, Reason.COUPON_WITHOUT_SERIAL, "gs1_255"),
        ("]C125540123450000097", SUPERVISOR, Reason.CANNOT_VERIFY_HERE, "opaque_coupon"),
        ("https://id.gs1.org/255/40123450000097", SUPERVISOR, Reason.CANNOT_VERIFY_HERE, "opaque_coupon"),
        (encode(7), SUPERVISOR, Reason.WECHAT_CARD, "wechat_card"),
        ("]d20106901234567892\x1d21A", READY, Reason.PRODUCT, "gtin"),
        (ReceiptCode(12, 7, 4711, 2265, 1025, 12_880).text(), READY, Reason.RECEIPT_SHOWN, "receipt"),
        (BOOTH.text(), UNKNOWN, Reason.PARAMETRIC_CODE, "parametric"),
    ],
)
def test_the_verdict_on_what_is_shown(
    counter: Counter, text: str, kind: VerdictKind, reason: Reason, code_kind: str
) -> None:
    verdict = counter.check(text)

    assert (verdict.kind, verdict.reason, verdict.code_kind) == (kind, reason, code_kind)
    assert counter.entries() == []
