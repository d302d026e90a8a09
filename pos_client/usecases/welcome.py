"""Write a binding down, and with it in one commit what a new member gets at once: coupons, points, a sample.

Apart from the ways of binding because both of them welcome. Only somebody who was nobody's member before is welcomed;
who turns out at the centre to have been known got it twice, and is listed there.
"""

import uuid
from dataclasses import replace

from pos_client.domain.journal_entry import EntryDraft
from pos_client.domain.offers.offer import Trigger
from pos_client.domain.rewards import of_event
from pos_client.domain.verdict import EntryRef

from .desk import Desk
from .entry_drafts import EntryWriter
from .granting import Given, Granting
from .recognise import MemberShown
from .trade_drafts import TradeWriter


def bind_and_welcome(
    desk: Desk, writer: EntryWriter, draft: EntryDraft, member: MemberShown, *, is_new: bool
) -> tuple[EntryRef, Given]:
    """The binding's entry, and what it gave.

    Args:
        desk: this lane.
        writer: of the binding, without a purchase.
        draft: the ``bind`` entry.
        member: whom it binds.
        is_new: he was nobody's member before.

    Raises:
        DiskFull, StorageUnavailable: nothing was written.
    """
    if not is_new:
        return desk.journal.append(draft), Given()
    txn = uuid.uuid4().hex
    context = replace(writer.context, member=replace(member.presence, is_new=True))
    number = member.cached.number if member.cached else 0
    trade = TradeWriter(replace(writer, txn=txn, context=context), txn, member.view.ref, number)
    granting = Granting(desk, trade, member, context.today)
    granting.give(of_event(desk.cache.offers(), Trigger.BIND, context, None), "bind")
    given = granting.given()
    gifts = [{"campaign": campaign} for campaign in given.gifts]
    welcomed = replace(draft, fields={**draft.fields, "txn": txn, "gifts": gifts, "owed": list(given.owed)})
    return desk.journal.append_all([welcomed, *given.drafts])[0], given
