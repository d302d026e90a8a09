"""Answers go out gzipped to whoever says that it can read that; a day's changes are a tenth of their size then.

Apart from the applications because the centre and a store's server pack alike. Files of snapshots go out as they are:
they are fetched in ranges of their own bytes, and their entity tag is the checksum of those.
"""

from typing import Final

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

LEAST_BYTES: Final = 1_024
# More effort takes the event loop's time and saves a few per cent.
LEVEL: Final = 3
_FILES: Final = "/v1/snapshots/"
_MANIFEST: Final = _FILES + "current"


class Packing:
    """Starlette's middleware for everything but files."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._packed = GZipMiddleware(app, minimum_size=LEAST_BYTES, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        path = scope.get("path", "")
        is_file = path.startswith(_FILES) and path != _MANIFEST
        await (self._plain if is_file else self._packed)(scope, receive, send)
