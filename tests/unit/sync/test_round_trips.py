"""What makes a network slow: several slow answers, and never a single one."""

from pos_client.sync.round_trips import ENOUGH, KEPT, RoundTrips


def test_too_few_answers_say_nothing() -> None:
    trips = RoundTrips()
    for _ in range(ENOUGH - 1):
        trips.add(9.0)

    assert trips.p95() is None


def test_one_slow_answer_in_twenty_is_no_slow_network_and_two_are() -> None:
    trips, told = RoundTrips(), []
    for took_s in [0.1] * (KEPT - 1) + [2.0, 2.0]:
        trips.add(took_s)
        told.append(trips.p95())

    assert (told[KEPT - 1], told[KEPT]) == (0.1, 2.0)


def test_old_answers_are_forgotten() -> None:
    trips = RoundTrips()
    for took_s in [5.0] * KEPT + [0.05] * KEPT:
        trips.add(took_s)

    assert trips.p95() == 0.05
