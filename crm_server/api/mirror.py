"""The mirror of a store's server: the centre's bytes, while they are held; what is not held is asked of the centre.

Apart from the centre's own resources because nothing is signed here: documents pass through byte for byte.
"""

import json
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection

from crm_server.changes import LARGEST_PAGE
from crm_server.store_role import mirrored
from crm_server.store_role.mirrored import Kept
from crm_server.store_role.store_server import StoreServer
from pos_client.domain.cache_format import FILE_NAME

from .conditional import not_modified, quoted
from .documents import LARGEST
from .request_signature import ActiveCaller
from .snapshots import file_answer
from .standing import reading

ROUTER = APIRouter(prefix="/v1")
_JSON: Final = "application/json"


@ROUTER.get("/policy")
async def policy(_caller: ActiveCaller, request: Request) -> Response:
    """The signed policy of this store."""
    return await _document(request, mirrored.POLICY)


@ROUTER.get("/snapshots/current")
async def manifest(_caller: ActiveCaller, request: Request) -> Response:
    """The manifest of the newest file that is held."""
    return await _document(request, mirrored.MANIFEST)


@ROUTER.get("/snapshots/{gen}/{name}")
async def snapshot_file(
    gen: Annotated[int, Path(ge=0, le=LARGEST)],
    name: Annotated[str, Path(max_length=64)],
    _caller: ActiveCaller,
    request: Request,
) -> Response:
    """A generation's file, in one piece or in ranges."""
    store: StoreServer = request.app.state.store
    held = await _held(store, mirrored.manifest_name(gen))
    file = next((one for one in json.loads(held.body)["files"] if one["name"] == name), None) if held else None
    place = store.mirror_file(str(file["sha256"])) if file and name == FILE_NAME else None
    if file is None or place is None or not await run_in_threadpool(place.is_file):
        return await _of_the_centre(request)
    tag = quoted(str(file["sha256"]))
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    return await run_in_threadpool(file_answer, place, tag, request.headers.get("range"))


@ROUTER.get("/changes")
async def changes(
    _caller: ActiveCaller,
    request: Request,
    cursor: Annotated[str, Query(max_length=60)],
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = LARGEST_PAGE,
) -> Response:
    """The page after a cursor; one with more rows than are asked for is not cut, since it is signed."""
    held = await _held(request.app.state.store, mirrored.page_name(cursor))
    if held is None or held.rows > limit:
        return await _of_the_centre(request)
    return Response(held.body, media_type=_JSON)


async def _document(request: Request, name: str) -> Response:
    held = await _held(request.app.state.store, name)
    if held is None:
        return await _of_the_centre(request)
    return not_modified(request, held.etag) or Response(held.body, headers={"ETag": held.etag}, media_type=_JSON)


async def _of_the_centre(request: Request) -> Response:
    passed: Response = await request.app.state.relay.pass_on(request.scope, b"")
    return passed


async def _held(store: StoreServer, name: str) -> Kept | None:
    def look(connection: Connection) -> Kept | None:
        return mirrored.kept(connection, name)

    return await reading(store.centre, look)
