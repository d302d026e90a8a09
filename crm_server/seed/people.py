"""The seeded stores, staff and members. Members are drawn from a fixed seed, so that two seeded shops look alike.

Apart from the campaigns because people are described in the centre's own tables, campaigns in the domain's documents.
"""

import random
import secrets
from typing import Any, Final

from pos_client.domain.codes.member_card import card_number
from pos_client.domain.keyed_hash import SECRET_BYTES

STORES: Final[tuple[dict[str, Any], ...]] = (
    {"number": 1, "id": "S001", "name": "澄水·湖滨店", "booth": "一楼中庭专柜"},
    {"number": 2, "id": "S002", "name": "澄水·江南店", "booth": "超市入口专柜"},
)
LANES: Final[tuple[dict[str, Any], ...]] = (
    {"store": 1, "number": 1, "booth": "一楼中庭专柜"},
    {"store": 1, "number": 2, "booth": "收银区促销台"},
    {"store": 2, "number": 1, "booth": "超市入口专柜"},
)
STAFF: Final[tuple[dict[str, Any], ...]] = (
    {"id": "E1001", "store": 1, "name": "李静", "role": "clerk"},
    {"id": "P1001", "store": 1, "name": "王芳", "role": "promoter"},
    {"id": "E1002", "store": 1, "name": "陈伟", "role": "supervisor"},
    {"id": "E2001", "store": 2, "name": "刘洋", "role": "clerk"},
    {"id": "P2001", "store": 2, "name": "赵敏", "role": "promoter"},
    {"id": "M0001", "store": 0, "name": "周涛", "role": "manager"},
)
FIRST_MEMBER: Final = 10_000_001
_SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"
_GIVEN: Final = "伟芳娜敏静丽强磊洋艳勇军杰娟涛明超秀霞平刚桂英华玉兰梅鑫宇欣怡浩然梓涵"
_LEVELS: Final = ("basic", "basic", "basic", "silver", "silver", "gold")
_PREFIXES: Final = ("136", "137", "138", "150", "158", "159", "177", "186")
_DRAW: Final = 20_240_601


def store_rows() -> list[dict[str, Any]]:
    """Stores, each with a fresh secret."""
    same = {"zone": "Asia/Shanghai", "currency": "CNY", "region": "hangzhou", "offline_by_design": 0}
    return [{**store, **same, "secret": secrets.token_bytes(SECRET_BYTES)} for store in STORES]


def staff_rows() -> list[dict[str, Any]]:
    """Staff, all at work."""
    return [{**person, "active": 1} for person in STAFF]


def member_rows(count: int, today: int) -> list[dict[str, Any]]:
    """Members with names, phones, cards; ``today`` is a day number. Only their references are secret."""
    draw = random.Random(_DRAW)  # noqa: S311 - made-up people, not secrets
    return [_member(draw, FIRST_MEMBER + place, today) for place in range(count)]


def _member(draw: random.Random, number: int, today: int) -> dict[str, Any]:
    store = draw.choice((1, 1, 2))
    return {
        "number": number,
        "ref": "m-" + secrets.token_hex(8),
        "card": card_number(number),
        "phone": f"+86{draw.choice(_PREFIXES)}{draw.randrange(10**8):08d}",
        "name": draw.choice(_SURNAMES) + "".join(draw.choices(_GIVEN, k=draw.choice((1, 2)))),
        "level": draw.choice(_LEVELS),
        "points": draw.randrange(0, 5_000, 5),
        "owner_store": store,
        "owner_promoter": "P1001" if store == 1 else "P2001",
        "since_day": today - draw.randrange(1_500),
    }
