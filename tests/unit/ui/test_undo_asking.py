"""What F8 asks: a reason by its number, or a few words that name nobody; a scan puts it aside, F8 leads back."""

from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.till_view import UndoReason

from .conftest import Counter


def test_another_reason_asks_for_a_few_words(counter: Counter) -> None:
    counter.presenter.undo()
    item = counter.screen.undo_item
    assert item is not None
    counter.type("5wet box")
    counter.presenter.backspace()

    assert (counter.screen.workspace, counter.screen.undo_note) == (Workspace.UNDO, "wet bo")
    assert counter.till.deeds == []
    counter.presenter.enter()
    assert counter.till.deeds == [("undo", item.seq, UndoReason.OTHER, "wet bo")]
    assert counter.screen.workspace is Workspace.HOME


def test_words_that_hold_a_phone_number_are_not_sent(counter: Counter) -> None:
    counter.presenter.undo()
    counter.type("513800138000")
    counter.presenter.enter()

    assert (counter.till.deeds, counter.screen.undo_note) == ([], "13800138000")


def test_a_scan_puts_the_words_aside_and_f8_brings_them_back(counter: Counter) -> None:
    counter.presenter.undo()
    counter.type("5wet")
    counter.scan()
    counter.presenter.undo()

    assert (counter.screen.workspace, counter.screen.undo_note) == (Workspace.UNDO, "wet")
