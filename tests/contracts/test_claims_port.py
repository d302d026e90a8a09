"""One set of questions to two centres: the one in memory that the use-cases are tested with, and the real one.

The real one is ``sync.claims`` over loopback against the server program. What both answer alike may be relied upon.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import pytest

from pos_client.config.machine_clock import MachineClock
from pos_client.config.signing_keys import TrustKeys, parse_trusted_key
from pos_client.domain.hash_chain import claim_id
from pos_client.domain.verdict import EntryRef
from pos_client.sync.api_client import ApiClient
from pos_client.sync.breaker import Breaker
from pos_client.sync.claims import ServerClaims
from pos_client.sync.server_time import ServerTime
from pos_client.sync.signing import RequestSigner
from pos_client.usecases.claim_port import ClaimGranted, ClaimRefused, ClaimRequest, Claims, ClaimUnanswered
from pos_client.usecases.ports import LaneIdentity
from tests.fakes.desk_fakes import CentreInMemory, Hearing, SetClock
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, seed_into, served

USES = 3
PATIENCE_S = 30.0
Coupon = tuple[str, str]


class Lane(Protocol):
    """One lane that can ask: its claims, its name, and intents of its own."""

    claims: Claims
    device: str

    def intent(self, coupon: Coupon, use_no: int = 1) -> ClaimRequest:
        """What it asks under a new intent."""


class Centre(Protocol):
    """A centre with lanes and coupons."""

    def lane(self, number: int) -> Lane:
        """A lane of it."""

    def coupon(self) -> Coupon:
        """Id and code of a coupon of one use."""

    def coupon_of_several_uses(self) -> Coupon:
        """Id and code of a coupon of ``USES`` uses."""

    def unknown_coupon(self) -> Coupon:
        """Id and code of a coupon that the centre does not know."""

    def fall_silent(self) -> None:
        """From now on no lane hears an answer."""


def asked(coupon: Coupon, use_no: int, entry: EntryRef) -> ClaimRequest:
    """A request for an intent."""
    claim = claim_id(bytes.fromhex(entry.hash))
    return ClaimRequest(claim, coupon[0], use_no, "signed_coupon", coupon[1], "", 1_000, entry)


class LaneInMemory:
    """A lane of the centre in memory."""

    def __init__(self, claims: CentreInMemory, number: int) -> None:
        self.claims: Claims = claims
        self.device = f"device-{number}"
        self._seq = 0

    def intent(self, coupon: Coupon, use_no: int = 1) -> ClaimRequest:
        self._seq += 1
        return asked(coupon, use_no, EntryRef(1, self._seq, sha256(f"{self.device} {self._seq}".encode()).hexdigest()))


class InMemory:
    """The centre in memory."""

    def __init__(self) -> None:
        self._first = CentreInMemory(LaneIdentity("device-0", 1, 1, 0), SetClock(datetime.now(UTC)))
        self._lanes: list[CentreInMemory] = []

    def lane(self, number: int) -> Lane:
        self._lanes.append(self._first.beside(LaneIdentity(f"device-{number}", 1, 1, number)))
        return LaneInMemory(self._lanes[-1], number)

    def coupon(self) -> Coupon:
        return "1001-1", "71"

    def coupon_of_several_uses(self) -> Coupon:
        self._first.uses_of_coupon["1002-1"] = USES
        return "1002-1", "71"

    def unknown_coupon(self) -> Coupon:
        self._first.problems["1003-1"] = "coupon-unknown"
        return "1003-1", "71"

    def fall_silent(self) -> None:
        for lane in self._lanes:
            lane.hearing = Hearing.NEVER_ARRIVED


class ServedLane:
    """A lane that is enrolled at the real centre."""

    def __init__(self, client: LaneClient) -> None:
        trusted = [parse_trusted_key(key) for key in client.enrolment["trust"]]
        trust = TrustKeys(trusted, lambda: datetime.now(UTC).date())
        time = ServerTime(MachineClock(), trust.verify_time)
        self._client = client
        self.api = ApiClient(
            client.base_url, time, version="0.1.0", signer=RequestSigner(client.device, client.key.sign)
        )
        breaker = Breaker(self.api.is_there)
        self.claims: Claims = ServerClaims(self.api, trust.verify_document, breaker, budget_s=PATIENCE_S)
        self.device = client.device

    def intent(self, coupon: Coupon, use_no: int = 1) -> ClaimRequest:
        entry = self._client.intent(coupon[0], use_no)
        return asked(coupon, use_no, EntryRef(entry.epoch, entry.seq, entry.hash.hex()))


class Served:
    """The real centre, over loopback."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._lanes: list[ServedLane] = []

    def lane(self, number: int) -> Lane:
        self._lanes.append(ServedLane(self._shop.lane(lane=number)))
        return self._lanes[-1]

    def coupon(self) -> Coupon:
        return self._shop.coupon()

    def coupon_of_several_uses(self) -> Coupon:
        return self._shop.coupon(offer=str(self._shop.add_offer(max_uses=USES)))

    def unknown_coupon(self) -> Coupon:
        coupon_id, code = self._shop.coupon()
        return f"{coupon_id}0", code

    def fall_silent(self) -> None:
        """A port that nobody listens on any more."""
        for lane in self._lanes:
            lane.api.close()
            lane.claims = self._towards_nobody(lane)

    def _towards_nobody(self, lane: ServedLane) -> Claims:
        lane.api = ApiClient("http://127.0.0.1:1", ServerTime(MachineClock()), version="0.1.0")
        return ServerClaims(lane.api, lambda _purpose, _document: True, Breaker(lane.api.is_there), budget_s=PATIENCE_S)

    def close(self) -> None:
        """Let go of the connections."""
        for lane in self._lanes:
            lane.api.close()


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small shop."""
    folder = tmp_path_factory.mktemp("centre")
    seed_into(folder)
    return folder


@pytest.fixture(params=["in memory", "served"])
def centre(request: pytest.FixtureRequest, seeded: Path) -> Iterator[Centre]:
    """Each of the two."""
    if request.param == "in memory":
        yield InMemory()
        return
    with served(seeded) as shop, closing(Served(shop)) as real:
        yield real


def test_a_free_use_is_granted(centre: Centre) -> None:
    lane = centre.lane(1)
    reply = lane.claims.claim(lane.intent(centre.coupon()))

    assert isinstance(reply, ClaimGranted)
    assert (reply.tier, reply.use_no) == ("A", 1)
    assert reply.receipt


def test_the_same_claim_again_is_the_same_answer(centre: Centre) -> None:
    lane = centre.lane(1)
    request = lane.intent(centre.coupon())
    replies = [lane.claims.claim(request) for _ in range(3)]

    assert [(type(reply), getattr(reply, "use_no", None)) for reply in replies] == [(ClaimGranted, 1)] * 3


def test_another_lane_is_told_who_holds_the_use(centre: Centre) -> None:
    first, second = centre.lane(1), centre.lane(2)
    coupon = centre.coupon()
    first.claims.claim(first.intent(coupon))
    reply = second.claims.claim(second.intent(coupon))

    assert isinstance(reply, ClaimRefused)
    assert (reply.tier, reply.problem, reply.next_use_no) == ("A", "already-used", None)
    assert reply.use is not None
    assert (reply.use.use_no, reply.use.device, reply.use.seq) == (1, first.device, 1)
    assert reply.use.at is not None
    assert reply.use.at.tzinfo is not None


def test_another_claim_of_the_same_lane_is_another_claim(centre: Centre) -> None:
    lane, coupon = centre.lane(1), centre.coupon()
    lane.claims.claim(lane.intent(coupon))
    reply = lane.claims.claim(lane.intent(coupon))

    assert isinstance(reply, ClaimRefused)
    assert reply.problem == "already-used"


def test_of_several_uses_the_next_is_named_and_granted_to_the_same_claim(centre: Centre) -> None:
    first, second = centre.lane(1), centre.lane(2)
    coupon = centre.coupon_of_several_uses()
    first.claims.claim(first.intent(coupon))
    request = second.intent(coupon)
    refused = second.claims.claim(request)

    assert isinstance(refused, ClaimRefused)
    assert refused.next_use_no == 2
    granted = second.claims.claim(
        ClaimRequest(request.claim_id, coupon[0], 2, request.code_kind, coupon[1], "", 1_000, request.intent)
    )
    assert isinstance(granted, ClaimGranted)
    assert granted.use_no == 2


def test_what_is_given_back_is_free(centre: Centre) -> None:
    first, second = centre.lane(1), centre.lane(2)
    coupon = centre.coupon()
    request = first.intent(coupon)
    first.claims.claim(request)

    assert first.claims.release(request.claim_id, "test")
    assert first.claims.release(request.claim_id, "test")
    assert isinstance(second.claims.claim(second.intent(coupon)), ClaimGranted)


def test_giving_back_what_was_never_asked_for_changes_nothing(centre: Centre) -> None:
    lane = centre.lane(1)

    assert lane.claims.release("0" * 32, "test")


def test_a_coupon_that_the_centre_does_not_know(centre: Centre) -> None:
    lane = centre.lane(1)
    reply = lane.claims.claim(lane.intent(centre.unknown_coupon()))

    assert isinstance(reply, ClaimRefused)
    assert (reply.use, reply.next_use_no) == (None, None)


def test_silence_is_no_answer_and_no_exception(centre: Centre) -> None:
    lane = centre.lane(1)
    request = lane.intent(centre.coupon())
    centre.fall_silent()

    reply = lane.claims.claim(request)

    assert isinstance(reply, ClaimUnanswered)
    assert reply.cause
    assert not lane.claims.release(request.claim_id, "test")
    assert lane.claims.reachable()
