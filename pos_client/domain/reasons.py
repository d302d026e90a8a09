"""Why a verdict is what it is: stable codes. Their sentences, in both languages, stand in ``resources/i18n``."""

from enum import StrEnum


class Reason(StrEnum):
    """Stable reason codes of verdicts."""

    # accepted and pending
    ACCEPTED = "accepted"
    ACCEPTED_OFFLINE = "accepted-offline"
    ACCEPTED_LEASED = "accepted-leased"
    ACCEPTED_OVERRIDE = "accepted-override"
    ACCEPTED_PAPER = "accepted-paper"
    PURCHASE_RECORDED = "purchase-recorded"
    RETURN_RECORDED = "return-recorded"
    HANDED_OVER = "handed-over"
    HELD = "held"
    MEMBER_BOUND = "member-bound"
    MEMBER_TAKEN_OVER = "member-taken-over"
    MEMBER_STAYS = "member-stays"
    NUMBER_CHANGED = "number-changed"
    PHONE_VERIFIED = "phone-verified"
    # ready: nothing was written
    BIND_NEW = "bind-new"
    BIND_KNOWN = "bind-known"
    MEMBERS_FOUND = "members-found"
    PHONE_CODE_SENT = "phone-code-sent"
    BOOTH_CODE = "booth-code"
    SCENE_SHOWN = "scene-shown"
    MEMBER_IDENTIFIED = "member-identified"
    PRODUCT = "product"
    RECEIPT_SHOWN = "receipt-shown"
    CAN_REDEEM = "can-redeem"
    CONFIRM = "confirm"
    VOIDED = "voided"
    DATE_CONFIRMED = "date-confirmed"
    DATE_IN_ORDER = "date-in-order"
    # a person must decide
    OVER_FLOOR_VALUE = "over-floor-value"
    LANE_COUNT_LIMIT = "lane-count-limit"
    LANE_VALUE_LIMIT = "lane-value-limit"
    MEMBER_VELOCITY = "member-velocity"
    DATA_STALE = "data-stale"
    CLOCK_SUSPECT = "clock-suspect"
    CANNOT_VERIFY_HERE = "cannot-verify-here"
    MEMBER_CODE_SEEN = "member-code-seen"
    UNVERIFIED_LIMIT = "unverified-limit"
    NUMBER_TAKEN = "number-taken"
    OFFER_TOO_NEW = "offer-too-new"
    POSITIVE_OFFER = "positive-offer"
    WECHAT_CARD = "wechat-card"
    PAPER_CHECK_GOODS = "paper-check-goods"
    # refused for good
    ALREADY_USED = "already-used"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    CAMPAIGN_ENDED = "campaign-ended"
    CAMPAIGN_NOT_BEGUN = "campaign-not-begun"
    WRONG_DAY = "wrong-day"
    WRONG_HOUR = "wrong-hour"
    WRONG_CHANNEL = "wrong-channel"
    WRONG_STORE = "wrong-store"
    LEASED_ELSEWHERE = "leased-elsewhere"
    NOT_GENUINE = "not-genuine"
    REVOKED = "revoked"
    COUPON_UNKNOWN = "coupon-unknown"
    CAMPAIGN_UNKNOWN = "campaign-unknown"
    OTHER_MEMBER = "other-member"
    LEVEL_TOO_LOW = "level-too-low"
    NEW_MEMBERS_ONLY = "new-members-only"
    MEMBER_DAY_LIMIT = "member-day-limit"
    MEMBER_LIMIT = "member-limit"
    TRANSACTION_LIMIT = "transaction-limit"
    QUOTA_EXHAUSTED = "quota-exhausted"
    NETWORK_NEEDED = "network-needed"
    SLOT_EXPIRED = "slot-expired"
    MEMBER_UNKNOWN = "member-unknown"
    NO_COUPON_OFFER = "no-coupon-offer"
    MEMBER_POOL_EMPTY = "member-pool-empty"
    LOOKUP_LIMIT = "lookup-limit"
    PHONE_CODE_WRONG = "phone-code-wrong"
    PHONE_CODE_BLOCKED = "phone-code-blocked"
    BOOTH_CODE_EXPIRED = "booth-code-expired"
    BOOTH_CODE_FALSE = "booth-code-false"
    SCENE_TIMED_OUT = "scene-timed-out"
    NOT_STACKABLE = "not-stackable"
    BETTER_WITHOUT = "better-without"
    REPEATED_IN_BASKET = "repeated-in-basket"
    DEVICE_NOT_TRUSTED = "device-not-trusted"
    VOID_TOO_LATE = "void-too-late"
    VOID_OTHER_OPERATOR = "void-other-operator"
    VOID_PART_OF_PURCHASE = "void-part-of-purchase"
    VOID_NOT_POSSIBLE = "void-not-possible"
    DATE_DIFFERS = "date-differs"
    DATE_BEFORE_RECORDS = "date-before-records"
    NOT_A_SUPERVISOR = "not-a-supervisor"
    PAPER_NOT_TAKEN = "paper-not-taken"
    PAPER_COMPANY_UNKNOWN = "paper-company-unknown"
    PAPER_OTHER_RETAILER = "paper-other-retailer"
    PAPER_OTHER_CURRENCY = "paper-other-currency"
    COUPON_WITHOUT_SERIAL = "coupon-without-serial"
    # refused for now: something is missing
    BELOW_THRESHOLD = "below-threshold"
    BASKET_NEEDED = "basket-needed"
    MEMBER_NEEDED = "member-needed"
    NOTHING_IN_SCOPE = "nothing-in-scope"
    TOO_FEW_PIECES = "too-few-pieces"
    LINES_NEEDED = "lines-needed"
    PROOF_NEEDED = "proof-needed"
    POINTS_SHORT = "points-short"
    POINTS_OVER_SHARE = "points-over-share"
    # refused: the purchase, what was bought or what should be handed over
    RECEIPT_TAKEN = "receipt-taken"
    RECEIPT_TOO_OLD = "receipt-too-old"
    RECEIPT_DIFFERS = "receipt-differs"
    RECEIPT_OTHER_STORE = "receipt-other-store"
    PURCHASE_UNKNOWN = "purchase-unknown"
    RETURN_TOO_MUCH = "return-too-much"
    NO_DEPOSIT = "no-deposit"
    OUT_OF_STOCK = "out-of-stock"
    NOTHING_TO_HAND_OVER = "nothing-to-hand-over"
    SWAP_NEEDS_SUPERVISOR = "swap-needs-supervisor"
    COUPON_NOT_ISSUED = "coupon-not-issued"
    VALUE_EXHAUSTED = "value-exhausted"
    SEVERAL_MEMBERS = "several-members"
    PHONE_WANTED = "phone-wanted"
    PHONE_CODE_WAIT = "phone-code-wait"
    # what was accepted, and a server refused when its answer came at last
    LATE_USED = "late-used"
    LATE_REFUSED = "late-refused"
    # not our code
    NOT_OUR_CODE = "not-our-code"
    PAYMENT_CODE = "payment-code"
    LINK = "link"
    ENROLMENT_CODE = "enrolment-code"
    PARAMETRIC_CODE = "parametric-code"
    CODE_TOO_LONG = "code-too-long"
    CODE_INCOMPLETE = "code-incomplete"
    CODE_DAMAGED = "code-damaged"
    NO_CODE_IN_PICTURE = "no-code-in-picture"
    SEVERAL_CODES = "several-codes"
    NOT_BELIEVED = "not-believed"


# Refused only because something is still missing: the screen says what, and does not scold.
WARNINGS = frozenset(
    {
        Reason.BELOW_THRESHOLD,
        Reason.BASKET_NEEDED,
        Reason.MEMBER_NEEDED,
        Reason.NOTHING_IN_SCOPE,
        Reason.TOO_FEW_PIECES,
        Reason.LINES_NEEDED,
        Reason.PROOF_NEEDED,
        Reason.POINTS_SHORT,
        Reason.SEVERAL_MEMBERS,
        Reason.PHONE_WANTED,
        Reason.PHONE_CODE_WAIT,
    }
)
