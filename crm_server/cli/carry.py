"""``crm-server import`` and ``export``: sync with stores that never see a network, by files that somebody carries."""

from pathlib import Path
from typing import Annotated, Any

import typer

from crm_server.carried_answers import Wanted, Written, export_file
from crm_server.carried_entries import FileRefused, Stored, import_file
from crm_server.centre import Centre
from crm_server.minting import named_store

from .options import DataOption, JsonOption, UrlOption, answer, fail, merged, opened


def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Files that lanes wrote, in any order.")],
    answers: Annotated[Path | None, typer.Option("--answers", help="Folder for a file back to each store.")] = None,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Store what lanes wrote; a file that came before changes nothing, a bad one stops no other."""
    options = merged(context, data, database_url, as_json)
    stored: list[Stored] = []
    refused: list[dict[str, str]] = []
    with opened(options) as centre:
        for file in files:
            try:
                stored.append(import_file(centre, file))
            except (FileRefused, OSError) as error:
                refused.append({"file": file.name, "why": str(error)})
        stores = sorted(set().union(*(one.stores for one in stored)))
        written = [_answer_of(centre, number, answers) for number in stores] if answers is not None else []
    document = {"files": [one.as_json() for one in stored], "refused": refused, "answers": written}
    lines = [f"{one.file}: {_counted(one)}" for one in stored]
    lines += [f"{one['file']}: refused, nothing of it was stored: {one['why']}" for one in refused]
    lines += [f"back to store {one['store']}: {one['file']}, {one['results']} results" for one in written]
    answer(options, document, lines)
    if refused:
        raise typer.Exit(1)


def export(
    context: typer.Context,
    store: Annotated[str, typer.Option(help="Id or number of the store.")],
    out: Annotated[Path, typer.Option(help="Where to write.")],
    days: Annotated[int, typer.Option(min=1, help="Results of entries that came in so many days.")] = 90,
    no_data: Annotated[bool, typer.Option("--no-data", help="Results and policy only.")] = False,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a store's file: policy, results of its lanes' entries, its data. Only its lanes can read it."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        number = centre.database.read(lambda connection: named_store(connection, store).number).result()
        try:
            made = export_file(centre, out, Wanted(number, days, not no_data))
        except OSError as error:
            fail(f"cannot write {out}: {error.strerror}")
    line = f"store {made.store}: {made.results} results, generation {made.generation}, {made.bytes} bytes in {out}"
    answer(options, _document(made, out), [line])


def _answer_of(centre: Centre, store: int, folder: Path) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / f"store-{store}.rdb"
    return _document(export_file(centre, out, Wanted(store, data=False)), out)


def _document(made: Written, out: Path) -> dict[str, Any]:
    return {
        "store": made.store,
        "file": str(out),
        "results": made.results,
        "generation": made.generation or None,
        "bytes": made.bytes,
    }


def _counted(stored: Stored) -> str:
    counts = ", ".join(f"{count} {result}" for result, count in sorted(stored.results.items()))
    gaps = sum(len(missing) for missing in stored.ends.values())
    return f"{stored.results.total()} entries ({counts})" + (f"; {gaps} gaps" if gaps else "")
