"""Takes a purchase out of the tray and shows it to the till again, as if the customer did.

Apart from the presenter because nothing new is decided here: the same scans, the same amount, in the same order.
"""

from pos_client.ui.scan.scan_presenter import ScanPresenter
from pos_client.ui.scan.scan_view import Workspace


def bring_back(presenter: ScanPresenter, place: int) -> None:
    """Bring back what stands at a place; nothing happens where nothing does. Each code is judged anew."""
    item = presenter.tray.take(place)
    if item is None:
        return
    presenter.go_home()
    for number, scan in enumerate(item.scans):
        presenter.on_scanned(scan)
        if number == 0 and item.amount_minor is not None:
            presenter.put_amount(item.amount_minor)
    if not item.scans and item.amount_minor is not None:
        presenter.put_amount(item.amount_minor)
    if item.workspace not in {Workspace.HOME, Workspace.TRAY}:
        presenter.open(item.workspace)
