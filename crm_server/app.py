"""The command line of the centre: options that every command takes, and the commands."""

import typer

from crm_server.cli import (
    bind,
    carry,
    lease,
    mint,
    openapi,
    policy,
    pool,
    quarantine,
    report,
    revoke,
    seed,
    serve,
    snapshot,
    stock,
)
from crm_server.cli.options import DataOption, JsonOption, UrlOption, merged

APP = typer.Typer(name="crm-server", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@APP.callback()
def options(
    context: typer.Context,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,  # noqa: FBT002 - typer declares options as defaults
) -> None:
    """The centre of a chain of stores: enrols lanes, grants uses, stores journals, ships data."""
    context.obj = merged(context, data, database_url, as_json)


APP.command()(serve.serve)
APP.command()(seed.seed)
APP.command()(mint.mint)
APP.command()(lease.lease)
APP.command()(lease.recall)
APP.command()(revoke.revoke)
APP.command()(bind.bind)
APP.command()(report.report)
APP.command()(snapshot.snapshot)
APP.command("import")(carry.import_)
APP.command("export")(carry.export)
APP.command()(openapi.openapi)
APP.add_typer(pool.APP)
APP.add_typer(quarantine.APP)
APP.add_typer(stock.APP)
APP.add_typer(policy.APP, name="policy")


def main() -> None:
    """Run the command line."""
    APP()
