"""What verdicts and faults carry for their sentences, by reason; apart because it grows with every reason."""

from datetime import date

from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Fact

# What the till says of each reason, as judge and use-cases give it.
FACTS: dict[Reason, dict[str, Fact]] = {
    Reason.OVER_FLOOR_VALUE: {"limit_minor": 5_000, "value_minor": 8_000},
    Reason.LANE_COUNT_LIMIT: {"limit": 200, "value_minor": 1_000},
    Reason.LANE_VALUE_LIMIT: {"limit_minor": 200_000, "value_minor": 1_000},
    Reason.MEMBER_VELOCITY: {"limit": 3, "value_minor": 1_000},
    Reason.DATA_STALE: {"age_s": 8 * 86_400},
    Reason.EXPIRED: {"last_day": date(2026, 3, 17)},
    Reason.NOT_YET_VALID: {"first_day": date(2026, 3, 19)},
    Reason.CAMPAIGN_ENDED: {"last_day": date(2026, 3, 17)},
    Reason.CAMPAIGN_NOT_BEGUN: {"first_day": date(2026, 3, 19)},
    Reason.WRONG_STORE: {"store_no": 13, "store": "南京路店"},
    Reason.LEASED_ELSEWHERE: {"store_no": 13, "store": "南京路店"},
    Reason.MEMBER_DAY_LIMIT: {"limit": 2},
    Reason.BELOW_THRESHOLD: {"missing_minor": 1_200, "threshold_minor": 10_000},
    Reason.VOIDED: {"seq": 41},
    Reason.VOID_TOO_LATE: {"seq": 41, "limit": 15},
    Reason.VOID_NOT_POSSIBLE: {"seq": 41},
    Reason.NOT_OUR_CODE: {"start": "R1:6"},
    Reason.SEVERAL_CODES: {"count": 2},
    Reason.MEMBER_CODE_SEEN: {"seen_s": 40},
    Reason.MEMBER_LIMIT: {"limit": 3},
    Reason.TRANSACTION_LIMIT: {"limit": 1},
    Reason.TOO_FEW_PIECES: {"missing": 2, "threshold": 3},
    Reason.DATE_CONFIRMED: {"day": date(2026, 3, 18)},
    Reason.DATE_IN_ORDER: {"day": date(2026, 3, 18)},
    Reason.DATE_DIFFERS: {"day": date(2026, 3, 18)},
    Reason.PAPER_COMPANY_UNKNOWN: {"company": "0614141"},
    Reason.PAPER_OTHER_CURRENCY: {"currency": "USD"},
    Reason.PURCHASE_RECORDED: {"total_minor": 5_200, "to_pay_minor": 4_200},
    Reason.RETURN_RECORDED: {"refund_minor": 1_990, "seq": 41},
    Reason.HANDED_OVER: {"item": LocalText("毛绒小猫", "Plush cat"), "count": 1},
    Reason.HELD: {"hold_s": 120, "seq": 41},
    Reason.POINTS_SHORT: {"missing": 40, "balance": 60},
    Reason.POINTS_OVER_SHARE: {"limit": 30},
    Reason.RECEIPT_TAKEN: {"seq": 41},
    Reason.RECEIPT_TOO_OLD: {"day": date(2026, 3, 1), "limit": 7},
    Reason.RECEIPT_DIFFERS: {"receipt_minor": 5_200, "total_minor": 5_100},
    Reason.RECEIPT_OTHER_STORE: {"store_no": 13, "store": "南京路店"},
    Reason.PURCHASE_UNKNOWN: {"seq": 41},
    Reason.RETURN_TOO_MUCH: {"seq": 41},
    Reason.OUT_OF_STOCK: {"item": LocalText("毛绒小猫", "Plush cat")},
    Reason.NOTHING_TO_HAND_OVER: {"seq": 41},
    Reason.SWAP_NEEDS_SUPERVISOR: {"item": LocalText("毛绒小猫", "Plush cat")},
    Reason.VOID_PART_OF_PURCHASE: {"seq": 41},
    Reason.DATE_BEFORE_RECORDS: {"day": date(2026, 3, 18)},
}
CARRIED: dict[str, dict[str, str | int]] = {
    "journal-held": {"holder": "window"},
    "host-total-differs": {"stated_minor": 5_200, "agreed_minor": 4_200},
    **{fault: {"port": "COM3"} for fault in ("gun-absent", "gun-denied", "gun-busy", "gun-lost")},
}
