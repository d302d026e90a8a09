"""F4: requests and replies are dropped, doubled, cut and delayed, by our proxy and by one that is not ours."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from faults.foreign_proxy import ForeignProxy
from faults.nursery_client import DIED_OF_A_BUG, NurseryClient
from faults.oracle import Green
from faults.other_time import centre_at
from faults.ready_shop import ReadyShop
from faults.row import Amounts, Order, Outcome, Row, Size
from faults.settling import judge
from pos_client.bootstrap import name_server
from tests.fakes.fault_proxy import FaultMix, FaultProxy

LANES = 2
FOREIGN_SHARE = 0.3
CODES_A_LIFE = 15
MOST_LIVES = 2_000
SHARES = {"drop_request": 0.05, "drop_reply": 0.20, "double_request": 0.05, "cut_reply": 0.02, "delay_reply": 0.05}
# Two connections of a lane (its till's and its sync's) overtake each other where one reply waits: that is reordering.
DELAY_S = {Size.FULL: 2.0, Size.QUICK: 0.5, Size.CI: 0.2}


@dataclass
class Trader:
    """A lane that redeems and delivers at once, as a counter does, life after life."""

    shop: ReadyShop
    number: int
    greens: list[Green] = field(default_factory=list)
    bugs: list[str] = field(default_factory=list)

    def trade(self, url: str, enough: Any) -> None:
        """Until enough requests have passed."""
        home = self.shop.lane(self.number).home
        name_server(home, url)
        with NurseryClient(home.with_suffix(f".stderr-{url.rsplit(':', 1)[1]}")) as nursery:
            for _ in range(MOST_LIVES):
                if enough():
                    break
                status = nursery.live("counter", home, self.shop.take(CODES_A_LIFE), self._heed)
                if status == DIED_OF_A_BUG:
                    self.bugs.append(f"a counter of lane {self.number} died by itself")
                nursery.live("sync_once", home, [], self._heed)
            self.bugs += nursery.bugs()

    def _heed(self, said: dict[str, Any]) -> None:
        green = said.get("green")
        if green:
            self.greens.append(Green(green["coupon_id"], green["epoch"], green["seq"], green["hash"]))


def run(order: Order) -> Outcome:
    """Trade through both proxies, settle, compare."""
    shop = ReadyShop(order.folder / "shop")
    shop.open()
    delay_s = DELAY_S[order.size]
    notes: tuple[str, ...] = ()
    foreign_amount = int(order.amount * FOREIGN_SHARE) if ForeignProxy.is_here() else 0
    if not foreign_amount:
        notes = ("a proxy that is not ours: mitmproxy is not installed on this machine",)
    foreign: dict[str, int] = {}
    try:
        traders = [Trader(shop, number) for number in range(LANES)]
        with FaultProxy(shop.server.url, FaultMix(**SHARES, delay_s=delay_s), order.seed) as own:
            _at_once(traders, own.url, lambda: own.counts["requests"] >= order.amount - foreign_amount)
        order.say(f"{own.counts['requests']} requests through our proxy")
        if foreign_amount:
            mix = {**SHARES, "delay_s": delay_s}
            with ForeignProxy(shop.server.url, order.folder, mix, order.seed) as other:
                _at_once(traders, other.url, lambda: other.counts().get("requests", 0) >= foreign_amount)
                foreign = other.counts()
        greens = {one.number: one.greens for one in traders}
        found, bugs = judge(shop, greens)
        order.say("everything once more, a day later")
        with centre_at(shop, timedelta(hours=26), order.folder):
            for number in greens:
                _forget_results(shop.lane(number).home / "journal.db")
            again, late = judge(shop, greens)
    finally:
        shop.close()
    figures = {
        **{name: own.counts[name] for name in ("requests", *SHARES)},
        **{f"foreign_{name}": foreign.get(name, 0) for name in ("requests", *SHARES)},
        **found.figures(),
        "sent_again_a_day_later": again.entries,
    }
    bugs += [bug for one in traders for bug in one.bugs[:3]]
    bugs += [f"a day later: {text}" for text in (*again.broken(), *late)]
    quiet = [f"the foreign proxy never did {name}" for name in SHARES if foreign_amount and order.size is not Size.CI]
    quiet = [text for text in quiet if not foreign.get(text.rsplit(" ", 1)[1])]
    return Outcome(figures, found.broken() + tuple(bugs) + tuple(quiet), notes)


def _forget_results(journal: Path) -> None:
    """As if no answer had ever come: everything stands in line again."""
    connection = dbapi2.connect(str(journal))
    connection.execute("UPDATE entry SET waiting = 1")
    connection.commit()
    connection.close()


def _at_once(traders: list[Trader], url: str, enough: Any) -> None:
    with ThreadPoolExecutor(len(traders)) as pool:
        list(pool.map(lambda one: one.trade(url, enough), traders))


ROW = Row(
    name="F4",
    what="requests and replies dropped, doubled, cut, delayed, out of order",
    method="counters that redeem and deliver at once through a proxy: 20 % of replies and 5 % of requests lost, 5 % of "
    "requests doubled, 2 % of replies cut in the middle, 5 % delayed so that others overtake them; a third of it "
    "through mitmproxy, which is not ours; and all of it again when the centre is a day older",
    reach="each entry once in the inbox, each use once, no accepted redemption lost",
    unit="requests",
    amounts=Amounts(full=10_000, quick=1_000, ci=80),
    run=run,
    quick_s=48,
)
