"""Walks the tree of widgets that a person sees and names what is wrong with it: too small, cut, nameless, out of reach.

Apart from the tests because the states of the gallery, every page and a language of long words all take the same walk.
"""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLabel,
    QPushButton,
    QWidget,
)

from pos_client.ui.fitting import SMALLEST_PX, FittedLabel
from pos_client.ui.key_button import KeyButton

TARGET = 48
TARGET_AT_KIOSK = 64


def seen(window: QWidget) -> list[QWidget]:
    """Return the widgets that a person would see."""
    return [
        widget for widget in window.findChildren(QWidget) if widget.isVisibleTo(window) and not widget.size().isEmpty()
    ]


def where(widget: QWidget, window: QWidget) -> QRect:
    """Return a widget's place in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def called(widget: QWidget) -> str:
    """Return what a widget is called, for whoever has to mend it."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or text or widget.objectName()!r}"


def faults(window: QWidget, target: int = TARGET) -> list[str]:
    """Return everything that is wrong with a window as it stands; ``target`` is what a finger needs, in pixels."""
    widgets = seen(window)
    return [*cut(widgets), *small(widgets, target), *nameless(widgets), *in_the_way(widgets, window)]


def cut(widgets: list[QWidget]) -> Iterator[str]:
    """Yield the widgets whose words do not fit, or have become too small to be read."""
    for widget in widgets:
        if isinstance(widget, FittedLabel):
            if widget.text().strip() and widget.is_cut():
                yield f"cut: {widget.text()}"
            elif widget.text().strip() and widget.shown_font().pixelSize() < SMALLEST_PX:
                yield f"too small to read: {widget.text()}"
        elif isinstance(widget, KeyButton):
            if widget.is_cut():
                yield f"cut: {widget.text()}"
        elif isinstance(widget, QLabel | QPushButton) and _overflows(widget):
            yield f"cut: {widget.text()}"


def _overflows(widget: QLabel | QPushButton) -> bool:
    """Whether Qt's own label or button is narrower than its words."""
    text = widget.text()
    if not text or (isinstance(widget, QLabel) and not widget.pixmap().isNull()):
        return False
    room = widget.contentsRect()
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    flags = (Qt.TextFlag.TextWordWrap if wraps else Qt.TextFlag.TextSingleLine).value
    bounds = QFontMetrics(widget.font()).boundingRect(QRect(0, 0, room.width(), 1 << 14), flags, text)
    return bounds.width() > room.width() or bounds.height() > room.height()


def small(widgets: list[QWidget], target: int) -> Iterator[str]:
    """Yield the controls that a finger would miss."""
    for widget in widgets:
        if isinstance(widget, QAbstractButton) and min(widget.size().toTuple()) < target:
            yield f"too small to hit: {called(widget)} {widget.size().toTuple()}"
        if isinstance(widget, QHeaderView) or not isinstance(widget, QAbstractItemView):
            continue
        if widget.model() is not None:
            rows = range(widget.model().rowCount())
            heights = {widget.visualRect(widget.model().index(row, 0)).height() for row in rows}
            if heights and min(heights) < target:
                yield f"rows too low to hit: {called(widget)} {min(heights)}"


def controls(widgets: list[QWidget]) -> list[QWidget]:
    """Return what can be pressed or chosen from; a table's heads are neither."""
    kinds = QAbstractButton | QAbstractItemView
    return [widget for widget in widgets if isinstance(widget, kinds) and not isinstance(widget, QHeaderView)]


def nameless(widgets: list[QWidget]) -> Iterator[str]:
    """Yield the controls of which a screen reader could say nothing."""
    for widget in controls(widgets):
        if not widget.accessibleName().strip():
            yield f"without a name: {called(widget)}"


def in_the_way(widgets: list[QWidget], window: QWidget) -> Iterator[str]:
    """Yield controls that lie upon each other, and what reaches beyond the window."""
    pressed = [widget for widget in controls(widgets) if not any(one.isAncestorOf(widget) for one in controls(widgets))]
    for one, other in combinations(pressed, 2):
        if where(one, window).intersects(where(other, window)):
            yield f"one upon the other: {called(one)}, {called(other)}"
    for widget in widgets:
        if isinstance(widget, QAbstractButton | QLabel) and not window.rect().contains(where(widget, window)):
            yield f"outside of the window: {called(widget)} {where(widget, window).getRect()}"


def out_of_reach(window: QWidget) -> list[str]:
    """Return the controls to which no number of Tabs leads; the window must be shown and active.

    A digit on the screen needs no way there, since the keyboard has it; nor does a list that is only looked at.
    """
    wanted = {
        widget
        for widget in controls(seen(window))
        if widget.isEnabled() and widget.property("kind") not in {"digit", "pin-key"} and not _is_only_shown(widget)
    }
    window.setFocus()
    reached: set[QWidget] = set()
    for _ in range(2 * len(wanted) + 2):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is not None:
            reached.add(focused)
    return sorted(called(widget) for widget in wanted - reached)


def _is_only_shown(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractItemView) and widget.focusPolicy() is Qt.FocusPolicy.NoFocus
