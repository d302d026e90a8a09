# ruff: noqa: S608 - only constants of this module are put together
"""What is said to the journal's file, as finished SQL that the driver prepares once.

Apart from the tables (``schema``), which are Core's: executing through Core costs about as much again as the disk does
for a commit, and importing it costs a command more than its work. Only building and upgrading a file need it.
A query uses a partial index only where it repeats its condition word for word, so the conditions stand here once.
"""

from typing import Final

from . import side_columns

VERSION: Final = 4
"""Of the tables; kept in ``PRAGMA user_version``, which costs one page to read. Alembic's own table says the same."""

TAKES_USE: Final = "kind = 'redeem' AND voided = 0 AND use_no IS NOT NULL"
UNUSED_CLAIM: Final = "unused = 1"
IN_LINE: Final = "waiting > 0"
LOST: Final = "result = 'conflict'"
OF_PURCHASE: Final = "txn <> ''"
MOVES: Final = "ref <> ''"
TOLD: Final = "kind IN ('redeem', 'reject', 'transaction', 'hand_over', 'bind')"
# A body that somebody changed is no reason why a file could not be opened.
_TEXT: Final = "CAST(body AS TEXT)"
RECEIPT_NO: Final = (
    f"CASE WHEN json_valid({_TEXT}) THEN"
    f" COALESCE(json_extract({_TEXT}, '$.receipt_no'), json_extract({_TEXT}, '$.basket_ref')) END"
)
TAKES_RECEIPT: Final = "kind = 'transaction' AND voided = 0 AND ref <> ''"

GET_META: Final = "SELECT value FROM meta WHERE key = :key"
PUT_META: Final = (
    "INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)

# Writing.
_WRITTEN: Final = ("epoch", "seq", "hash", "body", "sig", "unused", *side_columns.NAMES)
INSERT: Final = f"INSERT INTO entry ({', '.join(_WRITTEN)}) VALUES ({', '.join(':' + name for name in _WRITTEN)})"
LAST_OF_EPOCH: Final = "SELECT seq, hash FROM entry WHERE epoch = :epoch ORDER BY seq DESC LIMIT 1"
# A number stands in every epoch, so coupon and claim tell which of them is meant; a redemption before its own intent.
# The epochs are found by stepping down the key: DISTINCT would walk the book.
VOID_TARGET: Final = (
    "WITH RECURSIVE known(number) AS (SELECT MAX(epoch) FROM entry UNION ALL"
    " SELECT (SELECT MAX(epoch) FROM entry WHERE epoch < number) FROM known WHERE number IS NOT NULL)"
    " SELECT epoch, claim_id FROM entry WHERE epoch IN (SELECT number FROM known) AND seq = :target_seq"
    " AND coupon_id = :coupon_id AND :claim_id IN ('', claim_id) AND voided = 0 AND kind IN ('intent', 'redeem')"
    " ORDER BY kind = 'redeem' DESC, epoch DESC LIMIT 1"
)
# Only what stands for a claim has one that is unused now.
MARK_VOIDED: Final = (
    "UPDATE entry SET voided = 1, unused = kind IN ('intent', 'redeem')"
    " WHERE epoch = :target_epoch AND seq = :target_seq AND voided = 0"
    " AND kind IN ('intent', 'redeem', 'transaction', 'earn', 'burn', 'issue', 'hand_over')"
)
END_INTENT: Final = (
    "UPDATE entry SET unused = 0 WHERE coupon_id = :coupon_id AND kind = 'intent' AND voided = 0"
    f" AND claim_id = :claim_id AND {UNUSED_CLAIM}"
)
NOT_SENT_AFTER_ALL: Final = f"UPDATE entry SET state = 0 WHERE state = 1 AND {IN_LINE}"

# Reading.
ENTRY: Final = "SELECT epoch, seq, hash, body, sig, kind, state, result, voided, holder FROM entry"
ONE: Final = f"{ENTRY} WHERE epoch = :epoch AND seq = :seq"
# Of a lane that was fenced off a moment ago the entries before that are still on the counter's list.
RECENT_OF_NUMBER: Final = (
    f"{ENTRY} WHERE rowid > (SELECT MAX(rowid) FROM entry) - :recent AND seq = :seq AND epoch < :epoch"
    " AND kind IN ('redeem', 'transaction') AND voided = 0 ORDER BY epoch DESC LIMIT 1"
)
LATEST: Final = f"{ENTRY} ORDER BY epoch DESC, seq DESC LIMIT :limit"
_NEWEST: Final = "ORDER BY epoch DESC, seq DESC LIMIT"
_OF_KINDS: Final = "kind IN (SELECT value FROM json_each(:kinds))"
# Of a kind that is common the newest entries hold enough; of one that is rare the day's index is walked, not the book.
RECENT_OF_KINDS: Final = f"{ENTRY} WHERE {_OF_KINDS} AND (epoch, seq) >= (:epoch, :seq) {_NEWEST} :limit"
ALL_OF_KINDS: Final = (
    f"{ENTRY} WHERE rowid IN ("
    f"SELECT rowid FROM entry INDEXED BY day WHERE {_OF_KINDS} ORDER BY rowid DESC LIMIT :limit) {_NEWEST} :limit"
)
OF_TXN: Final = f"{ENTRY} WHERE txn = :txn AND {OF_PURCHASE} ORDER BY epoch, seq"
STANDING: Final = f"{ENTRY} WHERE ref = :ref AND {MOVES} AND kind = :kind AND voided = 0 {_NEWEST} :limit"
KNOWN: Final = f"SELECT 1 FROM entry WHERE ref = :ref AND {MOVES} LIMIT 1"
# What was taken back counts with the void that says so, so both are in the sum.
_SUM: Final = f"SELECT SUM(amount) FROM entry WHERE ref = :ref AND {MOVES} AND (epoch, seq) > (:epoch, :seq)"
MOVED: Final = _SUM
MOVED_FOR: Final = f"{_SUM} AND member_ref IN (SELECT value FROM json_each(:members))"
_OF_DAY: Final = f"{ENTRY} INDEXED BY day WHERE business_date = :day AND {_OF_KINDS}"
OF_DAY: Final = f"{_OF_DAY} ORDER BY epoch, seq"
OF_DAY_FOR: Final = f"{_OF_DAY} AND member_ref IN (SELECT value FROM json_each(:members)) ORDER BY epoch, seq"
LOST_USES: Final = f"{ENTRY} WHERE {LOST} ORDER BY epoch, seq"
HEAD: Final = "SELECT epoch, seq, hash, at_ms FROM entry ORDER BY epoch DESC, seq DESC LIMIT 1"
NEWEST_BODY: Final = "SELECT body FROM entry ORDER BY epoch DESC, seq DESC LIMIT 1"
HEAD_OF_ALL: Final = "SELECT epoch, seq FROM entry ORDER BY epoch DESC, seq DESC LIMIT 1"
# An entry written while the clock was in doubt proves nothing: a leap ahead would expire every coupon for ever.
LAST_BELIEVED: Final = (
    "SELECT at_ms FROM entry WHERE json_extract(CAST(body AS TEXT), '$.time_quality') IS NOT 'suspect'"
    " ORDER BY epoch DESC, seq DESC LIMIT 1"
)
USES: Final = (
    f"SELECT use_no, at_ms, seq, claim_id, body FROM entry WHERE coupon_id = :coupon_id AND {TAKES_USE} ORDER BY use_no"
)
UNUSED_CLAIMS: Final = f"SELECT claim_id FROM entry WHERE coupon_id = :coupon_id AND {UNUSED_CLAIM}"
# Without the hint the book itself is walked, because it is in order already.
_INTENTS: Final = (
    "SELECT epoch, seq, hash, claim_id, coupon_id, use_no, at_ms FROM entry INDEXED BY unused_claim"
    f" WHERE kind = 'intent' AND voided = 0 AND {UNUSED_CLAIM}"
)
OPEN_INTENT: Final = f"{_INTENTS} AND coupon_id = :coupon_id ORDER BY epoch DESC, seq DESC LIMIT 1"
OPEN_INTENTS: Final = f"{_INTENTS} ORDER BY epoch, seq"
# What was delivered since is no longer alone, so the line itself is counted.
# What the store's server alone granted of a coupon that other stores may use is as much alone against the chain.
# Both values are named so that the index is entered at the place asked for, instead of walked from its beginning.
_SOUGHT: Final = "waiting IN (1, 2)"
_ALONE: Final = "(tier = 'C' OR (tier = 'B' AND json_extract(CAST(body AS TEXT), '$.verdict') = 'pending'))"
COUNT_ALONE: Final = (
    f"SELECT COUNT(*) FROM entry WHERE {IN_LINE} AND {_SOUGHT} AND (epoch, seq) > (:epoch, :seq)"
    f" AND kind = 'redeem' AND {_ALONE} AND voided = 0"
)
MEMBER_USES: Final = (
    f"SELECT COUNT(*) FROM entry WHERE {TAKES_USE} AND business_date = :day"
    " AND member_ref = :member_ref AND campaign = :campaign"
)
# Walks the uses, each of which an index holds: a hundred thousand of them take some milliseconds, and few offers ask.
MEMBER_USES_EVER: Final = (
    f"SELECT COUNT(*) FROM entry WHERE {TAKES_USE} AND member_ref = :member_ref AND campaign = :campaign"
)
USES_ALONE: Final = f"SELECT COUNT(*) FROM entry WHERE {TAKES_USE} AND tier = 'C' AND campaign = :campaign"
USES_BY: Final = (
    f"SELECT COUNT(*) FROM entry WHERE {TAKES_USE} AND member_ref IN (SELECT value FROM json_each(:members))"
)
DAY: Final = (
    f"SELECT SUM(CASE WHEN {_ALONE} THEN value_minor ELSE 0 END), SUM(member_ref = :member_ref) FROM entry"
    " WHERE business_date = :day AND kind = 'redeem' AND voided = 0"
)
# What a person reads as the day's figures: what was taken back is gone, a binding is a customer who is ours since
# (a checked phone is none), and things are counted by the piece. The common kinds are counted in the index alone.
_STANDS: Final = "business_date = :day AND (:operator = '' OR operator = :operator) AND voided = 0"
COUNTS: Final = (
    f"SELECT kind, COUNT(*) FROM entry WHERE {_STANDS} AND kind NOT IN ('bind', 'hand_over') GROUP BY kind UNION ALL"
    " SELECT kind, SUM(CASE kind WHEN 'hand_over' THEN ABS(amount) ELSE"
    " IFNULL(json_extract(CAST(body AS TEXT), '$.action'), '') IN ('new', 'owner') END)"
    f" FROM entry WHERE {_STANDS} AND kind IN ('bind', 'hand_over') GROUP BY kind"
)
WAITING_AFTER: Final = (
    f"SELECT COUNT(*), MIN(at_ms) FROM entry WHERE {IN_LINE} AND {_SOUGHT} AND (epoch, seq) > (:epoch, :seq)"
)
NEWEST: Final = "SELECT epoch, seq FROM entry ORDER BY epoch DESC, seq DESC LIMIT 1"

KEEP_LATE: Final = (
    "INSERT INTO late_answer (claim_id, tier, coupon_id, at_ms, outcome, holder)"
    " VALUES (:claim_id, :tier, :coupon_id, :at_ms, :outcome, :holder) ON CONFLICT (claim_id, tier)"
    " DO UPDATE SET at_ms = excluded.at_ms, outcome = excluded.outcome, holder = excluded.holder"
)
# Once the centre has the entry, its result says the same and more. CROSS, which to SQLite means "in this order": late
# answers are few, and the other way round it would walk every redemption of the month.
LATE: Final = (
    "SELECT e.seq, l.claim_id, l.tier, l.coupon_id, l.at_ms, l.outcome, l.holder FROM late_answer AS l"
    " CROSS JOIN entry AS e INDEXED BY one_use ON e.coupon_id = l.coupon_id AND e.claim_id = l.claim_id"
    f" WHERE l.outcome <> 'granted' AND e.state < 2 AND e.{TAKES_USE.replace(' AND ', ' AND e.')} ORDER BY l.at_ms"
)

# Delivery.
_SENT: Final = "SELECT epoch, seq, hash, body, sig FROM entry"
NEXT: Final = f"{_SENT} WHERE waiting = 1 AND {IN_LINE} ORDER BY epoch, seq LIMIT :limit"
AFTER: Final = f"{_SENT} WHERE (epoch, seq) > (:epoch, :seq) ORDER BY epoch, seq LIMIT :limit"
LAST_BEFORE: Final = "SELECT epoch, seq FROM entry WHERE at_ms < :at_ms ORDER BY epoch DESC, seq DESC LIMIT 1"
STUCK: Final = f"{_SENT} WHERE waiting = 2 AND {IN_LINE} ORDER BY epoch, seq LIMIT :limit"
SENT_WAITING: Final = f"{_SENT} WHERE {IN_LINE} ORDER BY epoch, seq"
STUCK_ENTRIES: Final = (
    f"SELECT epoch, seq, kind, at_ms, reason FROM entry WHERE waiting = 2 AND {IN_LINE}"
    " ORDER BY epoch, seq LIMIT :limit"
)
STUCK_NUMBERS: Final = f"SELECT seq FROM entry WHERE waiting = 2 AND {IN_LINE} AND epoch = :epoch ORDER BY seq"
COUNT_LOST: Final = f"SELECT COUNT(*) FROM entry WHERE {LOST}"
MARK_SENT: Final = "UPDATE entry SET state = 1 WHERE epoch = :epoch AND seq = :seq AND state = 0"
RECORD: Final = (
    "UPDATE entry SET state = MAX(state, 2), waiting = 0, result = :result, reason = :reason, holder = :holder,"
    " server_ref = :server_ref WHERE epoch = :epoch AND seq = :seq AND hash = :hash"
)
MARK_STUCK: Final = f"UPDATE entry SET waiting = 2, reason = :reason WHERE epoch = :epoch AND seq = :seq AND {IN_LINE}"
RESEND: Final = "UPDATE entry SET waiting = 1 WHERE epoch = :epoch AND seq BETWEEN :first AND :last AND waiting = 0"

# Opening.
TAIL: Final = "SELECT seq, hash, body FROM entry WHERE epoch = :epoch ORDER BY seq DESC LIMIT :limit"
HASH_OF: Final = "SELECT hash FROM entry WHERE epoch = :epoch AND seq = :seq"

# Checking and carrying away.
WALK: Final = (
    f"SELECT epoch, seq, hash, body, sig, voided, unused, {', '.join(side_columns.NAMES)} FROM entry"
    " ORDER BY epoch, seq"
)
# Rows whose delivery says what cannot be: an unknown result or state, or out of the line without a result.
ODD_DELIVERY: Final = (
    "SELECT COUNT(*) FROM entry WHERE result NOT IN ('', 'accepted', 'conflict', 'quarantined', 'forked')"
    " OR state NOT IN (0, 1, 2, 3) OR (waiting = 0 AND result = '')"
    " OR typeof(waiting) <> 'integer' OR typeof(reason) <> 'text' OR typeof(holder) <> 'text'"
    " OR typeof(server_ref) <> 'text'"
)
DEFINITIONS: Final = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"
HIGHEST_ROW: Final = "SELECT MAX(rowid) FROM entry"
ROWS_FROM: Final = f"{_SENT} WHERE rowid > :row ORDER BY rowid"
ROW: Final = f"{_SENT} WHERE rowid = :row"
