"""``crm-server serve --role store``: joins once, then serves whether the centre answers or not."""

import ipaddress
import logging
import socket
import sys
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from crm_server.api.store_application import create_store_app
from crm_server.embedded_database import SqliteTooOld
from crm_server.migrations import DatabaseTooNew
from crm_server.store_role import identity as identities
from crm_server.store_role import joining
from crm_server.store_role.identity import NotJoined
from crm_server.store_role.joining import JoinRefused
from crm_server.store_role.rounds import Rounds
from crm_server.store_role.store_server import StoreServer, open_store
from crm_server.store_role.tls import own_certificate
from crm_server.store_role.upstream import UpstreamSilent

from .listening import address, run
from .options import Options, fail

USAGE = 2


@dataclass(frozen=True, slots=True)
class Joining:
    """What is said once, when it joins; and the address for lanes where it is not the one listened on."""

    upstream: str
    store: int
    code: str
    public_url: str


def serve_store(options: Options, listener: socket.socket, said: Joining) -> None:
    """Serve until SIGTERM or Ctrl+C."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with listener:
        host = str(listener.getsockname()[0])
        is_loopback = ipaddress.ip_address(host).is_loopback
        if ipaddress.ip_address(host).is_unspecified and not said.public_url:
            fail("say --public-url https://ADDRESS:PORT: lanes cannot ask 'every address'", USAGE)
        store = _opened(options, said)
        tls = {}
        if not is_loopback:
            made = own_certificate(options.data / "tls", host)
            tls = {"ssl_certfile": str(made.certificate), "ssl_keyfile": str(made.key)}
            store.pin = made.pin
        store.url = said.public_url.rstrip("/") or address(listener, "https" if tls else "http")
        _announce(store)
        rounds = Rounds(store)
        app = create_store_app(store, rounds)
        rounds.start()
        try:
            run(options, app, listener, rounds.stop, **tls)
        finally:
            rounds.stop()
            app.state.relay.close()
            store.close()


def _opened(options: Options, said: Joining) -> StoreServer:
    try:
        if not identities.is_there(options.data):
            if not (said.upstream and said.store and said.code):
                fail("it has not joined yet: say --upstream URL --store NUMBER --code CODE once", USAGE)
            joining.join(options.data, said.upstream, said.store, said.code)
        return open_store(options.data, options.database_url)
    except (NotJoined, JoinRefused, SqliteTooOld, DatabaseTooNew, OSError) as error:
        fail(str(error))
    except UpstreamSilent as silent:
        fail(f"the centre does not answer, and joining needs it: {silent}")
    except DBAPIError as error:
        fail(f"the database cannot be opened: {str(error.orig).splitlines()[0]}")


def _announce(store: StoreServer) -> None:
    """Say where lanes find it; only the first time it cannot do without the answer, which numbers its key."""
    line = store.upstream()
    try:
        joining.announce(store, line, "serving")
    except JoinRefused as refused:
        fail(f"the centre refuses: {refused}")
    except UpstreamSilent as silent:
        if not store.identity.key_id:
            fail(f"the centre does not answer, and joining needs it: {silent}")
    finally:
        line.close()
