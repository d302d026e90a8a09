"""Every signed resource without a signature, and with one that cannot hold: 401, whoever asks."""

from collections.abc import Callable
from typing import Any, Final

from pos_client.sync.conformance.bench import Bench
from pos_client.sync.conformance.case import Case
from pos_client.sync.conformance.expectations import refusal, told
from pos_client.sync.conformance.throwaway_lane import BATCHES
from pos_client.sync.signing import RequestSigner

_HASH: Final = "0" * 64
_CLAIM: Final[dict[str, Any]] = {
    "coupon_id": "1-1",
    "use_no": 1,
    "code_kind": "signed_coupon",
    "token": "",
    "member_ref": "",
    "value_minor": 0,
    "intent": {"epoch": 1, "seq": 1, "hash": _HASH},
}
_BATCH: Final[dict[str, Any]] = {
    "device": "d-0",
    "epoch": 1,
    "first_seq": 1,
    "last_seq": 1,
    "head": {"seq": 1, "hash": _HASH},
    "entries": [{"seq": 1, "body": "e30", "sig": ""}],
}
_BEAT: Final[dict[str, Any]] = {
    "epoch": 1,
    "head_seq": 0,
    "head_hash": _HASH,
    "undelivered": 0,
    "oldest_s": 0,
    "cache_gen": 0,
    "time_quality": "synced",
    "stuck": [],
}
_EPOCH: Final[dict[str, Any]] = {"reason": "restored", "last_epoch": 1, "last_seq": 0, "last_hash": _HASH}
_CLAIM_PATH: Final = "/v1/claims/" + "0" * 32
_SIGNED: Final[tuple[tuple[str, str, str, Any], ...]] = (
    ("policy", "GET", "/v1/policy", None),
    ("manifest", "GET", "/v1/snapshots/current", None),
    ("file", "GET", "/v1/snapshots/1/cache.db", None),
    ("changes", "GET", "/v1/changes?cursor=a.0", None),
    ("claim-put", "PUT", _CLAIM_PATH, _CLAIM),
    ("claim-get", "GET", _CLAIM_PATH, None),
    ("claim-delete", "DELETE", _CLAIM_PATH, {"reason": "conformance"}),
    ("batch", "POST", BATCHES, _BATCH),
    ("journal-status", "GET", "/v1/journal/d-0/1/status", None),
    ("heartbeat", "POST", "/v1/devices/d-0/heartbeat", _BEAT),
    ("epoch", "POST", "/v1/devices/d-0/epochs", _EPOCH),
    ("exceptions", "GET", "/v1/exceptions", None),
)


def _unsigned(method: str, path: str, content: Any) -> Callable[[Bench], str]:
    def check(bench: Bench) -> str:
        headers = {"Idempotency-Key": "conformance"} if path == BATCHES else {}
        heard = bench.probe.ask(method, path, content, headers=headers)
        refusal(heard, 401, "signature-missing", retry="resign")
        return told(heard)

    return check


def _garbage(bench: Bench) -> str:
    headers = {"Signature-Input": "sig1=(((", "Signature": "sig1=:AAAA:"}
    heard = bench.probe.ask("GET", "/v1/policy", headers=headers)
    refusal(heard, 401, "signature-invalid", "signature-missing")
    return told(heard)


def _nobody(bench: Bench) -> str:
    request = bench.probe.prepare("GET", "/v1/policy")
    RequestSigner("d-conformance-nobody", bench.keys.generate().sign).sign(request, bench.probe.now())
    heard = bench.probe.send(request)
    refusal(heard, 401, "device-unknown", retry="never")
    return told(heard)


CASES: Final = (
    *(
        Case(
            f"unsigned.{name}",
            f"{method} {path.partition('?')[0]} without a signature is 401.",
            _unsigned(method, path, body),
        )
        for name, method, path, body in _SIGNED
    ),
    Case("unsigned.garbage", "Signature headers that cannot be read are 401, not a failure.", _garbage),
    Case("unsigned.nobody", "A good signature of a device that is not enrolled is 401 device-unknown.", _nobody),
)
