"""Migrations make the tables that the program believes in, and refuse what a newer program made."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from crm_server import migrations
from crm_server.embedded_database import EmbeddedDatabase
from crm_server.migrations import LATEST, DatabaseTooNew
from crm_server.schema import METADATA


def test_the_newest_migration_is_the_one_that_is_expected() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))

    assert ScriptDirectory.from_config(config).get_heads() == [LATEST]


def test_migrated_tables_are_the_programs_own(tmp_path: Path) -> None:
    database = EmbeddedDatabase(tmp_path / "crm.db")
    differences = database.read(
        lambda connection: compare_metadata(MigrationContext.configure(connection), METADATA)
    ).result()
    database.close()

    assert differences == []


def test_a_newer_programs_database_is_left_alone(tmp_path: Path) -> None:
    database = EmbeddedDatabase(tmp_path / "crm.db")
    database.write(
        lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")).rowcount
    ).result()
    database.close()

    with pytest.raises(DatabaseTooNew, match="the database is at 9999"):
        EmbeddedDatabase(tmp_path / "crm.db")
