"""Documents of the centre: what a signature covers, and that no document makes the reader fall."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.signed_document import (
    DocumentPurpose,
    from_base64,
    signed_bytes,
    time_signed_bytes,
    to_base64,
)


def test_the_signature_covers_purpose_and_document_but_not_itself() -> None:
    document = {"ver": 2, "key_id": 1, "name": "限额", "sig": "x"}

    covered = signed_bytes(DocumentPurpose.POLICY, document)

    assert covered == 'rdm/policy/1\0{"key_id":1,"name":"限额","ver":2}'.encode()


@pytest.mark.parametrize("purpose", list(DocumentPurpose))
def test_a_signature_for_one_purpose_is_useless_for_another(purpose: DocumentPurpose) -> None:
    others = {signed_bytes(other, {"a": 1}) for other in DocumentPurpose if other is not purpose}

    assert signed_bytes(purpose, {"a": 1}) not in others


def test_the_time_is_bound_to_one_request() -> None:
    assert time_signed_bytes("2026-03-18T04:00:00.000Z", "r-1") == b"rdm/time/1\x002026-03-18T04:00:00.000Z\0r-1"


@pytest.mark.parametrize("text", ['{"a": "\\ud800"}', '{"\\udfff": 1}', '{"a": ["\\udc80\\ud800"]}'])
def test_a_document_that_nobody_can_have_signed_is_read_without_harm(text: str) -> None:
    document: dict[str, Any] = json.loads(text)

    assert signed_bytes(DocumentPurpose.PAGE, document).startswith(b"rdm/page/1\0")


@given(st.binary(max_size=200))
def test_base64url_there_and_back(content: bytes) -> None:
    text = to_base64(content)

    assert content == from_base64(text)
    assert "=" not in text


@pytest.mark.parametrize("text", ["a", "ab~d", "a b", "+/==x", "é", "\ud800", "AA==AA"])
def test_what_is_no_base64url(text: str) -> None:
    with pytest.raises(ValueError, match="base64url"):
        from_base64(text)
