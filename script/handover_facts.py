"""Fixed facts of things to hand over, for pictures and tests: one held now, two that wait, a stock that runs low."""

from datetime import timedelta

from pos_client.domain.local_text import LocalText
from pos_client.domain.store_profile import Role, StaffMember
from pos_client.usecases.handing import GivenRow, HandingFacts, StockRow, Waiting
from script import screen_facts as facts

CAT = LocalText("毛绒小猫", "Plush cat")
CONDITIONER = LocalText("护发素试用装", "Conditioner sample")
COOKER = LocalText("电饭煲", "Rice cooker")
TOWEL = LocalText("毛巾", "Towel")
MUG = LocalText("马克杯", "Mug")
STOCK = (
    StockRow("rice-cooker", COOKER, 1, is_low=True),
    StockRow("plush-cat", CAT, 3, is_low=True),
    StockRow("towel", TOWEL, 14, is_low=False),
    StockRow("mug", MUG, 22, is_low=False),
    StockRow("conditioner", CONDITIONER, 86, is_low=False),
)
OWED = (
    Waiting(226, "conditioner", CONDITIONER, left=86, is_sample=True, since=facts.NOW - timedelta(minutes=12)),
    Waiting(219, "towel", TOWEL, 2, left=14, since=facts.NOW - timedelta(minutes=47)),
)
GIVEN = (
    GivenRow(CONDITIONER, facts.NOW - timedelta(minutes=6), "李敏"),
    GivenRow(CAT, facts.NOW - timedelta(minutes=58), "李敏"),
    GivenRow(MUG, facts.NOW - timedelta(hours=2), "小陈"),
)
SUPERVISORS = (StaffMember("E1009", "周主管", Role.SUPERVISOR), StaffMember("E1010", "吴店长", Role.MANAGER))


def handing(left: int = 3, *, held: bool = True, owed: bool = True) -> HandingFacts:
    """What waits; so many of the thing that is held now are left."""
    cat = Waiting(0, "plush-cat", CAT, left=left, is_low=left <= 3)
    stock = tuple(StockRow(row.item, row.name, left, row.is_low) if row.name is CAT else row for row in STOCK)
    return HandingFacts(
        waiting=(*((cat,) if held else ()), *(OWED if owed else ())),
        held_until=facts.NOW + timedelta(seconds=104) if held else None,
        stock=stock,
        given=GIVEN if owed else (),
        data_as_of=facts.NOW - timedelta(hours=2),
        supervisors=SUPERVISORS,
    )
