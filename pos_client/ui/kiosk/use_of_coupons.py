"""Several coupons used with one touch: one after the other, and told as one result.

Apart from the presenter because it is the only thing at a kiosk that takes more than one deed.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final

from pos_client.domain.reasons import Reason
from pos_client.ui.kiosk.kiosk_view import More, ResultFacts
from pos_client.ui.kiosk.kiosk_words import KioskWords
from pos_client.ui.till_port import Till
from pos_client.usecases.till_view import Level, TillAnswer

USED: Final = frozenset({Level.OK, Level.PENDING})


class UseOfCoupons:
    """A customer's touch on one coupon or on all.

    Args:
        till: takes the deeds.
    """

    def __init__(self, till: Till) -> None:
        self._till = till
        self._waiting: deque[str] = deque()
        self._used: list[TillAnswer] = []
        self._by_touch = False

    def begin(self, coupons: Iterable[str]) -> int:
        """Use these; returns the number of the first deed. There is one at least."""
        self._waiting, self._used, self._by_touch = deque(coupons), [], True
        return self._till.choose_coupon(self._waiting.popleft())

    def forget(self) -> None:
        """Whatever is not begun is not done."""
        self._waiting.clear()
        self._used, self._by_touch = [], False

    @property
    def used(self) -> Sequence[TillAnswer]:
        """What this touch used so far."""
        return tuple(self._used)

    def next_deed(self, answer: TillAnswer) -> int | None:
        """What an answer leads to; None where it was the last. The touch was the consent, so it is not asked twice."""
        if not self._by_touch:
            return None
        if answer.verdict.reason is Reason.CONFIRM:
            return self._till.confirm()
        if answer.level in USED:
            self._used.append(answer)
        return self._till.choose_coupon(self._waiting.popleft()) if self._waiting else None

    def result(self, answer: TillAnswer, words: KioskWords, language: str) -> ResultFacts:
        """The result after the last answer: of several that were used, of them together; else of this answer."""
        used, level = self._used, answer.level
        if len(used) > 1 or (used and level not in USED):
            later = any(one.level is Level.PENDING for one in used)
            level = Level.PENDING if later else Level.OK
            row = words.of_case("several-used-later" if later else "several-used", language, count=str(len(used)))
            amount = sum(one.verdict.discount_minor for one in used)
        else:
            row, amount = words.of_verdict(answer.verdict, language), answer.verdict.discount_minor
        return ResultFacts(
            level, row.headline, row.line, row.hands, words.money(amount, language), row.why, _more(answer, level)
        )


def _more(answer: TillAnswer, level: Level) -> More:
    if answer.customer.awaits_confirm:
        return More.USE
    member = answer.customer.member
    if member and member.view.proof != "phone" and any(coupon.used for coupon in member.coupons):
        return More.COUPONS
    return More.SCAN if level in USED else More.AGAIN
