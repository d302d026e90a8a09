"""Collects the window's labels into the Qt Linguist files, or checks that they are current and complete.

Locations are left out of the files: a moved line is no change of words.
"""

import filecmp
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "i18n"
LOCALES = ("zh_CN", "en")
# English is the source text: its file holds the labels that tell one from many, and no others.
PLURALS_ONLY = ("en",)


def collect(target: Path, locale: str) -> None:
    """Bring one file up to date with the sources."""
    tool = Path(PySide6.__file__).parent / "lupdate"
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "pos_client" / "ui").rglob("*.py"))
    options = ["-locations", "none", "-no-obsolete", "-source-language", "en", "-target-language", locale]
    options += ["-pluralonly"] if locale in PLURALS_ONLY else []
    subprocess.run([tool, "-silent", *options, *sources, "-ts", target], cwd=ROOT, check=True)


def unfinished(path: Path) -> list[str]:
    """Labels that have no translation, or an empty form."""
    missing = []
    for message in ET.parse(path).getroot().iter("message"):
        translation = message.find("translation")
        forms = [] if translation is None else [*translation.iter("numerusform")] or [translation]
        is_open = translation is None or translation.get("type") == "unfinished"
        if is_open or not all(form.text for form in forms):
            missing.append(message.findtext("source", ""))
    return missing


def check() -> list[str]:
    """What is wrong with the committed files."""
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        for locale in LOCALES:
            committed, fresh = FOLDER / f"{locale}.ts", Path(folder) / f"{locale}.ts"
            shutil.copy(committed, fresh)
            collect(fresh, locale)
            if not filecmp.cmp(committed, fresh, shallow=False):
                faults.append(f"{committed.name} is not current: run script/translations")
            faults += [f"{committed.name}: no translation of: {source}" for source in unfinished(committed)]
    return faults


def main() -> int:
    """Collect, or with ``--check`` report."""
    if "--check" in sys.argv[1:]:
        faults = check()
        print("\n".join(faults), end="\n" if faults else "")
        return 1 if faults else 0
    for locale in LOCALES:
        collect(FOLDER / f"{locale}.ts", locale)
        print(f"{locale}: {len(unfinished(FOLDER / f'{locale}.ts'))} labels without a translation")
    return 0


if __name__ == "__main__":
    sys.exit(main())
