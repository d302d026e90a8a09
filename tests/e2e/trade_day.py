"""A day at three counters that reach nobody, drawn from a seed: members, purchases, coupons, prizes, slips, returns.

Apart from the test that adds it up because it only acts, and remembers nothing but what a customer carries away.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from crm_server.centre import open_centre
from crm_server.schema import MEMBER
from crm_server.seed.people import FIRST_MEMBER
from tests.mechanisms.counter_shop import Counter, CounterShop, Said

# Said by a counter that works: accepted, supervisor, refused. Anything else is a fault of ours.
ANSWERS = frozenset({0, 10, 20})
SHARED_RECEIPTS = 3
GOODS = [("hair-care", 5_990), ("hair-care", 3_333), ("hand-care", 2_001), ("soap", 1), ("soap", 12_345), ("tea", 0)]
SLUGS = ("spend-100", "hair-care", "ten-percent", "third-free", "red-packet-88", "three-times", "next-order", "sample")
MORE = ("prize", "points-coupon", "reservation", "plain")


@dataclass
class Desk:
    """What one counter's clerk has at hand.

    Attributes:
        codes: coupons that customers carry, some of which lie at the other counter of the store too.
        sales, slips: numbers of purchases, and of whatever may be taken back.
    """

    counter: Counter
    operator: str
    promoter: str
    people: list[str]
    codes: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    sales: list[tuple[int, int]] = field(default_factory=list)
    slips: list[int] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def do(self, *arguments: str, owed_to: str = "") -> Said:
        """Run a command as this clerk."""
        credit = ("--promoter", owed_to) if owed_to else ()
        said = self.counter(*arguments, "--operator", self.operator, *credit)
        assert said.code in ANSWERS, (arguments, said)
        self.said.append(said)
        return said


class TradeDay:
    """The day.

    Args:
        shop: open, all of whose counters are still online.
        seed: of everything that is drawn.
    """

    def __init__(self, shop: CounterShop, seed: int) -> None:
        self.draw = random.Random(seed)
        self.shop = shop
        known = self._known_phones(4)
        cards = [shop.member() for _ in range(2)] + [shop.member("silver", "gold")]
        fresh = [f"1390013{self.draw.randrange(1_000, 9_999)}" for _ in range(3)]
        people = [*cards, *known, *fresh]
        self.phones = [*known, *fresh, *fresh]
        self.desks = [
            Desk(shop.here, "E1001", "P1001", list(people)),
            Desk(shop.beside, "E1001", "P1001", list(people)),
            Desk(shop.elsewhere, "E2001", "P2001", [*known[:2], fresh[0]]),
        ]
        self._deal()

    def run(self, deeds: int) -> None:
        """So many deeds at each counter, in a drawn order."""
        acts: list[tuple[Callable[[Desk], object], int]] = [
            (self._purchase, 10),
            (self._redeem, 5),
            (self._bind, 3),
            (self._hand_over, 4),
            (self._hold, 1),
            (self._release, 1),
            (self._return, 4),
            (self._void, 2),
        ]
        kinds, weights = [act for act, _ in acts], [weight for _, weight in acts]
        for number in range(deeds * len(self.desks)):
            self.draw.choices(kinds, weights)[0](self.desks[number % len(self.desks)])

    def fill_a_card(self, desk: Desk) -> None:
        """One customer buys until his card is full and becomes a thing."""
        card = desk.people[0]
        for _ in range(11):
            self._note(desk, desk.do("purchase", "--member", card, "--amount", "3000"))

    def show_twice(self) -> None:
        """One coupon and one receipt at both counters of the store, a part of the purchase comes back at each."""
        coupon, card = self.shop.offer("plain"), self.desks[0].people[0]
        receipt = self.shop.here.receipt(5_000, 20_000)
        for desk in self.desks[:2]:
            assert desk.do("redeem", coupon).code == 0
            sale = desk.do("purchase", receipt, "--member", card)
            assert sale.code == 0
            desk.do("return", str(sale["entry"]["seq"]), "--amount", "7000")

    def hand_back(self) -> None:
        """A sample is handed over by mistake and comes back."""
        desk = self.desks[0]
        won = desk.do("redeem", self.shop.offer("sample"))
        given = desk.do("hand-over", str(won["entry"]["seq"]))
        assert desk.do("void", str(given["entry"]["seq"]), "--reason", "slip").code == 0

    def _known_phones(self, count: int) -> list[str]:
        """Phones of seeded members, of whom a counter that sees them for the first time need not know."""
        centre = open_centre(self.shop.root / "crm")
        query = MEMBER.select().where(MEMBER.c.number >= FIRST_MEMBER).order_by(MEMBER.c.number).limit(count)
        rows = centre.database.read(lambda job: job.execute(query).all()).result()
        centre.close()
        return [row.phone.removeprefix("+86") for row in rows]

    def _deal(self) -> None:
        """Coupons to all counters; every fifth lies at both of the first store, so that it is shown twice."""
        here, beside, elsewhere = self.desks
        for slug in (*SLUGS, *MORE):
            store = ("--store", "1")
            for place, item in enumerate(self.shop.centre("mint", "coupon", "--offer", slug, "--count", "5", *store)):
                for desk in (here, beside) if place == 0 else ((here, beside)[place % 2],):
                    desk.codes.append(item["code"])
            for item in self.shop.centre("mint", "coupon", "--offer", slug, "--count", "2", "--store", "2"):
                elsewhere.codes.append(item["code"])
        for number in range(SHARED_RECEIPTS):
            text = here.counter.receipt(4_000 + number, 11_000 + number)
            here.receipts.append(text)
            beside.receipts.append(text)

    def _person(self, desk: Desk) -> list[str]:
        return ["--member", self.draw.choice(desk.people)] if self.draw.random() < 0.8 else []

    def _goods(self, desk: Desk) -> list[str]:
        if desk.receipts and self.draw.random() < 0.15:
            return [desk.receipts.pop()]
        if self.draw.random() < 0.2:
            return ["--amount", str(self.draw.choice([1, 99, 10_000, 33_333]))]
        lines = [(kind, self.draw.randint(1, 3), price) for kind, price in self.draw.sample(GOODS, 3)]
        number = str(self.draw.randrange(10_000)) if self.draw.random() < 0.5 else ""
        return ["--basket", desk.counter.basket(*lines, receipt_no=number)]

    def _purchase(self, desk: Desk) -> None:
        shown = self.draw.sample(desk.codes, min(len(desk.codes), self.draw.choice([0, 1, 1, 2])))
        burn = ["--burn", str(self.draw.choice([100, 250, 1_000]))] if self.draw.random() < 0.3 else []
        credit = desk.promoter if self.draw.random() < 0.7 else ""
        said = desk.do("purchase", *shown, *self._person(desk), *self._goods(desk), *burn, owed_to=credit)
        self._note(desk, said)

    def _note(self, desk: Desk, said: Said) -> None:
        if said.code == 0 and said.document["entry"]:
            desk.codes += said.codes()
            desk.sales.append((said["entry"]["seq"], said["facts"]["total_minor"]))
            desk.slips.append(said["entry"]["seq"])

    def _redeem(self, desk: Desk) -> None:
        basket = desk.counter.basket(("hair-care", 3, 7_770), ("hand-care", 1, 3_990))
        said = desk.do("redeem", self.draw.choice(desk.codes), *self._person(desk), "--basket", basket)
        if said.code == 0 and said.document["entry"]:
            desk.codes += said.codes()
            desk.slips.append(said["entry"]["seq"])

    def _bind(self, desk: Desk) -> None:
        desk.do("bind", "--phone", self.draw.choice(self.phones), "--yes", owed_to=desk.promoter)

    def _hand_over(self, desk: Desk) -> None:
        owed = desk.counter("hand-over").document
        if owed:
            right = self.draw.choice(owed)
            swap = ["--instead", "travel-set", "--supervisor", "E1002"] if self.draw.random() < 0.2 else []
            said = desk.do("hand-over", str(right["seq"]), "--item", right["item"], *swap)
            desk.slips += [said["entry"]["seq"]] if said.code == 0 else []

    def _hold(self, desk: Desk) -> None:
        said = desk.do("hold", self.draw.choice(desk.codes))
        desk.held += [said["entry"]["seq"]] if said.code == 0 and said.document["entry"] else []

    def _release(self, desk: Desk) -> None:
        if desk.held:
            desk.do("release", str(desk.held.pop()))

    def _return(self, desk: Desk) -> None:
        if desk.sales:
            seq, total = self.draw.choice(desk.sales)
            part = self.draw.choice([[], ["--line", "0:1"], ["--line", "2:1", "--line", "1:1"], ["--amount", "3333"]])
            desk.do("return", str(seq), *part, *(["--amount", str(total // 3)] if not part and total > 2 else []))

    def _void(self, desk: Desk) -> None:
        if desk.slips:
            desk.do("void", str(self.draw.choice(desk.slips)), "--reason", "slip")


def delivered(counters: list[Counter], patience_s: float = 60) -> None:
    """Plug in and sync in turn until nothing waits anywhere and nothing new comes."""
    ends = time.monotonic() + patience_s
    for counter in counters:
        counter.plug()
    while sum(counter.sync()["pushed"] + counter("status")["undelivered"] for counter in counters):
        assert time.monotonic() < ends
    for counter in counters:
        counter.sync()
