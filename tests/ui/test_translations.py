"""Labels come from the committed .ts files, on a machine that never compiled one and on one where it cannot."""

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from pos_client.ui.assets import resources_folder
from pos_client.ui.translations import compiled
from script.translation_files import check

CHINESE = resources_folder() / "i18n" / "zh_CN.ts"


def label(file: Path | None) -> str:
    """Return one label from a compiled file."""
    translator = QTranslator()
    assert file is not None
    assert translator.load(str(file))
    return str(translator.translate("FunctionBar", "Undo"))


def test_the_committed_files_are_current_and_complete() -> None:
    assert check() == []


def test_a_fresh_machine_compiles_once(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = compiled(CHINESE, cache)
    made_at = [file.stat().st_mtime_ns for file in cache.iterdir()]
    second = compiled(CHINESE, cache)

    assert label(first) == "撤销"
    assert first == second
    assert [file.stat().st_mtime_ns for file in cache.iterdir()] == made_at


def test_changed_words_are_compiled_anew(tmp_path: Path) -> None:
    source = tmp_path / "zh_CN.ts"
    text = CHINESE.read_text("utf-8")
    source.write_text(text, "utf-8")
    before = label(compiled(source, tmp_path / "cache"))
    source.write_text(text.replace(">撤销<", ">取消<"), "utf-8")

    assert (before, label(compiled(source, tmp_path / "cache"))) == ("撤销", "取消")


def test_a_packed_file_needs_no_compiler(tmp_path: Path) -> None:
    source, packed = tmp_path / "zh_CN.ts", tmp_path / "zh_CN.qm"
    made = compiled(CHINESE, tmp_path / "cache")
    assert made is not None
    packed.write_bytes(made.read_bytes())

    assert compiled(source, tmp_path / "other") == packed
    assert label(packed) == "撤销"


@pytest.mark.expects_log("labels of zh_CN could not be compiled")
def test_a_cache_that_cannot_be_written_leaves_english_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = tmp_path / "cache"
    cache.write_text("a file where a folder should be", "utf-8")
    with caplog.at_level(logging.WARNING):
        made = compiled(CHINESE, cache)

    assert made is None
    assert "labels of zh_CN could not be compiled" in caplog.text
