"""The signed policy, and how it is not sent twice."""

from dataclasses import fields
from typing import Final

from pos_client.domain.limits import Limits
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.sync.conformance.bench import Bench
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import believed, document, equal, holds, told
from pos_client.sync.payloads import mapping, objects, required_text, whole

from .signed_time import parse_time

_PATH: Final = "/v1/policy"


def _is_signed(bench: Bench) -> str:
    policy = document(bench.lane.get(_PATH))
    holds("a data key signed it", bench.trust.verify_document(DocumentPurpose.POLICY, policy))
    altered = {**policy, "ver": whole(policy, "ver") + 1}
    holds("the signature covers the version", not bench.trust.verify_document(DocumentPurpose.POLICY, altered))
    return f"version {whole(policy, 'ver')}"


def _says_all(bench: Bench) -> str:
    policy = document(bench.lane.get(_PATH))
    parse_time(required_text(policy, "issued_at"))
    limits, rhythm = mapping(policy, "limits"), mapping(policy, "sync")
    for field in fields(Limits):
        holds(f"limits.{field.name} is a whole number of at least 0", whole(limits, field.name) >= 0)
    for name in ("push_s", "pull_s", "heartbeat_s"):
        holds(f"sync.{name} is a whole number above 0", whole(rhythm, name) > 0)
    bench.keys.trust(objects(policy, "trust"))
    return f"{len(limits)} limits, push every {whole(rhythm, 'push_s')} s"


def _unchanged(bench: Bench) -> str:
    return unchanged(bench, _PATH)


def unchanged(bench: Bench, path: str) -> str:
    """Check that an answer is not sent again to who names its entity tag, and is sent to who names another."""
    etag = document_etag(bench, path)
    heard = bench.lane.ask("GET", path, headers={"If-None-Match": etag})
    believed(heard)
    equal("the status for the entity tag that is held", 304, heard.status)
    equal("the length of a 304's body", 0, len(heard.raw.body))
    other = bench.lane.ask("GET", path, headers={"If-None-Match": '"something-else"'})
    equal("the status for another entity tag", 200, other.status)
    return f"{told(heard)} for {etag[:40]}"


def document_etag(bench: Bench, path: str) -> str:
    """The entity tag of an answer, which must have one."""
    heard = bench.lane.get(path)
    document(heard)
    etag = heard.headers.get("ETag", "")
    holds(f"{path} has an ETag in quotes", etag.startswith('"') and etag.endswith('"') and len(etag) > 2)
    return etag


CASES: Final = (
    Case(
        "policy.signed",
        "The policy is signed by a data key, and the signature covers its fields.",
        _is_signed,
        Needs.LANE,
    ),
    Case("policy.complete", "The policy has all limits, the rhythm of sync and usable keys.", _says_all, Needs.LANE),
    Case(
        "policy.unchanged",
        "If-None-Match with its ETag is 304 without a body, with another 200.",
        _unchanged,
        Needs.LANE,
    ),
)
