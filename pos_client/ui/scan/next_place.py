"""Where the middle of the screen goes when the purchase in hand changes; None where it stays.

Apart from the presenter because it is one table of cases: a new customer, a set that appears or ends, a question who
it is.
"""

from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.till_view import Customer


def where_next(before: Customer, after: Customer, now: Workspace) -> Workspace | None:
    """The use of the middle that the news asks for."""
    is_somebody_else = _who(before) != _who(after)
    if after.candidates and after.candidates != before.candidates:
        return Workspace.PICK
    if after.offered is not None and is_somebody_else:
        # He is back, and what was half done with him.
        return Workspace.BASKET
    if now is Workspace.BASKET and before.offered is not None and after.offered is None:
        return Workspace.HOME
    if now is Workspace.PICK and before.candidates and not after.candidates:
        return Workspace.HOME
    is_question = after.awaits_confirm and after.offered is None
    return Workspace.HOME if after.member and (is_somebody_else or is_question) else None


def _who(customer: Customer) -> str | None:
    return customer.member.view.ref + customer.member.view.masked if customer.member else None
