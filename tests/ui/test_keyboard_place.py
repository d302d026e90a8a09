"""The keyboard's place when what had it goes away: with nobody, rather than with a button that nobody chose."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos_client.ui.keyboard_place import KeyboardPlace


class Window(QWidget):
    """A list between two buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.before, self.rows, self.behind = QPushButton("before"), QListWidget(), QPushButton("behind")
        column = QVBoxLayout(self)
        for part in (self.before, self.rows, self.behind):
            column.addWidget(part)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    KeyboardPlace(made, app)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize("what", ["hidden", "disabled", "its parent hidden"])
def test_what_goes_away_leaves_the_keyboard_to_the_window_and_has_it_again(window: Window, what: str) -> None:
    part: QWidget = window.rows
    if what == "its parent hidden":
        part = room = QWidget(window)
        QVBoxLayout(room).addWidget(window.rows)
        layout = window.layout()
        assert layout is not None
        layout.addWidget(room)
        room.show()
    set_there = part.setEnabled if what == "disabled" else part.setVisible
    window.rows.setFocus()
    assert window.rows.hasFocus()

    set_there(False)
    assert window.hasFocus()
    set_there(True)

    assert window.rows.hasFocus()


def test_whoever_was_given_the_keyboard_meanwhile_keeps_it(window: Window) -> None:
    window.rows.setFocus()
    window.rows.hide()
    window.behind.setFocus()

    window.rows.show()

    assert window.behind.hasFocus()


def test_tab_goes_where_it_went(window: Window) -> None:
    window.before.setFocus()

    QTest.keyClick(window.before, Qt.Key.Key_Tab)

    assert window.rows.hasFocus()


def test_what_was_deleted_is_not_asked_for(window: Window) -> None:
    window.rows.setFocus()
    window.rows.hide()
    window.rows.deleteLater()
    QTest.qWait(1)

    window.behind.setFocus()
    window.behind.hide()

    assert window.hasFocus()
