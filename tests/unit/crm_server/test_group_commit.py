"""The embedded writer: jobs in line, committed together, each failing alone."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import OperationalError

from crm_server.embedded_database import LARGEST_GROUP, EmbeddedDatabase
from crm_server.schema import META


@pytest.fixture
def database(tmp_path: Path) -> Iterator[EmbeddedDatabase]:
    opened = EmbeddedDatabase(tmp_path / "crm.db")
    yield opened
    opened.close()


def put(name: str) -> Callable[[Connection], str]:
    """A job that writes one row."""

    def job(connection: Connection) -> str:
        connection.execute(insert(META).values(name=name, value=name))
        return name

    return job


def names(database: EmbeddedDatabase) -> list[str]:
    """What is committed."""
    return database.read(lambda connection: list(connection.execute(select(META.c.name)).scalars())).result()


def held(database: EmbeddedDatabase) -> threading.Event:
    """Keep the writer busy until the event is set, so that what comes next waits in line together."""
    busy, go_on = threading.Event(), threading.Event()

    def job(_connection: Connection) -> None:
        busy.set()
        go_on.wait()

    database.write(job)
    busy.wait()
    return go_on


def test_a_job_that_fails_takes_no_other_with_it(database: EmbeddedDatabase) -> None:
    def fails(connection: Connection) -> None:
        connection.execute(insert(META).values(name="half", value=""))
        raise KeyError("reason")

    go_on = held(database)
    first, second, third = database.write(put("a")), database.write(fails), database.write(put("b"))
    go_on.set()

    assert (first.result(), third.result()) == ("a", "b")
    with pytest.raises(KeyError, match="reason"):
        second.result()
    assert sorted(names(database)) == ["a", "b"]


def test_a_lone_job_that_fails_leaves_nothing(database: EmbeddedDatabase) -> None:
    def fails(connection: Connection) -> None:
        connection.execute(insert(META).values(name="half", value=""))
        raise KeyError("reason")

    with pytest.raises(KeyError, match="reason"):
        database.write(fails).result()
    assert names(database) == []


def test_jobs_run_in_the_order_in_which_they_came(database: EmbeddedDatabase) -> None:
    seen: list[int] = []
    go_on = held(database)

    def note(number: int, _connection: Connection) -> None:
        seen.append(number)

    waiting: list[Future[None]] = [database.write(partial(note, number)) for number in range(3 * LARGEST_GROUP)]
    go_on.set()
    for future in waiting:
        future.result()

    assert seen == list(range(3 * LARGEST_GROUP))


def test_many_jobs_share_few_commits(database: EmbeddedDatabase) -> None:
    def counter(connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())

    watcher = database._reading.connect()
    before = counter(watcher)
    go_on = held(database)
    waiting = [database.write(put(f"job {number}")) for number in range(LARGEST_GROUP)]
    go_on.set()
    for future in waiting:
        future.result()
    after = counter(watcher)
    watcher.close()

    assert after - before == 1
    assert len(names(database)) == LARGEST_GROUP


def test_closing_finishes_what_waits(tmp_path: Path) -> None:
    database = EmbeddedDatabase(tmp_path / "crm.db")
    go_on = held(database)
    future = database.write(put("last"))
    closing = threading.Thread(target=database.close)
    closing.start()
    go_on.set()
    closing.join()
    reopened = EmbeddedDatabase(tmp_path / "crm.db")

    assert (future.result(), names(reopened)) == ("last", ["last"])
    reopened.close()


def test_a_reader_cannot_write(database: EmbeddedDatabase) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        database.read(put("x")).result()
    assert names(database) == []


def test_two_servers_on_one_file_take_turns(tmp_path: Path) -> None:
    one, two = EmbeddedDatabase(tmp_path / "crm.db"), EmbeddedDatabase(tmp_path / "crm.db")
    waiting = [database.write(put(f"{place}")) for place, database in enumerate([one, two] * 50)]
    for future in waiting:
        future.result()

    assert (
        one.read(lambda connection: connection.execute(select(func.count()).select_from(META)).scalar()).result() == 100
    )
    one.close()
    two.close()


def test_the_file_is_durable(database: EmbeddedDatabase) -> None:
    def pragmas(connection: Connection) -> list[object]:
        wanted = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted]

    assert database.write(pragmas).result() == ["wal", 2, 1, 10_000]
