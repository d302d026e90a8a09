"""The centre: what every resource and command needs at hand, opened once and closed once.

Apart from the web application because the command line uses the same without a port.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select

from pos_client.domain.business_time import to_ms

from .code_gateway import CodeGateway, FileGateway
from .database import Database, open_database
from .enrolment import AttemptLimit
from .keys import KeyRing, open_key_ring
from .policies import ensure_first_policy
from .schema import CHANGE_HEAD, META

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The machine's time, aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Centre:
    """An opened centre.

    Attributes:
        folder: keys, snapshots and, with SQLite, the tables.
        database: where jobs run.
        keys: what it signs with.
        instance: random id of this database; cursors of another one mean nothing here.
        now: the clock.
        enrolments: bounds wrong enrolment codes.
    """

    folder: Path
    database: Database
    keys: KeyRing
    instance: str
    now: Clock = utc_now
    enrolments: AttemptLimit = field(default_factory=AttemptLimit)

    def now_ms(self) -> int:
        """Unix milliseconds of the clock."""
        return to_ms(self.now())

    @property
    def gateway(self) -> CodeGateway:
        """What carries one-time codes to phones."""
        return FileGateway(self.folder / "sms.jsonl")

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def open_centre(folder: Path, url: str | None = None, now: Clock = utc_now) -> Centre:
    """Open the centre under a folder, making database and keys where they are missing."""
    keys = open_key_ring(folder / "keys")
    database = open_database(folder, url)
    instance = database.write(ensure_instance).result()
    database.write(lambda connection: ensure_first_policy(connection, to_ms(now()))).result()
    return Centre(folder, database, keys, instance, now)


def ensure_instance(connection: Connection) -> str:
    """The random id of these tables, made with the first number of the change log where there is none."""
    present: str | None = connection.execute(select(META.c.value).where(META.c.name == "instance")).scalar()
    if present is not None:
        return present
    instance = secrets.token_hex(8)
    connection.execute(insert(META).values(name="instance", value=instance))
    connection.execute(insert(CHANGE_HEAD).values(id=1, n=0))
    return instance
