"""The chosen part: how it is, how it is mended, and its own test - the camera's picture, the sounds by name."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_client.ui.bridges import CameraPicture
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.sound import Sound
from pos_client.ui.scan.viewfinder import Viewfinder
from pos_client.ui.settings.camera_measure import CameraMeasure
from pos_client.ui.settings.check_words import ICON_OF, TONE_OF, CheckWords
from pos_client.ui.theme import Theme
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.machine_checks import Finding, Light

_NEXT_SOUND_MS = 900
_PICTURE_MOST = 420


class CheckDetail(QFrame):
    """One part in full.

    Signals:
        tested: the part is to be tested. played: a Sound is to be heard. gun_asked: the scanner test.
        strip_asked: the printer's.
    """

    tested = Signal()
    played = Signal(object)
    gun_asked = Signal()
    strip_asked = Signal()

    def __init__(self, theme: Theme, words: CheckWords, now: Callable[[], datetime], *, has_bench: bool) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._theme, self._words, self._now, self._has_bench = theme, words, now, has_bench
        self._part, self._finding = "", Finding()
        self._measure = CameraMeasure()
        self._sounds: list[Sound] = []
        self.icon = IconLabel("verdict-idle", 36)
        self.title, self.light = FittedLabel("title"), FittedLabel("body")
        self.how = FittedLabel("caption")
        self.mend = FittedLabel("body", lines=3, wrap=True)
        self.detail = FittedLabel("caption", lines=3, wrap=True)
        self.test = KeyButton("primary", "T")
        self.gun = KeyButton("", "Ctrl+G", "gun")
        self.strip = KeyButton("", "P", "print")
        self.viewfinder = Viewfinder(theme)
        self.viewfinder.setMinimumHeight(150)
        self.figures = [(FittedLabel("caption"), FittedLabel("body")) for _ in range(4)]
        self.sounds = {sound: KeyButton("", str(number), "sound") for number, sound in enumerate(Sound, 1)}
        self._next = QTimer(self)
        self._next.setInterval(_NEXT_SOUND_MS)
        self._next.timeout.connect(self._play_next)
        self.test.clicked.connect(self.tested)
        self.gun.clicked.connect(self.gun_asked)
        self.strip.clicked.connect(self.strip_asked)
        for sound, button in self.sounds.items():
            button.clicked.connect(lambda _=False, chosen=sound: self.played.emit(chosen))
        self._build()

    def show_part(self, part: str, finding: Finding) -> None:
        """This part, as it was found."""
        if part != self._part:
            self._measure = CameraMeasure()
        self._part, self._finding = part, finding
        self.icon.set_icon(ICON_OF[finding.light], self._theme.colour("surface"))
        self.icon.set_ink(self._theme.colour(TONE_OF[finding.light]))
        self.title.setText(self._words.name(part))
        self.light.setText(self._words.light(finding.light))
        self.how.setVisible(finding.light is not Light.GOOD)
        self.mend.setText(self._words.mend(part, finding.light))
        # Written for whoever is called, in the words of the command that he knows.
        told = self.tr("For support: {line}").format(line=finding.detail)
        self.detail.setText(told if finding.detail else "")
        self.camera_part.setVisible(part == "camera")
        self.sound_part.setVisible(part == "sound")
        self.gun.setVisible(part == "gun")
        self.strip.setVisible(part == "printer" and self._has_bench)
        self._show_figures()

    def show_picture(self, picture: CameraPicture) -> None:
        """A newer picture of the camera."""
        if self._part != "camera":
            return
        self.viewfinder.show_state(CameraState.WATCHING)
        self.viewfinder.show_picture(picture)
        seen = picture.sightings
        is_read = any(sighting.believed for sighting in seen)
        self._measure.take(self._now().timestamp(), picture.pixels, has_code=bool(seen), is_read=is_read)
        self._show_figures()

    def play_all(self) -> None:
        """All sounds, one after the other, each named while it is heard."""
        self._sounds = list(Sound)
        self._play_next()
        self._next.start()

    def play_number(self, character: str) -> None:
        """The sound with this number."""
        number = int(character) if character.isascii() and character.isdecimal() else 0
        if 0 < number <= len(self.sounds):
            self.played.emit(list(self.sounds)[number - 1])

    def stop(self) -> None:
        """It is not shown any more."""
        self._next.stop()
        self._sounds = []

    def retranslate(self) -> None:
        """All words in the present language."""
        self.how.setText(self.tr("How to mend it"))
        self.test.set_words(self.tr("Test"))
        self.gun.set_words(self.tr("Scanner test"))
        self.strip.set_words(self.tr("Test strip"))
        names = {
            Sound.TICK: self.tr("Code seen"),
            Sound.OK: self.tr("Accepted"),
            Sound.OK_PENDING: self.tr("Accepted offline"),
            Sound.WARN: self.tr("Look here"),
            Sound.REPEAT: self.tr("Used already"),
            Sound.NO: self.tr("Refused"),
            Sound.WIN: self.tr("A prize"),
            Sound.HELP: self.tr("A kiosk calls"),
            Sound.DONE: self.tr("Day closed"),
        }
        for sound, button in self.sounds.items():
            button.set_words(names[sound])
        captions = (self.tr("Pictures a second"), self.tr("Sharpness"), self.tr("Codes read"), self.tr("Size"))
        for (caption, _), text in zip(self.figures, captions, strict=True):
            caption.setText(text)
        self.viewfinder.retranslate()
        self.show_part(self._part, self._finding)

    def _show_figures(self) -> None:
        seen = self._measure.figures()
        sharp = self.tr("good") if seen.sharpness >= 50 else self.tr("turn the lens, or wipe it")
        texts = (
            f"{seen.fps:.0f}" if seen.fps else "–",
            f"{seen.sharpness} / 100 · {sharp}" if seen.fps else "–",
            self.tr("hold a code up") if seen.read_percent is None else f"{seen.read_percent} %",
            f"{seen.width} × {seen.height}" if seen.width else "–",
        )
        for (_, label), text in zip(self.figures, texts, strict=True):
            label.setText(text)

    def _play_next(self) -> None:
        for button in self.sounds.values():
            button.setDown(False)
        if not self._sounds:
            self._next.stop()
            return
        sound = self._sounds.pop(0)
        self.sounds[sound].setDown(True)
        self.played.emit(sound)

    def _build(self) -> None:
        self._build_parts()
        head = QHBoxLayout()
        head.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.light)
        head.addWidget(self.icon)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.how)
        column.addWidget(self.mend)
        column.addWidget(self.camera_part, 1)
        column.addWidget(self.sound_part)
        column.addWidget(self.detail)
        column.addStretch(0)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.test)
        foot.addWidget(self.gun)
        foot.addWidget(self.strip)
        foot.addStretch(1)
        column.addLayout(foot)

    def _build_parts(self) -> None:
        self.camera_part, self.sound_part = QWidget(), QWidget()
        camera = QVBoxLayout(self.camera_part)
        camera.setContentsMargins(0, 0, 0, 0)
        self.viewfinder.setMaximumHeight(_PICTURE_MOST)
        camera.addWidget(self.viewfinder, 1_000)
        grid = QGridLayout()
        for row, pair in enumerate(self.figures):
            grid.addWidget(pair[0], row, 0)
            grid.addWidget(pair[1], row, 1)
        grid.setColumnStretch(1, 1)
        camera.addLayout(grid)
        camera.addStretch(1)
        sounds = QGridLayout(self.sound_part)
        sounds.setContentsMargins(0, 0, 0, 0)
        sounds.setSpacing(8)
        for place, button in enumerate(self.sounds.values()):
            sounds.addWidget(button, place // 2, place % 2)
