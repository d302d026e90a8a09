"""A verdict in words for a customer: short, accusing nobody, and without a word about networks, lanes or limits.

Apart from the clerk's wording because what a clerk reads out is not what a screen may show to a queue. The table is
``resources/i18n/kiosk.toml``; a reason without a row of its own is told by its level.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_client.config.wording import Wording
from pos_client.domain.local_text import LocalText
from pos_client.domain.verdict import Verdict
from pos_client.usecases.till_view import Level, level_of


@dataclass(frozen=True, slots=True)
class KioskRow:
    """One verdict in one language."""

    headline: str
    line: str
    hands: str
    why: str


class KioskWords:
    """The kiosk's sentences.

    Args:
        table: the parsed file.
        wording: writes money.
    """

    def __init__(self, table: Mapping[str, Any], wording: Wording) -> None:
        self._table, self._wording = table, wording

    @classmethod
    def load(cls, resources: Path, wording: Wording) -> "KioskWords":
        """Read the table from the resources folder."""
        return cls(tomllib.loads((resources / "i18n" / "kiosk.toml").read_text("utf-8")), wording)

    def of_verdict(self, verdict: Verdict, language: str) -> KioskRow:
        """A verdict in ``zh`` or ``en``."""
        key = verdict.reason.value if verdict.reason.value in self._table else f"level-{level_of(verdict).value}"
        return self._row(key, language, self._facts(verdict, language))

    def of_case(self, case: str, language: str, **facts: str) -> KioskRow:
        """Something that is no verdict of the till: ``no-answer``, ``fault``, ``several-used``."""
        return self._row(case, language, facts)

    def money(self, minor: int, language: str) -> str:
        """What is taken off, as it stands on a card; empty for nothing."""
        if not minor:
            return ""
        template: str = self._table["amount"][language]
        return template.format(money=self._wording.money(minor))

    def name(self, name: LocalText | None, language: str) -> str:
        """A coupon's name."""
        return name.in_language(language) if name else str(self._table["unnamed"][language])

    def _facts(self, verdict: Verdict, language: str) -> dict[str, str]:
        missing = verdict.facts.get("missing_minor")
        coupon = verdict.coupons[0].name if verdict.coupons else None
        return {
            "offer": self.name(coupon, language),
            "missing": self._wording.money(missing) if isinstance(missing, int) else "",
        }

    def _row(self, key: str, language: str, facts: Mapping[str, str]) -> KioskRow:
        row = self._table[key]
        parts = (row.get(part, {}).get(language, "") for part in ("headline", "line", "hands", "why"))
        return KioskRow(*(part.format(**facts) for part in parts))


LEVEL_ROWS = tuple(f"level-{level.value}" for level in Level)
"""Rows that must be there: any reason falls back to one of them."""
