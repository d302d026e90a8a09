"""What stands around the scan: place, people, network, what waits and what was done, read from journal and cache."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pos_client.domain import local_text
from pos_client.domain.codes.router import CodeKind
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.domain.store_profile import Role
from pos_client.domain.trusted_time import TimeQuality
from pos_client.domain.verdict import Verdict, VerdictKind

from .desk import Desk
from .hold import is_hold
from .network_state import NetworkFacts, network_state
from .sync_overview import Overview, overview
from .till_view import LaneStatus, Level, Network, RecentItem, Tally, level_of
from .way_out import Hop

_SHOWN = (EntryKind.REDEEM, EntryKind.REJECT)
_RECENT = 30
_UNNAMED = LocalText("券", "Coupon")
_BY_CODE_KIND = {
    CodeKind.MEMBER_SLOT: LocalText("会员码", "Member code"),
    CodeKind.MEMBER_CARD: LocalText("会员卡", "Member card"),
    CodeKind.PHONE: LocalText("手机号", "Phone number"),
    CodeKind.GS1_8110: LocalText("厂家券", "Manufacturer's coupon"),
    CodeKind.GS1_8112: LocalText("厂家电子券", "Serialised coupon"),
    CodeKind.WECHAT_CARD: LocalText("微信卡券", "WeChat card"),
    CodeKind.RECEIPT: LocalText("小票码", "Receipt code"),
    CodeKind.PARAMETRIC: LocalText("绑定码", "Binding code"),
    CodeKind.PAYMENT_CODE: LocalText("付款码", "Payment code"),
    CodeKind.LINK: LocalText("网址", "Web link"),
    CodeKind.ENROLMENT: LocalText("登记码", "Enrolment code"),
    CodeKind.DAMAGED: LocalText("没读完整的码", "Code not read whole"),
    CodeKind.UNKNOWN: LocalText("别家的码", "Foreign code"),
}
_SLOW_S = 0.8


@dataclass(frozen=True, slots=True)
class Contact:
    """The way to the centre, as the sync thread last saw it.

    Attributes:
        at: when the server was last heard, None for never in this run.
        syncing: an upload or download is under way; ``progress`` (done, all) of the upload.
        round_trip_s: 95 of 100 requests stay within it, None where not known. retrying: the last one failed and is
            tried again. hop: what fails, None where nothing does or nobody knows.
        store_server: whether the store's own server answers, None where there is none. rebuilding: it was restored.
    """

    at: datetime | None = None
    syncing: bool = False
    progress: tuple[int, int] | None = None
    round_trip_s: float | None = None
    disk_low: bool = False
    store_server: bool | None = None
    rebuilding: bool = False
    retrying: bool = False
    hop: Hop | None = None


class ContactSource(Protocol):
    """Where the lane asks for its way to the centre."""

    def __call__(self) -> Contact:
        """The newest knowledge; returns at once."""


def lane_status(desk: Desk, operator: str, promoter: str, contact: Contact) -> LaneStatus:
    """One look around. Works before the first data, with empty names."""
    seen = overview(desk, operator)
    if seen.data_as_of is None:
        return LaneStatus(lane=desk.identity.lane, network=Network.OFFLINE_EXPIRED, pending=seen.undelivered)
    store, staff = desk.cache.store(), desk.cache.staff()
    names = {person.id: person.name for person in staff}
    return LaneStatus(
        store_name=store.name,
        lane=desk.identity.lane,
        booth=store.booth,
        operator_name=names.get(operator, operator),
        promoter_id=promoter,
        promoter_name=names.get(promoter, ""),
        promoters=tuple(person for person in staff if person.role in {Role.PROMOTER, Role.CLERK}),
        network=network_state(_network_facts(desk, seen, contact, offline_by_design=store.offline_by_design)),
        data_as_of=seen.data_as_of,
        last_contact=contact.at,
        pending=seen.undelivered,
        oldest=seen.oldest,
        conflicts=seen.conflicts,
        progress=contact.progress,
        hop=contact.hop,
        tally=_tally(seen),
        recent=tuple(recent_item(entry, operator) for entry in desk.journal.latest(_RECENT, _SHOWN)),
        zone=store.zone,
        unfinished=sum(not is_hold(desk, intent) for intent in seen.open_intents),
        store_server=None if contact.store_server is None else contact.store_server and not contact.rebuilding,
    )


def _tally(seen: Overview) -> Tally:
    return Tally(
        redeemed=seen.tally.get(EntryKind.REDEEM.value, 0),
        bound=seen.tally.get(EntryKind.BIND.value, 0),
        handed_over=seen.tally.get(EntryKind.HAND_OVER.value, 0),
    )


def recent_item(entry: Entry, operator: str) -> RecentItem:
    """One line of the journal for people."""
    fields = entry.fields()
    redeemed = entry.kind is EntryKind.REDEEM
    return RecentItem(
        seq=entry.seq,
        at=datetime.fromisoformat(fields["at"]),
        headline=_headline(fields),
        level=_level(entry, fields),
        value_minor=int(fields.get("discount_minor") or 0),
        undone=entry.voided,
        in_conflict=entry.result == "conflict",
        delivery=entry.state,
        can_undo=redeemed and not entry.voided and fields["operator"] == operator,
    )


def _headline(fields: dict[str, Any]) -> LocalText:
    name = fields.get("coupon_name")
    return local_text.parse(name) if name else _BY_CODE_KIND.get(fields.get("code_kind", ""), _UNNAMED)


def _level(entry: Entry, fields: dict[str, Any]) -> Level:
    if entry.voided:
        return Level.UNDONE
    kind = VerdictKind(fields["verdict"]) if entry.kind is EntryKind.REDEEM else VerdictKind.REFUSED
    return level_of(Verdict(kind, Reason(fields["reason"])))


def _network_facts(desk: Desk, seen: Overview, contact: Contact, *, offline_by_design: bool) -> NetworkFacts:
    since = (seen.time.now - contact.at).total_seconds() if contact.at else None
    return NetworkFacts(
        since_contact_s=since,
        data_age_s=float(desk.data_age_s(seen.time)),
        slow=contact.retrying or (contact.round_trip_s is not None and contact.round_trip_s > _SLOW_S),
        syncing=contact.syncing,
        conflicts=seen.conflicts,
        clock_suspect=seen.time.quality is TimeQuality.SUSPECT,
        disk_low=contact.disk_low,
        offline_by_design=offline_by_design,
    )
