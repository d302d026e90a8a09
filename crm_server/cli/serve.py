"""``crm-server serve``: the web application on one port."""

import json
import signal
import socket
from enum import StrEnum
from types import FrameType
from typing import Annotated

import typer

from .options import DataOption, JsonOption, Options, UrlOption, fail, merged, opened

BACKLOG = 2_048
GRACE_S = 5


class ServerRole(StrEnum):
    """Where the server stands."""

    CENTRAL = "central"
    STORE = "store"


def serve(
    context: typer.Context,
    role: Annotated[ServerRole, typer.Option(help="central, or store (planned).")] = ServerRole.CENTRAL,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0 takes a free one.")] = 8_080,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Serve until SIGTERM or Ctrl+C."""
    import uvicorn  # noqa: PLC0415 - the web's libraries take as long to load as other commands to run

    from crm_server.api.application import create_app  # noqa: PLC0415

    options = merged(context, data, database_url, as_json)
    if role is ServerRole.STORE:
        fail("the role store is not in this release; run --role central", exit_code=2)
    listener = _listener(host, port)
    with opened(options) as centre, listener:
        config = uvicorn.Config(
            create_app(centre),
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=GRACE_S,
            lifespan="off",
        )
        server = uvicorn.Server(config)

        def stop(_number: int, _frame: FrameType | None) -> None:
            # A signal that comes before uvicorn listens for it; and the one that uvicorn raises again at its end.
            server.should_exit = True

        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, stop)
        _announce(options, listener)
        server.run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    """A socket that already listens, so that the announced address can be used at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only on sockets that name their protocol; without it every answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        fail(f"cannot listen on {host} port {port}: {error.strerror}")
    listener.listen(BACKLOG)
    return listener


def _announce(options: Options, listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    line = json.dumps({"listening": url, "port": port}) if options.as_json else f"listening on {url}"
    print(line, flush=True)
