"""The command line as a person or a script uses it: real processes, one JSON document, one sentence on fault."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
import zxingcpp
from PIL import Image

from pos_client.domain.codes.router import CodeKind, route
from tests.fakes.forked_command import run_command
from tests.fakes.lane_client import LaneClient


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the data of a folder."""
    return run_command("crm_server", ["--data", str(folder), *words])


def asked(folder: Path, *words: str) -> Any:
    """A command's JSON document."""
    done = run(folder, *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@contextmanager
def serving(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server process and the line that it announces itself with."""
    command = [sys.executable, "-m", "crm_server", "--data", str(folder), "serve", "--port", "0", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.communicate(timeout=60)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small seeded shop."""
    folder = tmp_path_factory.mktemp("commands") / "crm"
    shop = asked(folder, "seed", "--small")
    assert shop["seeded"] is True
    return folder


def test_seed_makes_a_believable_shop_once(tmp_path: Path) -> None:
    first, second = asked(tmp_path / "crm", "seed"), asked(tmp_path / "crm", "seed")

    assert [store["id"] for store in first["stores"]] == ["S001", "S002"]
    assert [(lane["store"], lane["lane"]) for lane in first["lanes"]] == [("S001", 1), ("S001", 2), ("S002", 1)]
    assert sorted(person["role"] for person in first["staff"]) == [
        "clerk", "clerk", "manager", "promoter", "promoter", "supervisor",
    ]  # fmt: skip
    assert (len(first["campaigns"]), first["members"], first["coupons"]) == (30, 2_000, 5_000)
    assert (first["seeded"], second["seeded"]) == (True, False)
    assert {lane["enrol_code"] for lane in first["lanes"]}.isdisjoint(lane["enrol_code"] for lane in second["lanes"])
    assert {**second, "seeded": True, "lanes": []} == {**first, "lanes": []}


def test_a_shop_to_practise_in_has_pins_that_it_says_at_each_start(tmp_path: Path) -> None:
    asked(tmp_path / "crm", "seed", "--small")

    shop = asked(tmp_path / "crm", "seed", "--pins")
    again = run(tmp_path / "crm", "seed", "--pins").stdout.splitlines()

    by_role = {person["role"]: person["pin"] for person in shop["staff"]}
    assert by_role == {"clerk": "100200", "promoter": "100200", "supervisor": "200300", "manager": "200300"}
    assert [line for line in again if line.startswith("staff  E1002")] == ["staff  E1002  陈伟  supervisor  PIN 200300"]
    assert all(person["has_pin"] for person in asked(tmp_path / "crm", "staff", "list")["staff"])


def test_seed_speaks_to_people_too(data: Path) -> None:
    lines = run(data, "seed").stdout.splitlines()

    assert lines[0] == "the shop was there already; fresh enrolment codes:"
    assert [line.split()[-1][0] for line in lines if line.startswith("lane")] == ["E", "E", "E"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["coupon"], CodeKind.SIGNED_COUPON),
        (["coupon", "--opaque"], CodeKind.OPAQUE_COUPON),
        (["coupon", "--offer", "hair-care", "--store", "S002"], CodeKind.SIGNED_COUPON),
        (["member"], CodeKind.MEMBER_CARD),
        (["slot"], CodeKind.MEMBER_SLOT),
        (["prize"], CodeKind.SIGNED_COUPON),
        (["voucher"], CodeKind.SIGNED_COUPON),
        (["enrol", "--store", "2"], CodeKind.ENROLMENT),
    ],
)
def test_every_kind_is_minted_and_drawn(data: Path, tmp_path: Path, words: list[str], kind: CodeKind) -> None:
    made = asked(data, "mint", *words, "--count", "2", "--png", str(tmp_path / "pictures"))
    read = []
    for code in made:
        with Image.open(code["png"]) as picture:
            # Asked for every kind, the library now and then finds a linear code in the modules of a large QR.
            found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
            read.append([barcode.text for barcode in found])

    assert [route(code["code"]).kind for code in made] == [kind, kind]
    assert read == [[code["code"]] for code in made]
    assert {code["kind"] for code in made} == {words[0]}


def test_serials_follow_each_other_inside_a_campaign(data: Path) -> None:
    first = asked(data, "mint", "coupon", "--count", "3")
    second = asked(data, "mint", "coupon", "--count", "1", "--opaque")
    serials = [int(code["coupon_id"].partition("-")[2]) for code in (*first, *second)]

    assert serials == list(range(serials[0], serials[0] + 4))


def test_a_plain_coupon_is_worth_ten(data: Path) -> None:
    plain, own = asked(data, "mint", "coupon")[0], asked(data, "mint", "coupon", "--value-minor", "250")[0]
    tokens = [route(code["code"]).value for code in (plain, own)]

    assert [getattr(token, "value_minor", None) for token in tokens] == [1_000, 250]
    assert (plain["campaign"], plain["home_store"]) == (1_000, 0)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["mint", "coupon", "--offer", "nothing"], "no campaign nothing"),
        (["mint", "coupon", "--store", "S9"], "no store S9"),
        (["mint", "slot", "--member", "nobody"], "no member has this card number"),
        (["mint", "enrol", "--store", "S002", "--lane", "7"], "has no lane 7"),
        (["lease", "1-1", "--store", "S001"], "no coupon 1-1"),
        (["recall", "C" + "0" * 27], "no coupon"),
        (["revoke", "--device", "d-none"], "no device d-none"),
        (["revoke", "--campaign", "7"], "no campaign 7"),
    ],
)
def test_a_fault_is_one_sentence(data: Path, words: list[str], sentence: str) -> None:
    done = run(data, *words)

    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["revoke"], ["revoke", "1-1", "--campaign", "1000"], ["serve", "--role", "store"]])
def test_a_misuse_is_exit_2(data: Path, words: list[str]) -> None:
    done = run(data, *words)

    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_leases_are_given_split_and_ended(data: Path) -> None:
    codes = [code["code"] for code in asked(data, "mint", "coupon", "--count", "4")]
    given = asked(data, "lease", *codes, "--store", "S001", "--days", "2")
    other = run(data, "lease", codes[1], "--store", "S002")
    ended = asked(data, "recall", codes[1], codes[2])
    moved = asked(data, "lease", codes[1], "--store", "S002")

    assert (given["leased"], given["store"], ended["recalled"], moved["leased"]) == (4, 1, 2, 1)
    assert (other.returncode, "lent to store 1" in other.stderr) == (1, True)


def test_a_revoked_coupon_is_not_leased(data: Path) -> None:
    code = asked(data, "mint", "coupon")[0]["code"]
    revoked = [asked(data, "revoke", code)["revoked"] for _ in range(2)]
    refused = run(data, "lease", code, "--store", "1")

    assert revoked == [1, 0]
    assert (refused.returncode, "is revoked" in refused.stderr) == (1, True)


def test_a_campaign_is_revoked_as_a_whole(data: Path) -> None:
    first, again = (asked(data, "revoke", "--campaign", "1005")["revoked"] for _ in range(2))

    assert (first > 0, again) == (True, 0)


def test_a_server_announces_itself_and_stops_when_told(data: Path) -> None:
    with serving(data) as (process, line):
        assert line.startswith("listening on http://127.0.0.1:")
        url = line.split()[-1]
        assert requests.get(url + "/v1/time", timeout=30).status_code == 200
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=60)

    assert process.returncode == 0
    assert "Traceback" not in log


def test_a_server_announces_itself_to_programs(data: Path) -> None:
    with serving(data, "--json") as (_, line):
        said = json.loads(line)

        assert said["listening"].endswith(f":{said['port']}")


def test_commands_work_beside_a_server(data: Path) -> None:
    with serving(data) as (_, line):
        lane = LaneClient(base_url=line.split()[-1])
        lane.enrol(asked(data, "mint", "enrol", "--store", "S001", "--lane", "2")[0]["code"])
        coupon = asked(data, "mint", "coupon")[0]
        intent = lane.intent(coupon["coupon_id"])
        granted = lane.claim(intent, coupon["code"])
        lane.push([intent, lane.redeem(coupon["coupon_id"], intent=intent)])
        redemptions = asked(data, "report", "redemptions")
        devices = asked(data, "report", "devices")
        settled = asked(data, "report", "settlement")
        asked(data, "revoke", "--device", lane.device)
        refused = lane.get("/v1/policy")
        lane.close()

    assert (granted.status_code, refused.status_code) == (201, 401)
    assert [(row["device"], row["epoch"], row["seq"], row["coupon_id"], row["result"]) for row in redemptions] == [
        (lane.device, 1, 2, coupon["coupon_id"], "accepted")
    ]
    assert [(row["device"], row["ack_seq"], row["state"]) for row in devices] == [(lane.device, 2, "active")]
    assert [(row["count"], row["discount_minor"]) for row in settled] == [(1, 1_000)]


@pytest.mark.parametrize("name", ["conflicts", "orphans", "closings"])
def test_a_report_of_nothing_is_an_empty_list(data: Path, name: str) -> None:
    assert asked(data, "report", name) == []
    assert run(data, "report", name).stdout == f"{name}: nothing\n"


def test_snapshot_builds_the_next_generation(data: Path) -> None:
    one, both = asked(data, "snapshot", "--store", "S002"), asked(data, "snapshot")

    assert [manifest["store"] for manifest in both] == [1, 2]
    assert both[1]["gen"] > one[0]["gen"]


def test_a_port_in_use_is_one_sentence(data: Path) -> None:
    with serving(data) as (_, line):
        done = run(data, "serve", "--port", line.rpartition(":")[2])

    assert done.returncode == 1
    assert "cannot listen on 127.0.0.1 port" in done.stderr


def test_a_database_that_cannot_be_reached_is_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, "report", "devices", "--database-url", "postgresql://nobody@127.0.0.1:1/none")

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "crm-server: the database cannot be opened" in done.stderr


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run(tmp_path / "file", "seed")

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_what_must_be_private_is(data: Path) -> None:
    modes = {path.name: path.stat().st_mode & 0o777 for path in [data / "crm.db", *(data / "keys").iterdir()]}

    assert set(modes.values()) == {0o600}
    assert sorted(modes) == [
        "app.token", "coupon.key", "crm.db", "data.key", "parametric.key", "seal.key", "slot.key", "srv.key",
    ]  # fmt: skip


@pytest.mark.postgresql
def test_the_same_commands_work_on_postgresql(tmp_path: Path, postgresql_database: str) -> None:
    on = ("--database-url", postgresql_database)
    shop = asked(tmp_path, "seed", "--small", *on)
    code = asked(tmp_path, "mint", "coupon", *on)[0]["code"]

    assert (shop["seeded"], shop["coupons"]) == (True, 500)
    assert asked(tmp_path, "lease", code, "--store", "1", *on)["leased"] == 1
    assert not (tmp_path / "crm.db").exists()
