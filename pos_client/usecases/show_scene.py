"""Show a parametric code that a customer scans with his own phone, and see who did (docs/deeds.md, ``proof`` ``qr``).

Store, lane, person and campaign stand in the code under this lane's own signature, so it can be made without the
network; only the customer's phone needs one, and the lane to hear of it.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pos_client.domain.codes.bad_code import BadCode
from pos_client.domain.codes.parametric_qr import LANE_KEY, NEVER, NO_CAMPAIGN, ParametricQr, Presenter
from pos_client.domain.codes.router import Code, CodeKind
from pos_client.domain.codes.signed_coupon import member_tag
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import MemberView, Verdict, VerdictKind

from . import bound_here
from .bind_port import BindPorts, SceneBound
from .binding import BindAction, Binding, BindProof, Standing, bind_draft
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter
from .ports import CachedMember
from .recognise import member_shown
from .welcome import bind_and_welcome

GOOD_FOR: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Scene:
    """A code on show.

    Attributes:
        digits: what the picture holds. digest: its SHA-256, by which the centre is asked.
        expires: aware UTC; of a lasting one as late as there is.
    """

    qr: ParametricQr
    digits: str
    digest: str
    expires: datetime

    @property
    def is_lasting(self) -> bool:
        """It has no end, and nobody can say who of its customers is meant."""
        return self.qr.expires_at == NEVER


class ShowScene:
    """Makes such codes, and writes ``bind`` for the customer who scanned one."""

    def __init__(self, desk: Desk, ports: BindPorts) -> None:
        self._desk = desk
        self._ports = ports

    def make(self, attribution: Attribution, campaign: int = NO_CAMPAIGN) -> Scene:
        """A fresh code, good for five minutes; nothing is written."""
        now = int(self._desk.trusted_time().now.timestamp())
        return self._signed(attribution, campaign, now, now + int(GOOD_FOR.total_seconds()))

    def make_lasting(self, attribution: Attribution, campaign: int = NO_CAMPAIGN) -> Scene:
        """The one code of this lane and person, always the same: for paper, and while nobody can be asked."""
        return self._signed(attribution, campaign, 0, NEVER)

    def _signed(self, attribution: Attribution, campaign: int, now: int, expires: int) -> Scene:
        identity, (presenter, staff) = self._desk.identity, _presenter(attribution)
        bare = ParametricQr(LANE_KEY, identity.store, 0, identity.lane, presenter, staff, campaign, now, expires)
        try:
            content = bare.signed_bytes()
        except BadCode:  # a staff id that no code can carry: the booth alone stands in it
            bare = replace(bare, presenter=Presenter.BOOTH, staff="")
            content = bare.signed_bytes()
        qr = replace(bare, signature=self._ports.sign(content))
        digits = qr.text()
        end = datetime.fromtimestamp(expires, UTC) if expires != NEVER else datetime.max.replace(tzinfo=UTC)
        return Scene(qr, digits, hashlib.sha256(digits.encode()).hexdigest(), end)

    def shown(self, scene: Scene) -> Binding:
        """What is said while it is on show."""
        left = max(1, int((scene.expires - self._desk.trusted_time().now).total_seconds()))
        return Binding(Verdict(VerdictKind.READY, Reason.SCENE_SHOWN, {"expires_s": left}, code_kind="parametric"))

    def timed_out(self) -> Binding:
        """Nobody came."""
        return Binding(Verdict(VerdictKind.REFUSED, Reason.SCENE_TIMED_OUT, code_kind="parametric"))

    def bound(self, scene: Scene, attribution: Attribution) -> Binding | None:
        """Who scanned it, with the entry on disk; None as long as nobody did.

        Raises:
            ServerUnreachable, ServerRefused: nobody could say.
            DiskFull, StorageUnavailable: the centre has bound him; ask again.
        """
        found = self._ports.scenes.bound(scene.digest)
        return None if found is None else self.write(scene, found, attribution)

    def write(self, scene: Scene, found: SceneBound, attribution: Attribution) -> Binding:
        """Write down who scanned it. Raises DiskFull, StorageUnavailable: the centre has bound him all the same."""
        desk, time = self._desk, self._desk.trusted_time()
        known = desk.cache.member_by_number(found.member_number)
        standing = Standing.of(desk, None if found.is_new else known, attribution, time)
        writer = EntryWriter(desk, time, desk.context(time), replace(attribution, source="scene"))
        draft = bind_draft(
            writer,
            BindAction.NEW if found.is_new else BindAction.OWNER,
            (found.member_ref, found.member_number),
            ref=f"phone:{found.phone_key}",
            proof=BindProof.QR.value,
            scene=_fields(scene.qr),
        )
        member = standing.bound(known or _unseen(found))
        shown = member_shown(desk, Code(CodeKind.PARAMETRIC, scene.digits), member, "phone")
        entry, given = bind_and_welcome(desk, writer, draft, shown, is_new=found.is_new)
        before, after = standing.names(desk)
        verdict = Verdict(VerdictKind.ACCEPTED, standing.reason(), {"owner": after}, member=shown.view, entry=entry)
        told = replace(verdict, rewards=given.rewards, notices=given.notices, code_kind="parametric")
        return Binding(told, shown, found.is_new, before, after)


def _presenter(attribution: Attribution) -> tuple[Presenter, str]:
    if attribution.promoter:
        return Presenter.PROMOTER, attribution.promoter
    return (Presenter.CLERK, attribution.operator) if attribution.operator else (Presenter.BOOTH, "")


def _fields(qr: ParametricQr) -> dict[str, Any]:
    return {
        "store": qr.store,
        "booth": qr.booth,
        "lane": qr.lane,
        "staff": qr.staff,
        "campaign": qr.campaign,
        "issued": qr.issued_at,
    }


def _unseen(found: SceneBound) -> CachedMember:
    """A member whom the centre made a moment ago; the data follows."""
    view = MemberView(found.member_ref, found.masked, bound_here.LEVEL)
    return CachedMember(found.member_number, member_tag(found.member_number), view)
