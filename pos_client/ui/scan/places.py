"""Where things stand: a strip below the rest on a small screen, three columns from 1400 pixels on.

Apart from the page so that "the verdict never moves" is one short class.
"""

from typing import Final

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from pos_client.ui.scan.camera_column import CameraColumn
from pos_client.ui.scan.verdict_panel import VerdictPanel

WIDE_FROM: Final = 1400
_STRIP_SHARE: Final = 0.325
_STRIP_LEAST, _STRIP_MOST = 240, 320
_COLUMN: Final = 640
_CAMERA: Final = 344
_CAMERA_SHARE, _WORK_SHARE = 11, 9
_SIDE_COMPACT: Final = 304
_SIDE_WIDE: Final = 400


class Places:
    """Arranges the scan screen.

    Args:
        page: the screen. camera, workspace, side, verdict: its parts.
    """

    def __init__(
        self, page: QWidget, camera: CameraColumn, workspace: QWidget, side: QWidget, verdict: VerdictPanel
    ) -> None:
        self._camera, self._workspace, self._side, self._verdict = camera, workspace, side, verdict
        self._outer = QBoxLayout(QBoxLayout.Direction.TopToBottom, page)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        centre = QWidget()
        self._grid = QGridLayout(centre)
        self._grid.setContentsMargins(12, 12, 12, 12)
        self._grid.setSpacing(12)
        self._outer.addWidget(centre, 1)
        self._outer.addWidget(verdict)
        self._wide: bool | None = None
        self._shows_help = False

    def arrange(self, window_width: int, window_height: int) -> None:
        """Choose the arrangement for a window's size."""
        wide = window_width >= WIDE_FROM
        if wide != self._wide:
            self._wide = wide
            self._fill(wide=wide)
            self._verdict.set_wide(wide=wide)
            self._camera.set_wide(wide=wide)
        if wide:
            self._verdict.setFixedWidth(min(_COLUMN, window_width // 3))
            self._verdict.setMinimumHeight(0)
            self._verdict.setMaximumHeight(16_777_215)
        else:
            self._verdict.setMinimumWidth(0)
            self._verdict.setMaximumWidth(16_777_215)
            self._verdict.setFixedHeight(max(_STRIP_LEAST, min(round(window_height * _STRIP_SHARE), _STRIP_MOST)))

    def set_help(self, *, shown: bool) -> None:
        """Give the help page the whole middle."""
        self._shows_help = shown
        self._camera.setVisible(not shown)
        self._side.setVisible(not shown)
        self._share()

    def _fill(self, *, wide: bool) -> None:
        self._share()
        for part in (self._camera, self._workspace, self._side):
            self._grid.removeWidget(part)
        if wide:
            self._outer.setDirection(QBoxLayout.Direction.LeftToRight)
            self._grid.addWidget(self._side, 0, 0, 2, 1)
            self._grid.addWidget(self._camera, 0, 1)
            self._grid.addWidget(self._workspace, 1, 1)
            self._columns((0, 1, 0))
            self._camera.setMaximumWidth(16_777_215)
            self._camera.setMinimumWidth(0)
            self._side.setFixedWidth(_SIDE_WIDE)
        else:
            self._outer.setDirection(QBoxLayout.Direction.TopToBottom)
            for column, part in enumerate((self._camera, self._workspace, self._side)):
                self._grid.addWidget(part, 0, column)
            self._columns((0, 1, 0))
            self._camera.setFixedWidth(_CAMERA)
            self._side.setFixedWidth(_SIDE_COMPACT)

    def _share(self) -> None:
        """How the middle's height is divided."""
        self._grid.setRowStretch(0, 0 if self._shows_help and self._wide else _CAMERA_SHARE)
        self._grid.setRowStretch(1, _WORK_SHARE if self._wide else 0)

    def _columns(self, stretches: tuple[int, ...]) -> None:
        for column, stretch in enumerate(stretches):
            self._grid.setColumnStretch(column, stretch)
