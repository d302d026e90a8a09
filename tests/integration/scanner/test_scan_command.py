"""``scan`` as typed: pictures, folders and films in, one document out, and the exit code that says how it went."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from pos_client.cli import scan
from tests.integration.scanner.drawn_codes import EAN, QR_TEXT, film, on_desk, qr, save

CODES = Path(__file__).parents[2] / "data" / "codes"


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    typed = typer.Typer()

    @typed.callback()
    def root(context: typer.Context) -> None:
        context.obj = None

    scan.register(typed)
    return typed


def scanned(app: typer.Typer, *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    result = CliRunner().invoke(app, ["scan", "--json", *map(str, arguments)])
    return result.exit_code, json.loads(result.stdout)


def test_a_folder_is_walked_and_every_file_has_a_named_result(app: typer.Typer) -> None:
    code, document = scanned(app, CODES)
    results = {Path(picture["path"]).name: picture["result"] for picture in document["pictures"]}
    assert code == 0
    assert results == {
        "empty.png": "unreadable",
        "no_code.png": "no-code",
        "not_a_picture.png": "not-a-picture",
        "one_ean13.png": "found",
        "one_qr.png": "found",
        "seven_kilobyte_qr.png": "found",
        "torn.jpg": "unreadable",
        "two_qr.png": "several-codes",
    }
    assert document["summary"]["results"] == {
        "found": 3,
        "no-code": 1,
        "not-a-picture": 1,
        "several-codes": 1,
        "unreadable": 2,
    }


def test_a_code_is_told_with_all_that_is_known_of_it(app: typer.Typer) -> None:
    _, document = scanned(app, CODES / "one_qr.png")
    (picture,) = document["pictures"]
    (found,) = picture["codes"]
    assert set(picture) == {"path", "result", "codes", "ms"}
    assert {key: found[key] for key in ("text", "symbology", "believed", "decoder", "stage")} == {
        "text": QR_TEXT,
        "symbology": "QRCode",
        "believed": True,
        "decoder": "zxing",
        "stage": "full",
    }
    assert [len(corner) for corner in found["corners"]] == [2, 2, 2, 2]


def test_explain_names_the_agreeing_looks(app: typer.Typer) -> None:
    _, document = scanned(app, CODES / "one_ean13.png", "--explain")
    (found,) = document["pictures"][0]["codes"]
    assert (found["text"], found["believed"], len(found["looks"]) >= 2) == (EAN, True, True)


def test_explain_tells_the_milliseconds_of_loading_and_of_each_stage(app: typer.Typer) -> None:
    _, document = scanned(app, CODES / "one_ean13.png", "--explain")
    stages = document["pictures"][0]["stages_ms"]
    assert list(stages)[:3] == ["load", "zxing:full", "confirm zxing:bands"]
    assert all(spent >= 0 for spent in stages.values())


@pytest.mark.parametrize(("names", "expected"), [(["ean13"], [EAN]), (["QRCode"], []), (["QRCode", "EAN13"], [EAN])])
def test_only_the_named_symbologies_are_looked_for(app: typer.Typer, names: list[str], expected: list[str]) -> None:
    options = [part for name in names for part in ("--symbology", name)]
    _, document = scanned(app, CODES / "one_ean13.png", *options)
    assert [code["text"] for code in document["pictures"][0]["codes"]] == expected


def test_an_unknown_symbology_is_a_usage_error_that_names_the_known_ones(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["scan", str(CODES), "--symbology", "Morse"])
    assert result.exit_code == 2
    assert "DataMatrix" in result.output


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["no_code.png"], 30),
        (["torn.jpg"], 1),
        (["empty.png", "torn.jpg"], 1),
        (["no_code.png", "torn.jpg"], 30),
        (["torn.jpg", "one_qr.png"], 0),
    ],
)
def test_the_exit_code_says_how_it_went(app: typer.Typer, names: list[str], expected: int) -> None:
    assert scanned(app, *(CODES / name for name in names))[0] == expected


@pytest.mark.parametrize(
    ("name", "reason"), [("torn.jpg", "picture-unreadable"), ("no_code.png", "no-code-in-picture")]
)
def test_what_was_not_read_has_a_sentence_and_a_next_step_in_both_languages(
    app: typer.Typer, name: str, reason: str
) -> None:
    (picture,) = scanned(app, CODES / name)[1]["pictures"]
    assert picture["reason"] == reason
    assert all(picture[part][language] for part in ("sentence", "next_step") for language in ("zh", "en"))


def test_an_empty_folder_holds_no_code(app: typer.Typer, tmp_path: Path) -> None:
    code, document = scanned(app, tmp_path)
    assert (code, document["pictures"]) == (30, [])


def test_a_path_that_is_not_there_is_a_usage_error(app: typer.Typer, tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["scan", str(tmp_path / "nowhere")]).exit_code == 2


def test_a_film_is_scanned_with_times(app: typer.Typer, tmp_path: Path) -> None:
    path = film(tmp_path / "film.avi", [on_desk()] * 10 + [on_desk((qr(QR_TEXT), (200, 140)))] * 10, fps=10.0)
    code, document = scanned(app, path)
    (found,) = document["pictures"][0]["codes"]
    assert (code, found["text"], found["believed"], found["at_s"]) == (0, QR_TEXT, True, 1.0)


def test_people_get_a_table_without_control_characters(app: typer.Typer, tmp_path: Path) -> None:
    path = save(qr("a\x1b[31mred\nnext"), tmp_path / "colour.png")
    told = CliRunner().invoke(app, ["scan", str(path)])
    assert told.exit_code == 0
    assert "\x1b" not in told.stdout
    assert "a·[31mred·next" in told.stdout
    assert "1 files, 1 with codes (1 believed)" in told.stdout


def test_a_name_that_is_no_text_is_told_all_the_same(app: typer.Typer, tmp_path: Path) -> None:
    folder = tmp_path / "named"
    folder.mkdir()
    (folder / os.fsdecode(b"torn-\xff.png")).write_bytes(b"")
    code, document = scanned(app, folder)
    assert (code, Path(document["pictures"][0]["path"]).name) == (1, "torn-?.png")
