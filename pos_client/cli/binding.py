"""``bind``: make a customer a member, by his phone number or by a code that he scans himself."""

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import segno
import typer

from pos_client import bootstrap
from pos_client.bootstrap.binding import Binding as Counter
from pos_client.domain.codes import parametric_qr
from pos_client.domain.errors import ServerUnreachable, UsageError
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.verdict import VerdictKind
from pos_client.usecases.bind_member import BindRequest
from pos_client.usecases.binding import Binding
from pos_client.usecases.desk import Attribution
from pos_client.usecases.show_scene import Scene

from .answering import Answer, JsonOption, answering, home_of, said, staff_id
from .verdict_document import EXIT_CODES, verdict_document, verdict_lines

ASK_EVERY_S: Final = 1.0
LONGEST_WAIT_S: Final = 300
LARGEST_CAMPAIGN: Final = 2**32 - 1
OperatorOption = Annotated[str, typer.Option("--operator", help="Staff id of who acts.", callback=staff_id)]
PromoterOption = Annotated[str, typer.Option("--promoter", help="Staff id of who gets the credit.", callback=staff_id)]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Make a customer a member: by phone number, or with --show by a code that he scans.")(bind)


def bind(  # noqa: PLR0913, PLR0917 - typer declares one argument an option
    context: typer.Context,
    phone: Annotated[str, typer.Option("--phone", help="The customer's phone number; - reads it.", callback=said)] = "",
    name: Annotated[str, typer.Option("--name", help="His name, as he gives it; - reads it.", callback=said)] = "",
    member: Annotated[str, typer.Option("--member", help="Reference or card, where several share the phone.")] = "",
    code: Annotated[str, typer.Option("--code", help="The one-time code that he told.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Bind; without it only say whose he would be.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Show a code that the customer scans, and wait.")] = False,
    png: Annotated[Path | None, typer.Option("--png", help="Write the code's picture here.")] = None,
    link: Annotated[str, typer.Option("--link", help="The picture holds this link, ending with the digits.")] = "",
    campaign: Annotated[
        int, typer.Option("--campaign", min=0, max=LARGEST_CAMPAIGN, help="Number of the campaign.")
    ] = 0,
    wait: Annotated[float, typer.Option("--wait", min=0, max=LONGEST_WAIT_S, help="Seconds to wait.")] = 300,
    operator: OperatorOption = "",
    promoter: PromoterOption = "",
    as_json: JsonOption = False,
) -> None:
    """Without ``--yes`` nothing is written; with it the entry is on disk before this prints."""
    with answering(context, as_json=as_json) as answer:
        if show == bool(phone):
            raise UsageError("name a --phone, or --show a code")
        with bootstrap.binding_lane(home_of(context)) as counter:
            attribution = Attribution(operator or counter.lane.operator, promoter or counter.lane.promoter)
            if show:
                scene = counter.scene.make(attribution, campaign)
                _announce(answer, counter, scene, png, link)
                give_binding(answer, _wait(counter, scene, attribution, wait), counter.lane)
                return
            request = BindRequest(phone, name, member, code, attribution)
            give_binding(answer, counter.bind(request) if yes else counter.bind.look(request), counter.lane)


def _announce(answer: Answer, counter: Counter, scene: Scene, png: Path | None, link: str) -> None:
    """Say what is on show before anybody waits for it: a line of JSON, or the code itself in the terminal."""
    text = parametric_qr.link(link, scene.digits) if link else scene.digits
    try:
        picture = segno.make(text, error="m", micro=False)
    except segno.DataOverflowError as error:
        raise UsageError("--link is too long for a picture") from error
    if png is not None:
        try:
            picture.save(str(png), kind="png", scale=6, border=4)
        except OSError as error:
            raise UsageError(f"{png}: {error.strerror}") from error
    if answer.as_json:
        # Beside the one document of the answer, which comes when it is over: whoever shows the picture needs it now.
        document = {"scene": scene.digits, "text": text, "expires_at": wire_time(scene.expires)}
        print(json.dumps(document), file=sys.stderr, flush=True)
        return
    words = verdict_lines(counter.scene.shown(scene).verdict, counter.lane.wording, answer.language)
    print(f"{words}\n{text}", flush=True)
    if png is None:
        picture.terminal(compact=True)


def _wait(counter: Counter, scene: Scene, attribution: Attribution, wait_s: float) -> Binding:
    """Ask once a second until somebody scanned it; a network that comes and goes is waited for as well."""
    for _ in _looks(scene, wait_s):
        try:
            done = counter.scene.bound(scene, attribution)
        except ServerUnreachable:
            done = None
        if done is not None:
            return done
    return counter.scene.timed_out()


def _looks(scene: Scene, wait_s: float) -> Iterator[None]:
    """One now, one a second, and one after the end: whoever scanned in the last second was bound at the centre."""
    ends = time.monotonic() + wait_s
    while (left := ends - time.monotonic()) > 0 and datetime.now(UTC) < scene.expires:
        yield
        time.sleep(min(left, ASK_EVERY_S))
    yield


def give_binding(answer: Answer, done: Binding, lane: bootstrap.Lane) -> None:
    """The verdict's document with what binding adds to it."""
    document: dict[str, Any] = verdict_document(done.verdict, lane.wording)
    document |= {"is_new": done.is_new, "owner_before": done.owner_before, "owner_after": done.owner_after}
    text = verdict_lines(done.verdict, lane.wording, answer.language)
    if done.member and done.verdict.kind is VerdictKind.ACCEPTED:
        text += f"\n  {done.member.view.ref}  {done.member.view.masked}"
    answer.give(document, text, EXIT_CODES[done.verdict.kind])
