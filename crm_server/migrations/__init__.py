"""Brings the tables up to date at start, forward only; inside the package so that an installed server carries them."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

LATEST: Final = "0011"
# Two programs may start at the same moment: one of them migrates, the other one waits and finds it done.
_EXCLUSIVELY: Final = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": "SELECT pg_advisory_xact_lock(7077001)",
}


class DatabaseTooNew(RuntimeError):
    """The tables were made by a newer server; this one must not touch them."""


def upgrade(engine: Engine) -> None:
    """Run every migration that the database has not seen.

    Raises:
        DatabaseTooNew: it has seen one that this program does not know.
    """
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(_EXCLUSIVELY[engine.dialect.name])
        has_version = inspect(connection).has_table("alembic_version")
        present = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if has_version else None
        if present != LATEST:
            _migrate(connection, present)


def _migrate(connection: Connection, present: str | None) -> None:
    # Only a start that migrates pays for loading Alembic, which is slower than everything that a command does.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if present is not None and present not in known:
        raise DatabaseTooNew(f"the database is at {present}, this server knows up to {LATEST}")
    config.attributes["connection"] = connection
    command.upgrade(config, LATEST)
