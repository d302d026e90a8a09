"""A purchase as a command says it to people: what became of its coupon stands there, also of a single one."""

from pathlib import Path

from pos_client.cli.verdict_document import verdict_lines
from pos_client.config.wording import Wording
from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import CouponOutcome, Fact, Verdict, VerdictKind

WORDING = Wording.load(Path(__file__).resolve().parents[3] / "resources")
FACTS: dict[str, Fact] = {"total_minor": 5_000, "to_pay_minor": 5_000, "txn": "00"}


def said(outcome: CouponOutcome) -> list[str]:
    """The lines of a purchase with one coupon."""
    verdict = Verdict(VerdictKind.ACCEPTED, Reason.PURCHASE_RECORDED, FACTS, coupons=(outcome,))
    return verdict_lines(verdict, WORDING, "zh").splitlines()


def test_a_single_coupon_that_was_not_used_is_told_with_its_reason() -> None:
    outcome = CouponOutcome("1001-1", used=False, why=Reason.REPEATED_IN_BASKET, name=LocalText("满减", "Off"))

    assert any(line.startswith("  ✕ 满减") and "两次" in line for line in said(outcome))


def test_a_single_coupon_that_was_used_is_told_with_what_it_took_off() -> None:
    outcome = CouponOutcome("1001-1", used=True, why=Reason.ACCEPTED, name=LocalText("满减", "Off"), discount_minor=900)

    assert "  ✓ 满减  ¥9.00" in said(outcome)
