"""Files of other programs' times: a newer one is refused, an older one is copied and brought forward."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from pos_client.domain.errors import JournalDamaged, SchemaTooNew
from pos_client.storage import journal_file, journal_sql
from pos_client.storage.journal import SqlJournal
from pos_client.storage.journal_beside import ReadOnlyJournal
from pos_client.storage.journal_sql import VERSION
from pos_client.storage.upgrade import VERSIONS, upgrade, upgrade_if_older
from tests import builders as a

OpenJournal = Callable[..., SqlJournal]
NEXT = '''
"""A note beside every entry."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "v9999", "v0004", None, None


def upgrade():
    op.add_column("entry", sa.Column("note", sa.Text, nullable=False, server_default=""))
'''


def shape(path: Path) -> list[tuple[str, ...]]:
    """Everything a file is made of, without the spaces that two writers of SQL put differently."""
    connection = dbapi2.connect(str(path))
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    stamp = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    connection.close()
    plain = str.maketrans("", "", " \n\t")
    return [*[(kind, name, (sql or "").translate(plain)) for kind, name, sql in rows], *stamp]


def user_version(path: Path, version: int | None = None) -> int:
    connection = dbapi2.connect(str(path))
    if version is not None:
        connection.execute(f"PRAGMA user_version = {version}")
    found = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return int(found[0])


def test_the_migrations_make_the_same_file(tmp_path: Path, path: Path) -> None:
    journal_file.create(path)
    migrated = tmp_path / "migrated.db"
    dbapi2.connect(str(migrated)).execute("VACUUM").connection.close()
    upgrade(migrated)

    assert shape(migrated) == shape(path)
    assert user_version(migrated) == user_version(path) == journal_sql.VERSION


def test_todays_file_needs_no_upgrade(journal: SqlJournal, path: Path) -> None:
    journal.close()

    assert upgrade_if_older(path) is None
    assert list(path.parent.glob("*.bak")) == []


def test_an_older_file_is_copied_and_brought_forward(journal: SqlJournal, path: Path, tmp_path: Path) -> None:
    for number in range(500):
        journal.append(a.a_redemption(f"1001-{number}"))
    before = [(entry.seq, entry.hash, entry.body, entry.signature) for entry in journal.latest(1000)]
    journal.close()
    versions = tmp_path / "versions"
    versions.mkdir()
    (versions / "v9999_note.py").write_text(NEXT, encoding="utf-8")

    copy = upgrade(path, VERSION + 1, (VERSIONS, versions))

    connection = dbapi2.connect(str(path))
    rows = connection.execute("SELECT seq, hash, body, sig FROM entry ORDER BY seq DESC").fetchall()
    assert connection.execute("SELECT DISTINCT note, waiting FROM entry").fetchall() == [("", 1)]
    connection.close()
    assert rows == before
    assert user_version(path) == VERSION + 1
    assert shape(path)[-1] == ("v9999",)
    assert (copy.name, user_version(copy)) == (f"journal-v{VERSION}-1.bak", VERSION)


def test_a_newer_file_is_refused(journal: SqlJournal, open_journal: OpenJournal, path: Path) -> None:
    journal.close()
    user_version(path, VERSION + 1)

    with pytest.raises(SchemaTooNew) as newer:
        open_journal()
    assert newer.value.facts == {"version": VERSION + 1, "known": VERSION}
    with pytest.raises(SchemaTooNew):
        ReadOnlyJournal.open(path)
    user_version(path, VERSION)
    assert open_journal().head() is None


def test_some_other_database_is_no_journal(path: Path, open_journal: OpenJournal) -> None:
    connection = dbapi2.connect(str(path))
    connection.execute("CREATE TABLE songs (name TEXT)")
    connection.close()

    with pytest.raises(JournalDamaged):
        open_journal()


def test_a_half_made_file_is_made_again(path: Path, open_journal: OpenJournal) -> None:
    path.with_name("journal.db.new").write_bytes(b"a power cut came")

    assert open_journal().append(a.a_login()).seq == 1
    assert path.stat().st_mode & 0o077 == 0
