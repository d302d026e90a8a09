"""Enrolment of the throw-away lane: what a lane gets, once, and again where the answer was lost."""

from datetime import date
from typing import Any, Final

from pos_client.domain.signed_document import DocumentPurpose, KeyPurpose, to_base64
from pos_client.sync.conformance.bench import Bench
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import document, equal, holds, refusal, told
from pos_client.sync.conformance.unmet import Unmet
from pos_client.sync.payloads import mapping, objects, required_text, text, whole

# A centre that prints no booth codes needs no key for them, and the key of a store is the store's own.
_NEEDED: Final = {purpose.value for purpose in KeyPurpose} - {KeyPurpose.PARAMETRIC.value, KeyPurpose.STORE.value}


def _answer(bench: Bench) -> Any:
    return bench.fetched("the enrolment", lambda: document(bench.ask_to_enrol(0), 200, 201))


def _is_granted(bench: Bench) -> str:
    heard = bench.ask_to_enrol(0)
    answer = bench.fetched("the enrolment", lambda: document(heard, 201))
    equal("the epoch of a new device", 1, whole(answer, "epoch"))
    return f"{told(heard)}: {required_text(answer, 'device_id')[:40]}, lane {whole(answer, 'lane_no')}"


def _is_same_again(bench: Bench) -> str:
    first = _answer(bench)
    heard = bench.ask_to_enrol(0)
    again = document(heard, 200)
    for name in ("device_id", "epoch", "store", "lane_no", "store_secret", "session_token", "sas"):
        holds(f"{name} is the same as in the first answer", first.get(name) == again.get(name))
    return told(heard)


def _is_taken_by_a_lane(bench: Bench) -> str:
    answer = bench.enrol(0)
    equal("the device", _answer(bench).get("device_id"), answer.device_id)
    return f"store {answer.store.get('number')}, lane {answer.lane_no}, {len(answer.trust)} keys"


def _store(bench: Bench) -> str:
    store = mapping(_answer(bench), "store")
    for name in ("id", "name", "zone", "currency"):
        required_text(store, name)
    holds("the store's booth is a text", isinstance(store.get("booth"), str))
    return f"{whole(store, 'number')} {text(store, 'zone')} {text(store, 'currency')}"


def _trust(bench: Bench) -> str:
    keys = objects(_answer(bench), "trust")
    bench.keys.trust(keys)
    purposes = {text(key, "purpose") for key in keys}
    holds(f"there is a key of each purpose; there are {sorted(purposes)}", purposes >= _NEEDED)
    today = bench.probe.now().date().isoformat()
    dates = [(_day(key, "not_before"), _day(key, "not_after")) for key in keys]
    holds("each purpose has a key that is valid today", _valid(keys, today) >= _NEEDED)
    return f"{len(dates)} keys, until {max(last for _, last in dates)}"


def _valid(keys: Any, today: str) -> set[str]:
    return {text(key, "purpose") for key in keys if text(key, "not_before") <= today <= text(key, "not_after")}


def _day(key: Any, name: str) -> str:
    value = required_text(key, name)
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise Unmet(f"{name} is no date") from error


def _sas(bench: Bench) -> str:
    digits = required_text(_answer(bench), "sas")
    holds("sas is six digits", len(digits) == 6 and digits.isascii() and digits.isdecimal())
    return "six digits"


def _policy(bench: Bench) -> str:
    policy = mapping(_answer(bench), "policy")
    holds("a data key of the trust list signed the policy", bench.trust.verify_document(DocumentPurpose.POLICY, policy))
    return f"version {whole(policy, 'ver')}"


def _other_key(bench: Bench) -> str:
    heard = bench.ask_to_enrol(0, pubkey=to_base64(bench.keys.generate().public_bytes()))
    refusal(heard, 410, "enrol-code-used", retry="never")
    return told(heard)


def _second(bench: Bench) -> str:
    answer = bench.enrol(1)
    holds("it is another device than the first", answer.device_id != bench.lane.device)
    return f"{answer.device_id}, lane {answer.lane_no}"


CASES: Final = (
    Case("enrol.granted", "A one-time code and a key make a device: 201, epoch 1.", _is_granted, Needs.LANE),
    Case("enrol.same-again", "The same code and key again give the same answer: 200.", _is_same_again, Needs.LANE),
    Case("enrol.lane-takes-it", "A lane's own client can read the answer.", _is_taken_by_a_lane, Needs.LANE),
    Case("enrol.store", "The answer describes the store: number, id, name, zone, currency, booth.", _store, Needs.LANE),
    Case(
        "enrol.trust",
        "The trust list has a usable key for coupon, slot, data and srv, valid today.",
        _trust,
        Needs.LANE,
    ),
    Case("enrol.sas", "The control digits are six digits.", _sas, Needs.LANE),
    Case("enrol.policy", "The policy of the answer is signed by a data key of the trust list.", _policy, Needs.LANE),
    Case("enrol.other-key", "A used code with another key is 410 enrol-code-used.", _other_key, Needs.LANE),
    Case("enrol.second", "A second code makes a second device.", _second, Needs.SECOND_LANE),
)
