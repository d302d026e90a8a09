"""A window's sounds, loaded after its first paint; a machine without the sound libraries is a till without sound.

Apart from the sounds themselves because their library is slow to load, and from the windows because both make them.
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLoggingCategory, QObject, Signal, Slot

from pos_client.ui.scan.sound import Sound

if TYPE_CHECKING:
    from pos_client.ui.sounds import Sounds

_log: Final = logging.getLogger(__name__)


class Loudspeaker(QObject):
    """Silent until it is loaded, and where it cannot be.

    Signals:
        availability_changed: whether anybody could hear something.

    Args:
        resources: folder with ``sounds/NAME.wav``. volume: 0 to 1; whoever is at the counter may change it.
    """

    availability_changed = Signal(bool)

    def __init__(self, resources: Path, volume: float, parent: QObject) -> None:
        super().__init__(parent)
        self._resources, self.volume = resources, volume
        self._sounds: Sounds | None = None

    def load(self) -> None:
        """Load the sounds; says whether they can be heard."""
        # Libraries for video and PipeWire are looked for and not needed; QT_LOGGING_RULES can switch this on again.
        QLoggingCategory.setFilterRules("qt.multimedia.symbolsresolver=false")
        try:
            from pos_client.ui.sounds import Sounds  # noqa: PLC0415 - QtMultimedia is loaded after the first paint
        except ImportError as missing:
            _log.info("no sound on this machine: %s", missing)
            self.availability_changed.emit(False)  # noqa: FBT003 - a signal's argument
            return
        self._sounds = Sounds(self._resources, self.volume, self)
        self._sounds.availability_changed.connect(self.availability_changed)
        self.availability_changed.emit(self._sounds.is_available())

    @Slot(object)
    def play(self, sound: Sound) -> None:
        """Begin a sound."""
        if self._sounds is not None:
            self._sounds.play(sound)

    @Slot(float)
    def set_volume(self, volume: float) -> None:
        """From the next sound on."""
        self.volume = volume
        if self._sounds is not None:
            self._sounds.set_volume(volume)
