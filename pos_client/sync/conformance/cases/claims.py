"""Claims: refused where nothing can be granted, and with a coupon the whole life of a use."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final

from pos_client.domain.codes import opaque_id, signed_coupon
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.sync.conformance.bench import Bench
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import document, equal, holds, refusal, told
from pos_client.sync.conformance.lane_journal import Written
from pos_client.sync.conformance.probe import Heard
from pos_client.sync.payloads import mapping, whole

from .batches import expect_results


def _ask(bench: Bench, intent: Written, named: str, shown: str, **changed: Any) -> Heard:
    body = {
        "coupon_id": named,
        "use_no": 1,
        "code_kind": "signed_coupon",
        "token": shown,
        "member_ref": "",
        "value_minor": 100,
        "intent": {"epoch": intent.epoch, "seq": intent.seq, "hash": intent.hash.hex()},
        **changed,
    }
    return bench.lane.ask("PUT", f"/v1/claims/{intent.claim_id}", body)


def _intent(bench: Bench, coupon_id: str) -> Written:
    """An intent that stands in the journal, delivered, before anybody is asked."""
    intent = bench.lane.journal.intent(coupon_id)
    expect_results(bench.lane.push(intent), "accepted")
    return intent


def _unknown(bench: Bench) -> str:
    code = opaque_id.encode(secrets.randbits(128))
    heard = _ask(bench, _intent(bench, code), code, code, code_kind="opaque_coupon")
    refusal(heard, 404, "coupon-unknown", retry="never")
    return told(heard)


def _forged(bench: Bench) -> str:
    coupon = SignedCoupon(1, 1, secrets.randbits(31), 0, 60_000, 0, 0, 100, 0, secrets.token_bytes(64))
    heard = _ask(bench, _intent(bench, coupon.coupon_id), coupon.coupon_id, coupon.text())
    refusal(heard, 403, "not-genuine", retry="never")
    return told(heard)


def _malformed(name: str, value: Any) -> Callable[[Bench], str]:
    def check(bench: Bench) -> str:
        intent = bench.lane.journal.forge(1, bytes(32), "intent")
        heard = _ask(bench, intent, "1-1", "", **{name: value})
        refusal(heard, (400, 422), retry="never")
        return told(heard)

    return check


def _bad_id(bench: Bench) -> str:
    for name in ("short", "Z" * 32, "0" * 33):
        heard = bench.lane.get(f"/v1/claims/{name}")
        refusal(heard, (400, 404, 422), retry="never")
    return told(heard)


def _get_unknown(bench: Bench) -> str:
    heard = bench.lane.get(f"/v1/claims/{secrets.token_hex(16)}")
    refusal(heard, 404, "claim-unknown", retry="never")
    return told(heard)


def _delete_unknown(bench: Bench) -> str:
    """A lane gives up a claim whose answer it never had; both answers tell it that nothing is held."""
    path = f"/v1/claims/{secrets.token_hex(16)}"
    heard = [bench.lane.ask("DELETE", path, {"reason": "conformance"}) for _ in range(2)]
    for answer in heard:
        if answer.status != 204:
            refusal(answer, 404, "claim-unknown", retry="never")
    return ", then ".join(str(answer.status) for answer in heard)


def _consumed_alone(bench: Bench) -> str:
    lane = bench.lane
    coupon_id = f"conformance-{secrets.token_hex(8)}"
    intent = lane.journal.intent(coupon_id)
    redemption = lane.journal.redeem(coupon_id, intent=intent)
    expect_results(lane.push(intent, redemption), "accepted", "accepted")
    state = _state(bench, intent.claim_id, "consumed")
    holder = mapping(state, "holder")
    equal("the holder's device", lane.device, holder.get("device"))
    heard = lane.ask("DELETE", f"/v1/claims/{intent.claim_id}", {"reason": "conformance"})
    refusal(heard, 409, "claim-consumed", retry="never")
    return told(heard)


def _state(bench: Bench, claim_id: str, wanted: str) -> Mapping[str, Any]:
    state = document(bench.lane.get(f"/v1/claims/{claim_id}"))
    equal("the claim's id", claim_id, state.get("claim_id"))
    equal("the claim's state", wanted, state.get("state"))
    return state


def _grant(bench: Bench, name: str) -> Written:
    """A claim of the throw-away coupon, kept under ``name``: its intent."""

    def ask() -> Written:
        intent = _intent(bench, bench.coupon.coupon_id)
        document(_ask(bench, intent, bench.coupon.coupon_id, bench.coupon.text()), 201)
        return intent

    granted: Written = bench.fetched(name, ask)
    return granted


def _again(bench: Bench, intent: Written, **changed: Any) -> Heard:
    return _ask(bench, intent, bench.coupon.coupon_id, bench.coupon.text(), **changed)


def _is_granted(bench: Bench) -> str:
    intent = _grant(bench, "the first claim")
    answer = document(_again(bench, intent), 200)
    equal("the state", "granted", answer.get("state"))
    receipt = mapping(answer, "receipt")
    about = (intent.claim_id, bench.coupon.coupon_id, 1, bench.lane.device)
    equal("what the receipt is for", about, tuple(receipt.get(name) for name in _RECEIPT))
    holds("the srv key signed the receipt", bench.trust.verify_document(DocumentPurpose.RECEIPT, receipt))
    return "201, and 200 again with a signed receipt"


_RECEIPT: Final = ("claim_id", "coupon_id", "use_no", "device")


def _is_held(bench: Bench) -> str:
    first = _grant(bench, "the first claim")
    other = _intent(bench, bench.coupon.coupon_id)
    heard = _again(bench, other)
    problem = refusal(heard, 409, "already-used", retry="never")
    holder = mapping(problem.document, "holder")
    equal("the holder", (bench.lane.device, bench.lane.store), (holder.get("device"), whole(holder, "store")))
    holds("next_use_no is a number or null", type(problem.document.get("next_use_no")) in {int, type(None)})
    equal("the holder's entry", first.seq, whole(holder, "seq"))
    return told(heard)


def _is_one_use(bench: Bench) -> str:
    heard = _again(bench, _grant(bench, "the first claim"), use_no=2)
    refusal(heard, 409, "claim-mismatch", retry="never")
    return told(heard)


def _is_shown(bench: Bench) -> str:
    intent = _grant(bench, "the first claim")
    _state(bench, intent.claim_id, "granted")
    return "granted"


def _is_released(bench: Bench) -> str:
    intent = _grant(bench, "the first claim")
    heard = [bench.lane.ask("DELETE", f"/v1/claims/{intent.claim_id}", {"reason": "test"}) for _ in range(2)]
    equal("the statuses of giving back twice", [204, 204], [answer.status for answer in heard])
    _state(bench, intent.claim_id, "released")
    again = _again(bench, intent)
    refusal(again, 409, "claim-released", retry="never")
    return told(again)


def _is_consumed(bench: Bench) -> str:
    intent, lane = _grant(bench, "the second claim"), bench.lane
    redemption = lane.journal.redeem(bench.coupon.coupon_id, intent=intent)
    expect_results(lane.push(redemption), "accepted")
    _state(bench, intent.claim_id, "consumed")
    heard = lane.ask("DELETE", f"/v1/claims/{intent.claim_id}", {"reason": "test"})
    refusal(heard, 409, "claim-consumed", retry="never")
    void = lane.journal.void(redemption.seq, bench.coupon.coupon_id, intent.claim_id)
    expect_results(lane.push(void), "accepted")
    _state(bench, intent.claim_id, "released")
    return f"{told(heard)}, released by its void"


def _is_free_again(bench: Bench) -> str:
    intent = _grant(bench, "the third claim")
    heard = bench.lane.ask("DELETE", f"/v1/claims/{intent.claim_id}", {"reason": "test"})
    equal("the status of giving it back", 204, heard.status)
    return "201 after a void"


def _altered(bench: Bench) -> str:
    text = bench.coupon.text()
    coupon = signed_coupon.parse(text)
    torn = SignedCoupon(
        coupon.key_id, coupon.campaign, coupon.serial, coupon.not_before_day, coupon.not_after_day, coupon.home_store,
        coupon.flags, coupon.value_minor + 1, coupon.member_tag, coupon.signature,
    )  # fmt: skip
    heard = _ask(bench, _intent(bench, torn.coupon_id), torn.coupon_id, torn.text())
    refusal(heard, 403, "not-genuine", retry="never")
    return told(heard)


def _case(name: str, checks: str, check: Callable[[Bench], str], needs: Needs = Needs.LANE) -> Case:
    return Case(f"claim.{name}", checks, check, needs)


CASES: Final = (
    _case("coupon-unknown", "A coupon that nobody issued is 404 coupon-unknown.", _unknown),
    _case("not-genuine", "A signed coupon whose signature does not hold is 403 not-genuine.", _forged),
    _case("unknown-field", "A claim with a field that the contract does not name is refused.", _malformed("vip", 1)),
    _case("use-zero", "A claim of use 0 is refused.", _malformed("use_no", 0)),
    _case("negative-value", "A claim of a negative value is refused.", _malformed("value_minor", -1)),
    _case("half-character", "A claim with half a character in its code is refused.", _malformed("token", "\ud800")),
    _case("bad-id", "An id that is not 32 hexadecimal digits is refused.", _bad_id),
    _case("get-unknown", "GET of a claim that never was is 404 claim-unknown.", _get_unknown),
    _case("delete-unknown", "DELETE of a claim that never was says that nothing is held.", _delete_unknown),
    _case("consumed-alone", "A redemption that came without a grant holds its use; DELETE is 409.", _consumed_alone),
    _case("granted", "A free use is 201, the same claim again 200, with a signed receipt.", _is_granted, Needs.COUPON),
    _case("altered", "The same coupon with another value is 403 not-genuine.", _altered, Needs.COUPON),
    _case("already-used", "Another claim of a held use is 409 already-used with its holder.", _is_held, Needs.COUPON),
    _case("mismatch", "A claim's id cannot stand for another use: 409 claim-mismatch.", _is_one_use, Needs.COUPON),
    _case("shown", "GET of a granted claim says granted.", _is_shown, Needs.COUPON),
    _case("released", "DELETE is 204 twice, and the claim cannot come back.", _is_released, Needs.COUPON),
    _case("consumed", "A redemption consumes its claim; its void releases it.", _is_consumed, Needs.COUPON),
    _case("free-again", "A use that was taken back can be claimed anew.", _is_free_again, Needs.COUPON),
)
