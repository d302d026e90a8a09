"""F7: rows of the centre's data that are not what the format says, in pages whose signature is good.

The centre's own key signs each altered page again, as if the centre had a bug. A second lane gets the same pages
unharmed; what the two know may differ in the poisoned keys alone, and there the first must know nothing.
"""

import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from crm_server import change_log
from crm_server.minting import CodeKind
from crm_server.seed.people import FIRST_MEMBER
from faults.interposer import Answered, Asked, Interposer
from faults.row import Amounts, Order, Outcome, Row
from faults.stage import OpenLane, Promises, Stage, stage
from faults.tables import rows
from pos_client.domain.cache_format import KEY_COLUMNS
from pos_client.domain.codes.member_card import card_number
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.domain.verdict import VerdictKind
from pos_client.storage.quarantine import ALWAYS_BEARABLE
from pos_client.usecases.transaction import Request

# A lane that knows as little as these asks for help with more rows set aside; so a round stays below.
OF_MEMBERS: Final = 2
PAGES_A_ROUND: Final = ALWAYS_BEARABLE - OF_MEMBERS
COUPONS_A_PAGE: Final = 4
FLOOD: Final = 150
LONG: Final = "券" * 400_000
Rows = list[dict[str, Any]]
Harm = Callable[[dict[str, Any]], Rows]


def _body(**changed: Any) -> Harm:
    return lambda row: [{**row, "body": {**row["body"], **changed}}]


def _without(column: str) -> Harm:
    return lambda row: [{**row, "body": {name: value for name, value in row["body"].items() if name != column}}]


# Each takes the row of one coupon and gives what stands in the page in its place. The first group spoils the key.
SPOILS: Final[dict[str, Harm]] = {
    "a text where a number belongs": _body(campaign="1000"),
    "a fraction": _body(first_day=1.5),
    "true where a number belongs": _body(revoked=True),
    "a number beyond 64 bits": _body(serial=2**63),
    "null": _body(coupon_id=None),
    "a huge text": _body(coupon_id=LONG),
    "half a surrogate": _body(coupon_id="\ud800"),
    "a list": _body(value_minor=[1]),
    "a column that is missing": _without("last_day"),
    "no body": lambda row: [{name: value for name, value in row.items() if name != "body"}],
    "ver that is a text": lambda row: [{**row, "ver": "9"}],
}
# And a member's, whom the lane must neither know by his old row nor call unknown.
OF_A_MEMBER: Final[dict[str, Harm]] = {
    "points that are a text": _body(points="many"),
    "no body of a member": lambda row: [{name: value for name, value in row.items() if name != "body"}],
}
# These leave the row itself as it was, and must change nothing.
LEAVES: Final[dict[str, Harm]] = {
    "an unknown table beside it": lambda row: [row, {**row, "t": "sqlite_master"}],
    "a table that is no name": lambda row: [row, {**row, "t": {"coupon": 1}}],
    "no object beside it": lambda row: [row, 7],  # type: ignore[list-item]
    "the same key twice": lambda row: [row, row],
    "the same key twice, the older last": lambda row: [row, {**row, "ver": row["ver"] - 1, "body": _revoked(row)}],
    "ver going back": lambda row: [{**row, "ver": row["ver"] - 1, "body": _revoked(row)}, row],
    "an old tombstone": lambda row: [row, {"t": row["t"], "k": row["k"], "ver": row["ver"] - 1, "del": True}],
    "a key of two": lambda row: [row, {**row, "k": [*row["k"], 1]}],
    "more than the format says": lambda row: [{**row, "body": {**row["body"], "of_tomorrow": {"a": [1]}}}],
}


def _revoked(row: dict[str, Any]) -> dict[str, Any]:
    return {**row["body"], "revoked": 1}


@dataclass
class Poisoner:
    """Alters the next page that holds a row of a table, and signs it again as the centre.

    Attributes:
        table: the row's.
        hit: the key of the row that was altered, empty before.
        spoilt: table and key of which the lane must know nothing.
    """

    shop: Stage
    harm: Harm | None = None
    table: str = "coupon"
    hit: tuple[Any, ...] = ()
    spoilt: set[tuple[Any, ...]] = field(default_factory=set)

    def __call__(self, asked: Asked, answered: Answered) -> Answered:
        if self.harm is None or asked.path != "/v1/changes" or answered.status != 200:
            return answered
        page = json.loads(answered.body)
        place = next((place for place, row in enumerate(page["rows"]) if row["t"] == self.table), None)
        if place is None:
            return answered
        self.hit = tuple(page["rows"][place]["k"])
        page["rows"][place : place + 1] = self.harm(page["rows"][place])
        self.harm = None
        unsigned = {name: value for name, value in page.items() if name not in {"sig", "key_id"}}
        signed = self.shop.shop.centre.keys.sign_document(DocumentPurpose.PAGE, unsigned)
        return replace(answered, body=json.dumps(signed).encode())


def run(order: Order) -> Outcome:
    """Page after page, each with one poisoned row; then a page that is nothing but poison."""
    promises, counts, dice = Promises(), Counter[str](), random.Random(order.seed)
    for first in range(0, order.amount, PAGES_A_ROUND):
        order.say(f"from page {first}")
        with stage(order.folder / str(first)) as shop:
            _one_round(shop, min(PAGES_A_ROUND, order.amount - first), dice, counts, promises)
    return Outcome(dict(counts), tuple(promises.broken))


def _one_round(shop: Stage, pages: int, dice: random.Random, counts: Counter[str], promises: Promises) -> None:
    with Interposer(shop.shop.url) as between:
        poisoner = Poisoner(shop)
        between.alter = poisoner
        lanes = OpenLane.open(shop.enrolled(1, between.url)), OpenLane.open(shop.enrolled(2))
        try:
            for one in (*lanes, *lanes):
                one.sync()
            for number in range(pages):
                _one_page(shop, lanes, poisoner, _drawn(dice, number), counts, promises)
            for place, (name, harm) in enumerate(OF_A_MEMBER.items()):
                _one_member(shop, lanes, poisoner, (place, name, harm), counts, promises)
            _flood(shop, lanes, poisoner, counts, promises)
        finally:
            for one in lanes:
                one.close()


def _drawn(dice: random.Random, number: int) -> str:
    """Each harm once, then any."""
    names = [*SPOILS, *LEAVES]
    return names[number] if number < len(names) else dice.choice(names)


def _one_page(
    shop: Stage,
    lanes: tuple[OpenLane, OpenLane],
    poisoner: Poisoner,
    name: str,
    counts: Counter[str],
    promises: Promises,
) -> None:
    lane, twin = lanes
    made = shop.shop.mint(CodeKind.COUPON, count=COUPONS_A_PAGE, is_opaque=True, value_minor=1)
    before = lane.side.cache.cursor()
    poisoner.harm, poisoner.hit = SPOILS.get(name) or LEAVES[name], ()
    report = lane.sync()
    twin.sync()
    counts["pages"] += 1
    counts["rows_set_aside"] += report.pull.set_aside
    promises.hold(poisoner.hit != (), f"{name}: no page was poisoned")
    promises.hold(not report.errors, f"{name}: {report.errors}")
    promises.hold(lane.side.cache.cursor() not in {before, None}, f"{name}: the cursor stood still")
    spoilt = name in SPOILS
    kinds = [lane.till.check(Request([one["code"]])).kind for one in made]
    amber = [kind for kind in kinds if kind not in {VerdictKind.ACCEPTED, VerdictKind.PENDING, VerdictKind.READY}]
    counts["amber"] += len(amber)
    if spoilt:
        promises.hold(amber == [VerdictKind.SUPERVISOR], f"{name}: the four coupons are {kinds}")
    else:
        promises.hold(not amber, f"{name}: the four coupons are {kinds}")
    poisoner.spoilt |= {("coupon", *poisoner.hit)} if spoilt else set()
    _compare(lanes, name, poisoner.spoilt, counts, promises)


def _one_member(
    shop: Stage,
    lanes: tuple[OpenLane, OpenLane],
    poisoner: Poisoner,
    what: tuple[int, str, Harm],
    counts: Counter[str],
    promises: Promises,
) -> None:
    """A member whose newer row cannot be read: by his card he is neither found nor unknown; at the other lane he is."""
    (place, name, harm), (lane, twin) = what, lanes
    number = FIRST_MEMBER + place
    card = Request([card_number(number)])
    promises.hold(lane.till.check(card).kind is VerdictKind.READY, f"{name}: the member was not known before")
    shop.shop.write(lambda connection: change_log.append(connection, [("member", (number,))]))
    poisoner.harm, poisoner.table, poisoner.hit = harm, "member", ()
    report = lane.sync()
    twin.sync()
    poisoner.table = "coupon"
    counts["members_spoilt"] += 1
    counts["rows_set_aside"] += report.pull.set_aside
    promises.hold(bool(poisoner.hit) and not report.errors, f"{name}: {report.errors}")
    shown = lane.till.check(card), twin.till.check(card)
    kinds = tuple(one.kind for one in shown)
    promises.hold(kinds == (VerdictKind.SUPERVISOR, VerdictKind.READY), f"{name}: the member is {kinds}")
    poisoner.spoilt.add(("member", *poisoner.hit))
    _compare(lanes, name, poisoner.spoilt, counts, promises)


def _compare(
    lanes: tuple[OpenLane, OpenLane],
    name: str,
    spoilt: set[tuple[Any, ...]],
    counts: Counter[str],
    promises: Promises,
) -> None:
    """Every table of both caches, row by row."""
    for table in KEY_COLUMNS:
        lane, twin = (_table(one, table) for one in lanes)
        counts["rows_compared"] += len(lane)
        differing = {key for key in {*lane, *twin} if lane.get(key) != twin.get(key)}
        unexpected = {key for key in differing if (table, *key) not in spoilt}
        promises.hold(not unexpected, f"{name}: {len(unexpected)} rows of {table} differ, {sorted(unexpected)[:2]}")


def _table(lane: OpenLane, table: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    current = lane.files.pointer.current()
    assert current is not None
    found = rows(current.path, f"SELECT * FROM {table}")
    return {tuple(row[column] for column in KEY_COLUMNS[table]): row for row in found}


def _flood(
    shop: Stage, lanes: tuple[OpenLane, OpenLane], poisoner: Poisoner, counts: Counter[str], promises: Promises
) -> None:
    """More poison than a hundred rows: the old data stays as a whole, and says so."""
    lane, twin = lanes
    made = shop.shop.mint(CodeKind.COUPON, count=1, is_opaque=True, value_minor=1)
    before, tables = lane.side.cache.cursor(), _table(lane, "coupon")
    poisoner.harm = lambda row: [{**row, "k": [place], "ver": "x"} for place in range(FLOOD)]
    flooded = lane.sync()
    promises.hold([one.step for one in flooded.errors] == ["pull"], f"a flood was taken: {flooded.errors}")
    promises.hold(
        (lane.side.cache.cursor(), _table(lane, "coupon")) == (before, tables), "a flood changed the old data"
    )
    healed = lane.sync()
    counts["floods_refused"] += bool(flooded.errors)
    promises.hold(not healed.errors, f"after the flood: {healed.errors}")
    verdict = lane.till.check(Request([made[0]["code"]]))
    promises.hold(verdict.kind is not VerdictKind.SUPERVISOR, f"after the flood a good coupon is {verdict.kind}")
    twin.sync()


ROW = Row(
    name="F7",
    what="rows of the centre's data that are not what the format says",
    method="pages are altered on their way and signed again with the centre's key; a second lane gets them unharmed",
    reach="the cursor advances, the poisoned coupon or member is amber, all else is as at the second lane; a flood is "
    "refused whole",
    unit="pages",
    amounts=Amounts(full=240, quick=30, ci=20),
    run=run,
)
