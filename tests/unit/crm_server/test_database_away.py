"""A database that is not there is told from a bug, also where what failed first was overtaken by another failure."""

import psycopg
import pysqlite3.dbapi2 as sqlite
from sqlalchemy.exc import InvalidRequestError, OperationalError

from crm_server.pooled_database import is_away

GONE = OperationalError("SELECT 1", {}, psycopg.OperationalError("server closed the connection unexpectedly"))


def overtaken() -> Exception:
    try:
        try:
            raise GONE
        except OperationalError:
            raise InvalidRequestError("this connection is invalid") from None
    except InvalidRequestError as error:
        return error


def test_a_server_that_closed_the_connection_is_away() -> None:
    assert is_away(GONE)
    assert is_away(overtaken())


def test_a_wrong_statement_is_a_bug() -> None:
    assert not is_away(OperationalError("SELECT x", {}, sqlite.OperationalError("no such column: x")))
    assert not is_away(ValueError("x"))
