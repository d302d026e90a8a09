"""Work losses off: somebody settled one, or gives it up; what was written off stays in the ledger, and so does why.

Apart from the ledger because this one writes.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from . import conflict_steps
from .conflict_ledger import OPEN, ledger
from .conflict_steps import StepKind

BY: Final = ("cause", "campaign", "store", "lane", "operator", "tier", "business_date")
_FIGURES: Final = ("cases", "loss_minor", "settled_minor", "written_off_minor", "open_minor")
_FIGURE_OF: Final = {OPEN: "open_minor", StepKind.SETTLED: "settled_minor", StepKind.WRITTEN_OFF: "written_off_minor"}


class CannotWorkOff(Exception):
    """There is no such loss, it is none any more, or the same was said of it before."""


def work_off(connection: Connection, case_id: str, step: StepKind, said: Mapping[str, str], now_ms: int) -> None:
    """Add somebody's step to a loss.

    Args:
        connection: of the job.
        case_id: as the ledger names it.
        step: settled or written off.
        said: ``owner`` and ``reason``.
        now_ms: Unix milliseconds.

    Raises:
        CannotWorkOff.
    """
    loss = next((one for one in ledger(connection).losses if one["id"] == case_id), None)
    if loss is None:
        raise CannotWorkOff(f"there is no {case_id}")
    if loss["state"] != OPEN:
        raise CannotWorkOff(f"{case_id} is {loss['state']}: nothing is lost")
    if loss["worked"] == step:
        raise CannotWorkOff(f"{case_id} is {step.value} already")
    conflict_steps.append(connection, case_id, step, now_ms, loss_minor=loss["loss_minor"], **said)


def totals(losses: Sequence[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Losses summed up by cause, campaign, store, lane (of its store), operator, tier and day, and all together.

    A loss counts in ``loss_minor`` whatever was done about it, and in one of the three figures after it.
    """
    return {"all": _summed(losses, ()), **{f"by_{name}": _summed(losses, _key(name)) for name in BY}}


def _key(name: str) -> tuple[str, ...]:
    return ("store", "lane") if name == "lane" else (name,)


def _summed(losses: Sequence[Mapping[str, Any]], names: Sequence[str]) -> list[dict[str, Any]]:
    sums: dict[tuple[Any, ...], dict[str, int]] = defaultdict(lambda: dict.fromkeys(_FIGURES, 0))
    for loss in losses:
        of_key = sums[(*(loss[name] for name in names), loss["currency"])]
        of_key["cases"] += 1
        of_key["loss_minor"] += loss["loss_minor"]
        of_key[_FIGURE_OF[loss["worked"]]] += loss["loss_minor"]
    fields = (*names, "currency")
    return [{**dict(zip(fields, key, strict=True)), **sums[key]} for key in sorted(sums)]
