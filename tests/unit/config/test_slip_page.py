"""A slip's page fits the paper, in both languages, however long its words are, and its codes can be scanned off it."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from pos_client.config.slip_page import COLUMNS, RowKind, columns_of, slip_rows
from pos_client.config.slip_text import slip_text
from pos_client.config.wording import Wording
from pos_client.domain.local_text import LocalText
from pos_client.domain.reward import Reward, RewardKind
from pos_client.domain.slip import Slip, SlipCoupon, SlipGoods, SlipKind
from pos_client.domain.verdict import EntryRef
from tests import builders as a

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
WORDING = Wording.load(RESOURCES)
LONG = LocalText("非常非常长的商品名称" * 5, "A very long name of something that is sold here " * 3)
CODE = a.a_signed_coupon(1, campaign=1001).text()
REWARDS = (
    Reward(RewardKind.POINTS, 1, 30),
    Reward(RewardKind.POINTS, 1, -30),
    Reward(RewardKind.STAMPS, 1, -1),
    Reward(RewardKind.BALANCE_DUE, 1, 9_900, LONG),
    Reward(RewardKind.DEPOSIT_BACK, 1, 5_000, LONG),
    Reward(RewardKind.COUPON, 1, name=LONG, coupon_id="1-1", code=CODE, last_day=date(2026, 5, 1)),
    Reward(RewardKind.COUPON, 1, name=LONG, coupon_id="1-2", last_day=date(2026, 5, 1)),
)
SLIP = Slip(
    SlipKind.PURCHASE,
    EntryRef(1, 12_345, "0123456789abcdef" * 4),
    "一家名字很长很长的澄水商场专柜旗舰店" * 2,
    "一楼中庭专柜" * 4,
    1,
    datetime(2026, 3, 10, 17, 30, tzinfo=UTC),
    "9" * 50,
    (SlipGoods(LONG, 3, 12_000), SlipGoods(LocalText("肥皂", "Soap"), 1, 100_000_000_00)),
    (SlipCoupon(LONG, 1_000), SlipCoupon(LocalText("试用", "Sample"), 0)),
    total_minor=12_000,
    off_minor=1_500,
    points_paid=500,
    points_minor=500,
    rewards=REWARDS,
    print_no=3,
    is_taken_back=True,
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", list(SlipKind))
def test_no_row_is_wider_than_the_paper_and_no_word_is_missing(kind: SlipKind, language: str) -> None:
    slip = replace(SLIP, kind=kind)
    rows = slip_rows(slip, WORDING, language)
    text = slip_text(rows)

    assert max(columns_of(line) for line in text.splitlines()) <= COLUMNS
    said = "".join(row.left + row.right for row in rows if row.kind is not RowKind.CODE).replace(" ", "")
    for words in (LONG.in_language(language), SLIP.store, SLIP.booth, SLIP.receipt_no):
        assert words.replace(" ", "") in said
    assert not {"{", "}"} & set(said)


def scanned(text: str) -> list[str]:
    """The codes in a text's half blocks, printed as square dots."""
    halves = {" ": (255, 255), "▀": (0, 255), "▄": (255, 0), "█": (0, 0)}
    rows = [line.ljust(COLUMNS) for line in text.splitlines() if set(line) <= set(halves)]
    dots = [[halves[character][half] for character in row] for row in rows for half in (0, 1)]
    picture = np.pad(np.kron(np.array(dots, np.uint8), np.ones((6, 6), np.uint8)), 24, constant_values=255)
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_a_code_of_the_text_can_be_scanned() -> None:
    slip = replace(SLIP, rewards=(REWARDS[5],))

    assert scanned(slip_text(slip_rows(slip, WORDING, "zh"))) == [CODE]


def test_a_short_code_is_read_too_and_one_that_is_too_wide_is_written_out() -> None:
    short, long = "R7QK2M9DXH4T", "X" * 400
    for code, found in ((short, [short]), (long, [])):
        text = slip_text(slip_rows(replace(SLIP, rewards=(replace(REWARDS[5], code=code),)), WORDING, "zh"))
        assert scanned(text) == found
    assert text.count("X") == len(long)


def test_a_coupon_whose_code_is_gone_says_that_it_was_shown() -> None:
    text = slip_text(slip_rows(replace(SLIP, rewards=(REWARDS[6],)), WORDING, "en"))

    assert "The code was shown at the counter" in text


def test_the_day_and_hour_are_the_stores() -> None:
    assert "2026-03-11 01:30" in slip_text(slip_rows(SLIP, WORDING, "zh"))


def test_every_row_of_a_slip_has_words_in_both_languages() -> None:
    table = tomllib.loads((RESOURCES / "i18n" / "sentences.toml").read_text("utf-8"))["slip"]

    assert {f"title-{kind.value}" for kind in SlipKind} <= table.keys()
    for name, row in table.items():
        assert row["line"]["zh"], name
        assert row["line"]["en"], name
