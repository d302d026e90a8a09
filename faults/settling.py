"""The end of most rows: everything that can reach the server does, and a second sync finds nothing left to do."""

from collections.abc import Mapping, Sequence

from faults.oracle import Findings, Green, LaneFacts, check
from faults.ready_shop import ReadyShop
from pos_client.bootstrap import name_server
from tests.fakes.shop import LaneHome

SYNC_TRIES = 20


def settle(lane: LaneHome) -> list[str]:
    """Sync with nothing in the way until nothing waits, and once more: that must change nothing. What was wrong."""
    bugs = []
    for _ in range(SYNC_TRIES):
        report = lane.run("sync").document
        if not report["errors"] and lane.run("status").document["undelivered"] == 0:
            break
    again = lane.run("sync").document
    if again["pushed"] or again["errors"]:
        bugs.append(f"a second sync still did something: {again}")
    verified = lane.run("journal", "verify")
    if verified.code != 0 or not verified.document["ok"]:
        bugs.append(f"journal verify: {verified.document}")
    return bugs


def judge(shop: ReadyShop, greens: Mapping[int, Sequence[Green]]) -> tuple[Findings, list[str]]:
    """Settle the lanes of a shop and let the judge compare them with the centre; what was wrong on the way."""
    bugs: list[str] = []
    for number in greens:
        name_server(shop.lane(number).home, shop.server.url)
        bugs += settle(shop.lane(number))
    facts = [
        LaneFacts(shop.device(number), shop.lane(number).home / "journal.db", shown) for number, shown in greens.items()
    ]
    return check(facts, shop.database), bugs
