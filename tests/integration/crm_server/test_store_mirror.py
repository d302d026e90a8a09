"""The mirror and the relay: the centre's bytes pass through a store's server unchanged, and it serves without it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crm_server.cli.options import Options, opened
from crm_server.store_role.upstream import UpstreamSilent
from pos_client.domain.signed_document import DocumentPurpose, KeyPurpose, from_base64, time_signed_bytes
from tests.fakes.fault_proxy import NO_FAULTS, FaultMix, FaultProxy
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, problem, results
from tests.integration.crm_server.served_store import Store, join, served_store


@dataclass
class Behind:
    """A store's server whose way to the centre can be cut."""

    store: Store
    wan: FaultProxy

    def cut(self) -> None:
        """Nothing passes any more."""
        self.wan.mix = FaultMix(drop_request=1.0)

    def heal(self) -> None:
        """Everything passes again."""
        self.wan.mix = NO_FAULTS


@pytest.fixture
def behind(small_shop: Shop, tmp_path: Path) -> Iterator[Behind]:
    """A store's server behind a line that can fail."""
    with FaultProxy(small_shop.url) as wan:
        join(small_shop, tmp_path / "store", wan.url)
        with served_store(small_shop, tmp_path / "store") as store:
            yield Behind(store, wan)


def both(store: Store) -> tuple[LaneClient, LaneClient]:
    """One lane, as it speaks with the centre and with its store's server."""
    at_centre = store.shop.lane()
    store.mirror()
    return at_centre, store.at_store(at_centre)


def test_policy_manifest_and_pages_are_the_centres_bytes(store: Store) -> None:
    at_centre, here = both(store)
    manifest = here.get("/v1/snapshots/current")
    cursor = manifest.json()["cursor"]

    for path in ("/v1/policy", "/v1/snapshots/current"):
        ours, theirs = here.get(path), at_centre.get(path)
        assert (ours.content, ours.headers["ETag"]) == (theirs.content, theirs.headers["ETag"])
        assert here.send("GET", path, headers={"If-None-Match": ours.headers["ETag"]}).status_code == 304
    page = here.get("/v1/changes", {"cursor": cursor, "limit": 1_000}).json()
    here.check_document(DocumentPurpose.PAGE, page)
    assert page["from"] == cursor


def test_the_file_comes_whole_and_in_ranges(store: Store) -> None:
    at_centre, here = both(store)
    manifest = here.get("/v1/snapshots/current").json()
    path, file = f"/v1/snapshots/{manifest['gen']}/cache.db", manifest["files"][0]
    whole = here.get(path)
    part = here.send("GET", path, headers={"Range": "bytes=100-199"})

    assert hashlib.sha256(whole.content).hexdigest() == file["sha256"]
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    assert whole.content == at_centre.get(path).content
    assert whole.headers["ETag"] == f'"{file["sha256"]}"'


def test_lanes_are_served_while_the_centre_is_silent(behind: Behind) -> None:
    store = behind.store
    coupon_id, code = store.shop.coupon()
    lane = store.lane()
    manifest = lane.get("/v1/snapshots/current").json()
    behind.cut()

    assert lane.get("/v1/policy").status_code == 200
    assert lane.get(f"/v1/snapshots/{manifest['gen']}/cache.db").status_code == 200
    assert lane.claim(lane.intent(coupon_id), code).status_code == 201
    assert results(lane.push(lane.entries)) == ["accepted"]
    assert lane.heartbeat().json()["ack_seq"] == 1
    with pytest.raises(UpstreamSilent):
        store.forward()
    behind.heal()
    assert store.forward() == 1


def test_what_is_not_held_is_asked_of_the_centre_or_refused_as_its_silence(behind: Behind) -> None:
    store = behind.store
    at_centre, here = both(store)
    behind.cut()
    unknown = {"cursor": here.get("/v1/snapshots/current").json()["cursor"].split(".")[0] + ".1", "limit": 5}

    assert problem(here.get("/v1/changes", unknown)) == (502, "upstream-unreachable")
    assert here.get("/v1/changes", unknown).json()["retry"] == "same"
    behind.heal()
    ours, theirs = here.get("/v1/changes", unknown), at_centre.get("/v1/changes", unknown)
    here.check_document(DocumentPurpose.PAGE, ours.json())
    assert (ours.json()["rows"], ours.json()["to"]) == (theirs.json()["rows"], theirs.json()["to"])


def test_what_is_not_served_here_is_passed_on_with_the_lanes_own_signature(store: Store) -> None:
    lane = store.shop.lane()
    path = f"/v1/devices/{lane.device}/epochs"
    through = store.at_store(lane)
    through.token = lane.token
    answer = through.send("POST", path, {"reason": "t", "last_epoch": 1, "last_seq": 0, "last_hash": ""})

    assert (answer.status_code, answer.json()["epoch"]) == (201, 2)
    through.check_time(answer)
    assert problem(through.send("GET", "/v1/nothing")) == (404, "not-found")
    assert problem(through.send("GET", "/v1/exceptions?store=2")) == (403, "device-other")


def test_a_lane_can_send_all_it_has_for_the_centre_through_the_store(store: Store) -> None:
    lane = store.shop.lane()
    entry = lane.write("open_day")
    lane.base_url = store.url
    through = {"X-Relay": "upstream"}
    body = {"epoch": 1, "head_seq": 0, "head_hash": "", "undelivered": 1, "oldest_s": 0, "cache_gen": 0}
    beat = lane.send(
        "POST",
        f"/v1/devices/{lane.device}/heartbeat",
        {**body, "time_quality": "synced", "stuck": []},
        headers={**through, "X-Session-Token": lane.token},
    )

    assert beat.status_code == 200, beat.text
    assert "store_epoch" not in beat.json()
    assert beat.headers["X-Session-Token"] != lane.token
    assert lane.send("GET", "/v1/policy", headers=through).status_code == 200
    lane.base_url, lane.token = store.shop.url, beat.headers["X-Session-Token"]
    assert results(lane.push([entry])) == ["accepted"]


def test_the_relay_says_when_the_centre_is_silent(behind: Behind) -> None:
    lane = behind.store.lane()
    behind.cut()
    answer = lane.send("GET", "/v1/policy", headers={"X-Relay": "upstream"})

    assert problem(answer) == (502, "upstream-unreachable")
    assert answer.headers["X-Time-Key"] == str(behind.store.server.identity.key_id)


def test_its_time_is_signed_with_the_stores_key(small_store: Store) -> None:
    lane = small_store.lane()
    answer = lane.get("/v1/time")
    key = lane.trusted(int(answer.headers["X-Time-Key"]), KeyPurpose.STORE)

    stamp = time_signed_bytes(answer.headers["Server-Time"], str(answer.request.headers["X-Request-Id"]))
    key.verify(from_base64(answer.headers["X-Time-Sig"]), stamp)


def test_an_interrupted_download_goes_on_where_it_was(behind: Behind) -> None:
    store = behind.store
    manifest = store.lane().get("/v1/snapshots/current").json()
    place = store.server.mirror_file(manifest["files"][0]["sha256"])
    whole = place.read_bytes()
    place.with_suffix(".part").write_bytes(whole[:1_000_000])
    place.unlink()
    store.write(lambda job: job.exec_driver_sql("DELETE FROM mirrored WHERE name = 'manifest'").rowcount)
    before = behind.wan.counts["requests"]
    store.mirror()

    assert place.read_bytes() == whole
    assert behind.wan.counts["requests"] - before < 6 + len(whole) // (1024 * 1024)


@pytest.mark.expects_log("signature is not good")
def test_a_page_that_the_centre_did_not_sign_changes_nothing(small_store: Store) -> None:
    # Trusts a stranger's keys from now on, which makes the centre's own documents those of a stranger.
    small_store.server.adopt_trust([])
    cursor = small_store.server.cache.meta("cursor")
    small_store.shop.publish_offer(small_store.shop.add_offer())
    small_store.mirror()

    assert small_store.server.cache.meta("cursor") == cursor


def test_a_folder_of_a_store_server_gets_no_keys_of_a_centre(small_store: Store) -> None:
    with opened(Options(small_store.server.folder)) as centre:
        assert centre.keys.word is KeyPurpose.STORE
    assert sorted(path.name for path in (small_store.server.folder / "keys").iterdir()) == ["device.key", "store.key"]
