"""PostgreSQL clusters of a test's own, that may be killed: on a socket in a folder, with checksums, and no network.

Apart from the server of POS_TEST_POSTGRESQL because that one is everybody's and does without fsync.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

PORT = 5439
OWNER = "postgres"
SETTINGS = f"""
listen_addresses = ''
port = {PORT}
fsync = on
synchronous_commit = on
wal_level = replica
max_wal_senders = 4
"""


def programs() -> Path:
    """The folder of PostgreSQL's programs, or a skip where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    known = found[-1] if found else Path(shutil.which("initdb") or "")
    if not known.name:
        pytest.skip("no PostgreSQL programs on this machine")
    return known.parent


@dataclass(frozen=True)
class Cluster:
    """One cluster.

    Attributes:
        folder: of data, socket and log; its path is short, because a socket's must be.
    """

    folder: Path

    @property
    def data(self) -> Path:
        """Its files."""
        return self.folder / "data"

    def url(self, database: str = "pos") -> str:
        """Of one of its databases."""
        return f"postgresql://pos@/{database}?host={str(self.folder).replace('/', '%2F')}&port={PORT}"

    def make(self) -> None:
        """As script/store-server makes it."""
        run("initdb", "-k", "-D", str(self.data), "-U", "pos", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust")
        self.set(SETTINGS + f"unix_socket_directories = '{self.folder}'\n")

    def copy(self, of: "Cluster") -> None:
        """Become another one's standby."""
        source = f"host={of.folder} port={PORT} user=pos application_name=standby"
        run("pg_basebackup", "-D", str(self.data), "-R", "-X", "stream", "-c", "fast", "-d", source)
        self.set(f"unix_socket_directories = '{self.folder}'\n")

    def set(self, lines: str) -> None:
        """Add settings."""
        with (self.data / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
            file.write(lines)

    def start(self) -> None:
        """Start it; returns when it takes connections."""
        run("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; ``immediate`` is a crash: nothing is flushed or finished."""
        run("pg_ctl", "-D", str(self.data), "-m", mode, "-w", "stop")

    def promote(self) -> None:
        """Let a standby take writes from here on."""
        run("pg_ctl", "-D", str(self.data), "-w", "promote")

    def reload(self) -> None:
        """Take over changed settings."""
        run("pg_ctl", "-D", str(self.data), "reload")

    def ask(self, statement: str, database: str = "postgres") -> str:
        """The first value of an answer, empty where there is none."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            answer = connection.execute(statement.encode())
            row = answer.fetchone() if answer.description else None
        return str(row[0]) if row else ""


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A folder for a cluster, which is stopped and removed at the end; it is for the test to make and start it."""
    programs()
    folder = Path(tempfile.mkdtemp(prefix="pos-pg-", dir="/tmp"))
    if os.getuid() == 0:
        shutil.chown(folder, OWNER)
    made = Cluster(folder)
    try:
        yield made
    finally:
        if (made.data / "postmaster.pid").exists():
            made.stop()
        shutil.rmtree(folder)


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, which refuse to be run by root."""
    line = [str(programs() / program), *arguments]
    if os.getuid() == 0:
        line = ["runuser", "-u", OWNER, "--", *line]
    done = subprocess.run(line, cwd="/", capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
