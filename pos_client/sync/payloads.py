"""JSON in and out: what the contract's documents look like, read with suspicion.

Apart from push, pull and claims so that each of them speaks of rows and uses, never of dictionary keys. Fields that are
not known are ignored; a document that lacks what it must have is "not an answer" (``ServerUnreachable``).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pos_client.domain.batch import SignedEntry
from pos_client.domain.errors import ServerUnreachable
from pos_client.domain.verdict import Use
from pos_client.usecases.claim_port import ClaimRequest

from .outbox_port import RowResult
from .server_time import parse_wire_time

STORED: Final = frozenset({"accepted", "conflict", "quarantined", "forked"})
DUPLICATE: Final = "duplicate"
_MAX_TEXT: Final = 2_000
Ranges = tuple[tuple[int, int], ...]


def row_results(document: Mapping[str, Any], rows: Sequence[SignedEntry]) -> list[RowResult]:
    """The results that say a row is stored; each must name the row's own hash. Others are passed over."""
    sent = {row.seq: row for row in rows}
    read = (_row_result(one, sent.get(whole(one, "seq", 0))) for one in objects(document, "results"))
    return [result for result in read if result is not None]


def _row_result(one: Mapping[str, Any], row: SignedEntry | None) -> RowResult | None:
    if row is None or one.get("hash") != row.hash.hex():
        return None
    repeated = one.get("result") == DUPLICATE
    result = one.get("original") if repeated else one.get("result")
    if not isinstance(result, str) or result not in STORED:
        return None
    holder = one.get("holder")
    return RowResult(
        row.epoch,
        row.seq,
        row.hash,
        result,
        repeated,
        text(one, "reason"),
        json.dumps(holder, ensure_ascii=False, sort_keys=True) if isinstance(holder, dict) else "",
        text(one, "server_ref"),
    )


def ranges(document: Mapping[str, Any], name: str) -> Ranges:
    """``[[from, to], …]``, both ends included; what is no such pair is passed over."""
    pairs = document.get(name)
    if not isinstance(pairs, list):
        return ()
    return tuple((pair[0], pair[1]) for pair in pairs if _is_range(pair))


def _is_range(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(type(end) is int for end in pair) and pair[0] <= pair[1]


def claim(request: ClaimRequest) -> dict[str, Any]:
    """The body of ``PUT /v1/claims/{claim_id}``."""
    return {
        "coupon_id": request.coupon_id,
        "use_no": request.use_no,
        "code_kind": request.code_kind,
        "token": request.token,
        "member_ref": request.member_ref,
        "value_minor": request.value_minor,
        "intent": {"epoch": request.intent.epoch, "seq": request.intent.seq, "hash": request.intent.hash},
    }


def holder_use(document: Mapping[str, Any], use_no: int) -> Use | None:
    """Who holds a use, for the sentence that names store, lane, person and time."""
    holder = document.get("holder")
    if not isinstance(holder, dict):
        return None
    try:
        at = parse_wire_time(text(holder, "at"))
    except ValueError:
        at = None
    return Use(
        use_no=use_no,
        at=at,
        store=whole(holder, "store", 0),
        lane=whole(holder, "lane", 0),
        operator=text(holder, "operator"),
        store_name=text(holder, "store_name"),
        operator_name=text(holder, "operator_name"),
        device=text(holder, "device"),
        seq=whole(holder, "seq", 0),
    )


def objects(document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """A field that must be a list of objects."""
    value = document.get(name)
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise malformed(name)
    return value


def mapping(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A field that must be an object."""
    value = document.get(name)
    if not isinstance(value, dict):
        raise malformed(name)
    return value


def texts(document: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list's texts, each bounded; empty where it is no list."""
    value = document.get(name)
    return tuple(one[:_MAX_TEXT] for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def whole(document: Mapping[str, Any], name: str, absent: int | None = None) -> int:
    """A field that must be a whole number; ``absent`` stands for one that is not there or is none, where allowed."""
    value = document.get(name)
    if type(value) is int and abs(value) < 2**63:
        return value
    if absent is None:
        raise malformed(name)
    return absent


def text(document: Mapping[str, Any], name: str) -> str:
    """A field's text, bounded; empty where it is no text."""
    value = document.get(name)
    return value[:_MAX_TEXT] if isinstance(value, str) else ""


def required_text(document: Mapping[str, Any], name: str) -> str:
    """A field that must be a text with something in it."""
    value = text(document, name)
    if not value:
        raise malformed(name)
    return value


def malformed(name: str) -> ServerUnreachable:
    """An answer with our headers that is not what the contract says counts as none."""
    return ServerUnreachable(f"field {name} of the answer is missing or wrong", cause="not-ours")
