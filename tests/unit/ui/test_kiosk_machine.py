"""The kiosk's clockwork with a fake clock: 45 seconds, 25 more, extended at will, and never stuck whatever happens."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.ui.kiosk.machine import Limits, Machine, Wait
from pos_client.ui.kiosk.states import LAYER_OF, LAYERS, STEPS, Effect, Event, Place

REST = {Place.ATTRACT, Place.OUT_OF_ORDER}
LONGEST_S = 600


class Kiosk:
    """A machine, a clock that is turned by hand, and what it asked for."""

    def __init__(self) -> None:
        self.now = 100.0
        self.machine = Machine(lambda: self.now)
        self.effects: list[Effect] = []

    def do(self, *events: Event) -> Place:
        """Let things happen."""
        for event in events:
            self.effects += self.machine.handle(event)
        return self.machine.top

    def wait(self, seconds: float) -> Place:
        """Let time pass, a quarter of a second at a time."""
        for _ in range(round(seconds * 4)):
            self.now += 0.25
            self.effects += self.machine.tick()
        return self.machine.top

    def at(self, place: Place) -> "Kiosk":
        """Somebody has come to a place."""
        ways = {
            Place.ATTRACT: (),
            Place.GUIDE: (Event.BEGUN,),
            Place.PHONE: (Event.BEGUN, Event.PHONE_ASKED),
            Place.CHECKING: (Event.SCANNED,),
            Place.COUPONS: (Event.SCANNED, Event.GREETED),
            Place.RESULT: (Event.SCANNED, Event.JUDGED),
            Place.FAREWELL: (Event.SCANNED, Event.GREETED, Event.DONE),
            Place.OUT_OF_ORDER: (Event.BROKE,),
            Place.ACCESS: (Event.BEGUN, Event.ACCESS_ASKED),
            Place.HELP: (Event.BEGUN, Event.HELP_ASKED),
            Place.STILL_THERE: (Event.BEGUN, Event.IDLE),
            Place.STAFF: (Event.BEGUN, Event.STAFF_ASKED),
        }
        self.do(*ways[place])
        assert self.machine.top is place
        self.effects.clear()
        return self


@pytest.mark.parametrize("place", [Place.GUIDE, Place.PHONE, Place.COUPONS, Place.ACCESS])
@pytest.mark.parametrize(("is_slow", "idle_s"), [(False, 45), (True, 75)])
def test_an_idle_customer_is_asked_and_then_forgotten(place: Place, is_slow: bool, idle_s: int) -> None:
    kiosk = Kiosk().at(place)
    kiosk.machine.is_slow = is_slow

    assert kiosk.wait(idle_s - 0.5) is place
    assert kiosk.wait(0.5) is Place.STILL_THERE
    assert kiosk.wait(24.5) is Place.STILL_THERE
    assert Effect.WIPE not in kiosk.effects
    assert kiosk.wait(0.5) is Place.ATTRACT
    assert kiosk.effects == [Effect.CHIME, Effect.CHIME, Effect.WIPE, Effect.WITHDRAW]


def test_the_ring_gives_as_long_as_the_guidelines_ask() -> None:
    assert Limits().ring_s >= 20


def test_a_customer_may_go_on_as_often_as_he_likes() -> None:
    kiosk = Kiosk().at(Place.COUPONS)
    places = []
    for _ in range(25):
        places.append(kiosk.wait(45))
        kiosk.wait(24)
        places.append(kiosk.do(Event.CONTINUED))

    assert places == [Place.STILL_THERE, Place.COUPONS] * 25
    assert Effect.WIPE not in kiosk.effects


def test_a_scan_too_says_that_somebody_is_there() -> None:
    kiosk = Kiosk().at(Place.STILL_THERE)

    assert kiosk.do(Event.SCANNED) is Place.CHECKING


def test_a_touch_begins_the_time_anew() -> None:
    kiosk = Kiosk().at(Place.GUIDE)
    kiosk.wait(44)
    kiosk.machine.touch()

    assert kiosk.wait(44) is Place.GUIDE
    assert kiosk.wait(1) is Place.STILL_THERE


@pytest.mark.parametrize(("is_good", "stays_s"), [(True, 8), (False, 15)])
def test_a_result_goes_by_itself(is_good: bool, stays_s: int) -> None:
    kiosk = Kiosk().at(Place.RESULT)
    kiosk.machine.is_good = is_good

    assert kiosk.wait(stays_s - 0.5) is Place.RESULT
    assert kiosk.wait(0.5) is Place.ATTRACT
    assert kiosk.effects == [Effect.WIPE]


def test_a_finger_holds_a_result_but_a_faulty_panel_does_not() -> None:
    kiosk = Kiosk().at(Place.RESULT)
    kiosk.machine.is_good = True
    kiosk.machine.expect(Wait.FINGER)
    held = kiosk.wait(30)
    kiosk.machine.heard(Wait.FINGER)
    lifted = kiosk.wait(7.5)
    gone = kiosk.wait(0.5)
    stuck = Kiosk().at(Place.RESULT)
    stuck.machine.expect(Wait.FINGER)

    assert (held, lifted, gone) == (Place.RESULT, Place.RESULT, Place.ATTRACT)
    assert stuck.wait(60 + 15) is Place.ATTRACT


def test_done_wipes_after_five_seconds_whatever_is_touched() -> None:
    kiosk = Kiosk().at(Place.FAREWELL)
    for _ in range(4):
        kiosk.wait(1)
        kiosk.machine.touch()
    kiosk.do(Event.HELP_ASKED)
    before = list(kiosk.effects)
    kiosk.wait(1)

    assert before == [Effect.CALL]
    assert kiosk.effects == [Effect.CALL, Effect.WIPE]
    assert kiosk.machine.base is Place.ATTRACT


@pytest.mark.parametrize("event", [Event.BEGUN, Event.SCANNED])
def test_the_next_customer_meets_nothing_of_the_last(event: Event) -> None:
    kiosk = Kiosk().at(Place.FAREWELL)
    kiosk.do(event)

    assert kiosk.effects == [Effect.WIPE]


def test_a_silent_till_is_given_up() -> None:
    kiosk = Kiosk().at(Place.CHECKING)

    assert kiosk.wait(7.75) is Place.CHECKING
    assert kiosk.wait(0.25) is Place.RESULT


@pytest.mark.parametrize("wait", Wait)
def test_every_wait_has_a_watchdog(wait: Wait) -> None:
    kiosk = Kiosk().at(Place.GUIDE)
    kiosk.machine.expect(wait)
    kiosk.wait(61)

    assert not kiosk.machine.heard(wait)


@pytest.mark.parametrize("place", sorted(set(Place) - {Place.STAFF, Place.OUT_OF_ORDER}))
def test_a_scan_is_taken_everywhere(place: Place) -> None:
    assert Kiosk().at(place).do(Event.SCANNED) is Place.CHECKING


@pytest.mark.parametrize("place", sorted(set(Place) - {Place.OUT_OF_ORDER}))
def test_out_of_order_is_reached_from_everywhere_and_left(place: Place) -> None:
    kiosk = Kiosk().at(place)
    kiosk.do(Event.BROKE)
    base = kiosk.machine.base
    kiosk.do(Event.HELP_ASKED)
    kiosk.do(Event.MENDED)

    assert base is Place.OUT_OF_ORDER
    assert Effect.WIPE in kiosk.effects
    assert kiosk.machine.base is Place.ATTRACT


def test_help_survives_the_language_screen_and_ends_with_the_customer() -> None:
    kiosk = Kiosk().at(Place.HELP)
    back = kiosk.do(Event.ACCESS_ASKED), kiosk.do(Event.BACK)
    kiosk.wait(180)
    kiosk.wait(25)

    assert back == (Place.ACCESS, Place.HELP)
    assert kiosk.machine.top is Place.ATTRACT
    assert Effect.WITHDRAW in kiosk.effects


def test_no_button_below_a_layer_can_be_pressed() -> None:
    kiosk = Kiosk().at(Place.STAFF)

    assert kiosk.do(Event.DONE, Event.PHONE_ASKED, Event.BACK, Event.ANOTHER) is Place.STAFF
    assert kiosk.machine.base is Place.GUIDE


def test_each_layer_has_one_way_in() -> None:
    assert set(LAYER_OF.values()) == LAYERS
    assert not LAYERS & {place for place, _ in STEPS} | LAYERS & set(STEPS.values())


HAPPENINGS = st.lists(st.one_of(st.sampled_from(list(Event)), st.floats(0, 200)), max_size=60)


@given(HAPPENINGS)
def test_nobody_is_ever_stuck(happenings: list[Event | float]) -> None:
    kiosk = Kiosk()
    for happening in happenings:
        if isinstance(happening, Event):
            kiosk.do(happening)
        else:
            kiosk.now += happening
            kiosk.effects += kiosk.machine.tick()
        layers = kiosk.machine.layers
        assert len(set(layers)) == len(layers)
        assert set(layers) <= LAYERS
        assert kiosk.machine.base not in LAYERS

    assert kiosk.wait(LONGEST_S) in REST


@given(HAPPENINGS)
def test_the_first_screen_is_never_reached_with_a_customers_things(happenings: list[Event | float]) -> None:
    kiosk, is_clean = Kiosk(), True
    for happening in happenings:
        if isinstance(happening, Event):
            found = kiosk.machine.handle(happening)
        else:
            kiosk.now += happening
            found = kiosk.machine.tick()
        base = kiosk.machine.base
        is_clean = (is_clean or Effect.WIPE in found) and base in {*REST, Place.GUIDE, Place.PHONE, Place.CHECKING}
        is_clean = is_clean or (base in REST and Effect.WIPE in found)
        if base in REST:
            assert is_clean


def test_every_pair_of_place_and_event_is_harmless() -> None:
    for place, event in product(Place, Event):
        kiosk = Kiosk().at(place)
        kiosk.do(event)
        assert kiosk.wait(LONGEST_S) in REST, (place, event)
