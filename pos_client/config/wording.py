"""Words for verdicts and faults: facts in, sentences out, in both languages.

It stands apart from Qt because commands, the window and slips say the same sentence. The table is
``resources/i18n/sentences.toml``; numbers, money, dates and ages are written by Babel in the reader's language.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_timedelta
from babel.numbers import format_currency

from pos_client.domain import local_text
from pos_client.domain.business_time import local_date
from pos_client.domain.errors import PosError
from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.domain.reward import Reward, RewardKind
from pos_client.domain.verdict import Fact, Use, Verdict, VerdictKind

LANGUAGES: Final = ("zh", "en")
_A_MINUTE_AND_A_HALF: Final = 90
# Parsed once: Babel would read a name anew for every amount.
_LOCALES: Final = {"zh": Locale.parse("zh_CN"), "en": Locale.parse("en_GB")}
_ISSUED: Final = frozenset({RewardKind.COUPON, RewardKind.PASS_CODE})
_MONEY: Final = "¥#,##0.00"
# Places that are empty by intent where there is nothing to say, and one that has a word of its own.
_NEEDS_NO_FACT: Final = frozenset({"saved", "store_hint", "offer"})
_SOMEBODY: Final = LocalText("店员", "staff")
_SOMEWHERE: Final = LocalText("别的门店", "another store")


@cache
def _table_of(resources: Path) -> Mapping[str, Any]:
    return tomllib.loads((resources / "i18n" / "sentences.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Words:
    """A verdict in one language, part by part, as a screen shows it."""

    headline: str
    line: str
    say: str
    next_step: str
    code: str
    amount: str = ""


class _Blank(dict[str, str]):
    """A fact that is not known leaves its place empty rather than break a sentence."""

    def __missing__(self, key: str) -> str:
        return ""


class Wording:
    """Sentences of one store.

    Args:
        table: the parsed sentences file.
        zone: the store's IANA time zone; times are told in it.
    """

    def __init__(self, table: Mapping[str, Any], zone: str = "Asia/Shanghai") -> None:
        self._table = table
        self.zone = zone

    @classmethod
    def load(cls, resources: Path, zone: str = "Asia/Shanghai") -> "Wording":
        """Read the table from the resources folder, once in a program."""
        return cls(_table_of(resources), zone)

    def of_verdict(self, verdict: Verdict, language: str, now: datetime | None = None) -> Words:
        """All parts of a verdict's text in ``zh`` or ``en``."""
        key = _language_key(language)
        row = self._table["verdict"][_variant(verdict)]
        facts = self._verdict_facts(verdict, key, now or datetime.now(UTC))
        amount = self.money(verdict.discount_minor) if verdict.discount_minor else ""
        say, line, step = (_fill(row[part][key], facts) for part in ("say", "line", "next"))
        return Words(row["headline"][key], line, say, step, row["code"], amount)

    def sentence(self, verdict: Verdict, now: datetime | None = None) -> LocalText:
        """The one sentence that says what is so."""
        chinese, english = (self.of_verdict(verdict, language, now) for language in LANGUAGES)
        return LocalText(chinese.line, english.line)

    def bare_sentence(self, reason: Reason) -> LocalText:
        """What was so, where only a refusal's reason was written down: its headline if the sentence asks for more."""
        verdict = Verdict(VerdictKind.REFUSED, reason)
        row = self._table["verdict"][_variant(verdict)]
        if _places_of(row["line"]["zh"]) | _places_of(row["line"]["en"]) <= _NEEDS_NO_FACT:
            return self.sentence(verdict)
        return LocalText(_ended(row["headline"]["zh"], "。"), _ended(row["headline"]["en"], "."))

    def next_step(self, verdict: Verdict, now: datetime | None = None) -> LocalText:
        """What to do next."""
        chinese, english = (self.of_verdict(verdict, language, now) for language in LANGUAGES)
        return LocalText(chinese.next_step, english.next_step)

    def of_fault(self, fault: PosError) -> tuple[LocalText, LocalText]:
        """Sentence and next step of a fault of the world; a case of it (``why``) may have a row of its own."""
        facts = {**fault.facts, "detail": self._detail(fault)}
        case = f"{fault.reason}-{fault.facts.get('why', '')}"
        return self._pair("fault", case if case in self._table["fault"] else fault.reason, facts)

    def _detail(self, fault: PosError) -> LocalText | str:
        """What exactly, in both languages where the table knows the case; else the error's own words."""
        case = str(fault.facts.get("why") or fault.facts.get("problem") or "")
        words = self._table["detail"].get(fault.reason, {}).get(case)
        return local_text.parse(words) if words else fault.detail or fault.reason

    def of_override(self, reason: str) -> LocalText:
        """Why a supervisor allowed it."""
        return local_text.parse(self._table["detail"]["override"][reason])

    def of_host_match(self, cause: str) -> LocalText:
        """What became of a purchase beside the host's receipt."""
        return local_text.parse(self._table["detail"]["host-match"][cause])

    def of_closing(self, cause: str) -> LocalText:
        """Why two of a day's three books differ."""
        known = self._table["detail"]
        return local_text.parse(known["closing"].get(cause) or known["host-match"][cause])

    def of_notice(self, reason: str, facts: Mapping[str, Fact]) -> tuple[LocalText, LocalText]:
        """Sentence and next step of a notice."""
        return self._pair("notice", reason, facts)

    def of_reward(self, reward: Reward) -> LocalText:
        """What a customer gets, in one line."""
        facts: dict[str, Fact] = {"amount": reward.amount, "due_minor": reward.amount}
        facts |= {"name": reward.name} if reward.name else {}
        facts |= {"last_day": reward.last_day} if reward.last_day else {}
        is_promised = reward.kind in _ISSUED and reward.last_day is None
        line, _ = self._pair("reward", reward.kind.value + ("-undated" if is_promised else ""), facts)
        return line

    def of_slip(self, name: str, facts: Mapping[str, Fact]) -> LocalText:
        """One row of a slip, as the customer reads it."""
        line, _ = self._pair("slip", name, facts)
        return line

    def stamp(self, at: datetime) -> str:
        """A time in the store's zone, as paper keeps it."""
        return at.astimezone(ZoneInfo(self.zone)).strftime("%Y-%m-%d %H:%M")

    def money(self, minor: int) -> str:
        """An amount of fen as people write it."""
        return format_currency(minor / 100, "CNY", _MONEY, locale=_LOCALES["zh"])

    def moment(self, at: datetime, language: str, now: datetime) -> str:
        """A time of today as ``today 14:02``, of another day with its date; in the store's zone."""
        key = _language_key(language)
        day, today = local_date(at, self.zone), local_date(now, self.zone)
        clock = at.astimezone(ZoneInfo(self.zone)).strftime("%H:%M")
        if day == today:
            return f"今天 {clock}" if key == "zh" else f"today at {clock}"
        return f"{self.day(day, key)} {clock}" if key == "zh" else f"on {self.day(day, key)} at {clock}"

    def day(self, day: date, language: str) -> str:
        """A calendar day."""
        return format_date(day, "medium", locale=_LOCALES[_language_key(language)])

    def age(self, seconds: int, language: str) -> str:
        """A length of time in its largest fitting unit: 65 minutes are told as such, 65 seconds are a minute."""
        threshold = 1.0 if seconds < _A_MINUTE_AND_A_HALF else 1.2
        return format_timedelta(seconds, threshold=threshold, locale=_LOCALES[_language_key(language)])

    def _pair(self, section: str, reason: str, facts: Mapping[str, Fact]) -> tuple[LocalText, LocalText]:
        rows = self._table[section]
        row = rows.get(reason) or rows["fault"]
        now = datetime.now(UTC)
        written = {key: self._written(facts, key, now) for key in LANGUAGES}
        line, step = (
            LocalText(_fill(row[part]["zh"], written["zh"]), _fill(row[part]["en"], written["en"]))
            for part in ("line", "next")
        )
        return line, step

    def _verdict_facts(self, verdict: Verdict, key: str, now: datetime) -> dict[str, str]:
        facts: dict[str, Fact] = dict(verdict.facts)
        if verdict.coupons and verdict.coupons[0].name and "offer" not in facts:
            facts["offer"] = verdict.coupons[0].name
        facts.setdefault("offer", LocalText("这张券", "this coupon"))
        if verdict.member:
            facts["member"] = verdict.member.masked
        written = self._written(facts, key, now)
        written |= self._saved(verdict.discount_minor, key)
        if verdict.use:
            written |= self._use_facts(verdict.use, key, now)
        if written.get("store"):
            written["store_hint"] = f"（{written['store']}）" if key == "zh" else f" ({written['store']})"
        return written

    def _saved(self, discount_minor: int, key: str) -> dict[str, str]:
        if not discount_minor:
            return {}
        money = self.money(discount_minor)
        if key == "zh":
            return {"saved": f"，减 {money}", "saved_say": f"，省了 {money}", "saves_say": f"，可以省 {money}"}
        return {
            "saved": f", {money} off",
            "saved_say": f" and saved you {money}",
            "saves_say": f" and saves you {money}",
        }

    def _use_facts(self, use: Use, key: str, now: datetime) -> dict[str, str]:
        return {
            "used_at": self.moment(use.at, key, now) if use.at else "",
            "used_store": use.store_name or _SOMEWHERE.in_language(key),
            "used_lane": str(use.lane) if use.lane else "?",
            "used_operator": use.operator_name or use.operator or _SOMEBODY.in_language(key),
        }

    def _written(self, facts: Mapping[str, Fact], key: str, now: datetime) -> dict[str, str]:
        return {name: self._write(name, fact, key, now) for name, fact in facts.items()}

    def _write(self, name: str, fact: Fact, key: str, now: datetime) -> str:
        if isinstance(fact, LocalText):
            return fact.in_language(key)
        if isinstance(fact, datetime):
            return self.moment(fact, key, now)
        if isinstance(fact, date):
            return self.day(fact, key)
        if isinstance(fact, int) and name.endswith("_minor"):
            return self.money(fact)
        if isinstance(fact, int) and name.endswith("_s"):
            return self.age(fact, key)
        return str(fact)


def _variant(verdict: Verdict) -> str:
    """A repeat is worded by who used it; all other reasons have one row each."""
    if verdict.reason is not Reason.ALREADY_USED:
        return verdict.reason.value
    if verdict.use is None or verdict.use.at is None:
        return "already-used-untimed"
    return "already-used-own" if verdict.facts.get("own") else "already-used"


def _places_of(template: str) -> set[str]:
    return {place for _, place, _, _ in Formatter().parse(template) if place}


def _ended(words: str, stop: str) -> str:
    return words if words.endswith(("?", "？", stop)) else words + stop


def _language_key(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"


def _fill(template: str, facts: Mapping[str, str]) -> str:
    filled = template.format_map(_Blank(facts))
    return filled[:1].upper() + filled[1:]
