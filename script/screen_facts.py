"""Fixed facts for pictures, tests and measurements of the window: one shop, one day, one answer of every kind.

Apart from the script that draws, because tests and benches show the same states to the same window.
"""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import segno
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from pos_client.domain.journal_entry import DeliveryState
from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan
from pos_client.domain.store_profile import Role, StaffMember
from pos_client.domain.verdict import CouponOutcome, EntryRef, MemberView, Tier, Use, Verdict, VerdictKind
from pos_client.ui.bridges import CameraPicture, Sighting
from pos_client.usecases.gun_view import TEST_TEXT, Advice, GunFindings, Layout
from pos_client.usecases.set_view import SetChange
from pos_client.usecases.till_view import (
    Customer,
    LaneStatus,
    Level,
    MemberCard,
    Network,
    RecentItem,
    Tally,
    TillAnswer,
    UndoReason,
)

NOW = datetime(2026, 11, 22, 6, 32, 8, tzinfo=UTC)
TODAY = date(2026, 11, 22)
HUNDRED_OFF_20 = LocalText("满100减20", "20 off from 100")
SHAMPOO_10 = LocalText("洗发水立减10", "10 off shampoo")
SAMPLE = LocalText("护发素试用装", "Conditioner sample")
TWO_HUNDRED_OFF_50 = LocalText("满200减50", "50 off from 200")
STORE = "华联超市"


class ScriptedTill:
    """A till that writes down what it is asked for and answers nothing by itself."""

    def __init__(self) -> None:
        self.deeds: list[tuple[object, ...]] = []

    def submit_scan(self, scan: Scan) -> int:
        """Note a scan."""
        return self._note("scan", scan.text, scan.source)

    def choose_coupon(self, coupon_id: str) -> int:
        """Note a choice."""
        return self._note("choose", coupon_id)

    def choose_member(self, ref: str) -> int:
        """Note who was chosen."""
        return self._note("member", ref)

    def change_set(self, change: SetChange) -> int:
        """Note a change of the set."""
        return self._note("set", change.deed.value, change.coupon_id, change.place)

    def set_amount(self, minor: int | None) -> int:
        """Note an amount."""
        return self._note("amount", minor)

    def confirm(self) -> int:
        """Note a confirmation."""
        return self._note("confirm")

    def undo(self, seq: int | None, reason: UndoReason, note: str = "") -> int:
        """Note an undo."""
        return self._note("undo", seq, reason, *([note] if note else []))

    def choose_promoter(self, staff_id: str) -> int:
        """Note a promoter."""
        return self._note("promoter", staff_id)

    def detach_member(self) -> int:
        """Note that the member went."""
        return self._note("detach")

    def report_masked_shown(self) -> int:
        """Note that somebody looked."""
        return self._note("masked")

    def request_sync(self) -> int:
        """Note a wish to sync."""
        return self._note("sync")

    def _note(self, *deed: object) -> int:
        self.deeds.append(deed)
        return len(self.deeds)


def recent() -> tuple[RecentItem, ...]:
    """Eight lines of a believable hour, of every kind."""
    lines = (
        (231, 1, HUNDRED_OFF_20, Level.OK, 2000, DeliveryState.DELIVERED),
        (229, 3, SHAMPOO_10, Level.PENDING, 1000, DeliveryState.NEW),
        (228, 7, HUNDRED_OFF_20, Level.WARN, 0, DeliveryState.DELIVERED),
        (226, 12, SAMPLE, Level.OK, 0, DeliveryState.DELIVERED),
        (225, 19, TWO_HUNDRED_OFF_50, Level.REPEAT, 0, DeliveryState.DELIVERED),
        (223, 26, TWO_HUNDRED_OFF_50, Level.OK, 5000, DeliveryState.DELIVERED),
        (221, 34, SHAMPOO_10, Level.OK, 1000, DeliveryState.DELIVERED),
        (218, 41, HUNDRED_OFF_20, Level.NO, 0, DeliveryState.DELIVERED),
    )
    redeemed = {Level.OK, Level.PENDING}
    return tuple(
        RecentItem(
            seq,
            NOW - timedelta(minutes=minutes),
            name,
            level,
            value,
            undone=seq == 221,
            delivery=delivery,
            can_undo=level in redeemed and seq != 221,
        )
        for seq, minutes, name, level, value, delivery in lines
    )


def status(network: Network = Network.ONLINE, **changes: object) -> LaneStatus:
    """The lane in a state of its network."""
    ages = {Network.OFFLINE_FRESH: 25, Network.OFFLINE_STALE: 9 * 60, Network.OFFLINE_EXPIRED: 30 * 60}
    values: dict[str, object] = {
        "store_name": STORE,
        "lane": 1,
        "booth": "日化台",
        "operator_name": "李敏",
        "promoter_id": "P02",
        "promoter_name": "小李",
        "promoters": tuple(
            StaffMember(f"P{number:02}", name, Role.PROMOTER)
            for number, name in enumerate(("小王", "小李", "小陈", "阿芳", "赵姐"), start=1)
        ),
        "network": network,
        "data_as_of": NOW - timedelta(minutes=ages.get(network, 4)),
        "last_contact": NOW - timedelta(seconds=12),
        "pending": 12 if network.value.startswith("offline") else 0,
        "conflicts": 2 if network is Network.CONFLICT else 0,
        "progress": (31, 86) if network is Network.SYNCING else None,
        "tally": Tally(37, 9, 4),
        "recent": recent(),
    }
    return LaneStatus(**{**values, **changes})  # type: ignore[arg-type]


def member() -> MemberCard:
    """A member with three coupons he can use and two he cannot."""
    view = MemberView("M-1", "王** 138****1234", "gold", 1280, since=date(2024, 3, 8), proof="slot")
    coupons = (
        CouponOutcome("C-1", used=True, why=Reason.CAN_REDEEM, name=HUNDRED_OFF_20, discount_minor=2000, ends=TODAY),
        CouponOutcome(
            "C-2", used=True, why=Reason.CAN_REDEEM, name=SHAMPOO_10, discount_minor=1000, ends=date(2026, 11, 30)
        ),
        CouponOutcome("C-3", used=True, why=Reason.CAN_REDEEM, name=SAMPLE, discount_minor=0, ends=date(2026, 12, 31)),
        CouponOutcome(
            "C-4",
            used=False,
            why=Reason.BELOW_THRESHOLD,
            name=TWO_HUNDRED_OFF_50,
            discount_minor=0,
            ends=date(2026, 12, 31),
        ),
        CouponOutcome(
            "C-5", used=False, why=Reason.WRONG_STORE, name=SHAMPOO_10, discount_minor=0, ends=date(2026, 12, 1)
        ),
    )
    return MemberCard(view, coupons, STORE, "小李")


def customer(**changes: object) -> Customer:
    """The purchase of that member."""
    return Customer(**{"member": member(), "amount_minor": 13800, **changes})  # type: ignore[arg-type]


def answer(verdict: Verdict, number: int = 1, **changes: object) -> TillAnswer:
    """An answer of this lane, now."""
    values: dict[str, object] = {
        "at": NOW,
        "customer": Customer(),
        "promoter_name": "小李",
        "store_name": f"{STORE}·日化台",
    }
    return TillAnswer(verdict, number, **{**values, **changes})  # type: ignore[arg-type]


def redeemed(kind: VerdictKind = VerdictKind.ACCEPTED, reason: Reason = Reason.ACCEPTED) -> TillAnswer:
    """A redemption that F8 takes back for eight seconds."""
    verdict = Verdict(
        kind,
        reason,
        tier=Tier.CRM if kind is VerdictKind.ACCEPTED else Tier.LANE,
        discount_minor=2000,
        coupons=(CouponOutcome("C-1", used=True, why=reason, name=HUNDRED_OFF_20, discount_minor=2000, ends=TODAY),),
        member=member().view,
        entry=EntryRef(1, 231, "9f"),
    )
    return answer(verdict, customer=customer(), undo_until=NOW + timedelta(seconds=8), undo_seq=231)


def refused(
    reason: Reason, kind: VerdictKind = VerdictKind.REFUSED, name: LocalText | None = HUNDRED_OFF_20, **facts: object
) -> TillAnswer:
    """A refusal of a coupon, or of something that is none."""
    coupons = (CouponOutcome("C-9", used=False, why=reason, name=name),) if name else ()
    return answer(Verdict(kind, reason, facts, coupons=coupons))  # type: ignore[arg-type]


def repeat(*, own: bool = False) -> TillAnswer:
    """The second scan of a coupon."""
    minutes = 1 if own else 134
    when = NOW - timedelta(minutes=minutes)
    use = Use(1, when, 1, 1, "S01", STORE, "李敏") if own else Use(1, when, 7, 3, "S03", "城西店", "小陈")
    facts = {"own": 1} if own else {}
    coupon = CouponOutcome("C-9", used=False, why=Reason.ALREADY_USED, name=HUNDRED_OFF_20)
    return answer(Verdict(VerdictKind.REFUSED, Reason.ALREADY_USED, facts, coupons=(coupon,), use=use))


def to_confirm() -> TillAnswer:
    """A coupon that waits for the clerk's Enter."""
    coupon = CouponOutcome("C-1", used=False, why=Reason.CONFIRM, name=HUNDRED_OFF_20, discount_minor=2000, ends=TODAY)
    verdict = Verdict(VerdictKind.READY, Reason.CONFIRM, discount_minor=2000, coupons=(coupon,), member=member().view)
    return answer(verdict, customer=customer(awaits_confirm=True))


def member_found() -> TillAnswer:
    """A member who was recognised by his slot code."""
    verdict = Verdict(VerdictKind.READY, Reason.MEMBER_IDENTIFIED, member=member().view)
    return answer(verdict, customer=customer(amount_minor=None))


def picture(*, code: bool = True, believed: bool = True) -> CameraPicture:
    """What a camera over a counter sees: a telephone that shows a code, or the bare counter."""
    height, width = 480, 640
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    # A wooden counter in broad bands: believable enough, and small as a picture.
    shade = np.round((146 + 30 * (1 - rows / height) + 8 * np.sin(columns / 90)) / 8) * 8
    scene = np.stack([shade * 0.78, shade * 0.9, shade], axis=-1)
    sightings: tuple[Sighting, ...] = ()
    if code:
        scene[52:450, 214:438] = (34, 30, 28)
        scene[70:432, 226:426] = (250, 248, 246)
        scene[86:104, 246:360] = (150, 122, 20)
        pixels = _code_pixels()
        top, left = 150, 326 - pixels.shape[1] // 2
        scene[top : top + pixels.shape[0], left : left + pixels.shape[1]] = pixels[..., None]
        right, bottom = left + pixels.shape[1], top + pixels.shape[0]
        sightings = (Sighting(((left, top), (right, top), (right, bottom), (left, bottom)), believed),)
    return CameraPicture(np.clip(scene, 0, 255).astype(np.uint8), sightings)


def receipt_picture() -> CameraPicture:
    """A receipt under the camera: drawn, nobody's own."""
    image = QImage(640, 480, QImage.Format.Format_BGR888)
    image.fill(QColor(124, 108, 92))
    painter = QPainter(image)
    painter.fillRect(190, 10, 260, 460, QColor(250, 249, 244))
    font = QFont("WenQuanYi Micro Hei")
    lines = (
        ("华联超市", 26),
        ("洗发水 400ml    59.00", 20),
        ("护发素 200ml    39.00", 20),
        ("牙膏 120g ×2    40.00", 20),
    )
    painter.setPen(QColor(40, 40, 44))
    for place, (text, pixels) in enumerate((*lines, ("合计  138.00", 34))):
        font.setPixelSize(pixels)
        painter.setFont(font)
        painter.drawText(206, 70 + place * 76, text)
    painter.end()
    stride = image.bytesPerLine()
    pixels_of = np.frombuffer(image.constBits(), np.uint8).reshape(480, stride)[:, : 640 * 3]
    return CameraPicture(pixels_of.reshape(480, 640, 3).copy())


def _code_pixels() -> NDArray[np.uint8]:
    matrix = np.array([list(row) for row in segno.make("72 DEMO PICTURE ONLY", error="m").matrix], dtype=np.uint8)
    pixels: NDArray[np.uint8] = np.where(matrix > 0, 24, 250).astype(np.uint8)
    return pixels.repeat(7, axis=0).repeat(7, axis=1)


def gun_findings() -> GunFindings:
    """A scanner test of a usual gun."""
    limits: dict[str, int | str] = {"prefix": "", "max_gap_ms": 80, "median_gap_ms": 35, "silence_ms": 100}
    return GunFindings(5, TEST_TEXT, 8, 14, "", "Enter", Layout.RIGHT, Advice.TIMING, limits)
