"""A shop at whose counters the tests of the papers' mechanisms stand: commands as people type them, answers as JSON.

Apart from ``fakes.shop`` because the commands run inside the test's own process, which takes a tenth of the time; the
server is the real program in a process of its own.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from crm_server.app import APP as CRM_APP
from pos_client import bootstrap
from pos_client.cli import app
from pos_client.config import logs
from pos_client.domain.business_time import day_number, local_date
from pos_client.domain.codes.receipt_code import ReceiptCode
from pos_client.usecases.trusted_clock import TrustedClock
from tests.fakes.shop import Shop

NOWHERE = "http://127.0.0.1:9"
RUNNER = CliRunner()
_CAN_PAY = 500


@dataclass(frozen=True)
class Said:
    """What a command ended with."""

    code: int
    document: Any

    def __getitem__(self, name: str) -> Any:
        return self.document[name]

    @property
    def reason(self) -> str:
        """Of a verdict or a fault."""
        return str(self.document["reason"])

    def gets(self, kind: str) -> int:
        """How much of a kind of reward the customer gets."""
        return sum(reward["amount"] for reward in self.document["rewards"] if reward["kind"] == kind)

    def codes(self) -> list[str]:
        """Codes that were given to the customer."""
        return [reward["code"] for reward in self.document["rewards"] if reward["code"]]


@dataclass(frozen=True)
class Counter:
    """One lane's counter.

    Attributes:
        home: its folder. url: where its server is.
        store: the store's number.
    """

    home: Path
    url: str
    store: int

    def __call__(self, *arguments: str) -> Said:
        """Run one command."""
        done = RUNNER.invoke(app, ["--home", str(self.home), *arguments, "--json"], catch_exceptions=False)
        logs.configure(None)
        return Said(done.exit_code, json.loads(done.stdout.strip().splitlines()[-1]) if done.stdout.strip() else None)

    def unplug(self) -> None:
        """Nobody can be reached."""
        bootstrap.name_server(self.home, NOWHERE)

    def plug(self) -> None:
        """The network is back."""
        bootstrap.name_server(self.home, self.url)

    def sync(self) -> Said:
        """Deliver and fetch, until nothing waits."""
        said = self("sync")
        assert said.code == 0, said
        return said

    def basket(self, *lines: tuple[str, int, int], receipt_no: str = "", gtin: str = "6901234567892") -> str:
        """The path of a basket file of (category, pieces, price)."""
        listed = [
            {"gtin": gtin, "category": category, "brand": "澄水", "quantity": pieces, "unit_minor": price}
            for category, pieces, price in lines
        ]
        path = self.home.parent / "basket.json"
        path.write_text(json.dumps({"currency": "CNY", "receipt_no": receipt_no, "lines": listed}), encoding="utf-8")
        return str(path)

    def receipt(self, number: int, total_minor: int) -> str:
        """A receipt code of the host's till of this store, of today."""
        with bootstrap.reading_lane(self.home) as lane:
            now = TrustedClock(lane.desk.clock, lane.desk.journal).now().now
            today = local_date(now, lane.desk.cache.store().zone)
        return ReceiptCode(self.store, 3, number, day_number(today), 600, total_minor).text()

    def entries(self, kind: str) -> list[dict[str, Any]]:
        """Bodies of this lane's entries of a kind, oldest first."""
        with bootstrap.reading_lane(self.home) as lane:
            found = [entry.fields() for entry in lane.journal.latest(5_000)]
        return [fields for fields in reversed(found) if fields["kind"] == kind]


class CounterShop:
    """The seeded shop.

    Attributes:
        here, beside: both lanes of the first store. elsewhere: the lane of the second.
    """

    def __init__(self, root: Path) -> None:
        self.shop = Shop(root)
        self.root = root
        self._in_hand: set[str] = set()

    def open(self) -> None:
        """Seed, start, enrol."""
        self.shop.open()
        url = self.shop.server.url
        self.here, self.beside, self.elsewhere = (
            Counter(self.shop.lane(number).home, url, store) for number, store in ((0, 1), (1, 1), (2, 2))
        )

    def close(self) -> None:
        """Stop the server."""
        self.shop.close()

    def centre(self, *arguments: str) -> Any:
        """A command of the centre."""
        data = str(self.root / "crm")
        done = RUNNER.invoke(CRM_APP, ["--data", data, *arguments, "--json"], catch_exceptions=False)
        assert done.exit_code == 0, (arguments, done.stdout)
        return json.loads(done.stdout)

    def mint(self, kind: str, *options: str) -> str:
        """One code as the centre makes it."""
        return str(self.centre("mint", kind, *options)[0]["code"])

    def offer(self, slug: str, *options: str) -> str:
        """A coupon of a campaign, by its short name."""
        return self.mint("coupon", "--offer", slug, *options)

    def member(self, *levels: str) -> str:
        """The card of a member of store 1 who can pay with points; of one of these levels where any are named.

        Nobody comes twice: what he bought for another test would count towards his steps and limits of today.
        """
        for item in self.centre("mint", "member", "--count", "60", "--store", "1"):
            found = self.here("check", item["code"])
            if found.code != 0 or (levels and found["member"]["level"] not in levels):
                continue
            ref = str(found["member"]["ref"])
            if ref not in self._in_hand and self.here("points", item["code"])["points"] >= _CAN_PAY:
                self._in_hand.add(ref)
                return str(item["code"])
        raise AssertionError(f"no member of {levels}")

    def rows(self, report: str) -> list[dict[str, Any]]:
        """A report's rows."""
        found = self.centre("report", report)
        return list(found["rows"] if isinstance(found, dict) else found)
