"""Three books of one day: the host's receipts, this lane's journal, the centre's inbox. One cause for each difference.

Apart from the host's comparison, which knows two of them. What the host and we disagree on comes first; what we agree
on, or what no host knows of, is then looked for at the centre.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pos_client.domain.host_match import Cause as HostCause
from pos_client.domain.host_match import OurPurchase, Pair, pair_document


class CentreCause(StrEnum):
    """What stands between our book and the centre's for one deed."""

    NOT_YET_DELIVERED = "not-yet-delivered"
    STUCK_HERE = "stuck-here"
    IN_CONFLICT = "in-conflict"
    QUARANTINED = "quarantined"
    FORKED = "forked"


AGREED: Final = HostCause.AGREED.value
CAUSES: Final = tuple(cause.value for cause in (*HostCause, *CentreCause))
_BOTH: Final = ("ours", "ours_minor", "centre", "centre_minor")
_BY_RESULT: Final = {
    "conflict": CentreCause.IN_CONFLICT,
    "quarantined": CentreCause.QUARANTINED,
    "forked": CentreCause.FORKED,
}


@dataclass(frozen=True, slots=True)
class Word:
    """What the centre said of one entry.

    Attributes:
        result: accepted, conflict, quarantined, forked; empty before it said anything.
        is_stuck: it keeps failing alone.
    """

    result: str = ""
    is_stuck: bool = False

    @property
    def cause(self) -> CentreCause | None:
        """Why the centre's book differs, None where it does not."""
        if not self.result:
            return CentreCause.STUCK_HERE if self.is_stuck else CentreCause.NOT_YET_DELIVERED
        return _BY_RESULT.get(self.result)


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed of ours that no host knows of: a redemption, a thing handed over, a binding."""

    epoch: int
    seq: int
    kind: str
    campaign: int
    value_minor: int
    word: Word

    def as_document(self) -> dict[str, Any]:
        """For the file."""
        return {
            "epoch": self.epoch,
            "seq": self.seq,
            "kind": self.kind,
            "campaign": self.campaign,
            "value_minor": self.value_minor,
        }


@dataclass(frozen=True, slots=True)
class HostBook:
    """The host's receipts against our purchases.

    Attributes:
        receipts: how many the host has. pairs: everything of both sides, each once.
        words: what the centre said of our purchases, by ``txn``.
    """

    receipts: int
    pairs: tuple[Pair, ...]
    words: Mapping[str, Word]

    @property
    def causes(self) -> dict[str, int]:
        """How many pairs differ, by cause; those that agree are left out."""
        found = Counter(pair.cause.value for pair in self.pairs if pair.cause is not HostCause.AGREED)
        return dict(sorted(found.items()))

    @property
    def agreed(self) -> int:
        """How many pairs agree."""
        return sum(pair.cause is HostCause.AGREED for pair in self.pairs)

    def as_field(self) -> dict[str, Any]:
        """As it stands in a ``close_day`` entry; ``digest`` covers each pair and its cause."""
        documents = [pair_document(pair) for pair in self.pairs]
        text = json.dumps(documents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        return {"receipts": self.receipts, "agreed": self.agreed, "causes": self.causes, "digest": digest}


def three_books(book: HostBook | None, purchases: Sequence[tuple[OurPurchase, Word]], deeds: Sequence[Deed]) -> Any:
    """The comparison as one document, the same bytes for the same books.

    Args:
        book: of the host, None where it gave no receipts; then purchases are compared with the centre alone.
        purchases: ours of the day, each with the centre's word.
        deeds: all others that stand.

    Returns:
        ``{"sums", "causes", "lines"}``; each line has one ``cause``, and lines that agree are in the sums only.
    """
    if book is None:
        judged = [(_at_centre(word), Pair(HostCause.AGREED, ours=one)) for one, word in purchases]
    else:
        judged = [(_cause(pair, book.words), pair) for pair in book.pairs]
    lines = [{"cause": cause, **pair_document(pair)} for cause, pair in judged if cause != AGREED]
    differing = [(deed.word.cause, deed) for deed in deeds if deed.word.cause]
    lines += [{"cause": cause.value, "deed": deed.as_document()} for cause, deed in differing]
    counts = Counter(line["cause"] for line in lines)
    counts[AGREED] = len(judged) + len(deeds) - len(lines)
    causes = {cause: count for cause, count in sorted(counts.items()) if count}
    return {"sums": _sums(book, purchases, deeds), "causes": causes, "lines": lines}


def _cause(pair: Pair, words: Mapping[str, Word]) -> str:
    if pair.cause is not HostCause.AGREED or pair.ours is None:
        return pair.cause.value
    return _at_centre(words.get(pair.ours.txn, Word()))


def _at_centre(word: Word) -> str:
    return word.cause.value if word.cause else AGREED


def _sums(book: HostBook | None, purchases: Sequence[tuple[OurPurchase, Word]], deeds: Sequence[Deed]) -> Any:
    """Count and money of each book."""
    taken = [one for one, word in purchases if word.result == "accepted"]
    hosts = [pair.host for pair in book.pairs if pair.host] if book else []
    campaigns: dict[str, dict[str, int]] = {}
    for deed in deeds:
        if deed.kind == "redeem":
            sums = campaigns.setdefault(
                str(deed.campaign), {"ours": 0, "ours_minor": 0, "centre": 0, "centre_minor": 0}
            )
            sums["ours"] += 1
            sums["ours_minor"] += deed.value_minor
            is_taken = deed.word.result == "accepted"
            sums["centre"] += is_taken
            sums["centre_minor"] += deed.value_minor if is_taken else 0
    return {
        "purchases": {
            "ours": {"count": len(purchases), "paid_minor": sum(_signed(one) for one, _ in purchases)},
            "host": book and {"count": len(hosts), "paid_minor": sum(_host_signed(one) for one in hosts)},
            "centre": {"count": len(taken), "paid_minor": sum(_signed(one) for one in taken)},
        },
        "redemptions": dict(sorted(campaigns.items())),
    }


def _signed(one: OurPurchase) -> int:
    return one.paid_minor if one.kind.value == "sale" else -one.paid_minor


def _host_signed(host: Any) -> int:
    return int(host.total_minor if host.kind.value == "sale" else -host.total_minor)
