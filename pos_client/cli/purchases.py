"""``purchase``, ``return``, ``hand-over``, ``hold`` and ``release``: a whole purchase at the counter."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from pos_client import bootstrap
from pos_client.bootstrap import Lane
from pos_client.domain.basket import Basket, of_amount
from pos_client.domain.errors import UsageError
from pos_client.domain.verdict import Verdict
from pos_client.usecases.hand_over import HandOver, HandOverRequest
from pos_client.usecases.hold import Hold, end_overdue
from pos_client.usecases.purchase import Purchase, PurchaseRequest
from pos_client.usecases.return_goods import ReturnGoods, ReturnRequest
from pos_client.usecases.transaction import Request

from .answering import Answer, JsonOption, answering, home_of
from .basket_file import read_basket
from .consent import AnswerOption, PinFileOption, ReasonOption, SupervisorOption, check_consent, override_ask, pin_of
from .deeds import acting, record
from .redemption import BasketOption, CodesArgument, MemberOption, OperatorOption, PromoterOption

SeqArgument = Annotated[int, typer.Argument(help="Number of the entry.")]
AmountOption = Annotated[int | None, typer.Option("--amount", min=1, help="What is bought costs so much, in fen.")]
LineOption = Annotated[
    list[str] | None,
    typer.Option("--line", help="A line and how many pieces of it: 0:1", metavar="N:K"),
]
_LONGEST: Final = 80


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help="Record a purchase: coupons, points, what it earns.")(purchase)
    app.command("return", help="Goods come back: money, points and coupons with them.")(return_)
    app.command("hand-over", help="A sample, gift or prize changes hands.")(hand_over)
    app.command(help="Hold a coupon for a customer who is still choosing.")(hold)
    app.command(help="Let a held coupon go.")(release)


def purchase(  # noqa: PLR0913, PLR0917 - a command's options
    context: typer.Context,
    codes: CodesArgument = None,
    member: MemberOption = None,
    basket: BasketOption = None,
    amount: AmountOption = None,
    burn: Annotated[int, typer.Option("--burn", min=0, help="Points to pay with.")] = 0,
    operator: OperatorOption = "",
    promoter: PromoterOption = "",
    supervisor: SupervisorOption = "",
    reason: ReasonOption = None,
    pin_file: PinFileOption = None,
    phone_answer: AnswerOption = "",
    as_json: JsonOption = False,
) -> None:
    """All of it in one commit: coupon codes, a receipt code or a basket, the member, points to pay with."""
    with answering(context, as_json=as_json) as answer:
        check_consent(supervisor, reason, pin_file, phone_answer)
        bought = _bought(basket, amount)
        texts = [member, *(codes or ())] if member else list(codes or ())

        def deed(lane: Lane) -> Verdict:
            ask = override_ask(lane, supervisor, reason, pin_file, phone_answer)
            shown = Request(texts, bought, attribution=acting(lane, operator, promoter), override=ask)
            return Purchase(lane.desk)(PurchaseRequest(shown, burn))

        record(context, answer, deed)


def _bought(basket: Path | None, amount: int | None) -> Basket | None:
    if basket is not None and amount is not None:
        raise UsageError("name a --basket or an --amount, not both")
    return of_amount(amount) if amount is not None else read_basket(basket)


def return_(
    context: typer.Context,
    seq: SeqArgument,
    line: LineOption = None,
    amount: AmountOption = None,
    operator: OperatorOption = "",
    promoter: PromoterOption = "",
    as_json: JsonOption = False,
) -> None:
    """Of the purchase with this number: some pieces (--line 0:1), an amount, or all that is left."""
    with answering(context, as_json=as_json) as answer:
        request = ReturnRequest(seq, dict(map(_piece, line)) if line else None, amount)
        record(context, answer, lambda lane: ReturnGoods(lane.desk)(request, acting(lane, operator, promoter)))


def _piece(text: str) -> tuple[int, int]:
    place, colon, count = text.partition(":")
    if not colon or not (place + count).isdecimal() or len(text) > _LONGEST or not place or not count:
        raise UsageError(f"--line is LINE:PIECES, as 0:1, not {text[:20]}")
    return int(place), int(count)


def hand_over(  # noqa: PLR0913, PLR0917 - a command's options
    context: typer.Context,
    seq: Annotated[int | None, typer.Argument(help="The entry that entitles to it; none lists what is owed.")] = None,
    item: Annotated[str, typer.Option("--item", help="Which of several things.")] = "",
    instead: Annotated[str, typer.Option("--instead", help="Another item is given for it.")] = "",
    supervisor: SupervisorOption = "",
    pin_file: PinFileOption = None,
    operator: OperatorOption = "",
    promoter: PromoterOption = "",
    as_json: JsonOption = False,
) -> None:
    """Off the booth's stock, once for each right."""
    with answering(context, as_json=as_json) as answer:
        if seq is None:
            with bootstrap.reading_lane(home_of(context)) as lane:
                _list_owed(answer, lane)
            return
        request = HandOverRequest(seq, item[:_LONGEST], instead[:_LONGEST], supervisor)

        def deed(lane: Lane) -> Verdict:
            signed = replace(request, pin=pin_of(lane, supervisor, pin_file))
            return HandOver(lane.desk)(signed, acting(lane, operator, promoter))

        record(context, answer, deed)


def _list_owed(answer: Answer, lane: Lane) -> None:
    today = lane.desk.context(lane.desk.trusted_time()).today
    owed = HandOver(lane.desk).owed(today)
    document = [
        {"seq": one.right.seq, "item": one.item, "name": one.gift.name.as_json(), "quantity": one.quantity}
        for one in owed
    ]
    lines = [f"#{one.right.seq}  {one.gift.name.in_language(answer.language)} × {one.quantity}" for one in owed]
    answer.give(document, "\n".join(lines) or "–")


def hold(
    context: typer.Context,
    codes: CodesArgument = None,
    member: MemberOption = None,
    basket: BasketOption = None,
    operator: OperatorOption = "",
    promoter: PromoterOption = "",
    as_json: JsonOption = False,
) -> None:
    """Nobody else gets it meanwhile; redeem takes it up, release lets it go, and so does the policy's time."""
    with answering(context, as_json=as_json) as answer:
        if not codes:
            raise UsageError("name a CODE")
        texts = [member, *codes] if member else codes

        def deed(lane: Lane) -> Verdict:
            end_overdue(lane.desk)
            shown = Request(texts, read_basket(basket), attribution=acting(lane, operator, promoter))
            return Hold(lane.desk)(shown)

        record(context, answer, deed)


def release(
    context: typer.Context, seq: SeqArgument, operator: OperatorOption = "", as_json: JsonOption = False
) -> None:
    """The same as taking its intent back."""
    with answering(context, as_json=as_json) as answer:

        def deed(lane: Lane) -> Verdict:
            end_overdue(lane.desk)
            return lane.void(seq, "released", acting(lane, operator, ""))

        record(context, answer, deed)
