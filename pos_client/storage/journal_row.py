"""A row of the book before it is written: numbered, chained and signed, and by whose key.

Apart from the journal because nothing here touches the file: what is signed depends on the draft and the key alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pos_client.domain import hash_chain
from pos_client.domain.journal_entry import BODY_VERSION, EntryDraft, EntryKind, encode_body
from pos_client.domain.verdict import EntryRef

from . import side_columns

Sign = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class LaneKey:
    """Who writes: the device, its epoch, and how it signs.

    Attributes:
        sign: 64 bytes of Ed25519 over what it is given.
        previous: hash (32 bytes) that the first entry of a new epoch follows; ``GENESIS`` for the first of all.
    """

    device: str
    epoch: int
    sign: Sign
    previous: bytes = hash_chain.GENESIS


def numbered(key: LaneKey, draft: EntryDraft, last_seq: int, previous: bytes) -> dict[str, Any]:
    """The whole row of a draft: next number, previous hash, exact bytes, signature, side columns."""
    fields = _fields(draft, key.epoch) | {
        "v": BODY_VERSION,
        "device": key.device,
        "epoch": key.epoch,
        "seq": last_seq + 1,
        "prev": previous.hex(),
        "kind": draft.kind.value,
    }
    body = encode_body(fields)
    entry_hash = hash_chain.entry_hash(previous, body)
    return side_columns.derive(fields, entry_hash) | {
        "epoch": key.epoch,
        "seq": last_seq + 1,
        "hash": entry_hash,
        "body": body,
        "sig": key.sign(hash_chain.signed_bytes(entry_hash)),
        "unused": int(draft.kind is EntryKind.INTENT),
    }


def ref_of(row: Mapping[str, Any]) -> EntryRef:
    """The name of such a row."""
    return EntryRef(row["epoch"], row["seq"], row["hash"].hex())


def _fields(draft: EntryDraft, epoch: int) -> dict[str, Any]:
    """The draft's fields; what takes a use, or takes an entry back, says so in its bytes too."""
    taken = {} if draft.coupon_id is None else {"coupon_id": draft.coupon_id, "use_no": draft.use_no}
    back = {} if draft.target is None else {"target_seq": draft.target[1]}
    if draft.target is not None and draft.target[0] != epoch:
        back["target_epoch"] = draft.target[0]
    return {**draft.fields, **taken, **back}
