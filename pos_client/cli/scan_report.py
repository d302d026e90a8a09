"""What ``scan`` tells of each file: one JSON document, or a table for people.

Apart from the command so that the shape of the answer is in one place.
"""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from pos_client.config.wording import Wording
from pos_client.domain.errors import PictureUnreadable
from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.usecases.recognise import not_our_verdict

if TYPE_CHECKING:  # numpy would be loaded for every command
    from pos_client.scanner.frame import Detection
    from pos_client.scanner.symbology import Symbologies

_TEXT_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Scanned:
    """One file.

    Attributes:
        path: as named or found.
        result: found, several-codes, no-code, unreadable, not-a-picture or too-large.
        codes: with the second of the film where they were seen, None in a picture.
        ms: it took.
        fault: why it could not be read, None where it could.
        spent_ms: milliseconds for loading and by stage; empty for a film.
    """

    path: Path
    result: str
    codes: tuple[tuple[Detection, float | None], ...]
    ms: float
    fault: PictureUnreadable | None = None
    spent_ms: tuple[tuple[str, float], ...] = ()

    @property
    def believed(self) -> bool:
        """Whether a code of it is sure."""
        return any(code.believed for code, _ in self.codes)


def picture_scanned(file: Path, symbologies: Symbologies) -> Scanned:
    """Decode one picture."""
    from pos_client.scanner.still import decode_picture, outcome_of_fault  # noqa: PLC0415 - loads the decoders

    begun_s = perf_counter()
    try:
        found = decode_picture(file, symbologies)
    except PictureUnreadable as fault:
        return Scanned(file, outcome_of_fault(fault), (), (perf_counter() - begun_s) * 1000, fault)
    return Scanned(file, found.outcome, tuple((code, None) for code in found.codes), found.ms, spent_ms=found.spent_ms)


def film_scanned(file: Path, symbologies: Symbologies) -> Scanned:
    """Decode one video."""
    from pos_client.scanner.film import decode_film  # noqa: PLC0415 - loads the decoders
    from pos_client.scanner.still import outcome_of, outcome_of_fault  # noqa: PLC0415

    begun_s = perf_counter()
    try:
        film = decode_film(file, symbologies)
    except PictureUnreadable as fault:
        return Scanned(file, outcome_of_fault(fault), (), (perf_counter() - begun_s) * 1000, fault)
    codes = tuple((item.code, item.at_s) for item in film.codes)
    return Scanned(file, outcome_of([code for code, _ in codes]), codes, film.ms)


def report(
    scanned: list[Scanned], spent_s: float, wording: Wording, language: str, *, explain: bool
) -> tuple[dict[str, Any], str]:
    """Make the JSON document and the text for people."""
    pictures = [_picture_document(item, wording, explain=explain) for item in scanned]
    summary = _summary(scanned, spent_s)
    document = {"pictures": pictures, "summary": summary}
    return document, _table(scanned, wording, language, explain=explain) + "\n" + _summary_line(summary)


def _picture_document(item: Scanned, wording: Wording, *, explain: bool) -> dict[str, Any]:
    document: dict[str, Any] = {"path": _written(item.path), "result": str(item.result)}
    document["codes"] = [_code_document(code, at_s, explain=explain) for code, at_s in item.codes]
    document["ms"] = round(item.ms, 1)
    if explain and item.spent_ms:
        document["stages_ms"] = {name: round(ms, 2) for name, ms in item.spent_ms}
    told = _told(item, wording)
    if told is not None:
        reason, line, step = told
        document |= {"reason": reason, "sentence": line.as_json(), "next_step": step.as_json()}
    return document


def _code_document(code: Detection, at_s: float | None, *, explain: bool) -> dict[str, Any]:
    document: dict[str, Any] = {
        "text": code.text,
        "symbology": str(code.symbology),
        "corners": [list(corner) for corner in code.corners],
        "believed": code.believed,
        "decoder": code.decoder,
        "stage": code.stage,
    }
    if explain:
        document["looks"] = list(code.looks)
    if at_s is not None:
        document["at_s"] = round(at_s, 2)
    return document


def _told(item: Scanned, wording: Wording) -> tuple[str, LocalText, LocalText] | None:
    """Give reason, sentence and next step for a file without a sure code."""
    if item.fault is not None:
        return item.fault.reason, *wording.of_fault(item.fault)
    if item.believed:
        return None
    reason = Reason.NOT_BELIEVED if item.codes else Reason.NO_CODE_IN_PICTURE
    verdict = not_our_verdict(reason)
    return reason.value, wording.sentence(verdict), wording.next_step(verdict)


def _summary(scanned: list[Scanned], spent_s: float) -> dict[str, Any]:
    from pos_client.scanner.decoders.opened import open_decoders  # noqa: PLC0415 - loads the decoders

    results = Counter(str(item.result) for item in scanned)
    decoders = open_decoders()
    return {
        "pictures": len(scanned),
        "with_codes": sum(bool(item.codes) for item in scanned),
        "with_believed_codes": sum(item.believed for item in scanned),
        "unreadable": sum(item.fault is not None for item in scanned),
        "codes": sum(len(item.codes) for item in scanned),
        "results": dict(sorted(results.items())),
        "ms": round(spent_s * 1000, 1),
        "decoders": sorted(decoders.opened),
        "decoders_missing": list(decoders.missing),
    }


def _summary_line(summary: dict[str, Any]) -> str:
    line = (
        f"{summary['pictures']} files, {summary['with_codes']} with codes ({summary['with_believed_codes']} believed), "
        f"{summary['unreadable']} unreadable, {summary['ms'] / 1000:.1f} s"
    )
    missing = ", ".join(summary["decoders_missing"])
    return line + (f"; decoder missing on this machine: {missing}" if missing else "")


def _table(scanned: list[Scanned], wording: Wording, language: str, *, explain: bool) -> str:
    from rich.console import Console  # noqa: PLC0415 - JSON readers need no table
    from rich.table import Table  # noqa: PLC0415

    columns = ["file", "result", "text", "symbology", "believed", "read by", "ms"]
    table = Table(*columns, *(["agreeing looks", "ms by stage"] if explain else []))
    for item in scanned:
        for row in _rows(item, wording, language, explain=explain):
            table.add_row(*row)
    out = io.StringIO()
    Console(file=out, width=160, markup=False).print(table)
    return out.getvalue().rstrip()


def _rows(item: Scanned, wording: Wording, language: str, *, explain: bool) -> list[list[str]]:
    head, ms = [_printable(_written(item.path)), str(item.result)], f"{item.ms:.0f}"
    told = _told(item, wording)
    sentence = told[1].in_language(language) if told else ""
    stages = ", ".join(f"{name} {spent:.1f}" for name, spent in item.spent_ms)
    if not item.codes:
        return [[*head, sentence, "", "", "", ms, *(["", stages] if explain else [])]]
    return [
        [
            *(head if index == 0 else ["", ""]),
            _shown(code.text),
            str(code.symbology),
            "yes" if code.believed else "no",
            f"{code.decoder}, {code.stage}" + (f" at {at_s:.1f} s" if at_s is not None else ""),
            ms if index == 0 else "",
            *([", ".join(code.looks), stages if index == 0 else ""] if explain else []),
        ]
        for index, (code, at_s) in enumerate(item.codes)
    ]


def _shown(text: str) -> str:
    """Keep control characters out of the terminal, and long texts short."""
    printable = _printable(text)
    return printable if len(printable) <= _TEXT_SHOWN else f"{printable[:_TEXT_SHOWN]}… ({len(text)} signs)"


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "·" for sign in text)


def _written(path: Path) -> str:
    """Write a path whose name may hold bytes that are no text; these become question marks."""
    return str(path).encode("utf-8", "replace").decode("utf-8")
