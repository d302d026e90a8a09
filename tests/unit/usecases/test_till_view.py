"""How verdicts look and sound, and which one state of the network is shown."""

import pytest

from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.usecases.network_state import NetworkFacts, network_state
from pos_client.usecases.till_view import Level, Network, level_of

ACCEPTED, PENDING, READY = VerdictKind.ACCEPTED, VerdictKind.PENDING, VerdictKind.READY
SUPERVISOR, REFUSED, UNKNOWN = VerdictKind.SUPERVISOR, VerdictKind.REFUSED, VerdictKind.UNKNOWN


@pytest.mark.parametrize(
    ("kind", "reason", "level"),
    [
        (ACCEPTED, Reason.ACCEPTED, Level.OK),
        (PENDING, Reason.ACCEPTED_OFFLINE, Level.PENDING),
        (PENDING, Reason.ACCEPTED_LEASED, Level.PENDING),
        (READY, Reason.CONFIRM, Level.READY),
        (READY, Reason.MEMBER_IDENTIFIED, Level.MEMBER),
        (READY, Reason.PRODUCT, Level.WARN),
        (ACCEPTED, Reason.VOIDED, Level.UNDONE),
        (SUPERVISOR, Reason.OVER_FLOOR_VALUE, Level.WARN),
        (SUPERVISOR, Reason.CLOCK_SUSPECT, Level.SYSTEM),
        (SUPERVISOR, Reason.CANNOT_VERIFY_HERE, Level.SYSTEM),
        (SUPERVISOR, Reason.VOID_TOO_LATE, Level.WARN),
        (REFUSED, Reason.EXPIRED, Level.NO),
        (REFUSED, Reason.NOT_GENUINE, Level.NO),
        (REFUSED, Reason.BELOW_THRESHOLD, Level.WARN),
        (REFUSED, Reason.NETWORK_NEEDED, Level.SYSTEM),
        (REFUSED, Reason.DEVICE_NOT_TRUSTED, Level.SYSTEM),
        (REFUSED, Reason.ALREADY_USED, Level.REPEAT),
        (UNKNOWN, Reason.NOT_OUR_CODE, Level.NO),
        (UNKNOWN, Reason.PAYMENT_CODE, Level.WARN),
        (UNKNOWN, Reason.CODE_INCOMPLETE, Level.WARN),
    ],
)
def test_levels(kind: VerdictKind, reason: Reason, level: Level) -> None:
    assert level is level_of(Verdict(kind, reason))


def test_a_repeat_by_the_same_person_is_no_alarm() -> None:
    assert level_of(Verdict(REFUSED, Reason.ALREADY_USED, {"own": 1})) is Level.REPEAT_SELF


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("kind", [REFUSED, SUPERVISOR, UNKNOWN])
def test_nothing_that_was_not_granted_ever_looks_green(kind: VerdictKind, reason: Reason) -> None:
    assert level_of(Verdict(kind, reason)) not in {Level.OK, Level.PENDING, Level.READY}


WORST = NetworkFacts(0, 0, slow=True, syncing=True, conflicts=1, clock_suspect=True, disk_low=True)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        pytest.param(WORST, Network.DISK, id="no room is first"),
        pytest.param(NetworkFacts(0, 0, True, True, 1, True), Network.CLOCK, id="then the clock"),
        pytest.param(NetworkFacts(0, 0, True, True, 1), Network.CONFLICT, id="then a conflict"),
        pytest.param(NetworkFacts(0, 0, True, True), Network.SYNCING, id="then what is happening"),
        pytest.param(NetworkFacts(40, None, True), Network.SLOW, id="then what is so"),
        pytest.param(NetworkFacts(40, None), Network.ONLINE, id="heard 40 s ago"),
        pytest.param(NetworkFacts(40.1, 0), Network.OFFLINE_FRESH, id="not heard for longer"),
        pytest.param(NetworkFacts(None, 4 * 3600 - 1), Network.OFFLINE_FRESH, id="data just fresh"),
        pytest.param(NetworkFacts(None, 4 * 3600), Network.OFFLINE_STALE, id="data of four hours"),
        pytest.param(NetworkFacts(None, 24 * 3600), Network.OFFLINE_STALE, id="data of a day"),
        pytest.param(NetworkFacts(None, 24 * 3600 + 1), Network.OFFLINE_EXPIRED, id="older data"),
        pytest.param(NetworkFacts(None, None), Network.OFFLINE_EXPIRED, id="no data"),
        pytest.param(NetworkFacts(None, None, offline_by_design=True), Network.OFFLINE_STORE, id="never on a network"),
        pytest.param(NetworkFacts(0, 0, offline_by_design=True), Network.ONLINE, id="never, but now"),
    ],
)
def test_the_network_has_one_state(facts: NetworkFacts, state: Network) -> None:
    assert state is network_state(facts)
