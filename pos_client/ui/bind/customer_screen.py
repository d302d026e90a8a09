"""A second window for the customer, on a second screen where this machine has one."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.ui.bind.customer_view import CustomerView
from pos_client.ui.theme import Theme


def other_screen(of: QWidget) -> QScreen | None:
    """A screen on which the clerk's window does not stand."""
    own = of.window().screen()
    return next((screen for screen in QGuiApplication.screens() if screen is not own), None)


class CustomerScreen(QWidget):
    """Fills its screen, and never takes the keyboard from the clerk's window; it goes when that one does.

    Args:
        clerk: the clerk's window.
    """

    def __init__(self, theme: Theme, clerk: QWidget) -> None:
        super().__init__(
            clerk,
            Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.view = CustomerView(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        clerk.installEventFilter(self)

    def show_on(self, screen: QScreen) -> None:
        """Fill this screen."""
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The clerk's window closes."""
        if event.type() is QEvent.Type.Close:
            self.hide()
        return super().eventFilter(watched, event)
