"""Two servers above one lane: who is asked when, whose word counts, and what becomes of the other one's."""

import threading
import time
from collections.abc import Generator
from dataclasses import replace

import pytest

from pos_client.domain.signed_document import DocumentPurpose
from pos_client.domain.verdict import EntryRef, Tier
from pos_client.sync.breaker import SILENCES, Breaker
from pos_client.sync.claims import ServerClaims
from pos_client.sync.ladder import LONGEST_S, SLOW_S, Ladder
from pos_client.usecases.claim_port import ClaimGranted, ClaimRefused, ClaimReply, ClaimRequest, ClaimUnanswered
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import LaneParts

REQUEST = ClaimRequest("ab" * 16, "4711-12", 1, "signed_coupon", "71123", "", 1_000, EntryRef(1, 7, "cd" * 32))
OWN = replace(REQUEST, settled_here=True)
HOLDER = {"store": 1, "lane": 3, "at": "2026-03-10T06:02:11.000Z", "device": "d-2", "seq": 55}
LATE_S = 0.55


class Rung:
    """One server, and what it answers after how long."""

    def __init__(self, keys: s.CentreKeys, budget_s: float, tier: Tier) -> None:
        self.server = s.ScriptedServer(self._play)
        self.keys, self.budget_s, self.tier = keys, budget_s, tier
        self.wait_s = 0.0
        self.refuses = ""
        self.asked: list[str] = []
        self._held = threading.Event()

    def claims(self, late: "Late") -> ServerClaims:
        """A lane's way to it."""
        lane = LaneParts(self.server.url, self.keys)
        breaker = Breaker(lambda: False)
        return ServerClaims(lane.api, lane.trust.verify_document, breaker, late, self.budget_s, self.tier)

    def release(self) -> None:
        """Let whoever waits end."""
        self._held.set()

    def _play(self, request: s.Received) -> s.Play:
        self.asked.append(request.method)
        if request.method == "DELETE":
            return s.raw(204, self.keys.time_headers(request), b"")
        if self.wait_s:
            self._held.wait(self.wait_s)
        if self.refuses:
            return s.problem(self.keys, request, 409, self.refuses, holder=HOLDER, next_use_no=None)
        return granted(self.keys, request)


def granted(keys: s.CentreKeys, request: s.Received) -> s.Play:
    """A use, with its receipt."""
    named = {"claim_id": request.path.rsplit("/", 1)[1], "coupon_id": "4711-12", "use_no": 1}
    receipt = keys.signed(DocumentPurpose.RECEIPT, {**named, "device": "d-1", "at": "2026-03-10T06:02:11.000Z"})
    return s.document(keys, request, {"state": "granted", **named, "receipt": receipt}, 201)


class Late:
    """What came too late."""

    def __init__(self) -> None:
        self.replies: list[ClaimReply] = []
        self.news = threading.Condition()

    def __call__(self, _request: ClaimRequest, reply: ClaimReply) -> None:
        with self.news:
            self.replies.append(reply)
            self.news.notify_all()

    def until(self, kind: type[ClaimReply]) -> ClaimReply:
        """The first of that kind."""
        with self.news:
            assert self.news.wait_for(lambda: any(isinstance(one, kind) for one in self.replies), 10), self.replies
            return next(one for one in self.replies if isinstance(one, kind))


class Both:
    """Centre, store and the ladder over them."""

    def __init__(self, keys: s.CentreKeys) -> None:
        self.centre, self.store = Rung(keys, 0.8, Tier.CRM), Rung(keys, 0.3, Tier.STORE)
        self.late = Late()
        self.a, self.b = self.centre.claims(self.late), self.store.claims(self.late)
        self.ladder = Ladder(self.a, lambda: self.b, self.late)


@pytest.fixture
def both(keys: s.CentreKeys) -> Generator[Both, None, None]:
    made = Both(keys)
    with made.centre.server, made.store.server:
        yield made
        made.centre.release()
        made.store.release()


def test_both_are_asked_and_the_centres_word_counts(both: Both) -> None:
    reply = both.ladder.claim(REQUEST)

    assert isinstance(reply, ClaimGranted)
    assert reply.tier == "A"
    # The store's server knows of the use now, should the line out be cut before the next customer.
    assert both.store.asked == ["PUT"]
    assert both.late.replies == []


def test_what_the_store_knows_less_of_is_no_contradiction(both: Both) -> None:
    both.store.refuses = "coupon-unknown"

    assert isinstance(both.ladder.claim(REQUEST), ClaimGranted)
    assert both.late.replies == []


def test_of_a_counted_campaign_the_store_is_asked_after_the_centre_alone(both: Both) -> None:
    counted = replace(REQUEST, is_counted=True)
    assert isinstance(both.ladder.claim(counted), ClaimGranted)
    assert both.store.asked == []

    both.centre.refuses = "quota-exhausted"
    assert isinstance(both.ladder.claim(counted), ClaimGranted)
    assert both.store.asked == ["PUT"]


def test_a_store_that_swallows_everything_is_waited_for_three_times_and_no_more(both: Both) -> None:
    both.store.wait_s = 30.0
    for _ in range(5):
        assert isinstance(both.ladder.claim(REQUEST), ClaimGranted)

    assert not both.b.reachable()
    assert len(both.store.asked) == SILENCES
    both.b._breaker.answered()


def test_without_the_centre_the_store_is_waited_for_as_long_as_both_would_be(both: Both) -> None:
    for _ in range(3):
        both.a._breaker.silent()
    both.store.wait_s = 0.7
    reply = both.ladder.claim(REQUEST)

    assert isinstance(reply, ClaimGranted)
    assert (reply.tier, both.centre.asked) == ("B", [])
    both.a._breaker.answered()


def test_where_the_centre_is_silent_the_store_decides_within_both_budgets(both: Both) -> None:
    both.centre.wait_s = 5.0
    both.store.refuses = "already-used"
    began = time.monotonic()
    reply = both.ladder.claim(REQUEST)

    assert time.monotonic() - began < LONGEST_S + 0.5
    assert isinstance(reply, ClaimRefused)
    assert (reply.tier, reply.problem) == ("B", "already-used")
    assert reply.use is not None
    assert (reply.use.store, reply.use.lane) == (1, 3)


def test_a_slow_centre_is_not_waited_for_where_the_stores_word_is_the_last(both: Both) -> None:
    both.centre.wait_s, both.centre.refuses = LATE_S, "coupon-revoked"
    began = time.monotonic()
    reply = both.ladder.claim(OWN)
    took = time.monotonic() - began

    assert isinstance(reply, ClaimGranted)
    assert (reply.tier, SLOW_S < took < LATE_S) == ("B", True)
    late = both.late.until(ClaimRefused)
    assert isinstance(late, ClaimRefused)
    assert (late.tier, late.problem) == ("A", "coupon-revoked")
    assert both.a.reachable()


def test_a_slow_centre_within_its_budget_wins_where_other_stores_may_use_it(both: Both) -> None:
    both.centre.wait_s = LATE_S
    reply = both.ladder.claim(REQUEST)

    assert isinstance(reply, ClaimGranted)
    assert reply.tier == "A"
    assert both.store.asked == ["PUT"]


def test_what_somebody_here_has_used_is_not_granted_by_a_centre_that_has_not_heard(both: Both) -> None:
    both.store.refuses = "already-used"
    reply = both.ladder.claim(REQUEST)

    assert isinstance(reply, ClaimRefused)
    assert reply.tier == "B"
    # The centre's grant is wanted by nobody: it is given back.
    assert isinstance(both.late.until(ClaimGranted), ClaimGranted)


def test_a_use_that_the_store_names_after_its_time_is_told(both: Both) -> None:
    both.store.wait_s, both.store.refuses = LATE_S, "already-used"
    reply = both.ladder.claim(REQUEST)

    assert isinstance(reply, ClaimGranted)
    late = both.late.until(ClaimRefused)
    assert isinstance(late, ClaimRefused)
    assert (late.tier, late.problem) == ("B", "already-used")


def test_what_the_store_granted_while_the_centre_refused_is_told(both: Both) -> None:
    both.store.wait_s = 0.1
    both.centre.wait_s, both.centre.refuses = 0.45, "coupon-expired"

    reply = both.ladder.claim(REQUEST)

    assert isinstance(reply, ClaimRefused)
    assert reply.tier == "A"
    told = both.late.until(ClaimGranted)
    assert isinstance(told, ClaimGranted)
    assert told.tier == "B"


def test_with_both_breakers_open_nobody_is_asked(both: Both) -> None:
    for rung in (both.a, both.b):
        for _ in range(3):
            rung._breaker.silent()

    assert not both.ladder.reachable()
    assert both.ladder.claim(REQUEST) == ClaimUnanswered("breaker open")
    assert both.centre.asked == both.store.asked == []
    for rung in (both.a, both.b):
        rung._breaker.answered()


def test_a_claim_is_given_back_at_both(both: Both) -> None:
    assert both.ladder.release(REQUEST.claim_id, "customer-left")
    assert (both.centre.asked, both.store.asked) == (["DELETE"], ["DELETE"])


def test_giving_back_in_the_background_is_not_in_the_way_of_the_next_claim(both: Both) -> None:
    both.ladder.release_soon(REQUEST.claim_id, "too late")
    reply = both.ladder.claim(REQUEST)

    assert isinstance(reply, ClaimGranted)
    ends = time.monotonic() + 10
    while "DELETE" not in both.centre.asked or "DELETE" not in both.store.asked:
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_a_store_that_the_policy_does_not_name_is_no_rung(both: Both) -> None:
    ladder = Ladder(both.a, lambda: None, both.late)
    both.centre.wait_s = 5.0

    assert isinstance(ladder.claim(REQUEST), ClaimUnanswered)
    assert both.store.asked == []
