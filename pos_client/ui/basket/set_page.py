"""Basket and coupons: the best set is ticked already, each coupon says why or why not, Enter redeems all of it.

It decides nothing: each tick is a deed of the till, and what comes back is shown. The one blue button stands in the
verdict, whose place never moves. Goods are not scanned here: a lane knows no prices, so the receipt's amount is all.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_client.ui.basket.receipt_part import ReceiptPart
from pos_client.ui.basket.set_choice import SetChoice
from pos_client.ui.basket.set_list import SetRows
from pos_client.ui.basket.tier_bar import TierBar
from pos_client.ui.bridges import CameraPicture
from pos_client.ui.empty_panel import EmptyPanel
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.places import WIDE_FROM
from pos_client.ui.scan.rows import RowList
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page, Surroundings
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.set_view import CouponSet, SetChange, SetDeed
from pos_client.usecases.till_view import Customer

_TALL_FROM = 560


class SetPage(Page):
    """Amount, coupons, other sets."""

    workspace = Workspace.BASKET

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._customer = Customer()
        self._rows = SetRows(around.wording, around.now)
        self.name = FittedLabel("title")
        self.about = FittedLabel("caption", lines=2, wrap=True)
        self.amount_label = FittedLabel("caption")
        self.amount = FittedLabel("figure")
        self.amount_button = KeyButton("", "F3", "receipt")
        self.receipt = ReceiptPart(around.theme, around.photo)
        self.tier = TierBar(around.theme, around.wording)
        self.title = FittedLabel("title")
        self.saving = FittedLabel("figure")
        self.coupons = RowList(around.theme)
        self.empty = EmptyPanel("coupon")
        self.sets_title = FittedLabel("caption")
        self.sets = SetChoice(around.wording)
        self.undo_button = KeyButton("", "Ctrl+Z")
        self.leave_button = KeyButton("", "Esc")
        self._is_tall: bool | None = None
        self._build()
        self._connect()
        self.retranslate("zh")

    def on_opened(self) -> None:
        """Offer what the customer has; what was ticked before is ticked again."""
        self.coupons.setFocus(Qt.FocusReason.OtherFocusReason)
        self.around.expect(self.around.till.change_set(SetChange(SetDeed.OPEN)))

    def on_customer(self, customer: Customer) -> None:
        """The purchase in hand changed; the chosen row stays."""
        self._customer = customer
        self.receipt.show_customer(customer)
        self._show()

    def on_camera(self, state: CameraState) -> None:
        """The camera came or went."""
        self.receipt.show_camera(state)

    def on_picture(self, picture: CameraPicture) -> None:
        """What the camera sees now."""
        self.receipt.show_picture(picture)

    def on_left(self) -> None:
        """What the camera saw is old when the page is opened again."""
        self.receipt.forget_frame()

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.amount_label.setText(self.tr("Receipt amount"))
        self.amount_button.set_words(self.tr("Amount"), self.tr("Enter the receipt's amount"))
        self.undo_button.set_words(self.tr("Step back"), self.tr("Take the last change back"))
        self.leave_button.set_words(self.tr("Back"), self.tr("Back to scanning"))
        self.receipt.retranslate()
        self.coupons.setAccessibleName(self.tr("Coupons for this purchase"))
        self._show()

    def type_character(self, character: str) -> bool:
        """Space ticks or unticks, a number chooses a set; other digits mean nothing here."""
        if character == " ":
            self.toggle(self.coupons.current_key())
            return True
        if character.isascii() and character.isdecimal():
            self.choose(int(character) - 1)
            return True
        return False

    def toggle(self, coupon_id: str) -> None:
        """Tick a coupon, or untick it."""
        if coupon_id:
            self._change(SetChange(SetDeed.TOGGLE, coupon_id))

    def choose(self, place: int) -> None:
        """Another set, counted from 0."""
        offered = self._customer.offered
        if offered is not None and 0 <= place < len(offered.sets):
            self._change(SetChange(SetDeed.CHOOSE, place=place))

    def undo_change(self) -> None:
        """Take the last change back."""
        offered = self._customer.offered
        if offered is not None and offered.can_undo:
            self._change(SetChange(SetDeed.UNDO))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns with the other sets below on a tall screen, three on a low one."""
        super().resizeEvent(event)
        self.receipt.set_wide(wide=self.window().width() >= WIDE_FROM)
        is_tall = event.size().height() >= _TALL_FROM
        if is_tall != self._is_tall:
            self._arrange(is_tall=is_tall)
            self._grid.activate()

    def _change(self, change: SetChange) -> None:
        self.around.expect(self.around.till.change_set(change))

    def _connect(self) -> None:
        self.coupons.chosen.connect(self.toggle)
        self.sets.chosen.connect(self.choose)
        self.undo_button.clicked.connect(self.undo_change)
        self.leave_button.clicked.connect(self.around.go_home)
        self.amount_button.clicked.connect(lambda: self.around.open(Workspace.AMOUNT))
        for key, deed in {"Ctrl+Z": self.undo_change, "Ctrl+R": self.receipt.press}.items():
            QShortcut(QKeySequence(key), self).activated.connect(deed)

    def _show(self) -> None:
        member, offered = self._customer.member, self._customer.offered or CouponSet(self._customer.amount_minor)
        money = self.around.wording.money
        self.name.setText(member.view.masked if member else self.tr("No member"))
        owner = (
            "@".join(part for part in (member.owner_promoter_name, member.owner_store_name) if part) if member else ""
        )
        self.about.setText(owner)
        self.about.setVisible(bool(owner))
        minor = self._customer.amount_minor
        self.amount.setText(money(minor) if minor else self.tr("not entered"))
        self.tier.show_tier(offered.next_tier, minor or 0, self.language)
        is_best = offered.saving_minor == offered.best_minor
        self.title.setText(self.tr("Best set") if is_best else self.tr("Chosen coupons"))
        self.saving.setText(self.tr("Saves {money}").format(money=money(offered.saving_minor)) if offered.count else "")
        rows = self._rows.rows(offered, self.language)
        self.coupons.show_rows(rows)
        self.coupons.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.undo_button.setVisible(bool(rows))
        self.title.setVisible(bool(rows))
        self._say_nothing(minor)
        self.sets.show_sets(offered.sets, self.language)
        self.sets_title.setText(self.tr("Choose a set"))
        self._right.setVisible(len(offered.sets) > 1)
        self.undo_button.setEnabled(offered.can_undo)

    def _say_nothing(self, minor: int | None) -> None:
        """Why there is no set, and what to do."""
        if minor is None:
            enter = self.tr("Press F3 and enter the receipt's amount; the best set is found then.")
            self.empty.show_words(self.tr("No amount yet"), enter)
        else:
            scan = self.tr("Scan a coupon, or go back to scanning.")
            self.empty.show_words(self.tr("No coupon of this customer"), scan)

    def _build(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._left, self._middle, self._right = _card(), _card(), _card()
        self._build_left()
        self._build_middle()
        self._build_right()
        self._arrange(is_tall=False)

    def _build_right(self) -> None:
        right = QVBoxLayout(self._right)
        right.setContentsMargins(16, 12, 16, 12)
        right.setSpacing(8)
        right.addWidget(self.sets_title)
        right.addWidget(self.sets)
        right.addStretch(1)

    def _build_left(self) -> None:
        column = QVBoxLayout(self._left)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addWidget(self.name)
        column.addWidget(self.about)
        column.addSpacing(8)
        column.addWidget(self.amount_label)
        column.addWidget(self.amount)
        column.addWidget(self.amount_button)
        # Beside the amount, which it is about.
        column.addSpacing(24)
        column.addWidget(self.tier)
        column.addSpacing(24)
        column.addWidget(self.receipt, 1)
        column.addStretch(0)

    def _build_middle(self) -> None:
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.saving)
        column.addLayout(head)
        column.addWidget(self.empty, 1)
        column.addWidget(self.coupons, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.undo_button)
        foot.addWidget(self.leave_button)
        column.addLayout(foot)

    def _arrange(self, *, is_tall: bool) -> None:
        self._is_tall = is_tall
        for part in (self._left, self._middle, self._right):
            self._grid.removeWidget(part)
        self.sets.set_wide(wide=is_tall)
        self._left.setFixedWidth(400 if is_tall else 300)
        self._grid.addWidget(self._left, 0, 0, 2 if is_tall else 1, 1)
        self._grid.addWidget(self._middle, 0, 1)
        if is_tall:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(16_777_215)
            self._right.setMaximumHeight(180)
            self._grid.addWidget(self._right, 1, 1)
        else:
            self._right.setFixedWidth(300)
            self._right.setMaximumHeight(16_777_215)
            self._grid.addWidget(self._right, 0, 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(0, 1)


def _card() -> QWidget:
    card = QFrame()
    card.setProperty("kind", "card")
    return card
