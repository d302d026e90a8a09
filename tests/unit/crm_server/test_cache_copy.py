"""A store server's own copy of the data: who looks something up never waits for a page that is being applied."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_server.store_role.cache_copy import CacheCopy
from tests import builders as a

WAIT_S = 10


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[CacheCopy]:
    made = CacheCopy(tmp_path / "cache")
    made.install(a.a_cache(tmp_path / "cache.db", {}), 1)
    yield made
    made.close()


def test_a_look_up_does_not_wait_while_a_long_page_is_applied(copy: CacheCopy) -> None:
    under_way, go_on = threading.Event(), threading.Event()

    def rows() -> Iterator[dict[str, object]]:
        under_way.set()
        assert go_on.wait(WAIT_S)
        yield {"t": "offer", "k": [1000], "ver": 1, "body": {"body": "{}"}}

    page = {"rows": rows(), "to": "later", "issued_at": "2026-03-10T04:00:00.000Z"}
    applying = threading.Thread(target=copy.apply, args=(page,))
    applying.start()
    assert under_way.wait(WAIT_S)
    found: list[str] = []
    looking = threading.Thread(target=lambda: found.append(copy.meta("cursor")))
    looking.start()
    looking.join(WAIT_S)
    go_on.set()
    applying.join()

    assert found
    assert found != ["later"]
    assert copy.meta("cursor") == "later"


def test_a_page_that_fails_in_the_middle_leaves_nothing(copy: CacheCopy) -> None:
    before = copy.meta("cursor")

    def rows() -> Iterator[dict[str, object]]:
        yield {"t": "offer", "k": [1000], "ver": 1, "body": {"body": "{}"}}
        raise RuntimeError("the page ends")

    with pytest.raises(RuntimeError):
        copy.apply({"rows": rows(), "to": "later", "issued_at": "2026-03-10T04:00:00.000Z"})

    assert copy.row("SELECT 1 FROM offer WHERE number = 1000") is None
    assert copy.meta("cursor") == before
