"""What the centre has ordered, as it stands now: identity, trusted keys and signed limits.

A new policy arrives while the window runs; whoever asks here always gets the newest.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pos_client.config import enrolment
from pos_client.config.enrolment import Enrolment
from pos_client.config.paths import Home
from pos_client.config.signing_keys import TrustKeys, parse_trust
from pos_client.domain.codes.member_slot import MemberSlot
from pos_client.domain.codes.parametric_qr import ParametricQr
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.limits import Limits
from pos_client.domain.pins import PinBook
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.domain.store_server import StoreServer
from pos_client.domain.trade_policy import TradePolicy
from pos_client.usecases.ports import Clock, LaneIdentity


class StandingOrders:
    """The enrolment with its newest policy; fulfils ``CodeVerifier`` and the sync room's verifiers.

    Args:
        home: where the enrolment is kept.
        clock: for the dates of keys, until something better is known (``go_by``).
    """

    def __init__(self, home: Home, clock: Clock) -> None:
        self._home = home
        self._now: Callable[[], datetime] = lambda: clock.read().wall
        self.enrolment: Enrolment = enrolment.read(home.enrolment)
        self._trust = TrustKeys(self.enrolment.trust, self._today)

    @property
    def identity(self) -> LaneIdentity:
        """Who this lane is."""
        known = self.enrolment
        return LaneIdentity(known.device_id, known.epoch, known.store.number, known.lane_no, known.booth)

    def limits(self) -> Limits:
        """The signed limits of this lane alone."""
        return self.enrolment.limits()

    def trade(self) -> TradePolicy:
        """What the centre has settled about points, credit and issuing."""
        return self.enrolment.trade()

    def parts(self) -> Mapping[int, int]:
        """Uses of limited campaigns that this lane may grant alone."""
        return self.enrolment.parts()

    def pins(self, pepper: bytes) -> PinBook:
        """The PINs of this store's people; ``pepper`` is the store's."""
        return self.enrolment.pins(pepper)

    def policy_version(self) -> int:
        """Of the newest policy."""
        return self.enrolment.policy_version()

    def store_server(self) -> StoreServer | None:
        """The store's own server, as the newest policy names it."""
        return self.enrolment.store_server()

    def verify_store_receipt(self, document: Mapping[str, Any]) -> bool:
        """Whether the server that the policy names signed a receipt."""
        known = self.store_server()
        is_its_key = known is not None and document.get("key_id") == known.key_id
        return is_its_key and self._trust.verify_store_receipt(document)

    def verify_store_time(self, server_time: str, request_id: str, key_id: str, signature: bytes) -> bool:
        """Whether the store's server signed this time for this request."""
        return self._trust.verify_store_time(server_time, request_id, key_id, signature)

    def go_by(self, now: Callable[[], datetime]) -> None:
        """Ask this what time it is: a machine whose clock starts in another year must still take the centre's data."""
        self._now = now

    def adopt_policy(self, policy: Mapping[str, Any]) -> None:
        """Take a policy whose signature was checked; an older one than this is never taken.

        The same version may come with another server of the store; then the time of issue tells which is newer.
        """
        known = self.enrolment.policy
        if (int(policy.get("ver", 0)), str(policy.get("issued_at", ""))) < (
            self.policy_version(),
            str(known.get("issued_at", "")),
        ):
            return
        trust = parse_trust(policy.get("trust", ())) or self.enrolment.trust
        self.enrolment = replace(self.enrolment, policy=dict(policy), trust=trust)
        enrolment.write(self._home.enrolment, self.enrolment)
        self._trust = TrustKeys(trust, self._today)

    def adopt_epoch(self, epoch: int) -> None:
        """Take an epoch that this lane's journal is in already; an older one is never taken.

        Raises:
            DiskFull, StorageUnavailable: the file keeps the epoch before.
        """
        if epoch > self.enrolment.epoch:
            # Another program may have written a newer policy since this one looked.
            known = enrolment.read(self._home.enrolment)
            enrolment.write(self._home.enrolment, replace(known, epoch=epoch))
            self.enrolment = replace(self.enrolment, epoch=epoch)

    def coupon_is_genuine(self, coupon: SignedCoupon, on: date) -> bool:
        """Whether a trusted coupon key that is valid on that day signed it."""
        return self._trust.coupon_is_genuine(coupon, on)

    def slot_is_genuine(self, slot: MemberSlot, on: date) -> bool:
        """Whether a trusted slot key that is valid on that day signed it."""
        return self._trust.slot_is_genuine(slot, on)

    def scene_is_genuine(self, scene: ParametricQr, on: date) -> bool:
        """Whether a trusted key for parametric codes that is valid on that day signed it."""
        return self._trust.scene_is_genuine(scene, on)

    def seal_key(self) -> str:
        """The key to which phones are sealed, base64url; empty where the policy names none."""
        key = self.enrolment.policy.get("seal_key")
        return key if isinstance(key, str) else ""

    def verify_document(self, purpose: DocumentPurpose, document: Mapping[str, Any]) -> bool:
        """Whether a trusted key signed such a document."""
        return self._trust.verify_document(purpose, document)

    def verify_time(self, server_time: str, request_id: str, key_id: str, signature: bytes) -> bool:
        """Whether a trusted server key signed this time for this request."""
        return self._trust.verify_time(server_time, request_id, key_id, signature)

    def _today(self) -> date:
        return self._now().date()
