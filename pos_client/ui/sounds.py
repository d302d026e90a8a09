"""Short sounds, told apart by rhythm; a missing loudspeaker is a state to show, never an exception.

Apart because QtMultimedia is slow to load and may be absent: the window loads this module after its first paint.
"""

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

from pos_client.ui.scan.sound import Sound


class Sounds(QObject):
    """Plays a sound at once: each was loaded, and played once in silence, before it is needed.

    Signals:
        availability_changed: a loudspeaker came, went, or cannot play what it is given.

    Args:
        resources: folder with ``sounds/NAME.wav``.
        volume: 0 to 1.
    """

    availability_changed = Signal(bool)

    def __init__(self, resources: Path, volume: float = 0.7, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = resources / "sounds"
        self._volume = volume
        self._devices = QMediaDevices(self)
        self._effects: dict[Sound, QSoundEffect] = {}
        self._devices.audioOutputsChanged.connect(self._on_outputs_changed)
        self._on_outputs_changed()

    def is_available(self) -> bool:
        """Whether anybody could hear something."""
        broken = any(effect.status() is QSoundEffect.Status.Error for effect in self._effects.values())
        return bool(self._effects) and self._volume > 0 and not broken

    def set_volume(self, volume: float) -> None:
        """From the next sound on."""
        self._volume = volume

    def play(self, sound: Sound) -> None:
        """Begin a sound; nothing happens without a loudspeaker."""
        effect = self._effects.get(sound)
        if effect is not None:
            effect.setVolume(self._volume)
            effect.play()

    def _on_outputs_changed(self) -> None:
        has_output = bool(QMediaDevices.audioOutputs())
        if has_output and not self._effects:
            self._effects = {sound: self._warmed(sound) for sound in Sound}
        elif not has_output:
            self._effects = {}
        self._on_status()

    def _on_status(self) -> None:
        self.availability_changed.emit(self.is_available())

    def _warmed(self, sound: Sound) -> QSoundEffect:
        """The first play of a file lags, so it happens now and cannot be heard."""
        effect = QSoundEffect(self)
        effect.statusChanged.connect(self._on_status)
        effect.setSource(QUrl.fromLocalFile(str(self._folder / f"{sound.value}.wav")))
        effect.setVolume(0.0)
        effect.play()
        return effect
