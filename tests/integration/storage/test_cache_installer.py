"""Snapshots on real files: what is refused leaves the old data in use."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2

from pos_client.domain import cache_format
from pos_client.domain.errors import CacheMissing, SnapshotInvalid
from pos_client.storage.cache_installer import CacheInstaller, Memory
from pos_client.storage.cache_pointer import CachePointer
from pos_client.storage.cache_reader import SqlCache
from tests import builders as a

SECRET = a.a_store_secret()
SHOP = a.a_shop(SECRET)


@dataclass
class Kept:
    """What the journal remembers, without a journal."""

    generation: int = 0
    moments: list[datetime] = field(default_factory=list)

    def installed(self, generation: int) -> None:
        self.generation = generation


@dataclass
class Lane:
    """Reader and installer of one home folder."""

    folder: Path
    kept: Kept = field(default_factory=Kept)

    def __post_init__(self) -> None:
        self.pointer = CachePointer(self.folder)
        self.reader = SqlCache(self.pointer, SECRET)
        memory = Memory(lambda: self.kept.generation, self.kept.installed, self.kept.moments.append)
        self.installer = CacheInstaller(self.pointer, a.STORE, memory)

    def part(self, generation: int = 1, tables: dict[str, list[a.Row]] | None = None, **meta: Any) -> Path:
        file = self.installer.part_file(generation, "cache.db")
        return a.a_cache(file, tables or SHOP, a.cache_meta(generation, **meta))

    def install(self, generation: int = 1, **changes: Any) -> None:
        part = self.part(generation)
        self.installer.install_snapshot(part, a.a_manifest(part, SHOP, generation, **changes))

    def files(self) -> list[str]:
        """All but SQLite's own, which come and go."""
        return sorted(file.name for file in self.folder.iterdir() if not file.name.endswith(("-wal", "-shm")))


@pytest.fixture
def lane(tmp_path: Path) -> Lane:
    return Lane(tmp_path)


def test_before_the_first(lane: Lane) -> None:
    assert (lane.installer.cursor(), lane.installer.generation(), lane.installer.highest_generation()) == (None, 0, 0)
    assert lane.installer.data_as_of() is None
    with pytest.raises(CacheMissing):
        lane.reader.staff()


def test_the_first_snapshot(lane: Lane) -> None:
    lane.install(3)

    assert (lane.installer.cursor(), lane.installer.generation()) == ("instance.3", 3)
    assert lane.installer.data_as_of() == a.NOON - timedelta(hours=1)
    assert lane.kept == Kept(3, [a.NOON - timedelta(hours=1)])
    assert lane.reader.offer(1001) == a.an_offer()
    assert not lane.installer.part_file(3, "cache.db").exists()


def test_a_newer_one_takes_over_while_the_old_is_read(lane: Lane) -> None:
    lane.install(1)
    before = lane.reader.freshness()
    lane.install(2)
    after = lane.reader.freshness()

    assert before is not None
    assert after is not None
    assert (before.generation, after.generation) == (1, 2)
    assert (lane.folder / "cache-1.db").exists()
    lane.reader.close()
    lane.installer.close()
    Lane(lane.folder).pointer.remove_old()
    assert lane.files() == ["cache-2.db", "cache.json"]


Damage = Callable[[Path, dict[str, Any]], object]


def rewritten(sql: str) -> Damage:
    """Change the file, and the manifest with it: signed, but wrong inside."""

    def damage(part: Path, manifest: dict[str, Any]) -> None:
        connection = dbapi2.connect(str(part))
        connection.execute(sql)
        connection.commit()
        connection.close()
        content = part.read_bytes()
        manifest["files"][0] |= {"bytes": len(content), "sha256": sha256(content).hexdigest()}

    return damage


def flipped(part: Path, _manifest: dict[str, Any]) -> None:
    content = bytearray(part.read_bytes())
    content[5000] ^= 1
    part.write_bytes(content)


def truncated(part: Path, _manifest: dict[str, Any]) -> None:
    part.write_bytes(part.read_bytes()[:-4096])


def torn(part: Path, manifest: dict[str, Any]) -> None:
    whole = part.read_bytes()
    content = whole[:8192] + bytes(8192) + whole[16384:]
    part.write_bytes(content)
    manifest["files"][0]["sha256"] = sha256(content).hexdigest()


def not_a_database(part: Path, manifest: dict[str, Any]) -> None:
    content = b"<html>" * 1000
    part.write_bytes(content)
    manifest["files"][0] |= {"bytes": len(content), "sha256": sha256(content).hexdigest()}


def changed(**fields: Any) -> Damage:
    return lambda _part, manifest: manifest.update(fields)


def one_row_more(_part: Path, manifest: dict[str, Any]) -> None:
    manifest["files"][0]["rows"]["member"] += 1


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (flipped, "sha256"),
        (truncated, "size"),
        (lambda part, _: part.unlink(), "size"),
        (torn, "damaged"),
        (not_a_database, "unreadable"),
        (one_row_more, "rows"),
        (changed(gen=1), "generation"),
        (changed(gen=2), "generation"),
        (changed(gen=4), "meta"),
        (changed(store=102), "store"),
        (changed(schema=cache_format.SCHEMA_VERSION + 1), "schema"),
        (changed(files=[]), "manifest"),
        (changed(files=[{"name": "cache.db"}]), "manifest"),
        (changed(issued_at="yesterday"), "manifest"),
        (changed(issued_at="2026-03-10T04:00:00"), "manifest"),
        (rewritten("UPDATE meta SET value = '102' WHERE name = 'store'"), "meta"),
        (rewritten("UPDATE meta SET value = '1' WHERE name = 'schema'"), "meta"),
        (rewritten("DELETE FROM meta WHERE name = 'cursor'"), "meta"),
        (rewritten("DROP INDEX member_phone"), "schema"),
        (rewritten("ALTER TABLE staff ADD COLUMN pin TEXT"), "schema"),
        (rewritten("CREATE TRIGGER t AFTER INSERT ON staff BEGIN DELETE FROM offer; END"), "schema"),
        (rewritten("CREATE VIEW v AS SELECT 1"), "schema"),
    ],
)
def test_what_is_not_as_promised_leaves_the_old_data(lane: Lane, damage: Damage, problem: str) -> None:
    lane.install(2)
    part = lane.part(3)
    manifest = a.a_manifest(part, SHOP, 3)
    damage(part, manifest)

    with pytest.raises(SnapshotInvalid) as invalid:
        lane.installer.install_snapshot(part, manifest)

    assert invalid.value.facts["problem"] == problem
    assert not part.exists()
    assert (lane.installer.generation(), lane.installer.cursor(), lane.kept.generation) == (2, "instance.2", 2)
    assert lane.reader.offer(1001) == a.an_offer()
    assert [name for name in lane.files() if name.startswith("cache-")] == ["cache-2.db"]


def test_a_restored_older_home_is_noticed(lane: Lane) -> None:
    lane.install(1)
    shutil.copytree(lane.folder, lane.folder / "backup")
    restored = Lane(lane.folder / "backup", Kept(generation=5))

    with pytest.raises(SnapshotInvalid) as invalid:
        restored.install(4)
    assert invalid.value.facts == {"problem": "generation", "least": 6}
    restored.install(6)
    assert restored.installer.generation() == 6


def test_a_file_that_broke_can_be_fetched_again_but_not_an_older_one(lane: Lane) -> None:
    lane.install(4)
    lane.reader.close()
    lane.installer.close()
    (lane.folder / "cache-4.db").write_bytes(b"broken" * 4096)
    lane = Lane(lane.folder, lane.kept)

    assert lane.installer.cursor() is None
    with pytest.raises(CacheMissing):
        lane.reader.staff()
    with pytest.raises(SnapshotInvalid):
        lane.install(3)
    lane.install(4)
    assert lane.installer.cursor() == "instance.4"
    assert lane.reader.offer(1001) == a.an_offer()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"file": "cache-1.db"}', '{"file": "../x.db", "generation": 1}'])
def test_a_pointer_that_points_nowhere(lane: Lane, text: str) -> None:
    lane.install(1)
    lane.reader.close()
    (lane.folder / "cache.json").write_text(text, encoding="utf-8")

    assert Lane(lane.folder).reader.freshness() is None


def test_a_download_goes_on_where_it_was_and_old_ones_are_removed(lane: Lane) -> None:
    lane.install(5)
    for generation in (4, 5, 6):
        lane.installer.part_file(generation, "cache.db").write_bytes(b"a piece")
    lane.pointer.remove_old()

    assert [name for name in lane.files() if name.endswith(".part")] == ["cache-6.part"]
    assert json.loads((lane.folder / "cache.json").read_text()) == {"file": "cache-5.db", "generation": 5}
