"""Every kind of bad input: one sentence, a stable reason, the right exit code, and a journal that did not change."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import segno
from PIL import Image

from tests.fakes.shop import LaneHome, Shop

# What they share is made once, not in each process.
pytestmark = pytest.mark.xdist_group("bad-input")


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One shop and one lane for all cases: none of them may change anything."""
    shop = Shop(tmp_path_factory.mktemp("shop"))
    shop.open()
    yield shop, shop.lane(0)
    shop.close()


def _basket(folder: Path, document: object) -> str:
    path = folder / "basket.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def _picture(folder: Path, *texts: str) -> str:
    path = folder / "picture.png"
    segno.make_qr(texts[0]).save(str(path), scale=4, border=8)
    return str(path)


def _refused(lane: LaneHome, code: int, reason: str, *arguments: str) -> None:
    before = len(lane.run("journal", "show", "--kind", "redeem").document["entries"])

    answered = lane.run(*arguments)

    assert (answered.code, answered.document["reason"]) == (code, reason)
    assert answered.document["sentence"]["zh"]
    assert answered.document["next_step"]["en"]
    assert len(lane.run("journal", "show", "--kind", "redeem").document["entries"]) == before
    assert lane.run("journal", "verify").document["ok"] is True


def test_a_folder_as_basket(counter: tuple[Shop, LaneHome], tmp_path: Path) -> None:
    shop, lane = counter
    _refused(lane, 2, "basket-invalid", "redeem", shop.mint("coupon")[0], "--basket", str(tmp_path))


def test_a_basket_that_does_not_add_up(counter: tuple[Shop, LaneHome], tmp_path: Path) -> None:
    shop, lane = counter
    line = {"gtin": "", "name": "soap", "category": "", "brand": "", "quantity": 2, "unit_minor": 100}
    basket = _basket(tmp_path, {"currency": "CNY", "lines": [line], "total_minor": 300})
    _refused(lane, 2, "basket-invalid", "redeem", shop.mint("coupon")[0], "--basket", basket)


def test_a_wrong_signature(counter: tuple[Shop, LaneHome]) -> None:
    shop, lane = counter
    coupon = shop.mint("coupon")[0]
    forged = coupon[:60] + str((int(coupon[60]) + 1) % 10) + coupon[61:]
    _refused(lane, 20, "not-genuine", "redeem", forged)


def test_seven_kilobytes(counter: tuple[Shop, LaneHome]) -> None:
    _refused(counter[1], 30, "code-too-long", "redeem", "7" * 7_000)


def test_a_picture_without_a_code(counter: tuple[Shop, LaneHome], tmp_path: Path) -> None:
    path = tmp_path / "blank.png"
    Image.fromarray(np.full((200, 200), 255, np.uint8)).save(path)
    _refused(counter[1], 30, "no-code-in-picture", "redeem", "--picture", str(path))


def test_a_torn_picture(counter: tuple[Shop, LaneHome], tmp_path: Path) -> None:
    shop, lane = counter
    whole = Path(_picture(tmp_path, shop.mint("coupon")[0]))
    torn = tmp_path / "torn.png"
    torn.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    _refused(lane, 1, "picture-unreadable", "redeem", "--picture", str(torn))


def test_neither_code_nor_picture(counter: tuple[Shop, LaneHome]) -> None:
    _refused(counter[1], 2, "usage", "redeem")


def test_a_home_that_is_no_lane(tmp_path: Path) -> None:
    answered = LaneHome(tmp_path / "nobody").run("redeem", "123")

    assert (answered.code, answered.document["reason"]) == (1, "not-enrolled")
