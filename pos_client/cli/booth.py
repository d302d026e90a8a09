"""``stock``, ``statement`` and ``counters``: the booth and its people as their own journal shows them."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any

import typer

from pos_client import bootstrap
from pos_client.bootstrap import Lane
from pos_client.domain.errors import UsageError
from pos_client.domain.store_profile import is_supervisor
from pos_client.usecases.accounts import Accounts, cards_of, holder_of
from pos_client.usecases.counters import counters as figures_of
from pos_client.usecases.recognise import MemberShown, recognise
from pos_client.usecases.statement import Credit, CreditLine, Statement
from pos_client.usecases.statement import statement as statement_of

from .answering import JsonOption, answering, home_of
from .redemption import OperatorOption, PromoterOption

DateOption = Annotated[
    datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Business day; today unless told.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help="A member's points and stamps.")(points)
    app.command(help="What lies at this booth to be handed over.")(stock)
    app.command(help="A promoter's own day: pending, confirmed, reversed.")(statement)
    app.command(help="The counter's figures of a day: visits, refusals, new members.")(counters)


def points(
    context: typer.Context,
    member: Annotated[str, typer.Argument(help="His code, card or phone number.", metavar="MEMBER")],
    as_json: JsonOption = False,
) -> None:
    """As the centre knew them, and what this lane has done since."""
    with answering(context, as_json=as_json) as answer, bootstrap.reading_lane(home_of(context)) as lane:
        shown = recognise(lane.desk, member, lane.desk.trusted_time())
        if not isinstance(shown, MemberShown):
            raise UsageError("this is no member's code, card or phone number that is known here")
        accounts, holder = Accounts(lane.desk), holder_of(shown)
        stamps = {card: accounts.stamps(holder, card) for card in cards_of(lane.desk.cache.offers())}
        document = {"member": shown.view.masked, "points": accounts.points(holder), "stamps": stamps}
        lines = [
            f"{shown.view.masked}  {document['points']}",
            *(f"  {card}  {count}" for card, count in stamps.items()),
        ]
        answer.give(document, "\n".join(lines))


def stock(context: typer.Context, as_json: JsonOption = False) -> None:
    """The centre's figure less what this lane handed over since."""
    with answering(context, as_json=as_json) as answer, bootstrap.reading_lane(home_of(context)) as lane:
        found = Accounts(lane.desk).stock()
        lines = [f"{left.item}  {left.quantity}" + ("  !" if left.is_low else "") for left in found]
        answer.give([asdict(left) for left in found], "\n".join(lines) or "–")


def statement(
    context: typer.Context,
    promoter: PromoterOption = "",
    operator: OperatorOption = "",
    day: DateOption = None,
    as_json: JsonOption = False,
) -> None:
    """A promoter sees his own; a supervisor (--operator) anybody's."""
    with answering(context, as_json=as_json) as answer, bootstrap.reading_lane(home_of(context)) as lane:
        whose = promoter or lane.promoter
        if not whose:
            raise UsageError("name a --promoter")
        if operator and operator != whose and not is_supervisor(lane.desk.cache.staff(), operator):
            raise UsageError("a statement is for its own promoter or for a supervisor")
        found = statement_of(lane.desk, whose, _day(lane, day))
        answer.give(_statement_document(found), _statement_text(found, lane))


def _statement_document(found: Statement) -> dict[str, Any]:
    return {
        "promoter": found.promoter,
        "business_date": found.business_date.isoformat(),
        "goods_minor": {credit.value: found.goods_minor(credit) for credit in Credit},
        "lines": [_line_document(line) for line in found.lines],
    }


def _line_document(line: CreditLine) -> dict[str, Any]:
    return asdict(line) | {"kind": line.kind.value, "credit": line.credit.value}


def _statement_text(found: Statement, lane: Lane) -> str:
    lines = [f"{found.promoter}  {found.business_date.isoformat()}"]
    lines += [f"  {credit.value:10} {lane.wording.money(found.goods_minor(credit))}" for credit in Credit]
    for line in found.lines:
        lines.append(
            f"  #{line.seq:<6} {line.kind.value:12} {line.credit.value:10} {lane.wording.money(line.goods_minor)}"
        )
    return "\n".join(lines)


def counters(context: typer.Context, day: DateOption = None, as_json: JsonOption = False) -> None:
    """From this lane's journal alone."""
    with answering(context, as_json=as_json) as answer, bootstrap.reading_lane(home_of(context)) as lane:
        found = figures_of(lane.desk, _day(lane, day))
        document = asdict(found) | {"business_date": found.business_date.isoformat()}
        answer.give(document, "\n".join(f"{name:16} {value}" for name, value in document.items()))


def _day(lane: Lane, day: datetime | None) -> date:
    return day.date() if day else lane.desk.context(lane.desk.trusted_time()).today
