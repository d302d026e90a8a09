"""The dialogue as the tests drive it: a session, its counter, and deeds in the clerk's words.

Apart from the counter because it needs a shop of its own: members with coupons on their list.
"""

from typing import Any

from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan, ScanSource
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.till_view import TillAnswer
from tests import builders as a
from tests.unit.usecases.counter import CLERK, PROMOTER, SECRET, Counter, Tables, said

BOUND_ID = "c9"
THRESHOLD: dict[str, Any] = {"conditions": {"min_spend_minor": 5000}}
CONFIRM: dict[str, Any] = {"redeem_on": "confirm"}


def shop(**changes: Any) -> Any:
    """A shop with this offer, member 7 with an opaque coupon of his own, and member 8."""

    def change(tables: Tables) -> None:
        tables["offer"] = [a.offer_row(**changes)]
        tables["coupon"].append(a.coupon_row(SECRET, text=a.an_opaque_text(9), serial=9, member=7))
        tables["member"].append(a.member_row(SECRET, 8, phone="+8613800138008"))

    return change


class Till:
    """A session, its counter, and deeds numbered as the lane numbers them."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.session = TillSession(counter.desk, CLERK, PROMOTER)
        self.number = 0

    def scan(self, text: str, source: ScanSource = ScanSource.CAMERA) -> TillAnswer:
        """Something is shown."""
        self.number += 1
        answer = self.session.scan(Scan(text, source, self.counter.clock.wall), self.number)
        said(answer.verdict)
        assert answer.number == self.number
        return answer

    def reason(self, text: str) -> Reason:
        """The reason of the answer to a scan."""
        return self.scan(text).verdict.reason

    def amount(self, minor: int | None) -> Reason | None:
        """The amount of the receipt; the reason of what waited."""
        answer = self.session.set_amount(minor, 0)
        return answer.verdict.reason if answer else None

    def enter(self) -> Reason | None:
        """The clerk's Enter."""
        answer = self.session.confirm(0)
        return answer.verdict.reason if answer else None

    def choose(self, coupon_id: str) -> Reason | None:
        """A coupon of the member's list."""
        answer = self.session.choose_coupon(coupon_id, 0)
        return said(answer.verdict).reason if answer else None

    @property
    def waits(self) -> tuple[bool, bool]:
        """Whether a coupon waits for Enter, and whether one waits for the amount."""
        customer = self.session.customer()
        return customer.awaits_confirm, customer.awaits_amount
