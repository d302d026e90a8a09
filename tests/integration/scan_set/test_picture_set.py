"""The published set is what it says: each picture from its name alone, readable at its root, named and counted."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytest

from pos_client.scanner.decoders.zxing_decoder import ZxingDecoder
from pos_client.scanner.still import decode_picture
from pos_client.scanner.symbology import GTIN, Symbology
from tests.scan_set.codes import CleanCode
from tests.scan_set.picture_set import KINDS, LEVELS, Kind, SetPicture, pictures
from tests.scan_set.publish import fingerprint, write_all
from tests.scan_set.table import PAPER
from tests.scan_set.texts import is_same

TOLERANCE = 3
"""Grey levels of 256: OpenCV's versions differ by one or two in rounding and in the letters that they print."""

PUBLISHED = {
    "empty-stripes-1-000": (
        "635f626f5f4e59596563635e656f5b4f60656362635d696d565b61666263625d534e575c626762625d5b524f585c6268"
    ),
    "paper-crumpled-3-001": (
        "7456878b53835a6a82595b7f785f4f3851556982a6a887866e6d72bf92af5f52757d65b196bf7f7565817371986d675d"
    ),
    "phone-cracked-2-003": (
        "88bcbbb6d6e3e3d29bb8c3c0b4bccabea4909a84635570b3ad8d9e7e5d647aa0aad1d6cebeb9c48fa6b8b7b8bfcce081"
    ),
    "phone-glare-1-000": (
        "717abbcb4d553c605f6fafba3c4341386246adbd687c7d42485fc1b45b636b383c4e3738364a5e3c6551486d5d5a3831"
    ),
    "phone-moire-2-005": (
        "4e4f4c6764556076623e4f616a73506763506b5d61475f466a605c53694b4f725e7a6c56665645463f7e81513b624739"
    ),
    "turned-linear-2-003": (
        "d1dedccabb928f61b6b974a0b87a4f5baccb7880d0ac868da0dd9875c6da8c915de0bb83c2e0a16c47c8e0e0e0e0994f"
    ),
}
"""Fingerprints of a few pictures: whoever changes one of them raises the set's version."""


def named(name: str) -> SetPicture:
    return next(picture for picture in pictures() if picture.name == name)


def levels_of(marks: str) -> np.ndarray[tuple[int, ...], np.dtype[np.int_]]:
    return np.frombuffer(bytes.fromhex(marks), np.uint8).astype(np.int_)


def drawn_large(code: CleanCode) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(np.kron(code.modules, np.ones((4, 4))), np.uint8)


def test_names_and_seeds_are_unique() -> None:
    wanted = list(pictures())

    assert len({picture.name for picture in wanted}) == len(wanted)
    assert len({picture.seed for picture in wanted}) == len(wanted)
    assert 1_000 <= len(wanted) <= 1_500


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_picture_is_the_same_at_every_run(kind: Kind) -> None:
    picture = SetPicture(kind, 3, 0)

    assert picture.jpeg() == picture.jpeg()
    assert picture.grey().shape[0] >= 480


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_a_picture_is_the_published_one(name: str) -> None:
    made, published = levels_of(fingerprint(named(name).jpeg())), levels_of(PUBLISHED[name])

    assert int(np.abs(made - published).max()) <= TOLERANCE


def test_every_easy_picture_starts_from_a_code_that_says_the_expected_text() -> None:
    decoder, unread = ZxingDecoder(), []
    for picture in pictures(levels=(1,)):
        code = picture.code()
        if code is None:
            continue
        readings = decoder.read(drawn_large(code), frozenset({code.symbology}))
        texts = [reading.text for reading in readings]
        # Article numbers have several lengths; every other text must come back to the last character.
        is_read = any(is_same(text, code.text) for text in texts) if code.symbology in GTIN else code.text in texts
        if not is_read:
            unread.append((picture.name, code.text, texts))

    assert unread == []


def test_every_symbology_is_in_the_set() -> None:
    assert {picture.symbology for picture in pictures()} - {None} == set(Symbology)


def test_texts_with_umlauts_euro_and_chinese_are_in_the_set() -> None:
    texts = "".join(picture.expected or "" for picture in pictures())

    assert [sign for sign in "ü€券ж" if sign not in texts] == []


def test_the_paper_counts_the_pictures_of_each_kind() -> None:
    rows = [line.split("|")[1:3] for line in PAPER.read_text("utf-8").splitlines() if line.startswith("| ")]
    told = {kind.strip(): counts.strip() for kind, counts in rows}
    counted = Counter((picture.kind.name, picture.level) for picture in pictures())

    for kind in KINDS:
        assert " · ".join(str(counted[kind.name, level]) for level in LEVELS) == told.get(kind.name), kind.name


def test_no_text_is_believed_where_there_is_no_code(tmp_path: Path) -> None:
    """A sample of each kind; ``python -m tests.scan_set.table`` asks all of them."""
    believed = []
    for kind in (kind for kind in KINDS if not kind.symbologies):
        for level in LEVELS:
            path = tmp_path / f"{kind.name}-{level}.jpg"
            path.write_bytes(SetPicture(kind, level, 0).jpeg())
            believed += [(path.name, code.text) for code in decode_picture(path).codes if code.believed]

    assert believed == []


def test_what_is_written_is_the_set(tmp_path: Path) -> None:
    wanted = [named("phone-glare-1-000"), named("jpeg-2-001"), named("empty-noise-1-000")]

    entries = write_all(wanted, tmp_path)

    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert manifest["pictures"] == json.loads(json.dumps(entries))
    for picture, entry in zip(wanted, manifest["pictures"], strict=True):
        packed = (tmp_path / entry["file"]).read_bytes()
        assert hashlib.sha256(packed).hexdigest() == entry["sha256"]
        assert fingerprint(packed) == entry["fingerprint"]
        assert entry["text"] == picture.expected
        text = (tmp_path / entry["file"]).with_suffix(".txt")
        assert (text.read_text("utf-8") if text.exists() else None) == picture.expected


def test_a_picture_of_the_set_is_a_colour_picture() -> None:
    picture = named("phone-night-1-000")

    assert cv2.cvtColor(picture.bgr(), cv2.COLOR_BGR2GRAY).tolist() == picture.grey().tolist()
