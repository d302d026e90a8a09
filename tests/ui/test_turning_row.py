"""Parts stand beside each other, and below each other where the page is taller than wide."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos_client.ui.turning_row import Part, TurningRow


def test_a_row_turns_with_the_shape_of_its_page(qtbot: QtBot) -> None:
    list_of_people, pad = QWidget(), QWidget()
    row = TurningRow((Part(list_of_people, 1, 1), Part(pad, 0, 1, 400)), gap=20)
    qtbot.addWidget(row)
    told: list[bool] = []
    row.turned.connect(told.append)

    row.resize(1280, 720)
    row.show()

    assert (list_of_people.geometry().getRect(), pad.geometry().getRect()) == ((0, 0, 860, 720), (880, 0, 400, 720))
    row.resize(1080, 1820)
    qtbot.waitUntil(lambda: pad.width() == 1080)
    assert list_of_people.geometry().getRect() == (0, 0, 1080, 900)
    assert pad.geometry().getRect() == (0, 920, 1080, 900)
    row.resize(1280, 720)
    qtbot.waitUntil(lambda: list_of_people.width() == 860)
    assert pad.geometry().getRect() == (880, 0, 400, 720)
    assert told == [True, False]
