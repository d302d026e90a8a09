"""States of the window around a purchase with coupons: the set, the choice among members, what an undo brings back."""

from collections.abc import Callable

from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.till_view import Customer, TillAnswer
from pos_client.usecases.undo_effects import UndoEffects
from script import basket_facts as basket
from script import screen_facts as facts
from script.clerk_stage import Play, Stage


def _set(*answers: Callable[[], TillAnswer]) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        stage.presenter.on_answer(facts.member_found())
        stage.presenter.on_customer(facts.customer())
        stage.presenter.open(Workspace.BASKET)
        for make in answers:
            stage.presenter.on_answer(make())

    return play


def _photographed(stage: Stage) -> None:
    """On a wide screen; one of 1280 has no room for the picture."""
    _set(lambda: basket.answer(basket.offered()))(stage)
    stage.clerk.window.page.photo.take(facts.receipt_picture())


def _typing_from_photo(stage: Stage) -> None:
    _photographed(stage)
    stage.presenter.open(Workspace.AMOUNT)


def _without_amount(stage: Stage) -> None:
    stage.presenter.on_answer(facts.member_found())
    stage.presenter.open(Workspace.BASKET)
    stage.presenter.on_customer(facts.customer(amount_minor=None))


def _unusual(stage: Stage) -> None:
    stage.presenter.on_customer(Customer(usual_minor=8_000))
    stage.presenter.open(Workspace.AMOUNT)
    stage.type("1380")
    stage.presenter.enter()


def _undo(effects: Callable[[], UndoEffects]) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        stage.line.answers["undo_effects_asked"] = effects()
        stage.presenter.on_answer(facts.redeemed())
        stage.wait(30)
        stage.presenter.undo()

    return play


def _undo_note(stage: Stage) -> None:
    _undo(basket.effects)(stage)
    stage.type("5wet box")


SCREENS: dict[str, Play] = {
    "set": _set(lambda: basket.answer(basket.offered())),
    "set-changed": _set(lambda: basket.answer(basket.changed())),
    "set-used-meanwhile": _set(lambda: basket.answer(basket.offered()), basket.repeat),
    "set-redeemed": _set(lambda: basket.answer(basket.offered()), basket.redeemed),
    "set-photographed": _photographed,
    "amount-photographed": _typing_from_photo,
    "set-none": _set(basket.nothing),
    "set-without-amount": _without_amount,
    "amount-unusual": _unusual,
    "member-choice": lambda stage: stage.presenter.on_answer(basket.found_by_tail()),
    "member-unknown": lambda stage: stage.presenter.on_answer(basket.unknown_number()),
    "phone-tail": lambda stage: stage.type("1234"),
    "undo-effects": _undo(basket.effects),
    "undo-purchase": _undo(basket.effects_of_purchase),
    "undo-too-late": _undo(basket.effects_too_late),
    "undo-note": _undo_note,
}
