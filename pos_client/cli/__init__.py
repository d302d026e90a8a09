"""The command line: one file a group of commands; each prints one answer and leaves with an exit code."""

from pathlib import Path
from typing import Annotated

import typer

from pos_client import bootstrap

from . import (
    binding,
    booth,
    bridge,
    cameras,
    close_day,
    confirm_date,
    conflicts,
    crm_check,
    guns,
    host,
    intents,
    journal,
    lane_commands,
    members,
    operators,
    printing,
    purchases,
    redemption,
    reports,
    scan,
    sign_agent,
    slips,
    unenrol,
    void,
    window_commands,
)

app = typer.Typer(
    name="pos-client",
    help="Redeems member and coupon codes at a counter, offline first, and syncs with the central CRM.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def pos_client(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option("--home", help="Folder of this lane's files.")] = None,
) -> None:
    """Keep the home folder for the command that follows, and send the log there."""
    context.obj = home
    bootstrap.open_logs(home, "window" if context.invoked_subcommand == "run" else "command")


for group in (redemption, purchases, slips, void, booth, binding, members, confirm_date, journal, lane_commands):
    group.register(app)
for group in (intents, close_day, conflicts, reports, bridge, host, cameras, guns, printing):
    group.register(app)
for group in (crm_check, scan, sign_agent, operators, unenrol, window_commands):
    group.register(app)
