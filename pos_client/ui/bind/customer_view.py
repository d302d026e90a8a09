"""What the customer sees of a binding: the code, what he gets, how far he is; his own number, and nobody else's data.

Apart from the clerk's side because it stands on a second screen where there is one, and takes the whole of the only one
while that is turned to him. It speaks two languages at once: whoever reads it has no key to change them.
"""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pos_client.domain.local_text import LocalText
from pos_client.ui.bind.bind_view import BindMode, BindView
from pos_client.ui.bind.gift_words import gift_words
from pos_client.ui.bind.qr_picture import QrPicture
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.pin_pad import NumberPad
from pos_client.ui.theme import Theme, mark

SCAN: Final = LocalText("微信扫一扫，立即成为会员", "Scan with WeChat to become a member")
PHONE: Final = LocalText("请输入您的手机号", "Please type your phone number")
TOLD: Final = LocalText("请输入短信里的 6 位数字", "Please type the 6 digits from the message")
WELCOME: Final = LocalText("欢迎，您已是会员", "Welcome, you are a member")
REST: Final = LocalText("欢迎光临", "Welcome")
PRIVACY: Final = LocalText("仅用于会员服务，可随时退出", "For membership only; you may leave at any time")
LATER: Final = LocalText("扫码后即可使用会员服务", "Membership begins when you have scanned")
STEPS: Final = (LocalText("扫码", "Scan"), LocalText("关注", "Follow"), LocalText("授权手机号", "Share number"))
_FIELD_PX: Final = 64
DONE: Final = LocalText("好了", "Done")


class StepDot(QWidget):
    """One step: a circle, or a tick when it is behind him, and a word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.icon, self.words = IconLabel("verdict-idle", 24), FittedLabel("body")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.icon)
        row.addWidget(self.words)

    def show_step(self, words: str, *, done: bool) -> None:
        """Behind him or to come."""
        self.words.setText(words)
        self.icon.set_icon("verdict-ok" if done else "clock", self._theme.colour("surface"))
        self.icon.set_ink(self._theme.colour("on-ok-tint" if done else "text-muted"))


class CustomerView(QFrame):
    """The customer's side.

    Signals:
        typed, erased, cleared, entered: of the keys. done: he has seen that it is done.
    """

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()
    entered = Signal()
    done = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "card")
        self.headline, self.other = FittedLabel("amount"), FittedLabel("muted")
        self.qr = QrPicture()
        self.shown = FittedLabel("entry")
        self.pad = NumberPad()
        self.enter_button = KeyButton("primary", "")
        self.tick = IconLabel("verdict-ok", 160)
        self.member = FittedLabel("amount")
        self.done_button = KeyButton("primary", "Enter")
        self.gift = FittedLabel("reason", lines=2, wrap=True)
        self.steps = tuple(StepDot(theme) for _ in STEPS)
        self.privacy = FittedLabel("caption")
        self._build()
        self.pad.pressed.connect(self.typed)
        self.pad.erased.connect(self.erased)
        self.pad.cleared.connect(self.cleared)
        self.enter_button.clicked.connect(self.entered)
        self.done_button.clicked.connect(self.done)

    def show_view(self, view: BindView, language: str) -> None:
        """All of it."""
        title = _TITLE.get(view.mode, SCAN)
        self.headline.setText(title.in_language(language))
        self.other.setText(title.in_language("en" if language == "zh" else "zh"))
        self._stack.setCurrentIndex(_PLACE.get(view.mode, 0))
        self.tick.set_icon("verdict-ok", self._theme.colour("surface"))
        self.tick.set_ink(self._theme.colour("on-ok-tint"))
        self._show_code(view)
        self._show_pad(view, language)
        self._show_gift(view, language)
        for dot, words in zip(self.steps, STEPS, strict=True):
            # What is to be done; which of it he has done nobody tells before he is bound, and then it is behind him.
            dot.show_step(words.in_language(language), done=False)
            dot.setVisible(view.is_online and view.done is None and _PLACE.get(view.mode, 0) != 1)
        self.privacy.setText(PRIVACY.in_language(language))
        self.member.setText(view.done.member.view.masked if view.done and view.done.member else "")
        self.done_button.set_words(DONE.in_language(language))

    def _show_code(self, view: BindView) -> None:
        self.qr.show_text(view.text)
        self.qr.setAccessibleName(f"{SCAN.zh} {SCAN.en}")

    def _show_pad(self, view: BindView, language: str) -> None:
        spaced = f"{view.typed[:3]} {view.typed[3:7]} {view.typed[7:]}" if view.mode is BindMode.PHONE else view.typed
        self.shown.setText(spaced.strip() or " ")
        self.shown.setAccessibleName(_TITLE.get(view.mode, PHONE).in_language(language))
        self.pad.retranslate()
        self.enter_button.set_words(LocalText("下一步", "Next").in_language(language))
        self.enter_button.setEnabled(not view.missing)

    def _show_gift(self, view: BindView, language: str) -> None:
        rewards = view.on_show.side.gifts if view.on_show else ()
        line = gift_words(rewards, language)
        get = LocalText(f"马上送：{line}", f"You get: {line}").in_language(language)
        self.gift.setText(get if line else LATER.in_language(language))
        # The keys need the room.
        self.gift.setVisible(_PLACE.get(view.mode, 0) != 1)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 12)
        column.setSpacing(6)
        for label in (self.headline, self.other, self.gift, self.member):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.headline)
        column.addWidget(self.other)
        self._stack = QStackedLayout()
        # First: the part on top of a layout that belongs to nobody would be shown as a window, and take the keyboard.
        column.addLayout(self._stack, 1)
        for part in (self._card(), self._keys(), self._tick()):
            self._stack.addWidget(part)
        column.addWidget(self.gift)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addStretch(1)
        for dot in self.steps:
            row.addWidget(dot)
        row.addStretch(1)
        column.addLayout(row)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addStretch(1)
        foot.addWidget(IconLabel("shield", 20))
        foot.addWidget(self.privacy)
        foot.addStretch(1)
        column.addLayout(foot)

    def _card(self) -> QWidget:
        card = QFrame()
        card.setProperty("kind", "code-card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.qr)
        return card

    def _keys(self) -> QWidget:
        box = QWidget()
        across = QHBoxLayout(box)
        across.setContentsMargins(0, 8, 0, 8)
        inside = QVBoxLayout()
        inside.setSpacing(8)
        field = QFrame()
        mark(field, kind="field")
        within = QHBoxLayout(field)
        within.setContentsMargins(14, 6, 14, 6)
        within.addWidget(self.shown)
        field.setMinimumHeight(_FIELD_PX)
        inside.addWidget(field)
        inside.addWidget(self.pad, 1)
        inside.addWidget(self.enter_button)
        across.addStretch(1)
        across.addLayout(inside, 4)
        across.addStretch(1)
        return box

    def _tick(self) -> QWidget:
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.addStretch(1)
        inside.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(self.member)
        inside.addStretch(1)
        inside.addWidget(self.done_button, 0, Qt.AlignmentFlag.AlignHCenter)
        return box


_TITLE: Final = {BindMode.PHONE: PHONE, BindMode.TOLD: TOLD, BindMode.MEMBER: PHONE, BindMode.DONE: WELCOME}
_PLACE: Final = {BindMode.PHONE: 1, BindMode.TOLD: 1, BindMode.DONE: 2}
