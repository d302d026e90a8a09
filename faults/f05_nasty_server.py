"""F5: a server, or what stands in its place, answers everything but what was asked; no row leaves the line for it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from faults.nasty_server import KINDS, SLOW_KINDS, NastyServer
from faults.nursery_client import DIED_OF_A_BUG, NurseryClient
from faults.oracle import Green
from faults.ready_shop import ReadyShop
from faults.row import Amounts, Order, Outcome, Row
from faults.settling import judge
from pos_client.bootstrap import name_server

CODES_A_LIFE = 2
SLOW_LIVES = 1
MOST_LIVES = 400
# A claim may take 800 ms, the store's server 300 ms more; the rest is a busy machine.
PATIENCE_MS = 3_000
MEMORY_KB = 50 * 1024


@dataclass
class _Seen:
    greens: list[Green] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)
    first_kb: int = 0

    def heed(self, said: dict[str, Any]) -> None:
        green = said.get("green")
        if green:
            self.greens.append(Green(green["coupon_id"], green["epoch"], green["seq"], green["hash"]))
        if "took_ms" in said:
            self.most["redeem_ms"] = max(self.most["redeem_ms"], said["took_ms"])
            self.counts["redeemed"] += bool(green)
        if "memory_kb" in said:
            self.most["memory_growth_kb"] = max(self.most["memory_growth_kb"], said["grown_kb"])
            self.counts["syncs"] += 1
            self.counts["left_the_line"] += max(0, said["left"])
            self.counts["syncs_without_error"] += not said["errors"]


def run(order: Order) -> Outcome:
    """Each kind until it answered often enough; then the real centre again."""
    shop, seen = ReadyShop(order.folder / "shop"), _Seen()
    shop.open()
    home = shop.lane(0).home
    try:
        with NastyServer() as nasty, NurseryClient(home.with_suffix(".stderr")) as nursery:
            bugs = []
            for kind in KINDS:
                nasty.kind = kind
                name_server(home, nasty.url)
                lives = SLOW_LIVES * max(1, order.amount // 100) if kind in SLOW_KINDS else MOST_LIVES
                for _ in range(lives):
                    if nasty.counts[kind] >= order.amount:
                        break
                    status = nursery.live("nasty", home, shop.take(CODES_A_LIFE), seen.heed)
                    if status == DIED_OF_A_BUG:
                        bugs.append(f"a lane died of {kind}")
                # What it learnt of this kind must not shield it from the next.
                name_server(home, shop.server.url)
                nursery.live("sync_once", home, [], seen.heed)
            bugs += nursery.bugs()
        found, late = judge(shop, {0: seen.greens})
    finally:
        shop.close()
    figures = {
        "kinds": len(KINDS),
        "answers": sum(nasty.counts.values()),
        **{f"answers_{kind}": nasty.counts[kind] for kind in KINDS},
        **{name: seen.counts[name] for name in ("redeemed", "syncs", "syncs_without_error", "left_the_line")},
        "slowest_redeem_ms": seen.most["redeem_ms"],
        "memory_growth_kb": seen.most["memory_growth_kb"],
        **found.figures(),
    }
    broken = [f"a redemption took {seen.most['redeem_ms']} ms"] if seen.most["redeem_ms"] > PATIENCE_MS else []
    if seen.most["memory_growth_kb"] > MEMORY_KB:
        broken.append(f"memory grew by {seen.most['memory_growth_kb']} KB")
    if seen.counts["left_the_line"]:
        broken.append(f"{seen.counts['left_the_line']} entries left the line although nothing was stored")
    if seen.counts["syncs_without_error"]:
        broken.append(f"{seen.counts['syncs_without_error']} syncs took such an answer for a good one")
    return Outcome(figures, found.broken() + tuple(broken + bugs[:5] + late))


ROW = Row(
    name="F5",
    what="a server that answers nonsense",
    method="a stub answers every request with one of 14 kinds: 500, HTML of a gateway and of a captive portal, 404 "
    "HTML, problems 400 and 422, 429, JSON of another shape, a redirect, a gzip bomb of 256 MB, a body of 10 GB, a "
    "byte a second, a reset in the body; meanwhile the lane redeems and syncs; then it meets the real centre",
    reach="no row leaves the line without a stored result, no redemption waits longer than 3 s, memory grows by less "
    "than 50 MB",
    unit="answers",
    amounts=Amounts(full=200, quick=12, ci=0),
    run=run,
    quick_s=84,
)
