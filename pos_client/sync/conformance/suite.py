"""Runs the cases in their order: what needs no device first, what spoils the device last.

Apart from the cases because the order is a matter of all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.errors import PosError, ServerUnreachable

from .bench import Bench, Keys
from .case import Case, CaseResult, Needs, Outcome
from .cases import ALL, AT_STORES
from .probe import SILENCES, Probe
from .unmet import NotApplicable, Unmet

LONGEST_DETAIL: Final = 300


@dataclass(frozen=True, slots=True)
class Throwaways:
    """What may be spoilt by the check: enrolment codes, each of a lane, and signed coupons."""

    codes: Sequence[str] = ()
    coupons: Sequence[SignedCoupon] = ()


def run(url: str, version: str, keys: Keys, throwaways: Throwaways, *, at_store: bool = False) -> Iterator[CaseResult]:
    """Ask all cases of the server at ``url``, or those that a store's own server must keep too.

    Raises:
        ServerUnreachable: nobody answers there, or nobody answers any more.
    """
    probe = Probe(url, version)
    bench = Bench(probe, keys, throwaways.codes, throwaways.coupons, waits=at_store)
    try:
        probe.ask("GET", "/v1/time")
        for case in AT_STORES if at_store else ALL:
            yield _result(case, bench)
    finally:
        probe.close()


def _result(case: Case, bench: Bench) -> CaseResult:
    lacking = _lacking(case.needs, bench)
    if lacking:
        return CaseResult(case.id, case.checks, Outcome.SKIPPED, lacking)
    outcome, detail = _asked(case, bench)
    return CaseResult(case.id, case.checks, outcome, detail[:LONGEST_DETAIL])


def _asked(case: Case, bench: Bench) -> tuple[Outcome, str]:
    try:
        return Outcome.PASS, case.check(bench)
    except Unmet as unmet:
        return Outcome.FAIL, str(unmet)
    except NotApplicable as why:
        return Outcome.SKIPPED, str(why)
    except ServerUnreachable as error:
        if bench.probe.silent_for >= SILENCES:
            raise
        return Outcome.FAIL, f"no answer that a lane believes: {error}"
    except PosError as error:
        return Outcome.FAIL, f"{error.reason}: {error}"


def _lacking(needs: Needs, bench: Bench) -> str:
    have = {
        Needs.NOTHING: True,
        Needs.LANE: len(bench.codes) > 0,
        Needs.SECOND_LANE: len(bench.codes) > 1,
        Needs.COUPON: len(bench.codes) > 0 and len(bench.coupons) > 0,
    }
    return "" if have[needs] else needs.value
