"""``enrolment.json``: what the centre said, as a whole file, without a secret."""

import json
import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos_client.config import enrolment
from pos_client.config.enrolment import Enrolment, SyncIntervals
from pos_client.config.signing_keys import TrustedKey
from pos_client.config.whole_file import replace_file
from pos_client.domain.errors import NotEnrolled, SettingsInvalid, StorageUnavailable
from pos_client.domain.limits import Limits
from pos_client.domain.signed_document import KeyPurpose
from pos_client.domain.store_profile import StoreProfile

KEY = TrustedKey(3, KeyPurpose.DATA, bytes(32), date(2020, 1, 1), date(2030, 1, 1))
LANE = Enrolment(
    "d-1", 1, StoreProfile(101, "S101", "东门店", "Asia/Shanghai", "CNY", "B1"), 2, "https://crm.example", (KEY,), "B1",
    {"ver": 4, "limits": {"floor_value_minor": 700}, "sync": {"push_s": 3, "pull_s": 0, "heartbeat_s": "x"}}, "file",
)  # fmt: skip


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "enrolment.json"
    enrolment.write(path, LANE)

    assert enrolment.read(path) == LANE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_policys_figures(tmp_path: Path) -> None:
    assert LANE.limits() == Limits(floor_value_minor=700)
    assert LANE.intervals() == SyncIntervals(push_s=3.0)
    assert (LANE.policy_version(), replace(LANE, policy={}).policy_version()) == (4, 0)
    assert replace(LANE, policy={}).limits() == Limits()
    assert replace(LANE, policy={}).intervals() == SyncIntervals()


def test_a_home_without_one_is_not_enrolled(tmp_path: Path) -> None:
    with pytest.raises(NotEnrolled):
        enrolment.read(tmp_path / "enrolment.json")


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"v":1}', b"null", b"7"])
def test_a_torn_one_is_a_fault_of_the_world(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "enrolment.json"
    path.write_bytes(content)

    with pytest.raises(StorageUnavailable):
        enrolment.read(path)


@pytest.mark.parametrize("field", ["device_id", "epoch", "store", "lane_no", "trust", "policy", "booth", "secrets_in"])
def test_one_that_lacks_a_field_is_a_fault_of_the_world(tmp_path: Path, field: str) -> None:
    path = tmp_path / "enrolment.json"
    enrolment.write(path, LANE)
    document = json.loads(path.read_text(encoding="utf-8"))
    del document[field]
    path.write_text(json.dumps(document))

    with pytest.raises(StorageUnavailable):
        enrolment.read(path)


@pytest.mark.parametrize("change", [{"number": "x"}, {"number": None}, {"zone": None, "id": None, "number": []}])
def test_a_store_that_is_none_is_a_fault_of_the_world(change: dict[str, object]) -> None:
    whole = {"number": 101, "id": "S101", "name": "East", "zone": "Asia/Shanghai", "currency": "CNY"}

    with pytest.raises(StorageUnavailable):
        enrolment.parse_store(whole | change)


def test_a_key_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "enrolment.json"
    enrolment.write(path, LANE)
    document = json.loads(path.read_text(encoding="utf-8"))
    document["trust"][0]["public"] = "AAAA"
    path.write_text(json.dumps(document))

    with pytest.raises(SettingsInvalid):
        enrolment.read(path)


def test_a_folder_in_its_place_is_a_fault_of_the_world(tmp_path: Path) -> None:
    (tmp_path / "enrolment.json").mkdir()

    with pytest.raises(StorageUnavailable):
        enrolment.write(tmp_path / "enrolment.json", LANE)
    assert [path.name for path in tmp_path.iterdir()] == ["enrolment.json"]


def test_a_file_below_a_file_is_a_fault_of_the_world(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")

    with pytest.raises(StorageUnavailable):
        replace_file(tmp_path / "a" / "b", b"x")


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a"
    replace_file(path, b"old")
    replace_file(path, b"new")

    assert path.read_bytes() == b"new"
    assert [one.name for one in path.parent.iterdir()] == ["a"]
