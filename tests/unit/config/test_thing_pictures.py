"""A thing's photograph is a file of its name in one folder, and nothing outside of it."""

from pathlib import Path

import pytest

from pos_client.config.thing_pictures import PictureFolder


def test_the_file_of_its_name_is_found(tmp_path: Path) -> None:
    (tmp_path / "plush-cat.jpg").write_bytes(b"x")

    assert PictureFolder(tmp_path).of("plush-cat") == tmp_path / "plush-cat.jpg"
    assert PictureFolder(tmp_path).of("towel") is None
    assert PictureFolder(tmp_path / "absent").of("plush-cat") is None


@pytest.mark.parametrize("item", ["../secret", "a/b", "", ".hidden", "x" * 90])
def test_an_item_names_nothing_outside(tmp_path: Path, item: str) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    folder = tmp_path / "pictures"
    folder.mkdir()

    assert PictureFolder(folder).of(item) is None
