"""What a person of the store should look at: the check's own conflicts and quarantined rows must be in it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from pos_client.domain.journal_entry import wire_time
from pos_client.sync.conformance.bench import Bench
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import document, equal, holds, refusal, told
from pos_client.sync.payloads import mapping, objects, text, whole

from .signed_time import parse_time

_PATH: Final = "/v1/exceptions"


def _own(bench: Bench, kind: str) -> list[Mapping[str, Any]]:
    since = wire_time(bench.probe.now() - timedelta(hours=1))
    rows = objects(document(bench.lane.get(_PATH, since=since)), kind)
    return [row for row in rows if row.get("device") == bench.lane.device]


def _conflicts(bench: Bench) -> str:
    rows = _own(bench, "conflicts")
    holds("the conflict that was made before is listed", rows)
    mapping(rows[0], "holder")
    equal("what it cost", 100, whole(rows[0], "loss_minor"))
    parse_time(text(rows[0], "at"))
    return f"{len(rows)} conflicts of this lane"


def _quarantined(bench: Bench) -> str:
    reasons = {text(row, "reason") for row in _own(bench, "quarantined")}
    wanted = {"bad-signature", "unknown-kind", "unknown-version"}
    holds(f"{', '.join(sorted(wanted))} are listed; listed are {', '.join(sorted(reasons))}", wanted <= reasons)
    return ", ".join(sorted(reasons))


def _since(bench: Bench) -> str:
    answer = document(bench.lane.get(_PATH, since=wire_time(bench.probe.now() + timedelta(hours=1))))
    counts = {kind: len(objects(answer, kind)) for kind in ("conflicts", "quarantined", "forks")}
    equal("what happened after an hour to come", {"conflicts": 0, "quarantined": 0, "forks": 0}, counts)
    return "nothing after an hour to come"


def _other_store(bench: Bench) -> str:
    heard = bench.lane.get(_PATH, store=str(bench.lane.store + 1_000))
    refusal(heard, 403, "device-other", retry="never")
    return told(heard)


def _bad_since(bench: Bench) -> str:
    for since in ("yesterday", "9999-99-99", "\0"):
        heard = bench.lane.get(_PATH, since=since)
        refusal(heard, (400, 422), retry="never")
    return told(heard)


CASES: Final = (
    Case("exceptions.conflicts", "The lane's conflicts are listed with holder and loss.", _conflicts, Needs.LANE),
    Case("exceptions.quarantined", "The lane's quarantined rows are listed with reasons.", _quarantined, Needs.LANE),
    Case("exceptions.since", "since leaves out what came before.", _since, Needs.LANE),
    Case("exceptions.other-store", "Another store's exceptions are 403 device-other.", _other_store, Needs.LANE),
    Case("exceptions.bad-since", "A since that is no time is refused.", _bad_since, Needs.LANE),
)
