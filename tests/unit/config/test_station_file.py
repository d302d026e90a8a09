"""One value of ``station.toml`` changes; comments, order and all else stay, and nothing wrong is ever written."""

from pathlib import Path

import pytest

from pos_client.config import settings
from pos_client.config.station_file import set_values
from pos_client.domain.errors import SettingsInvalid, StorageUnavailable

BEFORE = """# desk 3
[camera]
source = "none"   # gun only

[wedge]   # the old gun
min_length = 8
prefix = "F9"  # as on its sheet

[screen]
language = "en"
"""


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return tmp_path / "station.toml"


def test_only_what_was_asked_for_changes(station: Path) -> None:
    station.write_text(BEFORE, "utf-8")
    changed = set_values(station, "wedge", {"prefix": "", "max_gap_ms": 120})

    expected = BEFORE.replace('prefix = "F9"  #', 'prefix = ""  #').replace(
        "\n\n[screen]", "\nmax_gap_ms = 120\n\n[screen]"
    )
    assert station.read_text("utf-8") == expected
    assert changed == settings.load(station)
    assert (changed.wedge.min_length, changed.wedge.max_gap_ms, changed.wedge.prefix) == (8, 120, "")


def test_a_file_and_a_section_are_made_where_there_are_none(station: Path) -> None:
    set_values(station, "wedge", {"prefix": "F9"})
    set_values(station, "serial_gun", {"port": "COM3"})

    assert station.read_text("utf-8") == '[wedge]\nprefix = "F9"\n\n[serial_gun]\nport = "COM3"\n'


@pytest.mark.parametrize(
    ("before", "section", "values"),
    [
        (BEFORE, "wedge", {"prefix": "F1"}),
        (BEFORE, "wedge", {"max_gap_ms": 501}),
        (BEFORE, "wedge", {"speed": 1}),
        (BEFORE, "nothing", {"key": 1}),
        ("wedge = 3\n", "wedge", {"prefix": "F9"}),
        ("[wedge\n", "wedge", {"prefix": "F9"}),
        ("[camera]\nsource = 5\n", "wedge", {"prefix": "F9"}),
    ],
)
def test_what_is_no_settings_is_never_written(
    station: Path, before: str, section: str, values: dict[str, int | str]
) -> None:
    station.write_text(before, "utf-8")
    with pytest.raises(SettingsInvalid):
        set_values(station, section, values)

    assert station.read_text("utf-8") == before


def test_bytes_that_are_no_text_are_left_alone(station: Path) -> None:
    station.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsInvalid):
        set_values(station, "wedge", {"prefix": "F9"})

    assert station.read_bytes() == b"\xff\xfe"


def test_a_folder_in_its_place_is_a_fault_of_the_disk(station: Path) -> None:
    station.mkdir()
    with pytest.raises(StorageUnavailable):
        set_values(station, "wedge", {"prefix": "F9"})
