"""Two real lanes and a real centre, driven by Hypothesis, against the centre on paper.

Every step is a deed at a counter or an accident on the way; after each the journals must say what the paper says, and
in the end the centre's tables too.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from faults.paper_centre import CONFLICT, PaperCentre
from faults.stage import OpenLane, Stage
from faults.tables import rows
from pos_client.domain.codes.router import route
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.hash_chain import claim_id
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Tier, Verdict, VerdictKind
from pos_client.sync.breaker import Breaker
from pos_client.sync.claims import ServerClaims
from pos_client.sync.push import Pusher
from pos_client.usecases.desk import Attribution
from pos_client.usecases.transaction import Request
from tests.fakes.fault_proxy import NO_FAULTS, FaultMix, FaultProxy

GREEN: Final = frozenset({VerdictKind.ACCEPTED, VerdictKind.PENDING})
COUPONS: Final = 2
CLERK: Final = "E1001"
PATIENCE_S: Final = 10.0
GOOD, REPLY_LOST, REQUEST_LOST = "good", "reply lost", "request lost"
MIXES: Final = {GOOD: NO_FAULTS, REPLY_LOST: FaultMix(drop_reply=1.0), REQUEST_LOST: FaultMix(drop_request=1.0)}
LANES = st.integers(0, 1)
COUPON = st.integers(0, COUPONS - 1)
LINE = st.sampled_from([GOOD, GOOD, REPLY_LOST, REQUEST_LOST])


@dataclass
class World:
    """What all examples share: the served shop, the way to it, two lanes' homes, what was counted."""

    shop: Stage
    proxy: FaultProxy
    lanes: list[OpenLane]
    counts: dict[str, int]

    def reopen(self, number: int) -> None:
        """The lane's program ends and starts again."""
        self.lanes[number].close()
        self.lanes[number] = opened(self.lanes[number].home)


def opened(home: Path) -> OpenLane:
    """Open a lane that does nothing by chance, and waits as long for the centre as a busy machine may take."""
    lane = OpenLane.open(home)
    api = lane.files.api(lane.side.time)
    claims = ServerClaims(api, lane.files.orders.verify_document, Breaker(api.apart().is_there), budget_s=PATIENCE_S)
    lane.till = replace(lane.till, desk=replace(lane.till.desk, claims=claims, chance=lambda: 0.99))
    return lane


class LaneMachine(RuleBasedStateMachine):
    """One example: fresh coupons, two lanes."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        for number in (0, 1):
            self.world.reopen(number)  # with a breaker that has seen nothing yet
        self.codes = self.world.shop.coupons(COUPONS)
        self.ids = [_coupon_id(code) for code in self.codes]
        self.paper = PaperCentre()
        self.begins = [_head(lane) for lane in self.world.lanes]
        self.acknowledged = list(self.begins)
        self.standing: list[dict[int, int]] = [{}, {}]
        self.world.counts["examples"] += 1

    @rule(number=LANES, coupon=COUPON, line=LINE)
    def redeem_again(self, number: int, coupon: int, line: str) -> None:
        """Twice in the list, so that it is drawn twice as often."""
        self.redeem(number, coupon, line)

    @rule(number=LANES, coupon=COUPON, line=LINE)
    def redeem(self, number: int, coupon: int, line: str) -> None:
        """A customer shows a coupon."""
        lane, before = self.world.lanes[number], _head(self.world.lanes[number])
        asks = lane.till.desk.claims.reachable()
        self.world.proxy.mix = MIXES[line]
        verdict = lane.till.redeem(Request([self.codes[coupon]], attribution=Attribution(CLERK)))
        self.world.counts["redeem"] += 1
        if coupon in self.standing[number]:
            assert verdict.reason is Reason.ALREADY_USED, f"given twice at one lane: {verdict}"
            return
        entries = _since(lane, before)
        if asks and line != REQUEST_LOST:
            self._paper_claim(number, coupon, hears=line == GOOD)
        if verdict.kind in GREEN:
            assert verdict.entry is not None
            self.standing[number][coupon] = verdict.entry.seq
            self._judge_green(number, coupon, verdict, entries, line)
        else:
            self._judge_refusal(number, coupon, verdict)

    def _paper_claim(self, number: int, coupon: int, *, hears: bool) -> None:
        """What the centre has heard: the claim of the newest intent for this coupon."""
        latest = self.world.lanes[number].journal.latest(20)
        intents = [one for one in latest if one.kind is EntryKind.INTENT]
        mine = [one for one in intents if one.fields()["coupon_id"] == self.ids[coupon]]
        if mine and hears:
            self._give_back_unused(number, coupon)
        if mine:
            self.paper.claimed(number, self.ids[coupon], _claim_of(mine[0]))

    def _give_back_unused(self, number: int, coupon: int) -> None:
        """A lane whose own void has not arrived yet lets go of the claim before it asks again."""
        holder = self.paper.holders.get(self.ids[coupon])
        if holder is not None and holder.lane == number and coupon not in self.standing[number]:
            unused = self.world.lanes[number].journal.unused_claims(self.ids[coupon])
            if holder.claim in unused and not holder.seq:
                self.paper.released(self.ids[coupon], holder.claim)

    def _judge_green(self, number: int, coupon: int, verdict: Verdict, entries: list[Entry], line: str) -> None:
        holder = self.paper.holders.get(self.ids[coupon])
        self.world.counts["green_online" if verdict.tier is Tier.CRM else "green_alone"] += 1
        if verdict.tier is Tier.CRM:
            assert line == GOOD, f"the centre granted over a line on which nothing arrived: {line}"
            assert holder is not None, "granted, and the paper holds nothing"
            assert holder.lane == number, f"granted to two: the paper says {holder}"
        assert any(one.kind is EntryKind.REDEEM for one in entries), "green without an entry"

    def _judge_refusal(self, number: int, coupon: int, verdict: Verdict) -> None:
        self.world.counts["refused"] += 1
        assert verdict.reason is Reason.ALREADY_USED, f"refused for another reason: {verdict.reason}"
        holder = self.paper.holders.get(self.ids[coupon])
        others = {1 - number} & {lane for lane in (0, 1) if coupon in self.standing[lane]}
        held_by_other = holder is not None and holder.lane != number
        assert others or held_by_other, f"refused, and nobody has it: {verdict}"

    @precondition(lambda self: any(self.standing))
    @rule(choice=st.integers(0, 3), line=LINE)
    def void(self, choice: int, line: str) -> None:
        """The clerk takes his own redemption back."""
        places = [(number, coupon) for number in (0, 1) for coupon in sorted(self.standing[number])]
        number, coupon = places[choice % len(places)]
        self.world.proxy.mix = MIXES[line]
        seq = self.standing[number].pop(coupon)
        verdict = self.world.lanes[number].till.void(seq, "customer", Attribution(CLERK))
        self.world.counts["void"] += 1
        assert verdict.reason is Reason.VOIDED, f"not taken back: {verdict}"

    @rule(number=LANES, line=LINE)
    def push(self, number: int, line: str) -> None:
        """The lane delivers, and hears of it or does not."""
        lane = self.world.lanes[number]
        self.world.proxy.mix = MIXES[line]
        head = _head(lane)
        report = Pusher(lane.side.parts.api, lane.side.outbox, lane.files.device, _no_pause).run()
        self.world.counts["push"] += 1
        if line != REQUEST_LOST:
            for entry in _since(lane, self.acknowledged[number]):
                self.paper.arrived(number, entry)
        if line == GOOD:
            assert report.error is None, report.error
            self.acknowledged[number] = head
        else:
            assert report.pushed == 0, f"delivered over a dead line: {report}"

    @rule(number=LANES)
    def pull(self, number: int) -> None:
        """The lane fetches what is new."""
        self.world.proxy.mix = NO_FAULTS
        report = self.world.lanes[number].side.parts.puller.run()
        self.world.counts["pull"] += 1
        assert report.error is None, report.error

    @rule(number=LANES)
    def reopen(self, number: int) -> None:
        """The program ends and starts again."""
        self.world.counts["reopen"] += 1
        self.world.reopen(number)

    @invariant()
    def the_journal_says_what_was_shown(self) -> None:
        """Standing redemptions are just the greens that were not taken back; what waits is what was not heard of."""
        for number, lane in enumerate(self.world.lanes):
            for coupon, coupon_id in enumerate(self.ids):
                own = lane.journal.uses_of(coupon_id)
                assert [one.seq for one in own] == [
                    self.standing[number][coupon] for _ in range(1) if coupon in self.standing[number]
                ]
            assert lane.side.outbox.counts().pending == _head(lane) - self.acknowledged[number]

    def teardown(self) -> None:
        """Everything heals; the centre's tables are what the paper says."""
        for number in (0, 1):
            self.push(number, GOOD)
        devices = [lane.files.device for lane in self.world.lanes]
        for number, device in enumerate(devices):
            self._compare_entries(number, device)
        database = self.world.shop.database
        for coupon_id in self.ids:
            held = rows(database, "SELECT device, seq, state FROM claim WHERE coupon_id = :of", {"of": coupon_id})
            holder = self.paper.holders.get(coupon_id)
            expected = [] if holder is None else [(devices[holder.lane], holder.seq)]
            found = [(one["device"], one["seq"] if one["state"] == "consumed" else 0) for one in held]
            assert found == expected, f"{coupon_id} is held by {found}, on paper by {expected}"

    def _compare_entries(self, number: int, device: str) -> None:
        asked = "SELECT seq, kind, result, voided FROM inbox WHERE device = :of AND seq > :after ORDER BY seq"
        stored = rows(self.world.shop.database, asked, {"of": device, "after": self.begins[number]})
        written = _since(self.world.lanes[number], self.begins[number])
        assert [one["seq"] for one in stored] == [one.seq for one in written], "the inbox is not the journal"
        for one in stored:
            if one["kind"] == "redeem":
                on_paper = self.paper.results[number, one["seq"]]
                assert one["result"] == on_paper, f"entry {one['seq']} is {one['result']}, on paper {on_paper}"
                assert bool(one["voided"]) == ((number, one["seq"]) in self.paper.voided)
                self.world.counts["conflicts"] += one["result"] == CONFLICT


def _no_pause(_seconds: float) -> None:
    """Nobody waits here for a server that is not away."""


def _coupon_id(code: str) -> str:
    value = route(code).value
    assert isinstance(value, SignedCoupon)
    return value.coupon_id


def _head(lane: OpenLane) -> int:
    head = lane.journal.head()
    return head.seq if head else 0


def _since(lane: OpenLane, seq: int) -> list[Entry]:
    """Entries after a number, oldest first."""
    return sorted((one for one in lane.journal.latest(200) if one.seq > seq), key=lambda one: one.seq)


def _claim_of(intent: Entry) -> str:
    return str(claim_id(intent.hash))
