"""The centre's keys: made once, private to their owner, one for each purpose."""

import threading
from pathlib import Path

import pytest

from crm_server.keys import KEY_IDS, open_key_ring, public_key
from faults.forgeries import SMALL_ORDER
from pos_client.domain.signed_document import DocumentPurpose, KeyPurpose, from_base64, signed_bytes, to_base64


def test_keys_are_made_once(tmp_path: Path) -> None:
    first, second = open_key_ring(tmp_path / "keys"), open_key_ring(tmp_path / "keys")

    assert first.trust() == second.trust()
    assert len({key["public"] for key in first.trust()}) == 5
    assert (first.seal_public, first.app_token) == (second.seal_public, second.app_token)


def test_eight_starts_at_once_agree_on_the_keys(tmp_path: Path) -> None:
    found: list[object] = []
    gate = threading.Barrier(8)

    def start() -> None:
        gate.wait()
        found.append(open_key_ring(tmp_path / "keys").trust())

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [found[0]] * 8
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == [
        "app.token",
        "coupon.key",
        "data.key",
        "parametric.key",
        "seal.key",
        "slot.key",
        "srv.key",
    ]


def test_a_document_is_signed_by_the_key_of_its_purpose(tmp_path: Path) -> None:
    keys = open_key_ring(tmp_path)
    policy = keys.sign_document(DocumentPurpose.POLICY, {"ver": 1})
    by_id = {key["key_id"]: key for key in keys.trust()}

    assert by_id[policy["key_id"]]["purpose"] == "data"
    signer = public_key(by_id[policy["key_id"]]["public"])
    signer.verify(from_base64(policy["sig"]), signed_bytes(DocumentPurpose.POLICY, policy))


def test_a_key_speaks_for_its_purpose_only(tmp_path: Path) -> None:
    keys = open_key_ring(tmp_path)
    signature = keys.sign(KeyPurpose.COUPON, b"content")

    assert keys.verifies(KeyPurpose.COUPON, KEY_IDS[KeyPurpose.COUPON], signature, b"content")
    assert not keys.verifies(KeyPurpose.COUPON, KEY_IDS[KeyPurpose.SLOT], signature, b"content")
    assert not keys.verifies(KeyPurpose.SLOT, KEY_IDS[KeyPurpose.SLOT], signature, b"content")
    assert not keys.verifies(KeyPurpose.COUPON, KEY_IDS[KeyPurpose.COUPON], signature, b"contents")


@pytest.mark.parametrize("encoded", SMALL_ORDER, ids=[point.hex()[:8] + point.hex()[-2:] for point in SMALL_ORDER])
def test_a_key_of_small_order_is_none(encoded: bytes) -> None:
    with pytest.raises(ValueError, match="small order"):
        public_key(to_base64(encoded))
