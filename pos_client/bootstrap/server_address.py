"""The address of a server, checked before anything is sent to it."""

from urllib.parse import urlsplit

from pos_client.domain.errors import UsageError


def require_address(url: str) -> None:
    """Accept ``http(s)://host[:port]`` and nothing more.

    Raises:
        UsageError: it is something else.
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise UsageError(f"{url!r} is no address") from error
    if not usable or " " in url or parts.path.strip("/") or parts.query or parts.fragment:
        raise UsageError(f"{url!r} is not http(s)://host[:port]")
