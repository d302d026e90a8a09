"""The line above a screen: banner or bad news, drawn low and touched high.

Apart from the frame because a finger needs 48 pixels where the line may take only 36 from the screen: it reaches over
the screen's blank upper edge.
"""

from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_client.ui.banner import HEIGHT, REACH, Banner
from pos_client.ui.crash_panel import CrashPanel


def line_above(banner: Banner, crash: CrashPanel, screen: QWidget) -> tuple[QGridLayout, QStackedWidget]:
    """The layout of both, and the line, whose first place is the banner's and whose second is the bad news'."""
    line = QStackedWidget()
    line.setFixedHeight(REACH)
    line.addWidget(banner)
    news = QWidget()
    column = QVBoxLayout(news)
    column.setContentsMargins(0, 0, 0, REACH - HEIGHT)
    column.addWidget(crash)
    line.addWidget(news)
    over = QGridLayout()
    over.setSpacing(0)
    over.setRowMinimumHeight(0, HEIGHT)
    over.setRowMinimumHeight(1, REACH - HEIGHT)
    over.setRowStretch(2, 1)
    over.addWidget(screen, 1, 0, 2, 1)
    over.addWidget(line, 0, 0, 2, 1)
    line.raise_()
    return over, line
