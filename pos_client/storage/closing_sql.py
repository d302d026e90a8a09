# ruff: noqa: S608 - only constants are put together
"""What is said to the journal's file about closes, as finished SQL; apart from the rest because days ask it, not deeds.

A close is an entry. Beside it stands one value under ``closing.EPOCH.SEQ``, written in the same commit: what the sync
thread looks at, and where the centre's answer is kept. So nobody walks the book to find a day.
"""

from typing import Final

from .journal_sql import IN_LINE

KEY: Final = "closing.{epoch:06d}.{seq:012d}"
CLOSES: Final = "SELECT key, value FROM meta WHERE key > 'closing.' AND key < 'closing/' ORDER BY key"
# Years of agreed days are passed over without reading them.
UNSETTLED: Final = (
    "SELECT key, value FROM meta WHERE key > 'closing.' AND key < 'closing/'"
    " AND json_extract(value, '$.standing') <> 'agreed' ORDER BY key"
)
# DISTINCT would walk the book: the key is stepped down.
EPOCHS: Final = (
    "WITH RECURSIVE known(number) AS (SELECT MAX(epoch) FROM entry UNION ALL"
    " SELECT (SELECT MAX(epoch) FROM entry WHERE epoch < number) FROM known WHERE number IS NOT NULL)"
    " SELECT number FROM known WHERE number IS NOT NULL ORDER BY number"
)
ROWS: Final = (
    "SELECT epoch, seq, hash, body, voided, waiting, result, holder, reason FROM entry"
    " WHERE epoch = :epoch AND seq > :after AND seq <= :last ORDER BY seq LIMIT :limit"
)
WAITS: Final = f"SELECT 1 FROM entry WHERE {IN_LINE} AND epoch = :epoch AND seq BETWEEN :first AND :last LIMIT 1"
# The centre's signed word on a whole range is worth a result on each of its rows: the head's hash covers them all.
NAME_RESULT: Final = (
    "UPDATE entry SET result = :result, reason = :reason, holder = :holder"
    " WHERE epoch = :epoch AND seq = :seq AND result = ''"
)
SETTLE: Final = (
    "UPDATE entry SET state = 3, waiting = 0, result = CASE result WHEN '' THEN 'accepted' ELSE result END"
    " WHERE epoch = :epoch AND seq BETWEEN :first AND :last AND state < 3"
)
