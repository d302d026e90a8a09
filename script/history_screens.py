"""States of the history page for pictures and tests."""

from pos_client.domain.errors import StorageUnavailable
from pos_client.ui.history.history_page import HistoryPage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.history import Found, HistoryAsk
from script import history_facts as facts
from script import screen_facts
from script.clerk_stage import Play, Stage


def page_of(stage: Stage) -> HistoryPage:
    """The page."""
    page = stage.clerk.window.body.page(Workspace.HISTORY)
    assert isinstance(page, HistoryPage)
    return page


def answer(stage: Stage, found: Found) -> HistoryPage:
    """The page, opened and answered."""
    stage.presenter.open(Workspace.HISTORY)
    page = page_of(stage)
    page.search.take(page.search._number, None, found)  # noqa: SLF001 - the desk's part
    return page


def _busy(stage: Stage) -> None:
    page = answer(stage, facts.found(41))
    page.search.begin()
    page.search.take(page.search._number, None, StorageUnavailable("busy"))  # noqa: SLF001 - the desk's part


def _detail(stage: Stage) -> None:
    page = answer(stage, facts.found(41))
    page.table.setCurrentIndex(page.model.index(1, 0))
    if page.detail.isHidden():
        page.enter()


def _all_days(stage: Stage) -> None:
    page = answer(stage, facts.found())
    page.search.ask = HistoryAsk("8801", today=False, mine=True)
    page.search.begin()
    page.search.take(page.search._number, None, facts.found_of("8801"))  # noqa: SLF001 - the desk's part


def _member(stage: Stage) -> None:
    stage.presenter.on_answer(screen_facts.member_found())
    stage.clerk.window.page.home.card.records_asked.emit()
    page = page_of(stage)
    page.search.take(page.search._number, None, facts.found_of("1234"))  # noqa: SLF001 - the desk's part


def _shown(_page: HistoryPage) -> None:
    """Nothing more is done to it."""


SCREENS: dict[str, Play] = {
    "history": lambda stage: _shown(answer(stage, facts.found(41))),
    "history-detail": _detail,
    "history-search": _all_days,
    "history-member": _member,
    "history-empty": lambda stage: _shown(answer(stage, Found(total=0))),
    "history-busy": _busy,
}
