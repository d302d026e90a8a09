"""The kiosk's whole screen: one of its pages, the bar below, and a corner that only staff know.

Apart from the pages because where things are (orientation, reach, the mounting's millimetres) and what every screen has
in common is decided here once.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWindow
from PySide6.QtWidgets import QWidget

from pos_client.ui.kiosk.access_page import AccessPage
from pos_client.ui.kiosk.attract_page import SLIDE_S, SLIDES, AttractPage
from pos_client.ui.kiosk.coupons_page import CouponsPage
from pos_client.ui.kiosk.guide_page import GuidePage
from pos_client.ui.kiosk.kiosk_view import CouponsFacts, Dress, GuideFacts, HelpFacts, ResultFacts, StaffFacts
from pos_client.ui.kiosk.mounting import Mounting
from pos_client.ui.kiosk.page import MARGIN, KioskPage
from pos_client.ui.kiosk.phone_page import PhonePage
from pos_client.ui.kiosk.quiet_pages import CheckingPage, ClosedPage, FarewellPage, HelpPage, StillTherePage
from pos_client.ui.kiosk.result_page import ResultPage
from pos_client.ui.kiosk.session_bar import SessionBar
from pos_client.ui.kiosk.staff_page import StaffPage
from pos_client.ui.kiosk.states import Place
from pos_client.ui.kiosk.touch_button import GAP
from pos_client.ui.kiosk.voice import SilentVoice, Voice
from pos_client.ui.scan.sound import Sound
from pos_client.ui.theme import Theme

_CORNER: Final = 120
_TAPS: Final = 5
_WITHIN_S: Final = 3.0
_NO_BAR: Final = frozenset({Place.STAFF})


class Corner(QWidget):
    """Five taps within three seconds open the door for staff; it looks like nothing.

    Signals:
        knocked: they came.
    """

    knocked = Signal()

    def __init__(self, parent: QWidget, now_s: Callable[[], float]) -> None:
        super().__init__(parent)
        self._now_s = now_s
        self._taps: list[float] = []
        self.setFixedSize(_CORNER, _CORNER)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """One tap."""
        del event
        now = self._now_s()
        self._taps = [at for at in self._taps if now - at <= _WITHIN_S] + [now]
        if len(self._taps) >= _TAPS:
            self._taps = []
            self.knocked.emit()


class KioskScreen(QWidget):
    """Fulfils ``KioskView``.

    Signals:
        closed: the window was closed. sounded: a Sound. left: staff ends the kiosk.
        key_pressed: a Qt.Key that is no character, as an int. typed: a person's character.
        finger: True when one is put on the screen, False when it is lifted.
        place_shown: a Place.
        dressed: a Dress was put on; language and theme follow.

    Args:
        theme: colours and sizes. mounting: how the screen hangs. now_s: seconds of a clock that only runs forward.
        voice: reads screens out for whoever asked for it.
    """

    closed = Signal()
    sounded = Signal(object)
    left = Signal()
    key_pressed = Signal(int)
    typed = Signal(str)
    finger = Signal(bool)
    place_shown = Signal(object)
    dressed = Signal(object)

    def __init__(
        self, theme: Theme, mounting: Mounting, now_s: Callable[[], float], voice: Voice | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._theme, self.mounting, self._now_s = theme, mounting, now_s
        self._voice: Voice = voice or SilentVoice()
        self._is_voice_known = voice is not None
        self.place, self.dress = Place.ATTRACT, Dress()
        self.attract, self.access = AttractPage(theme, mounting), AccessPage(theme, mounting)
        self.guide, self.phone = GuidePage(theme, mounting), PhonePage(theme, mounting)
        self.coupons, self.result = CouponsPage(theme, mounting), ResultPage(theme, mounting)
        self.help, self.still, self.staff = (
            HelpPage(theme, mounting),
            StillTherePage(theme, mounting),
            StaffPage(theme, mounting),
        )
        self.pages = self._pages()
        self.bar = SessionBar(theme)
        self.bar.setParent(self)
        self.corner = Corner(self, now_s)
        self._shown_at, self._may_close = now_s(), False

    def _pages(self) -> dict[Place, KioskPage]:
        theme, mounting = self._theme, self.mounting
        pages: dict[Place, KioskPage] = {
            Place.ATTRACT: self.attract,
            Place.ACCESS: self.access,
            Place.GUIDE: self.guide,
            Place.PHONE: self.phone,
            Place.COUPONS: self.coupons,
            Place.CHECKING: CheckingPage(theme, mounting),
            Place.RESULT: self.result,
            Place.FAREWELL: FarewellPage(theme, mounting),
            Place.HELP: self.help,
            Place.STILL_THERE: self.still,
            Place.STAFF: self.staff,
            Place.OUT_OF_ORDER: ClosedPage(theme, mounting),
        }
        for page in pages.values():
            page.setParent(self)
            page.hide()
        return pages

    def fill_panel(self) -> None:
        """Show the whole of the panel and nothing of a desktop, also where a panel is turned or changed later."""
        # A kiosk's machine often runs no window manager, and then nobody else would enlarge the window.
        self.setGeometry(self.screen().geometry())
        self.showFullScreen()
        self.windowHandle().screen().geometryChanged.connect(self.setGeometry)
        self.windowHandle().requestActivate()

    def end(self) -> None:
        """Close for good."""
        self._may_close = True
        self.close()

    @property
    def page(self) -> KioskPage:
        """The page that is shown."""
        return self.pages[self.place]

    def set_voice(self, voice: Voice) -> None:
        """Speak with this one from now on."""
        self._voice, self._is_voice_known = voice, True
        self._offer_voice()

    def watch(self, window: QWindow) -> None:
        """See fingers before any widget does: one that rests on the screen holds a result."""
        window.installEventFilter(self)

    # KioskView

    def show_place(self, place: Place) -> None:
        """Show a screen."""
        self.place, self._shown_at = place, self._now_s()
        for page in self.pages.values():
            page.setVisible(page is self.page)
        self.bar.setVisible(place not in _NO_BAR)
        # A finger that goes on touching must not press what has come under it, nor a key what it cannot see.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.arrange()
        self.place_shown.emit(place)
        self._voice.hush()
        if self.dress.has_voice:
            self._voice.say(self.page.spoken(), self.dress.language)

    def show_dress(self, dress: Dress) -> None:
        """Language, sizes, colours and reach, at once."""
        before, self.dress = self.dress, dress
        self._theme.set_kiosk(large=dress.is_large, contrast=dress.is_contrast)
        self.dressed.emit(dress)
        self.access.show_dress(dress)
        self.bar.show_dress(dress)
        self._offer_voice()
        self.retranslate(dress.language)
        if dress.has_voice and not before.has_voice:
            self._voice.say(self.page.spoken(), dress.language)
        elif not dress.has_voice:
            self._voice.hush()

    def _offer_voice(self) -> None:
        is_offered = not self._is_voice_known or self._voice.speaks(self.dress.language)
        self.bar.offer_voice(is_offered=is_offered)
        self.access.offer_voice(is_offered=is_offered)

    def show_guide(self, facts: GuideFacts) -> None:
        """The scan guide's words."""
        self.guide.show_guide(facts)

    def show_phone(self, shown: str, *, is_complete: bool) -> None:
        """The number as far as it is typed, masked."""
        self.phone.show_phone(shown, is_complete=is_complete)

    def show_coupons(self, facts: CouponsFacts) -> None:
        """A member's coupons."""
        self.coupons.show_coupons(facts)
        self.arrange()

    def show_result(self, facts: ResultFacts) -> None:
        """A verdict."""
        self.result.show_result(facts)
        self.arrange()

    def show_help(self, facts: HelpFacts) -> None:
        """The call, also on the button that made it."""
        self.help.show_help(facts)
        self.bar.show_help(facts)

    def show_time(self, left_s: float, share: float) -> None:
        """How long what is shown stays."""
        self.page.show_time(left_s, share)

    def show_staff(self, facts: StaffFacts) -> None:
        """The staff's pad."""
        self.staff.show_staff(facts)
        self.arrange()

    def forget(self) -> None:
        """Let no widget hold anything of the customer."""
        for page in self.pages.values():
            page.forget()

    def play(self, sound: Sound) -> None:
        """Let it be heard."""
        self.sounded.emit(sound)

    def leave(self) -> None:
        """The kiosk ends; staff has proved who they are."""
        self.left.emit()

    # the frame

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        self.setWindowTitle(self.tr("POS Client kiosk"))
        for page in self.pages.values():
            page.retranslate(language)
        self.bar.retranslate(language)
        self.arrange()

    def show_slide(self) -> None:
        """The slide whose turn it is."""
        self.attract.show_slide(int((self._now_s() - self._shown_at) // SLIDE_S) % SLIDES)

    def arrange(self) -> None:
        """Put page and bar where a hand reaches them."""
        width, height = self.width(), self.height()
        is_upright = height > width
        top, bottom = self.mounting.band(height)
        self.bar.arrange(is_upright=is_upright)
        low = min(height - GAP - GAP // 2, bottom) if self.dress.is_low else height - GAP - GAP // 2
        bar_height = self.bar.sizeHint().height() if self.place not in _NO_BAR else 0
        self.bar.setGeometry(MARGIN, low - bar_height, width - 2 * MARGIN, bar_height)
        page_bottom = low - bar_height - (GAP if bar_height else 0)
        edge = 0 if self.page.bleeds else MARGIN
        self.page.setGeometry(edge, edge, width - 2 * edge, page_bottom - edge)
        highest = (top if self.dress.is_low else self.mounting.highest(height)) - edge
        self.page.arrange(is_upright=is_upright, is_low=self.dress.is_low, highest=highest)
        self.corner.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size: everything finds its place."""
        super().resizeEvent(event)
        self.arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice a finger, and let it through."""
        del watched
        if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin}:
            self.finger.emit(True)  # noqa: FBT003 - a signal's argument
        elif event.type() in {QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel}:
            self.finger.emit(False)  # noqa: FBT003
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no widget wanted."""
        text = event.text()
        if text and text.isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(text)
        else:
            self.key_pressed.emit(event.key())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by staff, or by the system that ends; whatever a customer finds on a keyboard closes nothing."""
        if not self._may_close:
            event.ignore()
            return
        self._voice.hush()
        self.closed.emit()
        super().closeEvent(event)
