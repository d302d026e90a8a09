"""What a kiosk says: something for every reason, gentle, short, and without a word about networks, lanes or limits."""

import re
import tomllib

import pytest

from pos_client.config.wording import Wording
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.ui.assets import resources_folder
from pos_client.ui.kiosk.kiosk_words import LEVEL_ROWS, KioskWords

TABLE = tomllib.loads((resources_folder() / "i18n" / "kiosk.toml").read_text("utf-8"))
WORDS = KioskWords.load(resources_folder(), Wording.load(resources_folder()))
CASES = ("no-answer", "fault", "several-used", "several-used-later", "slip-printing", "slip-printed", "slip-as-qr")
ROWS = {name: row for name, row in TABLE.items() if name not in {"amount", "unnamed"}}
_TECHNICAL = re.compile(
    r"离线|联网|网络|同步|上传|服务器|数据|本机|上限|offline|network|sync|server|upload|limit|lane", re.IGNORECASE
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", VerdictKind)
def test_every_reason_has_words(kind: VerdictKind, language: str) -> None:
    rows = {reason: WORDS.of_verdict(Verdict(kind, reason, {"missing_minor": 1200}), language) for reason in Reason}

    assert [reason for reason, row in rows.items() if not (row.headline and row.line)] == []
    assert [
        reason
        for reason, row in rows.items()
        if re.search(r"[{}]", "".join((row.headline, row.line, row.hands, row.why)))
    ] == []


def test_no_row_is_for_nothing_and_none_is_missing() -> None:
    known = {reason.value for reason in Reason} | set(LEVEL_ROWS) | set(CASES)

    assert set(ROWS) - known == set()
    assert (set(LEVEL_ROWS) | set(CASES)) - set(ROWS) == set()


def test_both_languages_say_it() -> None:
    missing = [
        (name, part) for name, row in ROWS.items() for part, words in row.items() if not (words["zh"] and words["en"])
    ]

    assert missing == []


def test_headlines_are_short_and_nobody_is_accused() -> None:
    headlines = [row["headline"]["zh"] for row in ROWS.values() if "headline" in row]
    said = [words["zh"] for row in ROWS.values() for words in row.values()]

    assert [headline for headline in headlines if len(headline) > 6] == []
    assert [words for words in said if re.search(r"您已|您没|您不|不合格|作弊|伪造|非法|失败|错误", words)] == []


def test_the_only_word_about_a_network_is_that_something_comes_later() -> None:
    said = [words[language] for row in ROWS.values() for words in row.values() for language in ("zh", "en")]

    assert [words for words in said if _TECHNICAL.search(words)] == []
    assert ROWS["level-pending"]["hands"]["zh"] == "部分优惠稍后到账"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_too_many_numbers_are_no_fault_of_a_coupon(language: str) -> None:
    limited = WORDS.of_verdict(Verdict(VerdictKind.REFUSED, Reason.PHONE_LOOKUP_LIMIT), language)
    refused = WORDS.of_verdict(Verdict(VerdictKind.REFUSED, Reason.EXPIRED), language)

    assert limited.headline != refused.headline
    assert not re.search("券|coupon", f"{limited.headline} {limited.line} {limited.hands}", re.IGNORECASE)
