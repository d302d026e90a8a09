"""``member``: find members, change a number, send and check one-time codes."""

from typing import Annotated

import typer

from pos_client import bootstrap
from pos_client.usecases.change_phone import ChangeRequest
from pos_client.usecases.desk import Attribution

from .answering import JsonOption, answering, home_of, said
from .binding import OperatorOption, give_binding
from .consent import PinFileOption, SupervisorOption, pin_of
from .verdict_document import EXIT_CODES, verdict_document, verdict_lines

PhoneOption = Annotated[str, typer.Option("--phone", help="The phone number; - reads it.", callback=said)]
CodeOption = Annotated[str, typer.Option("--code", help="The one-time code that the customer told.")]


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="Find members, change a number, check whose phone it is.", no_args_is_help=True)
    group.command(name="find", help="Find members by code, card, phone or its last four digits.")(find)
    group.command(name="change-phone", help="Give a member another phone number.")(change_phone)
    group.command(name="send-code", help="Send a one-time code to a phone.")(send_code)
    group.command(name="verify", help="Check the one-time code that a customer told.")(verify)
    app.add_typer(group, name="member")


def find(
    context: typer.Context,
    text: Annotated[
        str,
        typer.Argument(help="Code, card, phone or its last four digits; - reads it.", metavar="TEXT", callback=said),
    ],
    operator: OperatorOption = "",
    as_json: JsonOption = False,
) -> None:
    """Masked members, ten at most; asking by four digits is counted for each person."""
    with answering(context, as_json=as_json) as answer:
        verdict, lane = bootstrap.find_member(home_of(context), text, operator)
        document = verdict_document(verdict, lane.wording)
        answer.give(document, verdict_lines(verdict, lane.wording, answer.language), EXIT_CODES[verdict.kind])


def change_phone(
    context: typer.Context,
    member: Annotated[str, typer.Option("--member", help="His code, card or old number; - reads it.", callback=said)],
    phone: PhoneOption,
    code: CodeOption = "",
    supervisor: SupervisorOption = "",
    pin_file: PinFileOption = None,
    operator: OperatorOption = "",
    as_json: JsonOption = False,
) -> None:
    """Needs his slot code, a one-time code that came to the old number, or a supervisor."""
    with answering(context, as_json=as_json) as answer, bootstrap.binding_lane(home_of(context)) as counter:
        attribution = Attribution(operator or counter.lane.operator, counter.lane.promoter)
        pin = pin_of(counter.lane, supervisor, pin_file)
        request = ChangeRequest(member, phone, code, supervisor, attribution, pin)
        give_binding(answer, counter.change_phone(request), counter.lane)


def send_code(context: typer.Context, phone: PhoneOption, as_json: JsonOption = False) -> None:
    """Six digits, good for ten minutes; the next one can follow after one."""
    with answering(context, as_json=as_json) as answer, bootstrap.binding_lane(home_of(context)) as counter:
        give_binding(answer, counter.verify.send(phone), counter.lane)


def verify(
    context: typer.Context,
    phone: PhoneOption,
    code: CodeOption,
    member: Annotated[str, typer.Option("--member", help="Reference or card, where several share the phone.")] = "",
    operator: OperatorOption = "",
    as_json: JsonOption = False,
) -> None:
    """From then on the member's benefits are not limited by it."""
    with answering(context, as_json=as_json) as answer, bootstrap.binding_lane(home_of(context)) as counter:
        attribution = Attribution(operator or counter.lane.operator, counter.lane.promoter)
        give_binding(answer, counter.verify(phone, code, attribution, member), counter.lane)
