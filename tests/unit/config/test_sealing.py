"""What a lane seals, the centre reads and nobody else: by published vectors, so that both sides cannot err together."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from crm_server.sealing import open_sealed
from pos_client.config.sealing import CentreSealer, seal
from pos_client.domain.errors import SealKeyMissing
from pos_client.domain.signed_document import from_base64, to_base64

PUBLISHED: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[3] / "docs" / "vectors" / "sealing.json").read_text("utf-8")
)
CENTRE = X25519PrivateKey.from_private_bytes(from_base64(PUBLISHED["centre"]["private"]))
PHONE = "+8613900139000"


@pytest.mark.parametrize("vector", PUBLISHED["vectors"], ids=lambda vector: vector["text"])
def test_a_published_seal_is_made_and_opened(vector: dict[str, str]) -> None:
    once = X25519PrivateKey.from_private_bytes(from_base64(vector["once_private"]))
    public = from_base64(PUBLISHED["centre"]["public"])

    assert seal(vector["text"], public, once, from_base64(vector["nonce"])) == vector["sealed"]
    assert open_sealed(CENTRE, vector["sealed"]) == vector["text"]


def test_one_text_is_sealed_differently_each_time() -> None:
    sealer = CentreSealer(lambda: PUBLISHED["centre"]["public"])
    seals = {sealer.seal(PHONE) for _ in range(3)}

    assert len(seals) == 3
    assert {open_sealed(CENTRE, one) for one in seals} == {PHONE}


@pytest.mark.parametrize("key", ["", "AAAA", "not base64!", "A" * 44])
def test_without_the_centres_key_nothing_is_sealed(key: str) -> None:
    with pytest.raises(SealKeyMissing):
        CentreSealer(lambda: key).seal(PHONE)


def test_what_is_no_seal_for_this_key_is_refused() -> None:
    good = from_base64(PUBLISHED["vectors"][0]["sealed"])
    bad = [
        "",
        "AAAA",
        "no base64!",
        "A" * 600,
        *(to_base64(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]) for place in (0, 33, 50)),
    ]
    for sealed in bad:
        with pytest.raises(ValueError, match=r"."):
            open_sealed(CENTRE, sealed)
    with pytest.raises(ValueError, match="another key"):
        open_sealed(X25519PrivateKey.generate(), PUBLISHED["vectors"][0]["sealed"])
