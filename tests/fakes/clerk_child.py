"""A clerk's window in a process of its own, whose clerk goes to every kiosk that calls.

Arguments: a home. He says what his card says when he goes, and again once the file ``helped`` lies in the home.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_client import bootstrap
from pos_client.bootstrap import WindowKind
from pos_client.cli.verdict_document import verdict_document
from pos_client.ui.assistance.call_card import CallCard

HELPED = "helped"
_LOOK_MS = 50


class Clerk(QObject):
    """Looks at his window.

    Args:
        home: of his lane.
    """

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home = home
        self._parent = os.getppid()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if os.getppid() != self._parent:
            os._exit(1)
        cards = [one for one in QApplication.allWidgets() if isinstance(one, CallCard) and one.isVisible()]
        for card in cards:
            is_taken = card.button.accessibleName().startswith("已处理")
            if not is_taken or (self._home / HELPED).exists():
                sys.stdout.write(f"{card.title.text()}|{card.line.text()}\n")
                sys.stdout.flush()
                QTest.mouseClick(card.button, Qt.MouseButton.LeftButton)


def main() -> int:
    """Open the window and look until somebody ends it."""
    home = Path(sys.argv[1])
    app = QApplication(sys.argv[:1])
    clerk = Clerk(home)
    code = bootstrap.run_window(home, "none", verdict_document, WindowKind.CLERK)
    del clerk, app
    return code


if __name__ == "__main__":
    sys.exit(main())
