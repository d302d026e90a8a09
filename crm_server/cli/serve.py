"""``crm-server serve``: the web application on one port."""

from enum import StrEnum
from typing import Annotated

import typer

from .listening import listener_of, run
from .options import DataOption, JsonOption, UrlOption, merged, opened


class ServerRole(StrEnum):
    """Where the server stands."""

    CENTRAL = "central"
    STORE = "store"


def serve(  # noqa: PLR0913, PLR0917 - a command's options
    context: typer.Context,
    role: Annotated[ServerRole, typer.Option(help="central, or a store's own server.")] = ServerRole.CENTRAL,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0 takes a free one.")] = 8_080,
    upstream: Annotated[str, typer.Option(help="Role store: the centre's address, needed once.")] = "",
    store: Annotated[int, typer.Option(min=0, help="Role store: the store's number, needed once.")] = 0,
    code: Annotated[str, typer.Option(help="Role store: the one-time code of mint store-server, needed once.")] = "",
    public_url: Annotated[str, typer.Option(help="Role store: the address that lanes use, where it is another.")] = "",
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Serve until SIGTERM or Ctrl+C."""
    options = merged(context, data, database_url, as_json)
    if role is ServerRole.STORE:
        from .serve_store import Joining, serve_store  # noqa: PLC0415 - the web's libraries take long to load

        serve_store(options, listener_of(host, port), Joining(upstream, store, code, public_url))
        return
    from crm_server.api.application import create_app  # noqa: PLC0415

    with listener_of(host, port) as listener, opened(options) as centre:
        run(options, create_app(centre), listener)
