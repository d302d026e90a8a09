"""States of the screen for another phone number, for pictures and tests."""

from dataclasses import replace

from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.ui.member.change_page import ChangePage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.binding import Binding, BindProof
from pos_client.usecases.change_side import ChangeFacts
from script import screen_facts as facts
from script import shift_facts as people
from script.clerk_stage import Play, Stage

_OTHER = "".join(("139", "0013", "9000"))
_NEEDED = Verdict(VerdictKind.REFUSED, Reason.PROOF_NEEDED)


def opened(stage: Stage, proof: BindProof = BindProof.SLOT, typed: str = _OTHER[:7]) -> ChangePage:
    """The screen for the member in hand."""
    stage.presenter.on_answer(facts.member_found())
    page = stage.open(Workspace.PHONE, ChangePage)
    view = facts.member().view
    sealed = "sealed" if proof is BindProof.CODE else ""
    page.steps.is_online = True
    page.steps.look(ChangeFacts(view.ref, view.masked, proof, sealed, people.SHIFT))
    stage.type(typed)
    page.show_now()
    return page


def _told(stage: Stage) -> None:
    page = opened(stage, BindProof.CODE, _OTHER)
    stage.presenter.enter()
    page.steps.refused(_NEEDED)
    sent = Verdict(VerdictKind.READY, Reason.PHONE_CODE_SENT, {"expires_s": 600})
    page.steps.told_sent(facts.member().view.ref, Binding(sent))
    stage.type("482")


def _taken(stage: Stage) -> None:
    page = opened(stage, BindProof.CODE, _OTHER)
    stage.presenter.enter()
    page.steps.refused(Verdict(VerdictKind.SUPERVISOR, Reason.NUMBER_TAKEN, {"other": "李* 139****9000"}))
    page.show_now()


def _who(stage: Stage) -> ChangePage:
    page = opened(stage, BindProof.SUPERVISOR, _OTHER)
    stage.presenter.enter()
    page.steps.refused(_NEEDED)
    page.show_now()
    return page


def _signs(stage: Stage) -> None:
    _who(stage)
    stage.type("1")
    stage.type("482915")


def _wrong(stage: Stage) -> None:
    page = _who(stage)
    stage.type("1")
    stage.type("482916")
    stage.presenter.enter()
    page.steps.refused(Verdict(VerdictKind.REFUSED, Reason.PIN_WRONG, {"count": 3}))
    page.show_now()


def _done(stage: Stage) -> None:
    card = facts.member()
    card = replace(card, view=replace(card.view, masked="王** 139****9000"))
    verdict = Verdict(VerdictKind.ACCEPTED, Reason.NUMBER_CHANGED, member=card.view)
    stage.presenter.on_answer(facts.answer(verdict, customer=facts.customer(member=card)))


def _nobody(stage: Stage) -> None:
    page = stage.open(Workspace.PHONE, ChangePage)
    page.steps.look(None)
    page.show_now()


SCREENS: dict[str, Play] = {
    "change-number": opened,
    "change-number-proof": _told,
    "change-number-taken": _taken,
    "change-number-who": _who,
    "change-number-supervisor": _signs,
    "change-number-pin-wrong": _wrong,
    "change-number-done": _done,
    "change-number-nobody": _nobody,
}
