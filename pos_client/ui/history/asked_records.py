"""Where "records" on the member's card leads: to the history, searched for him.

Apart from the frame because only here is known how the history is asked for a member.
"""

from pos_client.ui.history.history_page import HistoryPage
from pos_client.ui.page_stack import PageStack
from pos_client.ui.scan.scan_presenter import ScanPresenter
from pos_client.ui.scan.scan_view import Workspace


def asked_records(body: PageStack, presenter: ScanPresenter) -> None:
    """Open what was done with the member in hand; without one, or without a history, nothing happens."""
    card = presenter.customer.member
    if card is None or Workspace.HISTORY not in body.workspaces:
        return
    page = body.page(Workspace.HISTORY)
    if isinstance(page, HistoryPage):
        page.search.show_member(card.view.ref, card.view.masked)
    presenter.open(Workspace.HISTORY)
