"""``crm-server quarantine``: entries that were stored and not applied; try again, accept, write off."""

from typing import Annotated

import typer

from crm_server import quarantine_desk
from crm_server.bind_effects import with_members
from crm_server.effects import EFFECTS
from crm_server.quarantine_desk import Decision, Settled, Tried

from .options import DataOption, JsonOption, Options, UrlOption, answer, fail, merged, opened

APP = typer.Typer(name="quarantine", no_args_is_help=True, help="Entries that were stored and could not be applied.")
RefsArgument = Annotated[list[str] | None, typer.Argument(help="As ``list`` names them.")]
OwnerOption = Annotated[str, typer.Option(help="Who answers for it.")]
ReasonOption = Annotated[str, typer.Option(help="Why, in a few words.")]
_LONGEST_NAME, _LONGEST_NOTE = 40, 200


@APP.command("list")
def list_(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also what was settled.")] = False,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """What lies here, oldest first."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        rows = centre.database.read(lambda found: quarantine_desk.on_desk(found, settled=everything)).result()
    lines = [
        f"{row['ref']}  {row['device']} {row['epoch']}/{row['seq']}  {row['kind'] or '?'}  {row['reason']}"
        f"  {row['received_at']}  {row['state']}" + (f" ({row['owner']}: {row['note']})" if "owner" in row else "")
        for row in rows
    ]
    answer(options, rows, lines or ["nothing is in quarantine"])


@APP.command()
def apply(
    context: typer.Context,
    refs: RefsArgument = None,
    everything: Annotated[bool, typer.Option("--all", help="All that lies here.")] = False,
    owner: OwnerOption = "",
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Try entries again, after what stood in their way was put right."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        effects = with_members(EFFECTS, centre.keys.seal)
        decision = Decision(Settled.APPLIED, _fitting(owner, _LONGEST_NAME))
        wanted = list(refs or ())
        if everything:
            wanted = [row["ref"] for row in centre.database.read(quarantine_desk.on_desk).result()]
        tried: list[Tried] = []
        for ref in wanted:
            # One at a time: none waits for another, and none is undone with another.
            tried += centre.database.write(
                lambda connection, one=ref: quarantine_desk.apply_again(  # type: ignore[misc]
                    connection, [one], decision, effects, centre.now_ms()
                )
            ).result()
    document = [{"ref": one.ref, "result": one.result, "reason": one.reason or None} for one in tried]
    lines = [f"{one.ref}: {one.result}" + (f" ({one.reason})" if one.reason else "") for one in tried]
    answer(options, document, lines or ["nothing to try"])


@APP.command()
def accept(
    context: typer.Context,
    refs: RefsArgument = None,
    owner: OwnerOption = "",
    reason: ReasonOption = "",
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """It happened, and the books are put right in another way."""
    _settle(merged(context, data, database_url, as_json), refs, Decision(Settled.ACCEPTED, owner, reason))


@APP.command("write-off")
def write_off(
    context: typer.Context,
    refs: RefsArgument = None,
    owner: OwnerOption = "",
    reason: ReasonOption = "",
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """It will never be applied; somebody answers for it."""
    _settle(merged(context, data, database_url, as_json), refs, Decision(Settled.WRITTEN_OFF, owner, reason))


def _settle(options: Options, refs: list[str] | None, decision: Decision) -> None:
    if not decision.owner or not decision.note:
        fail("who answers for it (--owner) and why (--reason) must be said", 2)
    _fitting(decision.owner, _LONGEST_NAME)
    _fitting(decision.note, _LONGEST_NOTE)
    wanted = list(refs or ())
    with opened(options) as centre:
        done = centre.database.write(
            lambda connection: quarantine_desk.settle(connection, wanted, decision, centre.now_ms())
        ).result()
    unknown = [ref for ref in wanted if ref not in done]
    lines = [f"{ref}: {decision.state.value}" for ref in done] + [f"{ref}: is not open here" for ref in unknown]
    answer(options, {"state": decision.state.value, "settled": done, "not_open": unknown}, lines or ["nothing to do"])
    if unknown:
        raise typer.Exit(1)


def _fitting(text: str, longest: int) -> str:
    if len(text) > longest or not text.isprintable():
        fail(f"at most {longest} printable characters", 2)
    return text
