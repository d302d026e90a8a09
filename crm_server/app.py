"""The command line of the centre: options that every command takes, and the commands."""

import typer

from crm_server.cli import (
    bind,
    carry,
    conflicts,
    excuse,
    lane,
    lease,
    mint,
    openapi,
    policy,
    pool,
    quarantine,
    quota,
    report,
    revoke,
    seed,
    serve,
    snapshot,
    staff,
    stock,
    store,
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
APP.command()(excuse.excuse)
APP.command()(snapshot.snapshot)
APP.command("import")(carry.import_)
APP.command("export")(carry.export)
APP.command("store-restored")(store.store_restored)
APP.command("store-open")(store.store_open)
APP.command()(openapi.openapi)
APP.command("override-answer")(staff.override_answer)
APP.add_typer(conflicts.APP)
APP.add_typer(lane.APP)
APP.add_typer(pool.APP)
APP.add_typer(quarantine.APP)
APP.add_typer(stock.APP)
APP.add_typer(quota.APP)
APP.add_typer(policy.APP, name="policy")
APP.add_typer(staff.APP, name="staff")


def main() -> None:
    """Run the command line."""
    APP()
