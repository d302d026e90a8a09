"""Which hop of the way to the centre fails, as far as a request that failed tells it.

Apart from the state of the network because that says how things are, and this who can mend them: whoever stands at
this machine, whoever minds the store's line, or we.
"""

from enum import StrEnum
from typing import Final


class Hop(StrEnum):
    """A part of the way to the centre, from the counter outwards; last, a server that cannot prove that it is ours."""

    LOCAL = "local"
    STORE = "store"
    OURS = "ours"
    CERTIFICATE = "certificate"


_HOPS: Final = {
    # No name server and no route: nothing left this machine.
    "no-name": Hop.LOCAL,
    "no-route": Hop.LOCAL,
    # It left, and nobody or somebody else in between answered.
    "timeout": Hop.STORE,
    "dropped": Hop.STORE,
    "upstream": Hop.STORE,
    "sign-in-page": Hop.STORE,
    "not-ours": Hop.STORE,
    "tls": Hop.STORE,
    # It arrived: our machine refuses to talk, or is not well.
    "refused": Hop.OURS,
    "server-fault": Hop.OURS,
    # It arrived somewhere: the certificate ran out or is another's, or this machine's date is wrong.
    "certificate": Hop.CERTIFICATE,
}
_UNREACHABLE: Final = "server-unreachable"
_OUR_WORDS: Final = frozenset(
    {"server-refused", "device-revoked", "device-forked", "cursor-expired", "snapshot-invalid"}
)


def hop_of(reason: str, cause: str) -> Hop | None:
    """The hop that fails.

    Args:
        reason: of the newest failure, empty where all is well.
        cause: what stood in the way of an answer, as the connection saw it.

    Returns:
        None where nothing fails, or where what failed is no part of the way.
    """
    if reason == _UNREACHABLE:
        return _HOPS.get(cause)
    return Hop.OURS if reason in _OUR_WORDS else None
