"""``scan``: the codes in pictures, folders of pictures and videos; nothing is judged, nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from os import cpu_count
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pos_client import bootstrap

from .answering import Answer, JsonOption, answering
from .scan_report import Scanned, film_scanned, picture_scanned, report

if TYPE_CHECKING:
    from rich.progress import Progress

    from pos_client.scanner.symbology import Symbologies

_MOST_WORKERS = 4
_PATIENCE_S = 2.0
"""Whoever waits longer than this is shown how far it is."""

PathsArgument = Annotated[
    list[Path],
    typer.Argument(help="Pictures, videos, and folders (walked).", metavar="PICTURE|FOLDER|VIDEO…", exists=True),
]
ExplainOption = Annotated[
    bool,
    typer.Option("--explain", help="Name the looks that agree on each code, and the milliseconds of each stage."),
]
SymbologyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--symbology",
        help="Look for this kind only, named as ISO and AIM name it (QRCode, EAN13, Code128 …); may be repeated.",
        metavar="NAME",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="The codes in pictures, folders and videos; decode only.")(scan)


def scan(
    context: typer.Context,
    paths: PathsArgument,
    symbology: SymbologyOption = None,
    explain: ExplainOption = False,
    as_json: JsonOption = False,
) -> None:
    """Exit code 0 where a code was found, 30 where none was, 1 where no file could be read at all."""
    with answering(context, as_json=as_json) as answer:
        kinds = _kinds(symbology)
        begun_s = perf_counter()
        scanned = list(_with_progress(_scanned(_files(paths), kinds)))
        _give(answer, scanned, perf_counter() - begun_s, explain=explain)


def _kinds(names: list[str] | None) -> Symbologies:
    """The kinds that were named, in any case, or all.

    Raises:
        BadParameter: there is no such kind.
    """
    from pos_client.scanner.symbology import RETAIL  # noqa: PLC0415 - only who scans needs it

    known = {str(kind).casefold(): kind for kind in RETAIL}
    unknown = [name for name in names or () if name.casefold() not in known]
    if unknown:
        told = f"{', '.join(unknown)}: no such symbology; there are {', '.join(sorted(map(str, RETAIL)))}"
        raise typer.BadParameter(told, param_hint="--symbology")
    return frozenset(known[name.casefold()] for name in names or ()) or RETAIL


def _give(answer: Answer, scanned: list[Scanned], spent_s: float, *, explain: bool) -> None:
    document, text = report(scanned, spent_s, bootstrap.wording(), answer.language, explain=explain)
    answer.give(document, text, _exit_code(scanned))


def _exit_code(scanned: list[Scanned]) -> int:
    if any(item.codes for item in scanned):
        return 0
    return 1 if scanned and all(item.fault for item in scanned) else 30


def _files(paths: list[Path]) -> list[Path]:
    """Named files as they are; of folders, what looks like a picture or video, sorted."""
    from pos_client.scanner.film import VIDEO_SUFFIXES  # noqa: PLC0415 - loads OpenCV
    from pos_client.scanner.picture_file import PICTURE_SUFFIXES  # noqa: PLC0415

    wanted = PICTURE_SUFFIXES | VIDEO_SUFFIXES
    files: list[Path] = []
    for path in paths:
        inside = path.rglob("*") if path.is_dir() else ()
        files += sorted(file for file in inside if file.suffix.lower() in wanted and file.is_file())
        files += [] if path.is_dir() else [path]
    return files


def _scanned(files: list[Path], kinds: Symbologies) -> tuple[int, Iterator[Scanned]]:
    """Scan with as many threads as the machine has cores; the decoders release the interpreter while they work."""

    def results() -> Iterator[Scanned]:
        with ThreadPoolExecutor(min(_MOST_WORKERS, cpu_count() or 1)) as pool:
            waiting: list[Future[Scanned]] = [pool.submit(_one, file, kinds) for file in files]
            try:
                for future in waiting:
                    yield future.result()
            finally:
                pool.shutdown(cancel_futures=True)

    return len(files), results()


def _one(file: Path, kinds: Symbologies) -> Scanned:
    from pos_client.scanner.film import VIDEO_SUFFIXES  # noqa: PLC0415 - loads OpenCV

    scan_one = film_scanned if file.suffix.lower() in VIDEO_SUFFIXES else picture_scanned
    return scan_one(file, kinds)


def _with_progress(counted: tuple[int, Iterator[Scanned]]) -> Iterator[Scanned]:
    """Pass results on; show a bar on the terminal's error stream once it takes long."""
    total, results = counted
    begun_s = perf_counter()
    bar: Progress | None = None
    try:
        for done, item in enumerate(results, 1):
            if bar is None and perf_counter() - begun_s > _PATIENCE_S:
                bar = _begun_bar()
            if bar is not None:
                bar.update(bar.task_ids[0], total=total, completed=done)
            yield item
    finally:
        if bar is not None:
            bar.stop()


def _begun_bar() -> Any:
    from rich.console import Console  # noqa: PLC0415 - only for the patient
    from rich.progress import Progress  # noqa: PLC0415

    console = Console(stderr=True)
    bar = Progress(console=console, transient=True, disable=not console.is_terminal)
    bar.add_task("scan", total=None)
    bar.start()
    return bar
