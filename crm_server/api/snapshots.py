"""Snapshots: the manifest of a store's newest file, and the file itself in one piece or in ranges."""

from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse
from pydantic import Field

from crm_server import snapshots
from crm_server.problems import Problem
from pos_client.domain.cache_format import FILE_NAME

from .conditional import not_modified, quoted
from .documents import LARGEST, Reply, Signed
from .problem_replies import refusals
from .request_signature import ActiveCaller
from .standing import CentreHere, reading

ROUTER = APIRouter(prefix="/v1/snapshots", tags=["snapshots"])
_UNCHANGED: dict[int | str, dict[str, object]] = {304: {"description": "the caller holds it already"}}


class ManifestFile(Reply):
    """A file of the snapshot; ``rows`` counts each table's rows, ``set_sum`` is the sum of each table."""

    name: str
    bytes: int
    sha256: str
    rows: dict[str, int]
    set_sum: dict[str, str] | None = None


class Manifest(Signed):
    """What binds the files together: one signed list."""

    gen: int
    store: int
    issued_at: str
    soft_until: str
    hard_until: str
    cursor: str
    schema_version: int = Field(alias="schema")
    min_client: str
    files: list[ManifestFile]
    policy_ver: int


@ROUTER.get("/current", response_model=Manifest, responses={**_UNCHANGED, **refusals("snapshot-building")})
async def manifest(
    caller: ActiveCaller, centre: CentreHere, request: Request, response: Response
) -> Manifest | Response:
    """The signed manifest of the caller's store; a new file is built first where the last one is far behind."""
    if await reading(centre, lambda connection: snapshots.is_due(connection, caller.store, centre.now_ms())):
        built = await run_in_threadpool(snapshots.build, centre, caller.store, only_if_due=True)
    else:
        present = await reading(centre, lambda connection: snapshots.current(connection, caller.store))
        if present is None:
            raise Problem("snapshot-building", retry_after_s=5)
        built = present
    tag = quoted(f"snapshot-{built.gen}")
    response.headers["ETag"] = tag
    return not_modified(request, tag) or Manifest.model_validate(built.manifest)


@ROUTER.get(
    "/{gen}/{name}",
    response_class=FileResponse,
    responses={
        200: {"description": "the file", "content": {"application/vnd.sqlite3": {}}},
        206: {"description": "the range that was asked for", "content": {"application/vnd.sqlite3": {}}},
        **_UNCHANGED,
        **refusals("gen-gone", "range-invalid"),
    },
)
async def snapshot_file(
    gen: Annotated[int, Path(ge=0, le=LARGEST)],
    name: Annotated[str, Path(max_length=64)],
    caller: ActiveCaller,
    centre: CentreHere,
    request: Request,
) -> Response:
    """A generation's file of the caller's store; its entity tag is its SHA-256."""
    checksum = await reading(centre, lambda connection: snapshots.checksum_of(connection, gen, caller.store))
    path = snapshots.file_path(centre.folder, gen, caller.store)
    if name != FILE_NAME or checksum is None or not await run_in_threadpool(path.is_file):
        raise Problem("gen-gone")
    tag = quoted(checksum)
    unchanged = not_modified(request, tag)
    if unchanged is not None:
        return unchanged
    return await run_in_threadpool(file_answer, path, tag, request.headers.get("range"))


def file_answer(path: FilePath, tag: str, range_: str | None) -> FileResponse:
    """A file, or the range of it that was asked for.

    Raises:
        Problem: range-invalid.
    """
    status = path.stat()
    if range_ is not None:
        _check_range(range_, status.st_size)
    headers = {"ETag": tag, "Cache-Control": "private, immutable"}
    return FileResponse(path, headers=headers, media_type="application/vnd.sqlite3", stat_result=status)


def _check_range(range_: str, size: int) -> None:
    """One range of bytes that lies in the file is all that resuming needs."""
    unit, _, places = range_.partition("=")
    first, _, last = places.strip().partition("-")
    numbers = [part.strip() for part in (first, last) if part.strip()]
    well_formed = unit.strip().lower() == "bytes" and "," not in places and "-" in places and bool(numbers)
    if not well_formed or not all(number.isascii() and number.isdigit() and len(number) < 19 for number in numbers):
        raise Problem("range-invalid", "one range of bytes: bytes=FIRST-[LAST]")
    start = int(first) if first.strip() else max(size - int(last), 0)
    end = int(last) if first.strip() and last.strip() else size - 1
    if not start <= end or start >= size:
        raise Problem("range-invalid", f"the file has {size} bytes")
