"""F15: tokens that nobody may have made, shown to a real lane and to the centre: none is taken for good."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crm_server.minting import CodeKind
from faults.forgeries import SMALL_ORDER, Forgery, of_coupon, of_slot
from faults.row import Amounts, Order, Outcome, Row
from faults.stage import OpenLane, Promises, Stage, stage
from pos_client.config.signing_keys import TrustedKey, TrustKeys
from pos_client.domain.codes import member_slot, signed_coupon
from pos_client.domain.codes.router import route
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.signed_document import KeyPurpose, to_base64
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.usecases.transaction import Request
from tests.fakes.lane_client import LaneClient

GREEN: Final = frozenset({VerdictKind.ACCEPTED, VerdictKind.PENDING, VerdictKind.READY})
CLAIMS_EVERY: Final = 7
TODAY: Final = date(2026, 3, 10)
DATES: Final = {-1: True, 0: True, 1: False, 400: False}
"""Days after a key's last one, and whether it is still taken: the last day counts."""


def run(order: Order) -> Outcome:
    """Forge coupons and slots; show each to the lane, some of them to the centre."""
    promises, counts = Promises(), Counter[str]()
    with stage(order.folder) as shop:
        lane = OpenLane.open(shop.enrolled())
        client = shop.shop.lane(lane=2)
        try:
            for number in range(order.amount):
                order.say(f"token {number} of each kind")
                _one_coupon(shop, lane, client, counts, promises)
                _one_slot(shop, lane, counts, promises)
            _keys_outside_their_dates(counts, promises)
            _keys_of_small_order(shop, counts, promises)
        finally:
            lane.close()
    return Outcome(dict(counts), tuple(promises.broken))


def _one_coupon(shop: Stage, lane: OpenLane, client: LaneClient, counts: Counter[str], promises: Promises) -> None:
    good = signed_coupon.parse(shop.coupons(1)[0])
    promises.hold(_verdict(lane, good.text()).kind in GREEN, "a good coupon is not green")
    for number, forged in enumerate(of_coupon(good, shop.shop.centre.keys)):
        _shown(lane, forged, counts, promises)
        if number % CLAIMS_EVERY == 0:
            _claimed(client, forged, good.coupon_id, counts, promises)
            _claimed(client, forged, _own_name(forged) or good.coupon_id, counts, promises)


def _one_slot(shop: Stage, lane: OpenLane, counts: Counter[str], promises: Promises) -> None:
    good = member_slot.parse(shop.shop.mint(CodeKind.SLOT)[0]["code"])
    promises.hold(_verdict(lane, good.text()).kind in GREEN, "a good slot code is not taken")
    for forged in of_slot(good, shop.shop.centre.keys):
        _shown(lane, forged, counts, promises)


def _verdict(lane: OpenLane, text: str) -> Verdict:
    return lane.till.check(Request([text]))


def _shown(lane: OpenLane, forged: Forgery, counts: Counter[str], promises: Promises) -> None:
    name, text = forged
    verdict = _verdict(lane, text)
    counts["shown"] += 1
    counts["accepted"] += verdict.kind in GREEN
    promises.hold(verdict.kind not in GREEN, f"{name}: {verdict.kind} {verdict.reason}")


def _claimed(client: LaneClient, forged: Forgery, coupon_id: str, counts: Counter[str], promises: Promises) -> None:
    """The centre, asked by a lane that believes the token."""
    name, text = forged
    status = client.claim(client.intent(coupon_id), text).status_code
    counts["claimed"] += 1
    counts["granted"] += status in {200, 201}
    promises.hold(400 <= status < 500, f"{name}: the centre answered {status}")


def _own_name(forged: Forgery) -> str:
    """The coupon that the forged token speaks of, empty where it cannot be read."""
    value = route(forged[1]).value
    return value.coupon_id if isinstance(value, SignedCoupon) else ""


def _keys_outside_their_dates(counts: Counter[str], promises: Promises) -> None:
    """A key signs well, and its days are over, or have not begun."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    unsigned = SignedCoupon(1, 1000, 7, 0, 60_000, 0, 0, 1, 0)
    coupon = replace(unsigned, signature=private.sign(unsigned.signed_bytes()))
    for days, is_taken in DATES.items():
        far = timedelta(days=4_000)
        ended = TrustedKey(1, KeyPurpose.COUPON, public, TODAY - far, TODAY - timedelta(days=days))
        begins = TrustedKey(1, KeyPurpose.COUPON, public, TODAY + timedelta(days=days), TODAY + far)
        for key in (ended, begins):
            genuine = TrustKeys([key], lambda: TODAY).coupon_is_genuine(coupon, TODAY)
            counts["key_dates"] += 1
            promises.hold(genuine is is_taken, f"a key {days} days outside its dates: {genuine}")


def _keys_of_small_order(shop: Stage, counts: Counter[str], promises: Promises) -> None:
    """A device whose key is of small order could be spoken for by anybody: it is not enrolled."""
    for number, point in enumerate(SMALL_ORDER):
        client = shop.shop.stranger()
        code = shop.shop.mint(CodeKind.ENROL, store="1", lane=2)[0]["code"]
        body = {"code": code, "pubkey": to_base64(point), "alg": "ed25519", "hw_hash": "", "app_ver": "0", "os": "x"}
        status = client.send("POST", "/v1/devices/enrol", body, signed=False).status_code
        counts["small_keys"] += 1
        counts["small_keys_enrolled"] += status == 201
        promises.hold(400 <= status < 500, f"a device key of small order ({number}) was answered {status}")


ROW = Row(
    name="F15",
    what="forged tokens",
    method="each bit of coupons and slot codes flipped, other keys and purposes, key dates, small-order points, S + L",
    reach="0 accepted by the lane, 0 granted by the centre",
    unit="tokens of each kind",
    amounts=Amounts(full=10, quick=1, ci=1),
    run=run,
)
