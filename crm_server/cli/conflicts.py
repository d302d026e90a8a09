"""``crm-server conflicts``: the ledger of losses, to be looked at and worked off."""

from typing import Annotated, Any

import typer

from crm_server.conflict_ledger import ledger
from crm_server.conflict_steps import StepKind
from crm_server.conflict_work import CannotWorkOff, totals, work_off
from crm_server.minting import named_store

from .options import DataOption, JsonOption, UrlOption, answer, fail, merged, opened

APP = typer.Typer(name="conflicts", no_args_is_help=True, help="What was given away twice, and what became of it.")
CaseArgument = Annotated[str, typer.Argument(help="As the list names it: C12, M3, P7.", metavar="ID")]
OwnerOption = Annotated[str, typer.Option("--owner", help="Who answers for it.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why; it is written down.")]
_LONGEST_OWNER, _LONGEST_REASON = 80, 400


@APP.command("list")
def list_(
    context: typer.Context,
    store: Annotated[str, typer.Option(help="Id or number; all stores unless given.")] = "",
    only_open: Annotated[bool, typer.Option("--open", help="Only what nobody has worked off.")] = False,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Every loss with both sides, cause, history and a drafted message; and the sums."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        losses = centre.database.read(
            lambda connection: ledger(connection).of(named_store(connection, store).number if store else None)
        ).result()
    if only_open:
        losses = [one for one in losses if one["state"] == "open" and one["worked"] == "open"]
    summed = totals(losses)
    answer(options, {"losses": losses, "totals": summed}, [*map(_line, losses), *total_lines(summed)])


@APP.command()
def settle(
    context: typer.Context,
    case: CaseArgument,
    owner: OwnerOption,
    reason: ReasonOption,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Somebody made good for it."""
    _worked(merged(context, data, database_url, as_json), case, StepKind.SETTLED, owner, reason)


@APP.command("write-off")
def write_off(
    context: typer.Context,
    case: CaseArgument,
    owner: OwnerOption,
    reason: ReasonOption,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give it up; it stays in the list."""
    _worked(merged(context, data, database_url, as_json), case, StepKind.WRITTEN_OFF, owner, reason)


def _worked(options: Any, case: str, step: StepKind, owner: str, reason: str) -> None:
    said = {"owner": owner.strip()[:_LONGEST_OWNER], "reason": reason.strip()[:_LONGEST_REASON]}
    if not all(said.values()):
        fail("an owner and a reason are needed", 2)
    with opened(options) as centre:
        now_ms = centre.now_ms()
        try:
            centre.database.write(lambda connection: work_off(connection, case, step, said, now_ms)).result()
        except CannotWorkOff as refused:
            fail(str(refused))
    answer(options, {"id": case, "step": step.value, **said}, [f"{case}: {step.value} ({said['owner']})"])


def _line(one: dict[str, Any]) -> str:
    holder = one["holder"] or {}
    first = f"  first: {holder['store_name']} {holder['lane']} #{holder['seq']}" if holder else ""
    where = f"{one['business_date']}  {one['store_name']} {one['lane']} #{one['seq']} {one['operator']}"
    state = one["worked"] if one["state"] == "open" else one["state"]
    lost = f"{one['loss_minor']} of {one['value_minor']} {one['currency']}"
    return f"{one['id']}  {where}  {one['coupon_id']}  {lost}  {one['cause']}  {state}{first}"


def total_lines(summed: dict[str, list[dict[str, Any]]]) -> list[str]:
    """The sums for people."""
    figures = {"cases", "loss_minor", "settled_minor", "written_off_minor", "open_minor"}
    lines = []
    for name, rows in summed.items():
        for row in rows:
            key = " ".join(str(value) for field, value in row.items() if field not in figures)
            lines.append(
                f"{name} {key}: {row['cases']} cases, lost {row['loss_minor']}, settled {row['settled_minor']},"
                f" written off {row['written_off_minor']}, open {row['open_minor']}"
            )
    return lines or ["nothing is lost"]
