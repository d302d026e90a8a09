"""The seeded campaigns of the trade: steps, cards, points, codes, reservations, and what only one store does.

Apart from the first nine because these are set off by purchases and bindings too, and name one another.
"""

from typing import Any, Final

NEXT_ORDER: Final = 1018
STAMP_REWARD: Final = 1015
GAME_PASS: Final = 1024
SAMPLE_ITEM: Final = "sample-30ml"
CARD_ITEM: Final = "hair-oil-full"

TRADE_CAMPAIGNS: Final[tuple[dict[str, Any], ...]] = (
    {
        "number": 1009,
        "slug": "ten-percent",
        "name": {"zh": "全场9折,最多减20", "en": "10 % off, at most 20"},
        "effects": [{"kind": "percent_off", "percent_hundredths": 1_000, "cap_minor": 2_000}],
        "stacking": {"group": "percent", "order": 15},
        "offline": {"policy": "up_to", "value_minor": 2_000},
    },
    {
        "number": 1010,
        "slug": "third-free",
        "name": {"zh": "洗护买二送一", "en": "Hair care: buy two, get one"},
        "conditions": {"categories": ["hair-care"], "min_quantity": 3},
        "effects": [{"kind": "item_off", "units": 1, "percent_hundredths": 10_000}],
        "stacking": {"order": 5},
        "offline": {"policy": "home_store"},
    },
    {
        "number": 1011,
        "slug": "exchange",
        "name": {"zh": "加价换购:9.90元换护手霜", "en": "Exchange: hand cream for 9.90"},
        "conditions": {"categories": ["hand-care"], "min_quantity": 1},
        "effects": [{"kind": "fixed_price", "price_minor": 990, "units": 1}],
        "stacking": {"order": 5},
        "offline": {"policy": "home_store"},
    },
    {
        "number": 1012,
        "slug": "red-packet-88",
        "name": {"zh": "88元红包(可分次用)", "en": "Red packet of 88, in parts"},
        "effects": [{"kind": "amount_off", "amount_minor": 8_800}],
        "stacking": {"order": 30},
        "offline": {"policy": "up_to", "value_minor": 5_000},
        "partial": True,
    },
    {
        "number": 1013,
        "slug": "three-times",
        "name": {"zh": "三次卡:每次减10", "en": "Three times 10 off"},
        "effects": [{"kind": "amount_off", "amount_minor": 1_000}],
        "stacking": {"order": 35},
        "offline": {"policy": "allow"},
        "max_uses": 3,
    },
    {
        "number": 1014,
        "slug": "stamp-card",
        "name": {"zh": "集点卡:满10点换正装", "en": "Stamp card: ten stamps, one full bottle"},
        "conditions": {"member": "any", "min_spend_minor": 3_000},
        "effects": [{"kind": "stamps", "card": "wash", "count": 1, "needed": 10, "reward": STAMP_REWARD}],
        "on": "purchase",
    },
    {
        "number": STAMP_REWARD,
        "slug": "stamp-reward",
        "name": {"zh": "集点兑换:护发精油正装", "en": "Stamp reward: a full bottle of hair oil"},
        "effects": [{"kind": "gift", "item": CARD_ITEM, "name": {"zh": "护发精油正装", "en": "Hair oil, full bottle"}}],
        "offline": {"policy": "home_store"},
        "redeem_on": "confirm",
    },
    {
        "number": 1016,
        "slug": "points",
        "name": {"zh": "消费1元积1分", "en": "One point for each 1.00"},
        "conditions": {"member": "any"},
        "effects": [{"kind": "points", "points": 1, "per_minor": 100}],
        "on": "purchase",
    },
    {
        "number": 1017,
        "slug": "points-coupon",
        "name": {"zh": "500积分换8元", "en": "8 off for 500 points"},
        "conditions": {"member": "any"},
        "effects": [{"kind": "amount_off", "amount_minor": 800}],
        "stacking": {"order": 45},
        "offline": {"policy": "home_store"},
        "points_price": 500,
    },
    {
        "number": NEXT_ORDER,
        "slug": "next-order",
        "name": {"zh": "下单券:满50减10", "en": "Next order: 10 off 50"},
        "conditions": {"min_spend_minor": 5_000},
        "effects": [{"kind": "amount_off", "amount_minor": 1_000}],
        "stacking": {"group": "cash", "order": 20},
        "offline": {"policy": "home_store"},
    },
    *(
        {
            "number": number,
            "slug": f"tier-{spend}",
            "name": {"zh": f"满{spend}送{count}张下单券", "en": f"{spend} spent: {count} coupons for the next order"},
            "conditions": {"min_spend_minor": spend * 100},
            "effects": [{"kind": "reward_coupon", "campaign": NEXT_ORDER, "count": count}],
            "stacking": {"group": "tier"},
            "on": "purchase",
        }
        for number, spend, count in ((1019, 100, 1), (1020, 200, 2), (1021, 300, 4))
    ),
    {
        "number": 1022,
        "slug": "welcome",
        "name": {"zh": "入会礼:下单券+100积分+试用装", "en": "Welcome: a coupon, 100 points, a sample"},
        "conditions": {"member": "any", "new_member": True},
        "effects": [
            {"kind": "reward_coupon", "campaign": NEXT_ORDER},
            {"kind": "points", "points": 100},
            {
                "kind": "sample",
                "item": SAMPLE_ITEM,
                "name": {"zh": "护发精油试用装30ml", "en": "Hair oil sample 30 ml"},
            },
        ],
        "on": "bind",
    },
    {
        "number": 1023,
        "slug": "pass-code",
        "name": {"zh": "买洗护得通关密码", "en": "Hair care brings a pass code"},
        "conditions": {"categories": ["hair-care"], "min_quantity": 1},
        "effects": [{"kind": "pass_code", "campaign": GAME_PASS}],
        "on": "purchase",
    },
    {
        "number": GAME_PASS,
        "slug": "game-pass",
        "name": {"zh": "通关密码:开始闯关", "en": "Pass code: play the game"},
        "effects": [
            {"kind": "arrival", "event": "game", "name": {"zh": "闯关游戏一局", "en": "One round of the game"}}
        ],
        "offline": {"policy": "home_store"},
    },
    {
        "number": 1025,
        "slug": "reservation",
        "name": {"zh": "礼盒预约(定金50,共299)", "en": "Gift box reserved: 50 of 299 paid"},
        "conditions": {"member": "any"},
        "effects": [
            {
                "kind": "reservation",
                "item": "gift-box",
                "name": {"zh": "洗护礼盒", "en": "Hair care gift box"},
                "price_minor": 29_900,
                "deposit_minor": 5_000,
            }
        ],
        "offline": {"policy": "home_store"},
        "redeem_on": "confirm",
    },
    {
        "number": 1026,
        "slug": "event",
        "name": {"zh": "头皮护理日到店", "en": "Scalp care day"},
        "effects": [
            {"kind": "arrival", "event": "scalp-day", "name": {"zh": "头皮护理体验", "en": "A scalp treatment"}}
        ],
        "offline": {"policy": "allow"},
    },
    {
        "number": 1027,
        "slug": "member-price",
        "name": {"zh": "银卡金卡价:洗护一件79", "en": "Silver and gold: one hair care piece for 79"},
        "conditions": {"member": "any", "levels": ["silver", "gold"], "categories": ["hair-care"], "min_quantity": 1},
        "effects": [{"kind": "fixed_price", "price_minor": 7_900, "units": 1}],
        "stacking": {"order": 5},
        "offline": {"policy": "home_store"},
    },
    *(
        {
            "number": number,
            "slug": slug,
            "name": {"zh": f"{zh}专享减5", "en": f"5 off at {en} only"},
            "conditions": {"stores": [store]},
            "effects": [{"kind": "amount_off", "amount_minor": 500}],
            "stacking": {"order": 50},
            "offline": {"policy": "allow"},
        }
        for number, slug, zh, en, store in (
            (1028, "lakeside-only", "湖滨店", "the lakeside store", 1),
            (1029, "jiangnan-only", "江南店", "the Jiangnan store", 2),
        )
    ),
)
