"""The sentences of verdicts, faults and notices: none is missing, none is stale, none is too long, none has a hole."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pos_client.config.wording import LANGUAGES, Wording
from pos_client.domain import printer_errors
from pos_client.domain.errors import BasketInvalid, CameraTrouble, CameraUnavailable, DiskFull, PosError
from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import CouponOutcome, Fact, MemberView, Use, Verdict, VerdictKind
from tests.unit.config.said_facts import CARRIED, FACTS

ROOT = Path(__file__).resolve().parents[3]
TABLE: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(
    (ROOT / "resources" / "i18n" / "sentences.toml").read_text("utf-8")
)
WORDING = Wording.load(ROOT / "resources")
NOW = datetime(2026, 3, 18, 6, 40, tzinfo=UTC)
OFFER = LocalText("满100减20", "20 off 100")
USED = Use(1, NOW - timedelta(minutes=8), 12, 3, "e-7", "人民广场店", "李娜", "d-1", 41)
# A fact that is not known leaves a gap, a pair of empty brackets, or punctuation with nothing before it.
HOLES = re.compile(
    r"  | [,.;:!]|^[，。；：？,.]|（\s*）|\(\s*\)|[，：；]。|[{}]|None(?! left)|\b(?:from|than|of|by|at)[,.]"
)
MOST_HANZI, LONGEST_LINE = 6, 40

# These bring their own punctuation, and stand for nothing where nothing is known.
MAY_BE_EMPTY = {"saved", "saved_say", "saves_say", "store_hint"}
KIND = {Reason.ACCEPTED: VerdictKind.ACCEPTED, Reason.CAN_REDEEM: VerdictKind.READY, Reason.CONFIRM: VerdictKind.READY}


def verdict(reason: Reason, use: Use | None = None, **changes: Any) -> Verdict:
    """A verdict as the till gives it."""
    kind = KIND.get(reason, VerdictKind.REFUSED)
    saved = 2_000 if kind in {VerdictKind.ACCEPTED, VerdictKind.READY} else 0
    given: dict[str, Any] = {
        "facts": FACTS.get(reason, {}),
        "discount_minor": saved,
        "coupons": (CouponOutcome("1001-70001", bool(saved), reason, OFFER),),
        "member": MemberView("m-7", "王** 138****1234"),
        "use": use,
    }
    return Verdict(kind, reason, **(given | changes))


def everything_the_till_says() -> Iterator[Any]:
    """Each reason, with all known and with as little as there can be."""
    for reason in Reason:
        use = USED if reason in {Reason.ALREADY_USED, Reason.LATE_USED} else None
        yield pytest.param(verdict(reason, use), id=reason)
        yield pytest.param(verdict(reason, use, coupons=(), discount_minor=0), id=f"{reason} of a nameless coupon")
    own = verdict(Reason.ALREADY_USED, USED, facts={"own": 1})
    yield pytest.param(own, id="already used by the same person")
    yield pytest.param(verdict(Reason.ALREADY_USED), id="already used, nobody knows when")
    bare = Use(1, USED.at, 0, 0)
    yield pytest.param(verdict(Reason.ALREADY_USED, bare), id="already used, nobody knows where or by whom")
    yield pytest.param(verdict(Reason.WRONG_STORE, facts={}), id="of some other store")
    yield pytest.param(verdict(Reason.WRONG_STORE, facts={"store_no": 99, "store": ""}), id="of a store without a name")


SAID = list(everything_the_till_says())


def placeholders(template: str) -> set[str]:
    """The facts that a template names."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def rows_of(section: str) -> list[Any]:
    """Every row of a section, named."""
    return [pytest.param(name, row, id=f"{section}.{name}") for name, row in TABLE[section].items()]


def faults(root: type[PosError] = PosError) -> Iterator[type[PosError]]:
    """Every fault of the domain's tree."""
    yield root
    for child in root.__subclasses__():
        yield from faults(child) if child.__module__ in {PosError.__module__, printer_errors.__name__} else ()


def test_every_reason_has_its_row_and_no_row_is_stale() -> None:
    variants = {"already-used-own", "already-used-untimed"}

    assert {reason.value for reason in Reason} | variants == set(TABLE["verdict"])


def test_every_fault_has_its_row_and_no_row_is_stale() -> None:
    cameras = {f"{CameraUnavailable.reason}-{trouble.value}" for trouble in CameraTrouble}

    assert {fault.reason for fault in faults()} | cameras == set(TABLE["fault"])


def test_each_trouble_of_a_camera_is_told_in_its_own_words() -> None:
    told = [WORDING.of_fault(CameraUnavailable("detail", trouble)) for trouble in CameraTrouble]
    lines, steps = zip(*told, strict=True)

    assert len({line.zh for line in lines}) == len({line.en for line in lines}) == len(CameraTrouble)
    assert all("扫码枪" in line.zh and "gun" in line.en for line in lines)
    assert all(step.zh and step.en for step in steps)


def test_every_notice_that_is_given_has_its_row() -> None:
    given = set()
    for module in (ROOT / "pos_client").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Notice":
                given |= {word.value for word in node.args[:1] if isinstance(word, ast.Constant)}

    assert given
    assert given | {"clock-ahead", "clock-behind"} <= set(TABLE["notice"])


def test_codes_for_the_hotline_are_all_different() -> None:
    codes = [row["code"] for row in TABLE["verdict"].values()]

    assert [code for code in codes if not re.fullmatch(r"E-[A-Z]{2,3}-\d\d", code)] == []
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize(("name", "row"), rows_of("verdict"))
def test_a_row_of_a_verdict_is_whole(name: str, row: dict[str, Any]) -> None:
    texts = {part: row[part] for part in row if part != "code"}

    assert {"headline", "line", "say", "next"} == set(texts), name
    assert [part for part, text in texts.items() if set(text) != set(LANGUAGES)] == []
    ends = {part: (text["zh"][-1], text["en"][-1]) for part, text in texts.items() if part != "headline"}
    assert [part for part, (zh, en) in ends.items() if zh not in "。？" or en not in ".?"] == []


@pytest.mark.parametrize(("name", "row"), rows_of("fault") + rows_of("notice"))
def test_a_row_of_a_fault_or_notice_is_whole(name: str, row: dict[str, Any]) -> None:
    assert {"line", "next"} == set(row), name
    assert [part for part, text in row.items() if text["zh"][-1] != "。" or text["en"][-1] != "."] == []


@pytest.mark.parametrize(("name", "row"), rows_of("verdict"))
def test_a_headline_is_read_at_two_metres(name: str, row: dict[str, Any]) -> None:
    hanzi = [character for character in row["headline"]["zh"] if "一" <= character <= "鿿"]

    assert 1 <= len(hanzi) <= MOST_HANZI, name
    assert len(row["headline"]["en"]) <= 20


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_a_hole_or_is_long(said: Verdict, language: str) -> None:
    words = WORDING.of_verdict(said, language, NOW)
    texts = (words.headline, words.line, words.say, words.next_step)

    assert all(texts)
    assert [text for text in texts if HOLES.search(text)] == []
    assert [text for text in texts if text != text.strip()] == []
    assert language == "en" or len(words.line) <= LONGEST_LINE


@pytest.mark.parametrize("said", SAID)
def test_every_fact_that_a_sentence_names_is_known(said: Verdict) -> None:
    known = set(WORDING._verdict_facts(said, "zh", NOW))
    name = said.reason.value
    if said.reason is Reason.ALREADY_USED:
        name += "-untimed" if said.use is None else "-own" if said.facts.get("own") else ""
    row = TABLE["verdict"][name]

    named = {fact for part in ("line", "say", "next") for text in row[part].values() for fact in placeholders(text)}

    assert named - known - MAY_BE_EMPTY == set()


@pytest.mark.parametrize("fault", list(faults()))
def test_a_fault_names_what_it_carries(fault: type[PosError]) -> None:
    carried = CARRIED.get(fault.reason, {})
    line, step = WORDING.of_fault(fault("what was seen", **carried))

    assert [text for text in (line.zh, line.en, step.zh, step.en) if not text or "{" in text or "  " in text] == []
    row = TABLE["fault"][fault.reason]
    named = {name for part in row.values() for text in part.values() for name in placeholders(text)}
    assert named <= {"detail", *carried}


def test_a_fault_without_words_of_its_own_still_says_something() -> None:
    class Unheard(PosError):
        reason = "unheard-of"

    assert WORDING.of_fault(Unheard("the sky fell"))[0].en == "Something is wrong: the sky fell."
    assert WORDING.of_fault(BasketInvalid())[0].zh == "购物篮文件不对：basket-invalid。"


def test_a_full_disk_tells_that_nothing_was_redeemed() -> None:
    line, step = WORDING.of_fault(DiskFull("no space left", free_bytes=0))

    assert "没有核销" in line.zh
    assert "undo" in step.en


@pytest.mark.parametrize(
    ("reason", "facts", "line"),
    [
        ("clock-ahead", {"offset_s": 360}, "This machine's clock is 6 minutes ahead; the verdict uses trusted time."),
        ("data-old", {"age_s": 2 * 86_400}, "This lane's data is 2 days old; limits are halved."),
        ("open-intent", {"count": 2}, "2 redemptions were begun and not finished; finish or cancel them."),
    ],
)
def test_notices(reason: str, facts: dict[str, Fact], line: str) -> None:
    assert line == WORDING.of_notice(reason, facts)[0].en


@pytest.mark.parametrize(
    ("use", "facts", "zh", "en"),
    [
        pytest.param(
            USED,
            {},
            "这张券 今天 14:32 在人民广场店 3 号机由李娜核销过。",
            "Already used today at 14:32 at 人民广场店, lane 3, by 李娜.",
            id="by a colleague, eight minutes ago",
        ),
        pytest.param(
            Use(1, NOW - timedelta(days=1), 13, 1, "e-9", "南京路店"),
            {},
            "这张券 2026年3月17日 14:40 在南京路店 1 号机由e-9核销过。",
            "Already used on 17 Mar 2026 at 14:40 at 南京路店, lane 1, by e-9.",
            id="yesterday, at another store, by a stranger",
        ),
        pytest.param(
            Use(1, USED.at, 0, 0),
            {},
            "这张券 今天 14:32 在别的门店 ? 号机由店员核销过。",
            "Already used today at 14:32 at another store, lane ?, by staff.",
            id="nobody knows where",
        ),
        pytest.param(
            USED,
            {"own": 1},
            "这张券您刚核销过：今天 14:32，人民广场店 3 号机，李娜，无需再扫。",
            "You have just redeemed it: today at 14:32, 人民广场店, lane 3, 李娜. No need to scan again.",
            id="by the same person",
        ),
        pytest.param(None, {}, "这张券以前已核销过。", "This coupon has been used before.", id="nobody knows when"),
    ],
)
def test_a_repeat_says_when_where_and_by_whom(use: Use | None, facts: dict[str, Fact], zh: str, en: str) -> None:
    said = verdict(Reason.ALREADY_USED, use, facts=facts)

    assert LocalText(zh, en) == WORDING.sentence(said, NOW)


def test_what_was_saved_is_named_once() -> None:
    words = WORDING.of_verdict(verdict(Reason.ACCEPTED), "zh_CN", NOW)

    assert words.line == "满100减20已核销，减 ¥20.00。"
    assert words.say == "已帮您用掉满100减20，省了 ¥20.00。"
    assert (words.amount, words.code, words.next_step) == ("¥20.00", "E-OK-00", "可扫下一张。")


def test_a_coupon_without_a_name_begins_a_sentence_in_upper_case() -> None:
    said = verdict(Reason.BASKET_NEEDED, coupons=())

    assert WORDING.sentence(said, NOW) == LocalText(
        "用这张券要先知道这一单的金额。", "This coupon needs this purchase's amount first."
    )


@pytest.mark.parametrize(
    ("minor", "text"), [(0, "¥0.00"), (5, "¥0.05"), (1_990, "¥19.90"), (123_456_789, "¥1,234,567.89"), (-500, "-¥5.00")]
)
def test_money(minor: int, text: str) -> None:
    assert text == WORDING.money(minor)


def test_times_are_those_of_the_store() -> None:
    late = datetime(2026, 3, 18, 16, 30, tzinfo=UTC)

    assert WORDING.moment(late, "zh", late) == "今天 00:30"
    assert Wording(TABLE, "Europe/Berlin").moment(late, "en", late) == "today at 17:30"
    assert WORDING.moment(late, "en", NOW) == "on 19 Mar 2026 at 00:30"


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (59, "59秒钟", "59 seconds"),
        (60, "1分钟", "1 minute"),
        (71, "1分钟", "1 minute"),
        (90, "2分钟", "2 minutes"),
        (4_000, "67分钟", "67 minutes"),
        (86_400, "24小时", "24 hours"),
        (8 * 86_400, "8天", "8 days"),
    ],
)
def test_lengths_of_time(seconds: int, zh: str, en: str) -> None:
    assert (zh, en) == (WORDING.age(seconds, "zh"), WORDING.age(seconds, "en"))
