"""What must hold for every answer of the whole check, whatever was asked."""

from typing import Final

from pos_client.sync.conformance.bench import Bench
from pos_client.sync.conformance.case import Case
from pos_client.sync.conformance.probe import Note
from pos_client.sync.conformance.unmet import Unmet

_JSON: Final = "application/json"
_PROBLEM: Final = "application/problem+json"
_FILE: Final = "application/vnd.sqlite3"


def _none(bench: Bench, wrong: list[Note]) -> str:
    if wrong:
        raise Unmet(f"{len(wrong)} of {len(bench.probe.notes)} answers; the first: {wrong[0].told}")
    return f"{len(bench.probe.notes)} answers"


def _signed_time(bench: Bench) -> str:
    return _none(bench, [note for note in bench.probe.notes if not note.has_signed_time])


def _no_failure(bench: Bench) -> str:
    return _none(bench, [note for note in bench.probe.notes if note.status >= 500 and not note.waits])


def _no_redirect(bench: Bench) -> str:
    return _none(bench, [note for note in bench.probe.notes if 300 <= note.status < 400 and note.status != 304])


def _media_types(bench: Bench) -> str:
    with_body = [note for note in bench.probe.notes if note.has_body]
    return _none(bench, [note for note in with_body if note.media_type not in _types(note.status)])


def _types(status: int) -> tuple[str, ...]:
    return (_PROBLEM,) if status >= 400 else (_JSON, _FILE)


CASES: Final = (
    Case("all.signed-time", "Every answer carries Server-Time, X-Time-Sig and X-Time-Key.", _signed_time),
    Case("all.no-failure", "No request makes the server fail (5xx, but for 503 with Retry-After).", _no_failure),
    Case("all.no-redirect", "No answer is a redirect.", _no_redirect),
    Case("all.media-types", "Refusals are problem+json, all other bodies JSON or the snapshot.", _media_types),
)
