"""Points that are taken back: online all that the centre knows of, alone no more than this lane's share."""

from dataclasses import dataclass, field, replace

import pytest

from pos_client.domain.basket import of_amount
from pos_client.usecases.claim_port import PointsHeld, PointsReply, PointsShort
from pos_client.usecases.desk import Attribution
from pos_client.usecases.return_goods import ReturnGoods, ReturnRequest
from tests import booth_builders as b
from tests.unit.usecases.booth_shop import CARD, with_booth
from tests.unit.usecases.counter import Counter, OpenCounter, Tables


@dataclass
class PointsAtTheCentre:
    """The ``PointsDesk`` port: one member's points, held by whoever asks first."""

    balance: int
    held: dict[str, int] = field(default_factory=dict)

    def hold_points(self, hold_id: str, member_ref: str, points: int) -> PointsReply:
        """Ask for points."""
        left = self.balance - sum(self.held.values())
        if points > left or not member_ref:
            return PointsShort(left)
        self.held[hold_id] = points
        return PointsHeld(hold_id, left - points)

    def release_points(self, hold_id: str) -> bool:
        """Let them go."""
        return self.held.pop(hold_id, None) is not None


def synced(open_counter: OpenCounter) -> tuple[Counter, int]:
    """A member earned 60 points here, the centre has counted them, and this lane's share of them is 30."""

    def shop(tables: Tables) -> None:
        with_booth(tables)
        tables["member"][0] |= {"points": 60}
        tables["applied"] = [b.applied_row(seq=99)]

    counter = open_counter(shop)
    entry = counter.purchase(CARD, basket=of_amount(6_000)).entry
    return counter, entry.seq if entry else 0


@pytest.mark.parametrize(("centre", "refund"), [(60, 6_000), (0, 5_900), (None, 5_900)])
def test_a_return_takes_points_where_the_centre_has_them(
    open_counter: OpenCounter, centre: int | None, refund: int
) -> None:
    counter, sale = synced(open_counter)
    desk = replace(counter.desk, points=PointsAtTheCentre(centre)) if centre is not None else counter.desk

    back = ReturnGoods(desk)(ReturnRequest(sale), Attribution("E01", "P05", "window"))

    assert back.facts["refund_minor"] == refund
    assert not getattr(desk.points, "held", {})
