"""A new file that breaks after it was installed: the one before it serves again, whole, until it is fetched anew."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from pos_client.domain.errors import CacheMissing
from pos_client.storage.cache_installer import CacheInstaller, Memory
from pos_client.storage.cache_pointer import TRIAL, CachePointer
from pos_client.storage.cache_reader import SqlCache
from tests import builders as a
from tests import page_builders as p

SECRET = a.a_store_secret()
OLD, NEW = a.a_shop(SECRET), a.a_shop(SECRET) | {"offer": [a.offer_row(max_uses=5)]}
COUPON = a.a_signed_coupon(1)


@dataclass
class Lane:
    """Reader and installer of a home; each makes them anew, as a program that starts."""

    folder: Path

    def __post_init__(self) -> None:
        self.pointer = CachePointer(self.folder)
        self.reader = SqlCache(self.pointer, SECRET)
        self.installer = CacheInstaller(self.pointer, a.STORE, Memory(self._highest, lambda _: None, lambda _: None))

    def install(self, generation: int, tables: dict[str, list[a.Row]]) -> None:
        part = a.a_cache(self.installer.part_file(generation, "cache.db"), tables, a.cache_meta(generation))
        self.installer.install_snapshot(part, a.a_manifest(part, tables, generation))

    def asked(self) -> int:
        """How often the coupon may be used: 1 by the old file, 5 by the new one."""
        return self.reader.signed_coupon(COUPON, genuine=True).max_uses

    def restart(self) -> "Lane":
        self.reader.close()
        self.installer.close()
        return Lane(self.folder)

    def files(self) -> list[str]:
        return sorted(file.name for file in self.folder.glob("cache-*.db"))

    def _highest(self) -> int:
        return 2 if (self.folder / "cache-2.db").exists() else 1


@pytest.fixture
def lane(tmp_path: Path) -> Lane:
    """A lane that has taken a second file."""
    lane = Lane(tmp_path)
    lane.install(1, OLD)
    assert lane.asked() == 1
    lane.install(2, NEW)
    return lane


def tear(file: Path, table: str) -> None:
    """Overwrite the first page of a table, as a failing disk does."""
    connection = dbapi2.connect(str(file))
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    with file.open("r+b") as content:
        content.seek((page - 1) * size)
        content.write(b"\xa5" * size)


def cut(file: Path, _table: str) -> None:
    """Nothing of it is a database any more."""
    file.write_bytes(b"broken" * 4096)


@pytest.mark.expects_log("serves again")
@pytest.mark.parametrize("damage", [tear, cut])
@pytest.mark.parametrize("table", ["offer", "coupon_use", "coupon"])
def test_the_file_before_it_answers_the_whole_question(lane: Lane, damage: object, table: str) -> None:
    lane = lane.restart()
    damage(lane.folder / "cache-2.db", table)  # type: ignore[operator]

    facts = lane.reader.signed_coupon(COUPON, genuine=True)
    freshness = lane.reader.freshness()

    assert (facts.max_uses, facts.readable, lane.reader.fell_back()) == (1, True, True)
    assert freshness is not None
    assert freshness.generation == 1


@pytest.mark.expects_log("serves again")
def test_it_is_fetched_anew_and_then_forgotten(lane: Lane) -> None:
    lane = lane.restart()
    tear(lane.folder / "cache-2.db", "coupon")
    lane.asked()
    lane = lane.restart()

    assert (lane.reader.fell_back(), lane.asked(), lane.installer.cursor()) == (True, 1, None)
    lane.install(2, NEW)

    assert (lane.reader.fell_back(), lane.asked(), lane.installer.cursor()) == (False, 5, "instance.2")
    assert lane.files() == ["cache-1.db", "cache-2-2.db"]


@pytest.mark.expects_log("serves again")
def test_a_page_that_cannot_be_applied_says_so_too(lane: Lane) -> None:
    lane = lane.restart()
    tear(lane.folder / "cache-2.db", "staff")

    with pytest.raises(CacheMissing):
        lane.installer.apply_page(
            p.a_page([p.page_row("staff", a.staff_row("E5"))], start="instance.2", to="instance.3")
        )

    assert (lane.installer.cursor(), lane.installer.generation(), lane.asked()) == (None, 1, 1)


def test_a_file_that_has_proved_itself_is_alone(lane: Lane) -> None:
    for _ in range(TRIAL - 1):
        lane.asked()
    assert lane.files() == ["cache-1.db", "cache-2.db"]

    lane.asked()

    assert lane.files() == ["cache-2.db"]
    lane = lane.restart()
    tear(lane.folder / "cache-2.db", "coupon")
    with pytest.raises(CacheMissing):
        lane.asked()


def test_a_start_lets_the_file_before_it_go(lane: Lane) -> None:
    lane = lane.restart()
    lane.pointer.remove_old()

    assert (lane.files(), lane.asked()) == (["cache-2.db"], 5)


@pytest.mark.expects_log("serves again")
@pytest.mark.parametrize("damage", [tear, cut])
def test_a_start_after_a_power_cut_keeps_what_is_whole(lane: Lane, damage: object) -> None:
    lane = lane.restart()
    damage(lane.folder / "cache-2.db", "coupon")  # type: ignore[operator]
    lane.pointer.remove_old()

    assert (lane.files(), lane.asked(), lane.installer.cursor()) == (["cache-1.db"], 1, None)
    lane.installer.close()
    lane.install(2, NEW)
    assert (lane.files(), lane.asked()) == (["cache-1.db", "cache-2-2.db"], 5)


def test_no_more_than_two_are_kept(lane: Lane) -> None:
    lane.asked()
    lane.install(3, OLD)

    assert lane.files() == ["cache-2.db", "cache-3.db"]
