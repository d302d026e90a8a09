"""``pos-client sign-agent``: signs requests for ``drain.py`` where the lane's key lies in a keyring.

Apart from the other commands because it answers in lines, for a program. It signs nothing but requests: an entry of
the journal, or anything else that carries a purpose of its own, is refused.
"""

import base64
import sys
from typing import Final

import typer

from pos_client import bootstrap
from pos_client.domain.errors import PosError

_REQUEST: Final = b'"@method": '


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sign-agent", hidden=True)(sign_agent)


def sign_agent(context: typer.Context) -> None:
    """Read signature bases (RFC 9421) in base64url, one a line; write each one's signature the same way."""
    try:
        sign = bootstrap.request_signature(context.find_root().obj)
    except PosError as fault:
        print(f"sign-agent: {fault.reason}", file=sys.stderr)
        raise typer.Exit(1) from fault
    for line in sys.stdin.buffer:
        content = base64.urlsafe_b64decode(line.strip() + b"==")
        if not content.startswith(_REQUEST):
            print("sign-agent: only requests are signed here", file=sys.stderr)
            raise typer.Exit(2)
        print(base64.urlsafe_b64encode(sign(content)).decode().rstrip("="), flush=True)
