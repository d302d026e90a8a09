"""Every state of the kiosk, both orientations and languages, normal and large: can be read, reached, hit, spoken."""

import gc
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, product

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.kiosk.mounting import Mounting
from pos_client.ui.kiosk.states import Event, Place
from pos_client.ui.kiosk.touch_button import PRIMARY, Look, TouchButton
from script.kiosk_screens import LANGUAGES, SCREENS, SIZES
from script.kiosk_stage import KioskStage

from .pseudo_locale import speak_at_length_to_customers
from .test_language import left_over, texts_of
from .walk import seen

TARGET_PX, GAP_PX = 64, 15
TARGET_MM, KEY_MM = 12, 20
FLOOR = {False: 28, True: 42}
PLAIN = [name for name in SCREENS if not name.endswith(("-low", "-large", "-contrast", "-everything"))]
MakeKiosk = Callable[..., KioskStage]


@pytest.fixture
def make_kiosk(qtbot: QtBot) -> Iterator[MakeKiosk]:
    """Make kiosks; each is closed after the test."""
    del qtbot
    made: list[KioskStage] = []

    def make(language: str = "zh", mounting: Mounting | None = None) -> KioskStage:
        made.append(KioskStage(language, mounting))
        return made[-1]

    yield make
    for stage in made:
        stage.close()
    made.clear()
    # A style sheet is laid on every widget that lives, and a window is a circle of references.
    gc.collect()


def where(widget: QWidget, window: QWidget) -> QRect:
    """Return a widget's place on the screen."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def unfit(stage: KioskStage, *, is_large: bool) -> list[str]:
    """Return what cannot be read, hit or spoken."""
    screen, floor = stage.screen, FLOOR[is_large]
    widgets = seen(screen)
    buttons = [widget for widget in widgets if isinstance(widget, TouchButton)]
    labels = [widget for widget in widgets if isinstance(widget, FittedLabel) and widget.text().strip()]
    least = max(TARGET_PX, round(TARGET_MM * stage.screen.mounting.px_per_mm))
    wrong = [f"cut: {label.text()}" for label in labels if label.is_cut()]
    wrong += [f"small: {one.text()}" for one in labels if one.shown_font().pixelSize() < floor]
    wrong += [f"cut: {button.text()}" for button in buttons if button.is_cut()]
    wrong += [f"small: {button.text()}" for button in buttons if button.text() and button.words_px() < floor]
    wrong += [f"too small to hit: {one.accessibleName()}" for one in buttons if min(one.width(), one.height()) < least]
    wrong += [f"low: {one.text()}" for one in buttons if one.look is Look.PRIMARY and one.height() < min(PRIMARY, 96)]
    wrong += [
        "nameless button" for button in widgets if isinstance(button, QAbstractButton) and not button.accessibleName()
    ]
    places = [(button.accessibleName(), where(button, screen)) for button in buttons]
    wrong += [f"outside: {name}" for name, place in places if not screen.rect().contains(place)]
    wrong += [
        f"too near: {one} and {other}"
        for (one, here), (other, there) in combinations(places, 2)
        if here.adjusted(0, 0, GAP_PX, GAP_PX).intersects(there)
    ]
    wrong += [
        f"words under a button: {label.text()}"
        for label in labels
        for name, place in places
        if where(label, screen).intersects(place) and name != label.text()
    ]
    return wrong


def unfit_anywhere(stage: KioskStage) -> list[list[str]]:
    """Return what is wrong with it at each size."""
    wrong = []
    for size in SIZES:
        stage.draw(*size)
        wrong.append(unfit(stage, is_large=stage.presenter.dress.is_large))
    return [found for found in wrong if found]


# Each in one language in each run, and in the other one in the long tests.
ONCE = tuple((name, LANGUAGES[number % 2]) for number, name in enumerate(SCREENS))
OTHER = tuple((name, LANGUAGES[(number + 1) % 2]) for number, name in enumerate(SCREENS))
BOTH = (*ONCE, *(pytest.param(*each, marks=pytest.mark.long) for each in OTHER))
PLAIN_BOTH = (
    *(each for each in ONCE if each[0] in PLAIN),
    *(pytest.param(*each, marks=pytest.mark.long) for each in OTHER if each[0] in PLAIN),
)


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_every_screen_can_be_read_and_hit(make_kiosk: MakeKiosk, name: str, language: str) -> None:
    stage = make_kiosk(language)
    SCREENS[name](stage)

    assert unfit_anywhere(stage) == []


@pytest.mark.parametrize(("name", "language"), PLAIN_BOTH)
def test_large_text_loses_nothing(make_kiosk: MakeKiosk, name: str, language: str) -> None:
    stage = make_kiosk(language)
    SCREENS[name](stage)
    wrong = {}
    for size, is_low in product(SIZES, (False, True)):
        # A wipe on the way takes the wishes with it, so they are put on at the end too.
        stage.presenter.wear(replace(stage.presenter.dress, is_large=True, is_low=is_low))
        stage.draw(*size)
        wrong[size, is_low] = unfit(stage, is_large=True)

    assert [found for found in wrong.values() if found] == []


@pytest.mark.parametrize("name", SCREENS)
def test_words_longer_by_two_fifths_fit(make_kiosk: MakeKiosk, name: str) -> None:
    stage = make_kiosk("en")
    speak_at_length_to_customers(stage)
    SCREENS[name](stage)

    assert unfit_anywhere(stage) == []


@pytest.mark.parametrize("name", PLAIN)
def test_reach_mode_puts_every_control_between_800_and_1100_mm(make_kiosk: MakeKiosk, name: str) -> None:
    stage = make_kiosk("en", Mounting(bottom_mm=780))
    SCREENS[name](stage)
    stage.wear(is_low=True)
    outside = []
    for size in SIZES:
        stage.draw(*size)
        top, bottom = stage.screen.mounting.band(size[1])
        buttons = [widget for widget in seen(stage.screen) if isinstance(widget, TouchButton)]
        assert buttons
        outside += [
            (button.accessibleName(), place.top(), place.bottom())
            for button in buttons
            if (place := where(button, stage.screen)).top() < top or place.bottom() > bottom
        ]

    assert outside == []


@pytest.mark.parametrize("mounting", [Mounting(), Mounting(px_per_mm=2.71, bottom_mm=700), Mounting(5.56, 950)])
@pytest.mark.parametrize("name", ["access", "phone", "coupons-many", "repeat", "still-there", "staff-pin"])
def test_no_control_is_ever_above_1200_mm(make_kiosk: MakeKiosk, name: str, mounting: Mounting) -> None:
    stage = make_kiosk("zh", mounting)
    SCREENS[name](stage)
    stage.draw(1080, 1920)
    highest = mounting.highest(1920)
    buttons = [widget for widget in seen(stage.screen) if isinstance(widget, TouchButton)]

    assert [button.text() for button in buttons if where(button, stage.screen).top() < highest] == []


@pytest.mark.parametrize(("px_per_mm", "side"), [(4.03, 81), (5.56, 111), (5.88, 118), (2.71, 64)])
def test_number_keys_are_twenty_millimetres(make_kiosk: MakeKiosk, px_per_mm: float, side: int) -> None:
    stage = make_kiosk("zh", Mounting(px_per_mm))
    SCREENS["phone"](stage)
    stage.draw(1080, 1920)
    keys = [*stage.screen.phone.pad.keys.values(), stage.screen.phone.pad.back]

    assert min(min(key.width(), key.height()) for key in keys) >= side


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_every_word_is_of_the_customers_language(make_kiosk: MakeKiosk, name: str, language: str) -> None:
    stage = make_kiosk(language)
    SCREENS[name](stage)
    stage.draw(1080, 1920)
    texts = [text for widget in seen(stage.screen) for text in texts_of(widget) if text]
    # The name of the counter is the shop's own; a language is called by its own name.
    shown = [re.sub(r"12号柜台|[李赵王]\*+", "", text) for text in texts if text != "English"]

    assert left_over(shown, stage.presenter.dress.language) == []


@pytest.mark.parametrize("name", SCREENS)
def test_no_screen_shows_a_number_or_a_word_about_networks(make_kiosk: MakeKiosk, name: str) -> None:
    stage = make_kiosk("zh")
    SCREENS[name](stage)
    stage.draw(1080, 1920)
    texts = [text for widget in seen(stage.screen) for text in texts_of(widget)]

    assert [text for text in texts if re.search(r"\d{7}|\*{4}\d", re.sub(r"[ -]", "", text))] == []
    assert [text for text in texts if re.search(r"离线|联网|网络|同步|上传|服务器|会员等级|1280", text)] == []


@pytest.mark.parametrize("name", PLAIN)
def test_the_blue_button_is_what_enter_presses(make_kiosk: MakeKiosk, name: str) -> None:
    stage = make_kiosk()
    SCREENS[name](stage)
    stage.draw(1920, 1080)

    blue = [one for one in seen(stage.screen) if isinstance(one, TouchButton) and one.look is Look.PRIMARY]
    primary = stage.screen.page.primary()

    assert blue in ([], [primary])


def test_help_is_at_the_lower_right_of_every_screen(make_kiosk: MakeKiosk) -> None:
    stage = make_kiosk()
    missing = []
    for place in set(Place) - {Place.STAFF}:
        stage.screen.show_place(place)
        stage.draw(1080, 1920)
        button = where(stage.screen.bar.help, stage.screen)
        if not (stage.screen.bar.help.isVisibleTo(stage.screen) and button.bottom() > 1800 and button.right() > 1000):
            missing.append(place)

    assert missing == []


@pytest.mark.parametrize("has_voice", [True, False])
@pytest.mark.parametrize("size", SIZES)
def test_the_buttons_of_the_bar_are_as_wide_as_each_other(
    make_kiosk: MakeKiosk, size: tuple[int, int], *, has_voice: bool
) -> None:
    stage = make_kiosk()
    bar = stage.screen.bar
    SCREENS["help"](stage)
    bar.offer_voice(is_offered=has_voice)
    stage.draw(*size)
    row = [one for one in (bar.language, bar.large, bar.voice, bar.more) if one.isVisibleTo(bar)]
    widths = [one.width() for one in row]

    assert len(row) == 3 + has_voice
    assert max(widths) - min(widths) <= 1
    assert bar.help.width() >= max(widths)
    # The call fills its part of the bar to the edge, where the row above it ends too.
    assert bar.help.geometry().right() == bar.rect().right()


def test_the_photograph_is_no_button_and_is_there(make_kiosk: MakeKiosk) -> None:
    stage = make_kiosk()
    SCREENS["guide"](stage)
    picture = stage.draw(1080, 1920)
    photo = where(stage.screen.guide.photo, stage.screen)
    edge = {picture.pixelColor(0, y).name() for y in range(photo.top() + 10, photo.bottom() - 120, 40)}

    assert not isinstance(stage.screen.guide.photo, QAbstractButton)
    assert len(edge) > 10


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
def test_a_screen_is_whole_the_first_time_that_it_is_shown(
    make_kiosk: MakeKiosk, qtbot: QtBot, size: tuple[int, int]
) -> None:
    stage = make_kiosk("zh")
    stage.screen.resize(*size)
    with qtbot.waitExposed(stage.screen):
        stage.screen.show()
    stage.do(Event.BEGUN)
    guide = stage.screen.guide

    # Words that have come to another place are counted there once they are seen.
    qtbot.waitUntil(lambda: guide.line.isVisible() and guide.seen.isVisible())
    qtbot.waitUntil(lambda: guide.deck.height() == guide.deck.sizeHint().height())
