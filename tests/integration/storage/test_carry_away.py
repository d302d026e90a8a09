"""Entries carried away in a file: exactly what delivery would send, and all that a damaged file still holds."""

import json
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from pos_client.domain import hash_chain
from pos_client.domain.errors import StorageUnavailable
from pos_client.domain.signed_document import from_base64
from pos_client.storage.carry_away import CarriedAway, export_entries
from pos_client.storage.journal import SqlJournal
from tests import builders as a

KEY = a.a_key("device")
PUBLIC = a.public_bytes(KEY)


def batches(file: Path) -> list[a.Row]:
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def test_every_line_is_a_batch(journal: SqlJournal, path: Path, tmp_path: Path) -> None:
    refs = [journal.append(a.a_redemption(f"1001-{number}")) for number in range(450)]
    out = tmp_path / "day.rdj"

    assert export_entries(path, out, PUBLIC) == CarriedAway(450, 3)
    lines = batches(out)
    assert [(line["first_seq"], line["last_seq"]) for line in lines] == [(1, 200), (201, 400), (401, 450)]
    assert {line["device"] for line in lines} == {"device-1"}
    assert lines[0]["head"] == {"seq": 200, "hash": refs[199].hash}
    assert max(len(line) for line in out.read_bytes().splitlines()) <= 256 * 1024
    entry, first = journal.entry(1), lines[0]["entries"][0]
    assert entry is not None
    assert (first["seq"], from_base64(first["body"]), from_base64(first["sig"])) == (1, entry.body, entry.signature)


def test_a_damaged_page_takes_only_its_own_entries(journal: SqlJournal, path: Path, tmp_path: Path) -> None:
    for number in range(60):
        journal.append(a.a_redemption(f"1001-{number}"))
    journal.close()
    content = bytearray(path.read_bytes())
    body_at = content.index(b'"coupon_id":"1001-30"')
    page = body_at // 4096 * 4096
    content[page : page + 4096] = bytes(4096)
    path.write_bytes(content)
    out = tmp_path / "rest.rdj"

    carried = export_entries(path, out, PUBLIC)

    saved = [entry["seq"] for line in batches(out) for entry in line["entries"]]
    assert carried.entries == len(saved)
    assert 50 <= len(saved) < 60
    assert 31 not in saved
    assert saved == sorted(saved)


@pytest.mark.parametrize("version", [0, 1, 99])
def test_a_file_of_another_version_is_carried_away(
    journal: SqlJournal, path: Path, tmp_path: Path, version: int
) -> None:
    journal.append(a.a_redemption("1001-1"))
    journal.close()
    connection = dbapi2.connect(str(path))
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()

    assert export_entries(path, tmp_path / "rest.rdj", PUBLIC, any_version=True) == CarriedAway(1, 1)


def test_whose_they_are_stands_in_the_entries(journal: SqlJournal, path: Path, tmp_path: Path) -> None:
    journal.append(a.a_redemption("1001-1"))
    journal.close()
    connection = dbapi2.connect(str(path))
    connection.execute("DROP TABLE meta")
    connection.commit()
    connection.close()
    out = tmp_path / "rest.rdj"

    assert export_entries(path, out, PUBLIC) == CarriedAway(1, 1)
    assert batches(out)[0]["device"] == "device-1"


def test_an_entry_goes_under_the_number_that_was_signed(journal: SqlJournal, path: Path, tmp_path: Path) -> None:
    for number in range(3):
        journal.append(a.a_redemption(f"1001-{number}"))
    journal.close()
    connection = dbapi2.connect(str(path))
    connection.execute("UPDATE entry SET seq = 9 WHERE seq = 2")
    connection.commit()
    connection.close()
    out = tmp_path / "rest.rdj"

    assert export_entries(path, out, PUBLIC).entries == 3
    assert sorted(entry["seq"] for line in batches(out) for entry in line["entries"]) == [1, 2, 3]


def test_a_forged_entry_stays_behind(journal: SqlJournal, path: Path, tmp_path: Path) -> None:
    journal.append(a.a_redemption())
    journal.append(a.a_login())
    forged = journal.entry(1)
    journal.close()
    assert forged is not None
    content = path.read_bytes().replace(forged.signature, bytes(64))
    path.write_bytes(content)
    out = tmp_path / "genuine.rdj"

    assert export_entries(path, out, PUBLIC) == CarriedAway(1, 1)
    (line,) = batches(out)
    body = from_base64(line["entries"][0]["body"])
    assert line["head"]["hash"] == hash_chain.entry_hash(bytes.fromhex(forged.hash.hex()), body).hex()


def test_an_old_export_stays_where_the_new_one_fails(journal: SqlJournal, path: Path, tmp_path: Path) -> None:
    journal.append(a.a_login())
    out = tmp_path / "folder"
    out.mkdir()

    with pytest.raises(StorageUnavailable):
        export_entries(path, out, PUBLIC)
    assert out.is_dir()
    assert not out.with_name("folder.new").exists()
