"""A case: what it checks in one sentence, what it needs, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .bench import Bench


class Outcome(StrEnum):
    """What came of a case."""

    PASS = "pass"  # noqa: S105 - a case's result, no password
    FAIL = "fail"
    SKIPPED = "skipped"


class Needs(StrEnum):
    """What a case cannot do without; the value says how to give it."""

    NOTHING = ""
    LANE = "needs a throw-away lane: give its enrolment code with --code"
    SECOND_LANE = "needs a second throw-away lane: give --code twice"
    COUPON = "needs a throw-away signed coupon: give its code with --coupon"


@dataclass(frozen=True, slots=True)
class Case:
    """One check.

    Attributes:
        id: stable name, ``resource.subject``.
        checks: the rule, in one sentence.
        check: gives the observed detail; raises Unmet, NotApplicable, or a PosError where no answer can be read.
    """

    id: str
    checks: str
    check: Callable[[Bench], str]
    needs: Needs = Needs.NOTHING


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of one case; ``detail`` is what was observed."""

    id: str
    checks: str
    result: Outcome
    detail: str

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {"id": self.id, "checks": self.checks, "result": self.result.value, "detail": self.detail}
