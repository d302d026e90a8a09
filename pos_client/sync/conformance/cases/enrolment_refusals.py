"""Enrolments that must be refused; each is a body that a stranger may send."""

import json
import secrets
from collections.abc import Callable
from typing import Any, Final

from pos_client.domain.codes import opaque_id
from pos_client.sync.conformance.bench import Bench, enrolment_document
from pos_client.sync.conformance.case import Case
from pos_client.sync.conformance.expectations import refusal, told
from pos_client.sync.conformance.unmet import NotApplicable

_PATH: Final = "/v1/devices/enrol"
_MALFORMED: Final = (400, 422)


def _random_code() -> str:
    return opaque_id.encode(secrets.randbits(128), opaque_id.ENROLMENT_PREFIX)


def _malformed(make: Callable[[dict[str, Any]], Any]) -> Callable[[Bench], str]:
    """A check that a body is refused as malformed; ``make`` spoils a good one (its code is nobody's)."""

    def check(bench: Bench) -> str:
        content = make(enrolment_document(bench.keys.generate(), _random_code()))
        heard = bench.probe.ask("POST", _PATH, content)
        refusal(heard, _MALFORMED, retry="never")
        return told(heard)

    return check


def _refused_code(code: Callable[[], str]) -> Callable[[Bench], str]:
    def check(bench: Bench) -> str:
        heard = bench.probe.ask("POST", _PATH, enrolment_document(bench.keys.generate(), code()))
        if heard.status == 429:
            refusal(heard, 429, "rate-limited", retry="after")
            raise NotApplicable("the server takes no more wrong codes for now")
        refusal(heard, 403, "enrol-code-invalid", retry="never")
        return told(heard)

    return check


def _without(name: str) -> Callable[[dict[str, Any]], Any]:
    return lambda good: {field: value for field, value in good.items() if field != name}


def _wrong_check_character() -> str:
    code = _random_code()
    return code[:-1] + ("A" if code[-1] != "A" else "B")


def _case(name: str, body: str, make: Callable[[dict[str, Any]], Any]) -> Case:
    return Case(f"enrol.{name}", f"An enrolment {body} is refused as malformed (400 or 422).", _malformed(make))


CASES: Final = (
    _case("no-json", "that is not JSON", lambda _good: b'{"code": '),
    _case("binary", "of random bytes", lambda _good: secrets.token_bytes(500)),
    _case("empty", "with an empty body", lambda _good: b""),
    _case("list", "that is a list", lambda good: [good]),
    _case("deep", "nested 20 000 deep", lambda _good: b"[" * 20_000),
    _case(
        "not-utf8",
        "that is not UTF-8",
        lambda good: json.dumps(good | {"os": "é"}, ensure_ascii=False).encode("latin-1"),
    ),
    _case("missing-field", "without its key", _without("pubkey")),
    _case("unknown-field", "with a field that the contract does not name", lambda good: good | {"role": "admin"}),
    _case("wrong-type", "whose code is a number", lambda good: good | {"code": 5}),
    _case("huge-number", "with a number of 5 000 digits", lambda _good: b'{"code":' + b"9" * 5_000 + b"}"),
    _case("long-text", "with a text of 10 000 characters", lambda good: good | {"os": "x" * 10_000}),
    _case("control-character", "with a NUL in a text", lambda good: good | {"os": "a\0b"}),
    _case("half-character", "with half a character in a text", lambda good: good | {"hw_hash": "\ud800"}),
    _case("other-algorithm", "for a key of another algorithm", lambda good: good | {"alg": "rsa"}),
    _case("short-key", "whose key is too short", lambda good: good | {"pubkey": "AAAA"}),
    Case(
        "enrol.no-code",
        "A text that is no enrolment code is 403 enrol-code-invalid.",
        _refused_code(lambda: "let me in"),
    ),
    Case(
        "enrol.wrong-check",
        "A code whose check character is wrong is 403 enrol-code-invalid.",
        _refused_code(_wrong_check_character),
    ),
    Case(
        "enrol.unknown-code",
        "A well-formed code that nobody gave is 403 enrol-code-invalid.",
        _refused_code(_random_code),
    ),
)
