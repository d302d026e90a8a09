"""``check`` and ``redeem``: the same question, without and with the journal entry."""

from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from pos_client import bootstrap
from pos_client.bootstrap import Lane
from pos_client.domain.errors import UsageError
from pos_client.domain.verdict import Verdict
from pos_client.usecases.desk import Attribution
from pos_client.usecases.transaction import Request

from .answering import JsonOption, answering, home_of, staff_id
from .basket_file import read_basket
from .consent import AnswerOption, PinFileOption, ReasonOption, SupervisorOption, check_consent, override_ask
from .deeds import acting, give_verdict, record
from .picture_codes import codes_in_picture

CodesArgument = Annotated[list[str] | None, typer.Argument(help="Codes as scanned or typed.", metavar="CODE…")]
PictureOption = Annotated[Path | None, typer.Option("--picture", help="Read the codes off a picture.")]
MemberOption = Annotated[str | None, typer.Option("--member", help="The member's code, card or phone number.")]
BasketOption = Annotated[Path | None, typer.Option("--basket", help="A basket file (JSON).")]
OperatorOption = Annotated[str, typer.Option("--operator", help="Staff id of who acts.", callback=staff_id)]
PromoterOption = Annotated[str, typer.Option("--promoter", help="Staff id of who gets the credit.", callback=staff_id)]


def register(app: typer.Typer) -> None:
    """Add both commands."""
    app.command(help="The verdict on a code; nothing is written.")(check)
    app.command(help="The verdict on a code, and the journal entry.")(redeem)


def check(
    context: typer.Context,
    codes: CodesArgument = None,
    picture: PictureOption = None,
    member: MemberOption = None,
    basket: BasketOption = None,
    as_json: JsonOption = False,
) -> None:
    """The verdict that a redemption would give, from this lane's data alone."""
    with answering(context, as_json=as_json) as answer:
        started = perf_counter()
        asked = _asked(codes, picture, member, basket, Attribution())
        if isinstance(asked, Verdict):
            give_verdict(answer, asked, bootstrap.wording(), started)
            return
        with bootstrap.reading_lane(home_of(context)) as lane:
            give_verdict(answer, lane.check(asked), lane.wording, started)


def redeem(  # noqa: PLR0913, PLR0917 - a command's options
    context: typer.Context,
    codes: CodesArgument = None,
    picture: PictureOption = None,
    member: MemberOption = None,
    basket: BasketOption = None,
    operator: OperatorOption = "",
    promoter: PromoterOption = "",
    deposit_back: Annotated[
        bool, typer.Option("--deposit-back", help="A reservation is given up; its deposit is paid back.")
    ] = False,
    supervisor: SupervisorOption = "",
    reason: ReasonOption = None,
    pin_file: PinFileOption = None,
    phone_answer: AnswerOption = "",
    as_json: JsonOption = False,
) -> None:
    """The verdict; where it is accepted or pending, the entry is on disk before this prints."""
    with answering(context, as_json=as_json) as answer:
        started = perf_counter()
        check_consent(supervisor, reason, pin_file, phone_answer)
        asked = _asked(codes, picture, member, basket, Attribution(operator, promoter))
        if isinstance(asked, Verdict):
            give_verdict(answer, asked, bootstrap.wording(), started)
            return
        request = replace(asked, returns_deposit=deposit_back)

        def deed(lane: Lane) -> Verdict:
            ask = override_ask(lane, supervisor, reason, pin_file, phone_answer)
            return lane.redeem(replace(_with_operator(request, lane), override=ask))

        record(context, answer, deed, started)


def _with_operator(request: Request, lane: Lane) -> Request:
    named = request.attribution
    who = acting(lane, named.operator, named.promoter)
    return replace(request, attribution=replace(who, source=named.source))


def _asked(
    codes: list[str] | None, picture: Path | None, member: str | None, basket: Path | None, attribution: Attribution
) -> Request | Verdict:
    """The request, or the verdict on a picture that holds nothing to ask about."""
    if not codes and picture is None:
        raise UsageError("name a CODE or a --picture")
    bought = read_basket(basket)
    texts = list(codes or ())
    if picture is not None:
        seen = codes_in_picture(picture)
        if isinstance(seen, Verdict):
            return seen
        texts += seen
        attribution = replace(attribution, source="picture")
    return Request([member, *texts] if member else texts, bought, attribution=attribution)
