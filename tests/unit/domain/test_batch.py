"""What a batch is on the wire, to the byte, and how much goes into one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.batch import MAX_BODY_BYTES, MAX_BYTES, MAX_ENTRIES, Batch, JournalHead, SignedEntry, in_batches
from pos_client.domain.signed_document import from_base64

HEAD = JournalHead(1, 9, b"\xab" * 32)


def an_entry(seq: int, body: bytes = b"{}", epoch: int = 1) -> SignedEntry:
    return SignedEntry(epoch, seq, bytes(32), body, b"\xff" * 64)


def test_a_batch_to_the_byte() -> None:
    batch = Batch((an_entry(3), an_entry(5, b"\xfb\xff")), HEAD)
    signature = "_" * 85 + "w"

    assert batch.wire("d-1").decode() == (
        '{"device":"d-1","epoch":1,"first_seq":3,"last_seq":5,"head":{"seq":9,"hash":"' + "ab" * 32 + '"},"entries":['
        f'{{"seq":3,"body":"e30","sig":"{signature}"}},{{"seq":5,"body":"-_8","sig":"{signature}"}}]}}'
    )


@given(device=st.text(), bodies=st.lists(st.binary(max_size=40), min_size=1, max_size=5))
def test_any_bytes_come_back_from_the_json(device: str, bodies: list[bytes]) -> None:
    batch = Batch(tuple(an_entry(seq, body) for seq, body in enumerate(bodies, 1)), HEAD)
    wire = batch.wire(device)
    document = json.loads(wire)

    assert document["device"] == device
    assert [from_base64(entry["body"]) for entry in document["entries"]] == bodies
    assert b"\n" not in wire


def test_the_fullest_batch_stays_in_its_bound() -> None:
    body = bytes(MAX_BODY_BYTES // MAX_ENTRIES)
    last = 2**53 - 1
    rows = [an_entry(last - MAX_ENTRIES + number, body, 2**31 - 1) for number in range(MAX_ENTRIES)]
    (taken,) = in_batches(rows)

    assert len(Batch(taken, JournalHead(2**31 - 1, last, bytes(32))).wire("d" * 40)) <= MAX_BYTES


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], []),
        ([an_entry(1), an_entry(2), an_entry(3)], [[1, 2], [3]]),
        ([an_entry(1), an_entry(1, epoch=2), an_entry(2, epoch=2)], [[1], [1, 2]]),
        ([an_entry(1, bytes(6)), an_entry(2, bytes(4)), an_entry(3, bytes(1))], [[1, 2], [3]]),
        ([an_entry(1, bytes(6)), an_entry(2, bytes(5))], [[1], [2]]),
        ([an_entry(1, bytes(99)), an_entry(2)], [[1], [2]]),
        ([an_entry(1), an_entry(2, bytes(99)), an_entry(3)], [[1], [2], [3]]),
    ],
    ids=["none", "number", "epoch", "just fits", "does not fit", "too large first", "too large between"],
)
def test_entries_go_in_batches(rows: list[SignedEntry], expected: list[list[int]]) -> None:
    found = in_batches(rows, max_entries=2, max_body_bytes=10)

    assert [[row.seq for row in taken] for taken in found] == expected
