"""Real photographs: nothing that the libraries find alone is lost, and no wrong text is believed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.scan_readers import seen_on
from benchmarks.scan_samples import Sample, measure, samples_in

FOLDER = Path(os.environ.get("POS_SCAN_SAMPLES", Path(__file__).parents[3].parent / "shared" / "scan-samples"))

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="no sample photographs beside the project"),
]


@pytest.fixture(scope="module")
def readings() -> list[tuple[Sample, dict[str, list[str]]]]:
    def read() -> Iterator[tuple[Sample, dict[str, list[str]]]]:
        for sample in samples_in(FOLDER):
            yield sample, {reader: seen.texts for reader, seen in seen_on(sample.grey()).items()}

    return list(read())


def test_nothing_is_lost_that_the_libraries_find_between_them(
    readings: list[tuple[Sample, dict[str, list[str]]]],
) -> None:
    lost = [sample.name for sample, by in readings if sample.is_hit(by["union"]) and not sample.is_hit(by["found"])]
    assert lost == []


def test_no_wrong_text_is_believed(readings: list[tuple[Sample, dict[str, list[str]]]]) -> None:
    wrong = [(sample.name, by["believed"]) for sample, by in readings if sample.is_wrong(by["believed"])]
    assert wrong == []


def test_more_is_believed_than_either_library_finds_alone(
    readings: list[tuple[Sample, dict[str, list[str]]]],
) -> None:
    hits = {reader: sum(sample.is_hit(by[reader]) for sample, by in readings) for reader in readings[0][1]}
    assert hits["believed"] > max(hits["zxing single"], hits["pyzbar"])


def test_a_folder_that_is_absent_is_measured_as_nothing(tmp_path: Path) -> None:
    assert measure(samples_in(tmp_path / "nowhere")) == {}
