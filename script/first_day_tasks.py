"""The ten tasks of a clerk's first day, and how many actions the paper of the screens (UX) allows for each.

A task has what happens before it (not counted, but done with the same hands), what the clerk does, and what he must
see. One action is a key, a click or a scan; a number that is typed is one action, its digits are noted beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import Qt

from script.first_day_hands import Hands
from script.first_day_shop import (
    CARD,
    CLERK_NAME,
    ITEMS_TYPED,
    LARGE,
    PHONE_DIGITS,
    PINS,
    PRIZE,
    SOUGHT,
    Shop,
    coupon,
)

Words = dict[str, tuple[str, ...]]
Deed = Callable[[Hands, Shop], object]
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
FIRST, WRONG, GIFT, BIG = coupon(11), coupon(12), coupon(21, PRIZE), coupon(31, LARGE)
_ALL_DAYS: Final = {"zh": "查全部日期", "en": "Look through all days"}


def _nothing(_hands: Hands, _shop: Shop) -> None:
    """Nothing happens before."""


@dataclass(frozen=True, slots=True)
class Task:
    """One task.

    Attributes:
        allowed: actions, as ``why`` derives them from UX.
        does: what is counted. sees: what must then be read, by language. before: what is not counted.
        first_sees: what is read before the counted part begins.
    """

    name: str
    allowed: int
    why: str
    does: Deed
    sees: Words
    before: Deed = _nothing
    first_sees: Words = field(default_factory=dict)


def _log_in(hands: Hands, _shop: Shop) -> None:
    hands.click(CLERK_NAME)
    hands.type(PINS[0])
    hands.press(Qt.Key.Key_Return)


def _detach(hands: Hands, shop: Shop) -> None:
    hands.press(Qt.Key.Key_Delete)
    hands.see_no_more({"zh": "解除关联", "en": "Detach"}[shop.language])


def _prize(hands: Hands, shop: Shop) -> None:
    hands.scan(GIFT)
    hands.see({"zh": "已交给顾客", "en": "Given to the customer"}[shop.language])
    hands.press(Qt.Key.Key_Return)


def _bind(hands: Hands, shop: Shop) -> None:
    hands.press(Qt.Key.Key_F4)
    hands.see({"zh": "等待中", "en": "waiting"}[shop.language])
    shop.customer_scans()


def _refused(hands: Hands, shop: Shop) -> None:
    shop.cut_the_line()
    hands.scan(BIG)


def _override(hands: Hands, shop: Shop) -> None:
    hands.press(Qt.Key.Key_F10)
    hands.see({"zh": "断网", "en": "The network is down"}[shop.language])
    hands.press(Qt.Key.Key_1)
    hands.type(PINS[1])
    hands.press(Qt.Key.Key_Return)


def _close(hands: Hands, shop: Shop) -> None:
    zh = shop.language == "zh"
    hands.press(Qt.Key.Key_E, _CTRL)
    hands.see("还没清点" if zh else "not counted yet")
    for number in ITEMS_TYPED:
        hands.type(number)
        hands.press(Qt.Key.Key_Return)
    hands.see("数量无误" if zh else "The count is right")
    steps = (
        ("没有网络", "总部没有不同意见", "都对上了", "请输入您的密码")
        if zh
        else ("No network.", "takes everything as it is", "Everything is as it should be", "type your PIN")
    )
    for words in steps:
        hands.press(Qt.Key.Key_Return)
        hands.see(words)
    hands.type(PINS[0])
    hands.press(Qt.Key.Key_Return)
    hands.see("按数字" if zh else "Press the number.")
    hands.press(Qt.Key.Key_1)
    hands.type(PINS[1])
    hands.press(Qt.Key.Key_Return)
    hands.see("辛苦了" if zh else "Done for today.")
    hands.press(Qt.Key.Key_Return)


def _find(hands: Hands, shop: Shop) -> None:
    hands.press(Qt.Key.Key_F6)
    hands.see({"zh": "本机记录", "en": "History of this lane"}[shop.language])
    hands.type(SOUGHT)
    hands.see(_ALL_DAYS[shop.language])
    hands.click(_ALL_DAYS[shop.language])


LOG_IN: Final = Task(
    "log in",
    3,
    "UX 5.10: a tile, the PIN, Enter",
    _log_in,
    {"zh": ("店员 小王", "请扫码"), "en": ("Clerk 小王", "Ready to scan")},
    first_sees={"zh": ("谁在柜台？", CLERK_NAME), "en": ("Who is at the counter?", CLERK_NAME)},
)
TASKS: Final = (
    Task(
        "scan",
        1,
        "UX 5.1: a member's code is scanned, with no focus",
        lambda hands, _: hands.scan(CARD),
        {"zh": ("会员已识别", "138****8000"), "en": ("Member found", "138****8000")},
    ),
    Task(
        "redeem",
        1,
        "UX 5.1, 5.4: redeemed on scan",
        lambda hands, _: hands.scan(FIRST),
        {"zh": ("已核销", "减 ¥10.00", "王**"), "en": ("Redeemed", "¥10.00 off", "王**")},
    ),
    Task(
        "repeat scan",
        1,
        "UX 7.1: the same code says when, where and by whom",
        lambda hands, _: hands.scan(FIRST),
        {
            "zh": ("刚刚已核销", "今天 10:0", "人民路店101 2号机", "小王"),
            "en": ("Just redeemed", "today at 10:0", "人民路店101 lane 2", "小王"),
        },
    ),
    Task(
        "undo",
        1,
        "UX 5.8: F8, free within 8 s",
        lambda hands, _: hands.press(Qt.Key.Key_F8),
        {"zh": ("已撤销", "券恢复可用"), "en": ("Taken back", "can be used again")},
        lambda hands, _: hands.scan(WRONG),
        {"zh": ("已核销", "减 ¥10.00"), "en": ("Redeemed", "¥10.00 off")},
    ),
    Task(
        "phone look-up",
        1,
        "UX 5.5, 7.5: digits alone; the 11th looks it up",
        lambda hands, _: hands.type(PHONE_DIGITS),
        {"zh": ("会员已识别", "138****8000"), "en": ("Member found", "138****8000")},
        _detach,
    ),
    Task(
        "bind",
        1,
        "UX 5.6: F4; the clerk types nothing, the result appears by itself",
        _bind,
        {"zh": ("绑定成功", "李* 139****9000"), "en": ("Bound", "李* 139****9000")},
        # Somebody new stands there; whom the number was looked up for has gone.
        _detach,
    ),
    Task(
        "prize",
        2,
        "UX 5.7: the scan holds it, Enter hands it over",
        _prize,
        {"zh": ("毛绒小猫 × 1", "集章领奖已核销"), "en": ("Plush cat × 1", "Prize day redeemed")},
    ),
    Task(
        "override",
        4,
        "UX 5.9: F10, the number of a reason, the supervisor's PIN, Enter",
        _override,
        {"zh": ("主管已放行", "−¥80.00"), "en": ("Approved by a supervisor", "−¥80.00")},
        _refused,
        {"zh": ("需主管", "请主管放行 F10"), "en": ("Supervisor", "Call a supervisor")},
    ),
    Task(
        "close",
        15,
        "UX 5.19: Ctrl+E; number and Enter for each of 2 things; Enter for the count and for E2 to E4;"
        " PIN, Enter; supervisor, PIN, Enter; Enter back to scanning",
        _close,
        {"zh": ("店员 小王", "扫会员码或券码"), "en": ("Clerk 小王", "Scan a member or coupon code")},
    ),
    Task(
        "find yesterday's",
        3,
        "UX 5.11: F6, the end of the code, the chip of today off (here by mouse)",
        _find,
        {"zh": ("03-10 12:00", "满50减10", "1 条"), "en": ("03-10 12:00", "10 off 50", "1 line")},
    ),
)
BOOKED: Final = (
    "login", "intent", "redeem", "reject", "intent", "redeem", "void", "bind",
    "intent", "redeem", "hand_over", "reject", "redeem", "override", "close_day",
)  # fmt: skip
"""What the journal must hold of the day, in this order: each deed once, none that nobody did."""
