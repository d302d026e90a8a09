"""Brings the tables up to date at start, forward only; inside the package so that an installed server carries them."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

# Two programs may start at the same moment: one of them migrates, the other one waits and finds it done.
_EXCLUSIVELY: Final = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": "SELECT pg_advisory_xact_lock(7077001)",
}


class DatabaseTooNew(RuntimeError):
    """The tables were made by a newer server; this one must not touch them."""


def configuration() -> Config:
    """Alembic's configuration of this package."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def upgrade(engine: Engine) -> None:
    """Run every migration that the database has not seen.

    Raises:
        DatabaseTooNew: it has seen one that this program does not know.
    """
    config = configuration()
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(_EXCLUSIVELY[engine.dialect.name])
        has_version = inspect(connection).has_table("alembic_version")
        present = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if has_version else None
        if present is not None and present not in known:
            raise DatabaseTooNew(f"the database is at {present}, this server knows up to {scripts.get_current_head()}")
        if present != scripts.get_current_head():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
