"""Draws every state of every screen into docs/screenshots, from the real windows; docs/screens.md shows them.

    script/screenshots [--only NAME] [--folder DIR] [--language zh] [--dark] [--text 150]

The facts are fixed, so that a picture changes only when the window does. No whole phone number stands in any of them.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtWidgets import QApplication  # noqa: E402

from script.clerk_stage import LANGUAGES, Stage  # noqa: E402
from script.flat_png import png  # noqa: E402
from script.gallery import ALL, Kind, Screen, gallery_page, sizes_of  # noqa: E402
from script.kiosk_png import kiosk_png  # noqa: E402
from script.kiosk_stage import KioskStage  # noqa: E402


def draw(screen: Screen, language: str, folder: Path, *, dark: bool, text_percent: int) -> None:
    """One state in one language, at each of its sizes."""
    sizes = sizes_of(screen)
    if screen.kind is Kind.KIOSK:
        kiosk = KioskStage(language)
        screen.play(kiosk)
        for size in sizes:
            # Half as large as on a kiosk: its smallest letters are letters still, and photographs are heavy.
            (folder / screen.file(language, size)).write_bytes(kiosk_png(kiosk.draw_small(*size)))
        kiosk.close()
        return
    percent = screen.text_percent if screen.has_own_look else text_percent
    stage = Stage(language, dark=dark or screen.dark, text_percent=percent)
    stage.draw(*sizes[0])
    screen.play(stage)
    for size in sizes:
        stage.draw(*size)
        (folder / screen.file(language, size)).write_bytes(png(stage.draw(*size)))
    stage.close()


def main() -> int:
    """Draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=sorted({screen.name for screen in ALL}), action="append")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--text", type=int, default=100)
    asked = parser.parse_args()
    folder = asked.folder or ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    QApplication.instance() or QApplication([])
    wanted = [screen for screen in ALL if not asked.only or screen.name in asked.only]
    for number, screen in enumerate(wanted, start=1):
        print(f"\r{number} of {len(wanted)}  {screen.name:30}", end="", file=sys.stderr, flush=True)
        for language in asked.language or LANGUAGES:
            draw(screen, language, folder, dark=asked.dark, text_percent=asked.text)
    print(file=sys.stderr)
    if asked.folder is None:
        (ROOT / "docs" / "screens.md").write_text(gallery_page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
