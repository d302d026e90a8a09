"""Reader and installer of one home, as tests of pages use them; apart from the tests because two of them do."""

from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from pos_client.storage.cache_installer import CacheInstaller, Memory, PageOutcome
from pos_client.storage.cache_pointer import CachePointer
from pos_client.storage.cache_reader import SqlCache
from tests import builders as a
from tests import page_builders as p

SECRET = a.a_store_secret()


class Lane:
    """Reader and installer of a home folder that holds the shop."""

    def __init__(self, folder: Path) -> None:
        a.a_cache_in_use(folder, a.a_shop(SECRET))
        self.folder = folder
        pointer = CachePointer(folder)
        self.reader = SqlCache(pointer, SECRET)
        self.moments: list[object] = []
        self.alarms: list[int] = []
        self.installer = CacheInstaller(
            pointer, a.STORE, Memory(lambda: 1, lambda _: None, self.moments.append, self.alarms.append)
        )
        self.at = 1

    def apply(self, *rows: Any) -> PageOutcome:
        """The next page."""
        page = p.a_page(list(rows), start=f"instance.{self.at}", to=f"instance.{self.at + 1}")
        outcome = self.installer.apply_page(page)
        self.at += 1
        return outcome

    def content(self) -> dict[str, list[Any]]:
        """Everything the file holds."""
        connection = dbapi2.connect(str(self.folder / "cache-1.db"))
        tables = ("store", "staff", "offer", "coupon", "coupon_use", "member", "lease", "revoked_block")
        found = {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables}
        connection.close()
        return found
