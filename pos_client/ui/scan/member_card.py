"""The customer in hand: who it is (masked), the receipt's amount, and what this person can use now."""

from collections import Counter
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_client.config.wording import Wording
from pos_client.domain.verdict import CouponOutcome, Verdict, VerdictKind
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.rows import Row, RowList
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.theme import Theme
from pos_client.usecases.till_view import Customer, MemberCard

_SHOW_ALL: Final = "show-all"
_QUIET_GAP: Final = 4
_HEAD_GAPS: Final = 2 * 16 + 2 * 12 + 2 * _QUIET_GAP
_NARROW: Final = 560
# A line that wraps is not full to its end.
_OF_TWO_LINES: Final = 0.55


class CustomerCard(QFrame):
    """Member, amount and coupons.

    Signals:
        amount_asked: F3. set_asked: his coupons together. detach_asked: the customer is no member.
        coupon_chosen: a coupon's id.
        records_asked: what was done with him. code_asked: the code by which somebody becomes a member.
        number_asked: another phone number.

    Attributes:
        leads_to: the screens that there are; a button to another one is not shown.
    """

    amount_asked = Signal()
    set_asked = Signal()
    detach_asked = Signal()
    coupon_chosen = Signal(str)
    records_asked = Signal()
    code_asked = Signal()
    number_asked = Signal()

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._wording = wording
        self._customer = Customer()
        self._language = "zh"
        self._today = date.min
        self._shows_all = False
        self.leads_to: frozenset[Workspace] = frozenset()
        self.name = FittedLabel("title")
        self.about = FittedLabel("caption", lines=2, wrap=True)
        self.amount = FittedLabel("title")
        self.amount_label = FittedLabel("caption")
        self.amount_button = KeyButton("", "F3", "receipt")
        self.set_button = KeyButton("", "Ctrl+B", "coupon")
        self.records_button = KeyButton("quiet", "", "history")
        self.number_button = KeyButton("quiet", "", "phone")
        self.detach_button = KeyButton("quiet", "Del", "close")
        self.code_button = KeyButton("", "F4", "member")
        self.coupons = RowList(theme)
        self.empty = FittedLabel("muted", lines=2, wrap=True)
        self._build()
        self.amount_button.clicked.connect(self.amount_asked)
        self.set_button.clicked.connect(self.set_asked)
        self.detach_button.clicked.connect(self.detach_asked)
        self.records_button.clicked.connect(self.records_asked)
        self.code_button.clicked.connect(self.code_asked)
        self.number_button.clicked.connect(self.number_asked)
        self.coupons.chosen.connect(self._on_chosen)
        theme.changed.connect(self._name_quiet)
        self.retranslate()

    def show_customer(self, customer: Customer, language: str, today: date) -> None:
        """Show who stands here; rows that are the same stay where they are."""
        if customer.member != self._customer.member:
            self._shows_all = False
        shown = (self._customer, self._language, self._today)
        if (customer, language, today) != shown:
            self._customer, self._language, self._today = customer, language, today
            self.retranslate()

    def retranslate(self) -> None:
        """All words in the present language."""
        self.code_button.set_words(self.tr("Code for a new-member coupon"))
        self.amount_button.set_words(self.tr("Amount"), self.tr("Enter the receipt's amount"))
        self.set_button.set_words(self.tr("Best set"), self.tr("Use this customer's coupons together"))
        self.amount_label.setText(self.tr("Receipt amount"))
        self.coupons.setAccessibleName(self.tr("Coupons of this member"))
        self._show_member(self._customer.member)
        self._name_quiet()
        minor = self._customer.amount_minor
        self.amount.setText(self._wording.money(minor) if minor else self.tr("not entered"))
        self._show_coupons(self._customer.member)
        # Before the amount is known there is nothing to choose by.
        self.set_button.setVisible(bool(minor and self._customer.member and self._customer.member.coupons))

    def _name_quiet(self) -> None:
        """Pictures alone where words would take the room of who stands here, which must be read first."""
        quiet = (
            (self.number_button, "Ctrl+U", self.tr("Change number"), self.tr("Another phone number for this member")),
            (self.records_button, "Ctrl+H", self.tr("Records"), self.tr("What was done with this member on this lane")),
            (self.detach_button, "Del", self.tr("Detach"), self.tr("The customer is no member any more")),
        )
        # Beside his feed the card is narrow, and high enough.
        self.about.set_lines(3 if self.contentsRect().width() < _NARROW else 2)
        wanted = max(self.name.sizeHint().width(), self.about.sizeHint().width() * _OF_TWO_LINES)
        for button, _, words, about in quiet:
            button.set_words(words, about)
        for button, key, words, about in quiet:
            if self._head_room() < wanted:
                button.set_words("", about)
            button.setAccessibleName(f"{words} {key}")
        # Buttons that became narrow leave their room at once, not with a later turn.
        self._column.activate()

    def _head_room(self) -> int:
        """What the buttons leave to the words beside them."""
        beside = (self._face, self.number_button, self.records_button, self.detach_button)
        taken = sum(widget.sizeHint().width() for widget in beside if not widget.isHidden())
        return self.contentsRect().width() - _HEAD_GAPS - taken

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose whether the button's words have room."""
        super().resizeEvent(event)
        self._name_quiet()

    def _build(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        self._face = IconLabel("member", 32)
        head.addWidget(self._face)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.about)
        head.addLayout(words, 1)
        quiet = QHBoxLayout()
        quiet.setSpacing(_QUIET_GAP)
        for button in (self.number_button, self.records_button, self.detach_button):
            # Aligned, or the button's fixed height would hold the words down to it.
            quiet.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(quiet)
        column.addLayout(head)
        column.addWidget(self._amount_row())
        column.addWidget(self.empty)
        column.addWidget(self.code_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.coupons, 1)
        # Takes the room of the list where there is none, so that the words above stay together.
        column.addStretch(0)

    def _amount_row(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(44, 0, 0, 0)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.amount_label)
        words.addWidget(self.amount)
        row.addLayout(words, 1)
        row.addWidget(self.amount_button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.set_button, 0, Qt.AlignmentFlag.AlignVCenter)
        return box

    def _show_member(self, card: MemberCard | None) -> None:
        self.detach_button.setVisible(card is not None)
        self.number_button.setVisible(card is not None and Workspace.PHONE in self.leads_to)
        self.records_button.setVisible(card is not None and Workspace.HISTORY in self.leads_to)
        if card is None:
            self.name.setText(self.tr("No member"))
            self.about.setText(self.tr("Scan the member code to see the coupons"))
            return
        view = card.view
        owner = "@".join(part for part in (card.owner_promoter_name, card.owner_store_name) if part)
        points = self.tr("%n point(s)", "", view.points) if view.points else ""
        since = self.tr("since {day}").format(day=self._wording.day(view.since, self._language)) if view.since else ""
        self.name.setText(view.masked)
        self.about.setText(" · ".join(part for part in (self._level(view.level), points, owner, since) if part))

    def _level(self, level: str) -> str:
        """The usual levels by name; a chain's own ones as it calls them."""
        names = {"basic": self.tr("Member"), "silver": self.tr("Silver"), "gold": self.tr("Gold")}
        return names.get(level, level)

    def _show_coupons(self, card: MemberCard | None) -> None:
        coupons = card.coupons if card else ()
        usable = [coupon for coupon in coupons if coupon.used]
        others = [coupon for coupon in coupons if not coupon.used]
        rows = [self._usable_row(coupon) for coupon in usable]
        if self._shows_all:
            rows += [self._other_row(coupon) for coupon in others]
        elif others:
            count = self.tr("%n more, not usable now", "", len(others))
            rows.append(Row(_SHOW_ALL, "down", count, self._reasons(others), is_muted=True))
        self.coupons.show_rows(rows)
        self.coupons.setVisible(bool(rows))
        self._column.setStretch(self._column.count() - 1, 0 if rows else 1)
        self.empty.setVisible(not rows)
        self.code_button.setVisible(card is not None and not rows and Workspace.BIND in self.leads_to)
        self.empty.setText(self.tr("No usable coupons. Scan a coupon the customer brings.") if card else "")

    def _usable_row(self, coupon: CouponOutcome) -> Row:
        off = f"−{self._wording.money(coupon.discount_minor)}" if coupon.discount_minor else ""
        name, ends = self._name_of(coupon), self._ends(coupon)
        spoken = self.tr("{name}, {ends}, {off}").format(name=name, ends=ends, off=off) if off else f"{name}, {ends}"
        return Row(coupon.id, "coupon", name, ends, off, tone="on-ok-tint", spoken=spoken)

    def _reasons(self, coupons: list[CouponOutcome]) -> str:
        """How many cannot be used for which reason, the commonest first."""
        counted = Counter(self._why_not(coupon) for coupon in coupons)
        words = (self.tr("{count} × {why}").format(count=count, why=why) for why, count in counted.most_common())
        return " · ".join(words)

    def _why_not(self, coupon: CouponOutcome) -> str:
        verdict = Verdict(VerdictKind.REFUSED, coupon.why, coupons=(coupon,))
        return self._wording.of_verdict(verdict, self._language).headline

    def _other_row(self, coupon: CouponOutcome) -> Row:
        return Row("", "coupon", self._name_of(coupon), self._why_not(coupon), is_muted=True)

    def _name_of(self, coupon: CouponOutcome) -> str:
        return coupon.name.in_language(self._language) if coupon.name else coupon.id

    def _ends(self, coupon: CouponOutcome) -> str:
        if coupon.ends is None:
            return self.tr("usable now")
        if coupon.ends == self._today:
            return self.tr("usable, ends today")
        return self.tr("usable until {day}").format(day=self._wording.day(coupon.ends, self._language))

    def _on_chosen(self, key: str) -> None:
        if key == _SHOW_ALL:
            self._shows_all = True
            self._show_coupons(self._customer.member)
        elif key:
            self.coupon_chosen.emit(key)
