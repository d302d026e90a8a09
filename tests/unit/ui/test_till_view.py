"""How a verdict looks, and what the lane says of its network: tables."""

from itertools import product

import pytest

from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.ui.scan.sound import SOUND_OF, Sound
from pos_client.ui.scan.verdict_words import PANEL_OF
from pos_client.usecases.network_state import NetworkFacts, network_state
from pos_client.usecases.till_view import Level, Network, level_of

HOUR = 3600.0


@pytest.mark.parametrize(
    ("kind", "reason", "level"),
    [
        (VerdictKind.ACCEPTED, Reason.ACCEPTED, Level.OK),
        (VerdictKind.PENDING, Reason.ACCEPTED_OFFLINE, Level.PENDING),
        (VerdictKind.READY, Reason.CONFIRM, Level.READY),
        (VerdictKind.READY, Reason.MEMBER_IDENTIFIED, Level.MEMBER),
        (VerdictKind.READY, Reason.PRODUCT, Level.WARN),
        (VerdictKind.READY, Reason.VOIDED, Level.UNDONE),
        (VerdictKind.SUPERVISOR, Reason.OVER_FLOOR_VALUE, Level.WARN),
        (VerdictKind.SUPERVISOR, Reason.CLOCK_SUSPECT, Level.SYSTEM),
        (VerdictKind.REFUSED, Reason.BELOW_THRESHOLD, Level.WARN),
        (VerdictKind.REFUSED, Reason.EXPIRED, Level.NO),
        (VerdictKind.REFUSED, Reason.ALREADY_USED, Level.REPEAT),
        (VerdictKind.REFUSED, Reason.NETWORK_NEEDED, Level.SYSTEM),
        (VerdictKind.UNKNOWN, Reason.NOT_OUR_CODE, Level.NO),
        (VerdictKind.UNKNOWN, Reason.PAYMENT_CODE, Level.WARN),
        (VerdictKind.UNKNOWN, Reason.CODE_INCOMPLETE, Level.WARN),
    ],
)
def test_how_a_verdict_looks(kind: VerdictKind, reason: Reason, level: Level) -> None:
    assert level_of(Verdict(kind, reason)) is level


def test_ones_own_repeat_is_no_alarm() -> None:
    verdict = Verdict(VerdictKind.REFUSED, Reason.ALREADY_USED, {"own": 1})

    assert level_of(verdict) is Level.REPEAT_SELF


def test_no_refusal_ever_looks_green() -> None:
    refusals = {VerdictKind.REFUSED, VerdictKind.UNKNOWN, VerdictKind.SUPERVISOR}
    looks = {
        level_of(Verdict(kind, reason)) for kind, reason in product(refusals, Reason) if reason is not Reason.VOIDED
    }

    assert looks & {Level.OK, Level.PENDING} == set()


def test_every_level_has_a_colour_and_a_sound() -> None:
    assert set(PANEL_OF) == set(SOUND_OF) == set(Level)
    assert set(SOUND_OF.values()) == set(Sound) - {Sound.WIN, Sound.HELP, Sound.DONE}


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (NetworkFacts(12, 60), Network.ONLINE),
        (NetworkFacts(40, 60), Network.ONLINE),
        (NetworkFacts(40.5, 60), Network.OFFLINE_FRESH),
        (NetworkFacts(12, 60, slow=True), Network.SLOW),
        (NetworkFacts(None, 60), Network.OFFLINE_FRESH),
        (NetworkFacts(300, 4 * HOUR), Network.OFFLINE_STALE),
        (NetworkFacts(300, 24 * HOUR), Network.OFFLINE_STALE),
        (NetworkFacts(300, 24 * HOUR + 1), Network.OFFLINE_EXPIRED),
        (NetworkFacts(None, None), Network.OFFLINE_EXPIRED),
        (NetworkFacts(None, 30 * HOUR, offline_by_design=True), Network.OFFLINE_STORE),
        (NetworkFacts(12, 60, offline_by_design=True), Network.ONLINE),
        (NetworkFacts(12, 60, syncing=True), Network.SYNCING),
        (NetworkFacts(12, 60, syncing=True, conflicts=1), Network.CONFLICT),
        (NetworkFacts(12, 60, conflicts=1, clock_suspect=True), Network.CLOCK),
        (NetworkFacts(12, 60, clock_suspect=True, disk_low=True), Network.DISK),
    ],
)
def test_what_the_lane_says_of_its_network(facts: NetworkFacts, state: Network) -> None:
    assert network_state(facts) is state
