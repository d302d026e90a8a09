"""Where things stand: a strip below on a small screen, three columns from 1400 pixels on, two rows on a tall one.

Apart from the page so that "the verdict never moves" is one short class.
"""

from typing import Final

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from pos_client.ui.scan.camera_column import BESIDE_WIDE, CameraColumn
from pos_client.ui.scan.middle import Middle
from pos_client.ui.scan.verdict_panel import VerdictPanel

WIDE_FROM: Final = 1400
FEED_FROM: Final = 1800
"""Narrower windows have no room for a member's feed beside his coupons."""
_STRIP_SHARE: Final = 0.325
_STRIP_LEAST, _STRIP_MOST, _STRIP_TALL = 240, 320, 480
_COLUMN: Final = 640
_CAMERA: Final = 344
# So that the picture stands in its own shape.
_CAMERA_SHARE, _WORK_SHARE = 1, 1
_SIDE_COMPACT: Final = 304
_SIDE_WIDE: Final = 400
_GAP: Final = 12
# It stands where the hints beside the camera's picture stood, so that the picture stays as it is.
_FEED: Final = BESIDE_WIDE - _GAP
_NO_LIMIT: Final = 16_777_215


class Places:
    """Arranges the scan screen.

    Args:
        page: the screen. camera, workspace, side, verdict: its parts.

    Attributes:
        is_whole: the verdict has the whole screen.
    """

    def __init__(
        self, page: QWidget, camera: CameraColumn, workspace: Middle, side: QWidget, verdict: VerdictPanel
    ) -> None:
        self._camera, self._workspace, self._side, self._verdict = camera, workspace, side, verdict
        self._outer = QBoxLayout(QBoxLayout.Direction.TopToBottom, page)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._centre = QWidget()
        self._grid = QGridLayout(self._centre)
        self._grid.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        self._grid.setSpacing(_GAP)
        for part in (camera, workspace, side):
            # They go with the page even where it was never arranged: whatever lives is styled again with each sheet.
            part.setParent(self._centre)
        self._outer.addWidget(self._centre, 1)
        self._outer.addWidget(verdict)
        self._wide: bool | None = None
        self._tall = False
        self._shows_help = self.is_whole = self._offers_feed = False
        self._feed: QWidget | None = None
        self._size = (0, 0)

    def arrange(self, window_width: int, window_height: int) -> None:
        """Choose the arrangement for a window's size."""
        self._size = (window_width, window_height)
        wide, tall = window_width >= WIDE_FROM, window_height > window_width
        if (wide, tall) != (self._wide, self._tall):
            self._wide, self._tall = wide, tall
            self._fill(wide=wide)
            self._verdict.set_wide(wide=wide)
            self._camera.set_wide(wide=wide, tall=tall)
            self._workspace.set_wide(wide=wide)
        self._size_verdict(window_width, window_height)
        self._show_feed()

    def set_feed(self, feed: QWidget) -> None:
        """What was done with the member in hand, beside his coupons where the window is wide enough."""
        self._feed = feed
        feed.setParent(self._centre)
        feed.setFixedWidth(_FEED)
        self._show_feed()

    def offer_feed(self, *, offered: bool) -> None:
        """Whether there is somebody whose feed it would be."""
        self._offers_feed = offered
        self._show_feed()

    def set_whole(self, *, whole: bool) -> None:
        """Let the verdict have all of it, so that it is read from afar."""
        self.is_whole = whole
        self._centre.setVisible(not whole)
        self._size_verdict(*self._size)

    def set_help(self, *, shown: bool) -> None:
        """Give the help page the whole middle."""
        self._shows_help = shown
        self._camera.setVisible(not shown)
        self._side.setVisible(not shown)
        self._share()
        self._show_feed()

    def _size_verdict(self, width: int, height: int) -> None:
        self._verdict.setMinimumSize(0, 0)
        self._verdict.setMaximumSize(_NO_LIMIT, _NO_LIMIT)
        if self.is_whole:
            return
        if self._wide:
            self._verdict.setFixedWidth(min(_COLUMN, width // 3))
            return
        most = _STRIP_TALL if self._tall else _STRIP_MOST
        self._verdict.setFixedHeight(max(_STRIP_LEAST, min(round(height * _STRIP_SHARE), most)))

    def _show_feed(self) -> None:
        if self._feed is None:
            return
        is_wide = bool(self._wide) and not self._tall and self._size[0] >= FEED_FROM
        shown = is_wide and self._offers_feed and not self._shows_help
        if shown and self._grid.indexOf(self._feed) < 0:
            self._grid.addWidget(self._feed, 0, 2, 2, 1)
        elif not shown:
            self._grid.removeWidget(self._feed)
        self._feed.setVisible(shown)
        self._camera.set_beside(shown=not shown)

    def _fill(self, *, wide: bool) -> None:
        self._share()
        for part in (self._camera, self._workspace, self._side, *([self._feed] if self._feed else [])):
            self._grid.removeWidget(part)
        if wide:
            self._outer.setDirection(QBoxLayout.Direction.LeftToRight)
            self._grid.addWidget(self._side, 0, 0, 2, 1)
            self._grid.addWidget(self._camera, 0, 1)
            self._grid.addWidget(self._workspace, 1, 1)
            self._columns((0, 1, 0))
            self._camera.setMaximumWidth(_NO_LIMIT)
            self._camera.setMinimumWidth(0)
            self._side.setFixedWidth(_SIDE_WIDE)
        elif self._tall:
            self._outer.setDirection(QBoxLayout.Direction.TopToBottom)
            self._grid.addWidget(self._camera, 0, 0)
            self._grid.addWidget(self._side, 0, 1)
            self._grid.addWidget(self._workspace, 1, 0, 1, 2)
            self._columns((1, 0, 0))
            self._camera.setMaximumWidth(_NO_LIMIT)
            self._camera.setMinimumWidth(0)
            self._side.setFixedWidth(_SIDE_COMPACT)
        else:
            self._outer.setDirection(QBoxLayout.Direction.TopToBottom)
            for column, part in enumerate((self._camera, self._workspace, self._side)):
                self._grid.addWidget(part, 0, column)
            self._columns((0, 1, 0))
            self._camera.setFixedWidth(_CAMERA)
            self._side.setFixedWidth(_SIDE_COMPACT)

    def _share(self) -> None:
        """How the middle's height is divided."""
        rows = self._wide or self._tall
        self._grid.setRowStretch(0, 0 if self._shows_help and rows else _CAMERA_SHARE)
        self._grid.setRowStretch(1, _WORK_SHARE if rows else 0)

    def _columns(self, stretches: tuple[int, ...]) -> None:
        for column, stretch in enumerate(stretches):
            self._grid.setColumnStretch(column, stretch)
