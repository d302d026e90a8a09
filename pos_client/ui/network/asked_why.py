"""Where a touch on the network's state leads: to why it is so, or to the redemptions that wait for a decision.

Apart from the frame because only here is known that a conflict is looked at in the history.
"""

from pos_client.ui.history.history_page import HistoryPage
from pos_client.ui.page_stack import PageStack
from pos_client.ui.scan.scan_presenter import ScanPresenter
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.till_view import Network


def asked_why(body: PageStack, presenter: ScanPresenter, network: Network) -> None:
    """Open what belongs to a state; the same once more leads back to scanning, where it was not for a conflict."""
    if network is Network.CONFLICT and Workspace.HISTORY in body.workspaces:
        page = body.page(Workspace.HISTORY)
        if isinstance(page, HistoryPage):
            page.search.show_conflicts()
        if presenter.workspace is Workspace.HISTORY:
            page.on_opened()
        else:
            presenter.open(Workspace.HISTORY)
    elif Workspace.NETWORK in body.workspaces:
        presenter.open(Workspace.NETWORK)
