"""A slip's page: what stands in which row, worded and cut to the 42 columns of an 80 mm printer.

Apart from drawing because text and picture are drawn from the same rows, and no two prints may say different things. A
Chinese character takes two columns.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pos_client.domain.receipt_page import RULE, Row, RowKind, columns_of
from pos_client.domain.reward import RewardKind
from pos_client.domain.slip import Slip, SlipKind
from pos_client.domain.verdict import Fact

from .wording import Wording

__all__ = ["COLUMNS", "RULE", "WIDTHS", "Row", "RowKind", "columns_of", "slip_rows"]

WIDTHS: Final = {80: 42, 58: 32}
"""Columns of a paper, by its width in mm."""

COLUMNS: Final = WIDTHS[80]
_SHORT_HASH: Final = 8
_INDENT: Final = "  "


def slip_rows(slip: Slip, wording: Wording, language: str, paper_mm: int = 80) -> list[Row]:
    """The page in ``zh`` or ``en``; no row is wider than the paper."""
    width = WIDTHS[paper_mm]
    page = _Page(slip, wording, language)
    parts = (page.head(), page.goods(), page.sums(), page.rewards(), page.foot())
    rows: list[Row] = []
    for part in parts:
        found = [cut for row in part for cut in _cut(row, width)]
        rows += [RULE, *found] if rows and found else found
    return rows


@dataclass(frozen=True, slots=True)
class _Page:
    slip: Slip
    wording: Wording
    language: str

    def head(self) -> Iterator[Row]:
        slip = self.slip
        yield Row(RowKind.TITLE, slip.store)
        yield Row(RowKind.TITLE, self._say(f"title-{slip.kind.value}"))
        if slip.is_taken_back:
            yield Row(RowKind.TITLE, self._say("taken-back"))
        if slip.print_no > 1:
            yield Row(RowKind.TITLE, self._say("reprint", count=slip.print_no - 1))
        clock = self.wording.stamp(slip.at)
        yield Row(RowKind.TEXT, clock, self._say("lane", booth=slip.booth, lane=slip.lane))
        if slip.receipt_no:
            yield Row(RowKind.TEXT, self._say("receipt"), slip.receipt_no)

    def goods(self) -> Iterator[Row]:
        for one in self.slip.goods:
            amount = self._money(one.amount_minor) if one.amount_minor else ""
            yield Row(RowKind.TEXT, f"{one.name.in_language(self.language)} × {one.quantity}", amount)

    def sums(self) -> Iterator[Row]:
        slip = self.slip
        if slip.total_minor is not None:
            yield Row(RowKind.TEXT, self._say("total"), self._money(slip.total_minor))
        for coupon in slip.coupons:
            name = self._say("coupon", name=coupon.name)
            yield Row(RowKind.TEXT, name, f"-{self._money(coupon.off_minor)}" if coupon.off_minor else "")
        if slip.points_paid:
            yield Row(RowKind.TEXT, self._say("points", count=slip.points_paid), f"-{self._money(slip.points_minor)}")
        if slip.kind is SlipKind.RETURN:
            yield Row(RowKind.TITLE, self._say("refund", paid_minor=slip.refund_minor))
            return
        if slip.off_minor:
            yield Row(RowKind.TEXT, self._say("saved"), self._money(slip.off_minor))
        if slip.total_minor is not None:
            yield Row(RowKind.TITLE, self._say("to-pay", paid_minor=slip.total_minor - slip.off_minor))

    def rewards(self) -> Iterator[Row]:
        for reward in self.slip.rewards:
            if reward.kind in {RewardKind.BALANCE_DUE, RewardKind.DEPOSIT_BACK}:
                named: dict[str, Fact] = {"name": reward.name} if reward.name else {}
                yield Row(RowKind.TEXT, self._say(reward.kind.value, **named), self._money(reward.amount))
            elif reward.amount < 0:
                yield Row(RowKind.TEXT, self._say(f"{reward.kind.value}-back", count=-reward.amount))
            else:
                yield Row(RowKind.TEXT, self.wording.of_reward(reward).in_language(self.language))
            if reward.code:
                yield Row(RowKind.CODE, reward.code)
            elif reward.coupon_id:
                yield Row(RowKind.TEXT, _INDENT + self._say("code-gone"))

    def foot(self) -> Iterator[Row]:
        entry = self.slip.entry
        yield Row(RowKind.TEXT, self._say("entry", seq=entry.seq), entry.hash[:_SHORT_HASH])

    def _say(self, row: str, **facts: Fact) -> str:
        return self.wording.of_slip(row, facts).in_language(self.language)

    def _money(self, minor: int) -> str:
        return self.wording.money(minor)


def _cut(row: Row, width: int) -> Iterator[Row]:
    """A row as several that fit; what stands at the right stays with the last of them."""
    if row.kind in {RowKind.CODE, RowKind.RULE}:
        yield row
        return
    lines = list(_wrapped(row.left, width))
    for line in lines[:-1]:
        yield Row(row.kind, line)
    if columns_of(lines[-1]) + columns_of(row.right) + (1 if row.right else 0) <= width:
        yield Row(row.kind, lines[-1], row.right)
        return
    yield Row(row.kind, lines[-1])
    for line in _wrapped(row.right, width):
        yield Row(row.kind, "", line)


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Pieces of at most ``width``; Latin words stay whole where they can."""
    while columns_of(text) > width:
        end = next(end for end in range(len(text), 0, -1) if columns_of(text[:end]) <= width)
        space = text.rfind(" ", 1, end + 1)
        end = space if space > end // 2 else end
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    yield text
