"""The seeded campaigns: one for each case of the papers, and the plain coupon that ``mint`` makes.

Offer documents as ``domain.offers`` reads them; ``slug`` is a name for commands and is not part of the offer.
"""

from typing import Any, Final

from .trade_campaigns import TRADE_CAMPAIGNS

PLAIN: Final = "plain"
PRIZE: Final = "prize"
RED_PACKET: Final = "red-packet"
BRAND: Final = "澄水"

CAMPAIGNS: Final[tuple[dict[str, Any], ...]] = (
    {
        "number": 1000,
        "slug": PLAIN,
        "name": {"zh": "通用抵用券", "en": "Plain cash coupon"},
        "effects": [{"kind": "amount_off", "amount_minor": 0}],
        "offline": {"policy": "allow"},
    },
    {
        "number": 1001,
        "slug": "new-member-gift",
        "name": {"zh": "新会员礼:旅行装", "en": "New-member gift: travel set"},
        "conditions": {"member": "bound"},
        "effects": [{"kind": "gift", "item": "travel-set", "name": {"zh": "洗护旅行装", "en": "Hair care travel set"}}],
        "offline": {"policy": "deny"},
        "redeem_on": "confirm",
    },
    {
        "number": 1002,
        "slug": "spend-100",
        "name": {"zh": "满100减20", "en": "20 off 100"},
        "conditions": {"min_spend_minor": 10_000},
        "effects": [{"kind": "amount_off", "amount_minor": 2_000}],
        "stacking": {"group": "cash", "order": 20},
        "offline": {"policy": "home_store"},
    },
    {
        "number": 1003,
        "slug": "hair-care",
        "name": {"zh": "洗护85折", "en": "15 % off hair care"},
        "conditions": {"categories": ["hair-care"], "min_spend_minor": 1},
        "effects": [{"kind": "percent_off", "percent_hundredths": 1_500, "cap_minor": 3_000}],
        "stacking": {"order": 10},
        "offline": {"policy": "up_to", "value_minor": 2_000},
    },
    {
        "number": 1004,
        "slug": "sample",
        "name": {"zh": "免费试用装", "en": "Free sample"},
        "effects": [
            {
                "kind": "sample",
                "item": "sample-30ml",
                "name": {"zh": "护发精油试用装30ml", "en": "Hair oil sample 30 ml"},
            }
        ],
        "offline": {"policy": "allow"},
    },
    {
        "number": 1005,
        "slug": PRIZE,
        "name": {"zh": "通关奖品", "en": "Game prize"},
        "effects": [{"kind": "gift", "item": "plush-cat", "name": {"zh": "毛绒小猫", "en": "Plush cat"}}],
        "stacking": {"exclusive": True},
        "offline": {"policy": "home_store"},
        "redeem_on": "confirm",
    },
    {
        "number": 1006,
        "slug": RED_PACKET,
        "name": {"zh": "五元红包", "en": "Red packet of 5"},
        "effects": [{"kind": "amount_off", "amount_minor": 500}],
        "stacking": {"order": 30},
        "offline": {"policy": "up_to", "value_minor": 1_000},
    },
    {
        "number": 1007,
        "slug": "spend-200",
        "name": {"zh": "周末满200减50", "en": "Weekend: 50 off 200"},
        "conditions": {"min_spend_minor": 20_000, "weekdays": [5, 6, 7], "levels": ["silver", "gold"]},
        "effects": [{"kind": "amount_off", "amount_minor": 5_000}],
        "stacking": {"group": "cash", "order": 20},
        "offline": {"policy": "deny"},
    },
    {
        "number": 1008,
        "slug": "birthday",
        "name": {"zh": "会员生日券", "en": "Birthday coupon"},
        "conditions": {"member": "bound", "per_member_per_day": 1},
        "effects": [{"kind": "amount_off", "amount_minor": 1_500}],
        "stacking": {"order": 40},
        "offline": {"policy": "home_store"},
    },
    *TRADE_CAMPAIGNS,
)
