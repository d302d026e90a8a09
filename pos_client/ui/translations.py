"""The window's labels in the reader's language, from the Qt Linguist files.

Apart because labels change language while the window runs. A fresh clone holds only the ``.ts`` sources: Qt's own
compiler, which comes with PySide6, makes the binary form once and keeps it in the user's cache.
"""

import logging
import sys
import zlib
from pathlib import Path
from typing import Final

import PySide6
from PySide6.QtCore import QLibraryInfo, QObject, QStandardPaths, QTranslator, Signal
from PySide6.QtWidgets import QApplication

LANGUAGES: Final = ("zh", "en")
_LOCALES: Final = {"zh": "zh_CN", "en": "en"}
_TIMEOUT_S: Final = 20

_log = logging.getLogger(__name__)


def compiled(source: Path, cache: Path) -> Path | None:
    """The binary form of a ``.ts`` file: beside it where it was packed so, else in the cache, made now if need be.

    Returns:
        None where it could not be made; labels then stay in English, and the log says why.
    """
    packed = source.with_suffix(".qm")
    if packed.exists():
        return packed
    try:
        kept = cache / f"{source.stem}-{zlib.crc32(source.read_bytes()):08x}.qm"
        if not kept.exists():
            cache.mkdir(parents=True, exist_ok=True)
            _compile(source, kept)
    except OSError as error:
        _log.warning("labels of %s could not be compiled: %s", source.stem, error)
        return None
    return kept


def _compile(source: Path, target: Path) -> None:
    """Make the binary form. Raises OSError."""
    import subprocess  # noqa: PLC0415 - needed once on a machine, and no quick thing to load

    tool = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    half = target.with_suffix(".part")
    command = [str(tool), "-silent", str(source), "-qm", str(half)]
    try:
        subprocess.run(command, check=True, timeout=_TIMEOUT_S, capture_output=True)  # noqa: S603 - our own file only
    except subprocess.SubprocessError as error:
        raise OSError(f"lrelease: {error}") from error
    # Two windows that start at once each finish a whole file.
    half.replace(target)


def cache_folder() -> Path:
    """Where this user's programs keep what can be made again."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)) / "pos-client"


class Translations(QObject):
    """Switches the language of all labels at once.

    Signals:
        changed: with ``zh`` or ``en``, after every label can be asked for anew.
    """

    changed = Signal(str)

    def __init__(self, app: QApplication, resources: Path) -> None:
        super().__init__()
        self._app = app
        self._folder = resources / "i18n"
        self._installed: list[QTranslator] = []
        self.language = ""

    def use(self, language: str) -> None:
        """Speak a language from now on."""
        key = "zh" if language.startswith("zh") else "en"
        self.withdraw()
        self._installed = [self._of_qt(key), self._of_ours(key)]
        for translator in self._installed:
            self._app.installTranslator(translator)
        self.language = key
        self.changed.emit(key)

    def toggle(self) -> None:
        """The other language."""
        self.use("en" if self.language == "zh" else "zh")

    def withdraw(self) -> None:
        """Leave the application as it was; a window that comes after this one brings its own words."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = []

    def _of_ours(self, key: str) -> QTranslator:
        translator = QTranslator(self)
        file = compiled(self._folder / f"{_LOCALES[key]}.ts", cache_folder())
        if file is not None:
            translator.load(str(file))
        return translator

    def _of_qt(self, key: str) -> QTranslator:
        """Qt's own words; English is what Qt speaks without a file, so a miss is no fault."""
        translator = QTranslator(self)
        translator.load(f"qtbase_{_LOCALES[key]}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        return translator
