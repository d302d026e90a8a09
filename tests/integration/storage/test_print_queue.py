"""What waits for the printer waits on disk, in order, and nobody who finds the file reads a code in it."""

from pathlib import Path

from pos_client.domain.receipt_page import RULE, Row, RowKind
from pos_client.storage.print_queue import SqlPrintQueue
from tests import builders as a

PAGE = (Row(RowKind.TITLE, "澄水"), RULE, Row(RowKind.TEXT, "洗发露", "¥5.00"), Row(RowKind.CODE, "C1:VERY-SECRET"))


def a_queue(folder: Path) -> SqlPrintQueue:
    """Return the queue of a folder."""
    return SqlPrintQueue(folder / "prints.db", a.a_store_secret())


def test_pages_wait_in_order_until_they_are_done(tmp_path: Path) -> None:
    for name in ("1-7", "1-8"):
        a_queue(tmp_path).put(name, PAGE)
    after_restart = a_queue(tmp_path)

    first = after_restart.first()
    assert first is not None
    assert (first.name, first.rows) == ("1-7", PAGE)
    after_restart.done(first.number)

    assert [job.name for job in after_restart.waiting()] == ["1-8"]


def test_a_number_is_never_used_twice(tmp_path: Path) -> None:
    queue = a_queue(tmp_path)
    first = queue.put("1-7", PAGE)
    queue.done(first)

    assert queue.put("1-8", PAGE) > first


def test_an_empty_lane_has_no_file(tmp_path: Path) -> None:
    queue = a_queue(tmp_path)
    queue.done(3)

    assert (queue.first(), list(queue.waiting()), list(tmp_path.iterdir())) == (None, [], [])


def test_a_found_file_tells_nothing(tmp_path: Path) -> None:
    a_queue(tmp_path).put("1-7", PAGE)

    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"VERY-SECRET" not in content
    assert "洗发露".encode() not in content
    assert SqlPrintQueue(tmp_path / "prints.db", bytes(32)).waiting()[0].rows == ()
