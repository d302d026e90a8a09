"""The states of the offline banner: one for every fact, as the table of UX 5.18 has them, and calm by design."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.ui.banner import TONE_OF
from pos_client.ui.top_bar import NETWORK_ICON
from pos_client.usecases.network_state import NetworkFacts, network_state
from pos_client.usecases.till_view import Network

HOUR = 3600.0
AGES = st.one_of(st.none(), st.floats(0, 72 * HOUR), st.sampled_from([40.0, 4 * HOUR, 24 * HOUR]))
FACTS = st.builds(
    NetworkFacts,
    since_contact_s=AGES,
    data_age_s=AGES,
    slow=st.booleans(),
    syncing=st.booleans(),
    conflicts=st.integers(0, 5),
    clock_suspect=st.booleans(),
    disk_low=st.booleans(),
    offline_by_design=st.booleans(),
)
QUIET = st.builds(
    NetworkFacts, since_contact_s=AGES, data_age_s=AGES, slow=st.booleans(), offline_by_design=st.booleans()
)


def is_in_touch(facts: NetworkFacts) -> bool:
    """Whether the centre was heard in the last 40 seconds."""
    return facts.since_contact_s is not None and facts.since_contact_s <= 40


def by_the_table(facts: NetworkFacts) -> Network:
    """The table of UX 5.18, read from the most urgent line to the least."""
    age = facts.data_age_s
    lines = (
        (facts.disk_low, Network.DISK),
        (facts.clock_suspect, Network.CLOCK),
        (facts.conflicts > 0, Network.CONFLICT),
        (facts.syncing, Network.SYNCING),
        (is_in_touch(facts) and facts.slow, Network.SLOW),
        (is_in_touch(facts), Network.ONLINE),
        (facts.offline_by_design, Network.OFFLINE_STORE),
        (age is None or timedelta(seconds=age) > timedelta(hours=24), Network.OFFLINE_EXPIRED),
        (age is not None and age >= 4 * HOUR, Network.OFFLINE_STALE),
        (True, Network.OFFLINE_FRESH),
    )
    return next(state for holds, state in lines if holds)


@given(FACTS)
def test_every_combination_of_facts_is_the_tables_state(facts: NetworkFacts) -> None:
    assert network_state(facts) is by_the_table(facts)


@given(QUIET)
def test_a_store_that_is_offline_by_design_is_never_alarmed_by_it(facts: NetworkFacts) -> None:
    if facts.offline_by_design:
        assert TONE_OF[network_state(facts)] in {"", "info"}


@given(QUIET, st.floats(0, 48 * HOUR))
def test_older_data_is_never_told_as_newer(facts: NetworkFacts, more: float) -> None:
    worse = [Network.OFFLINE_FRESH, Network.OFFLINE_STALE, Network.OFFLINE_EXPIRED]
    now = network_state(facts)
    if now in worse and facts.data_age_s is not None:
        later = network_state(NetworkFacts(facts.since_contact_s, facts.data_age_s + more))
        assert worse.index(later) >= worse.index(now)


@given(FACTS)
def test_online_is_said_only_by_whoever_was_heard(facts: NetworkFacts) -> None:
    if network_state(facts) in {Network.ONLINE, Network.SLOW}:
        assert is_in_touch(facts)


@pytest.mark.parametrize("network", Network)
def test_every_state_has_a_tone_and_a_sign(network: Network) -> None:
    assert (network in TONE_OF, bool(NETWORK_ICON[network])) == (True, True)
