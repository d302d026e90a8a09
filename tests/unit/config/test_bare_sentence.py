"""A refusal whose reason alone was kept: whole sentences, none with a hole where a fact would stand."""

import tomllib
from pathlib import Path

import pytest

from pos_client.config.wording import LANGUAGES, Wording
from pos_client.domain.reasons import Reason

RESOURCES = Path(__file__).parents[3] / "resources"
WORDING = Wording.load(RESOURCES)
ROWS = tomllib.loads((RESOURCES / "i18n" / "sentences.toml").read_text("utf-8"))["verdict"]


@pytest.mark.parametrize("reason", Reason)
def test_no_reason_leaves_a_hole(reason: Reason) -> None:
    key = "already-used-untimed" if reason is Reason.ALREADY_USED else reason.value
    names = {"zh": "这张券", "en": "this coupon"}
    for language in LANGUAGES:
        row = {part: ROWS[key][part][language] for part in ("line", "headline")}
        whole = row["line"].replace("{offer}", names[language]).replace("{saved}", "").replace("{store_hint}", "")
        said = WORDING.bare_sentence(reason).in_language(language)

        if "{" in whole:
            assert said.rstrip("。.") == row["headline"].rstrip("。.")
        else:
            assert said == whole[:1].upper() + whole[1:]
        assert said[-1] in "。.？?"


def test_it_says_all_that_needs_no_fact() -> None:
    assert WORDING.bare_sentence(Reason.ALREADY_USED).en == "This coupon has been used before."
    assert WORDING.bare_sentence(Reason.EXPIRED).en == "Expired."
    assert WORDING.bare_sentence(Reason.EXPIRED).zh == "已过期。"
