"""The coupons of docs/vectors/offers.json in a centre's own tables, and what the centre says of them.

Apart from the test because this is about the centre: its tables, its reading of an offer, its claims.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from crm_server import claims, uses
from crm_server.centre import Centre
from crm_server.claims import Asked
from crm_server.coupon_facts import ShownCoupon, known_facts
from crm_server.devices import Caller
from crm_server.problems import Problem
from crm_server.schema import CLAIM, COUPON, MEMBER, OFFER, STORE
from pos_client.domain.business_time import day_number, to_ms
from pos_client.domain.codes import opaque_id
from pos_client.domain.coupon import CouponFacts
from tests.published_offers import CASES, LANE, VECTORS, Document

GRANTED = "granted"
LAST_DAY = 2**16 - 1


@dataclass(frozen=True)
class Central:
    """What the centre knows and says of one coupon of a case: its facts, and ``granted`` or the problem's code."""

    facts: CouponFacts
    answer: str


def fill(connection: Connection) -> None:
    """Put stores, members, offers and every coupon of every case into the tables."""
    stores = sorted({where["store"] for where in VECTORS["places"]})
    connection.execute(insert(STORE), [_store(number) for number in stores])
    connection.execute(insert(MEMBER), [_member(member) for member in VECTORS["members"]])
    rows = [{"number": each["number"], "body": json.dumps(each), "next_serial": 1} for each in VECTORS["offers"]]
    connection.execute(insert(OFFER), rows)
    connection.execute(insert(COUPON), list(_coupons()))


def answers(connection: Connection, centre: Centre, case: Document) -> dict[str, Central]:
    """What the centre says of each coupon of a case: of those that are used one after the other, then of each other.

    A member's uses count in every campaign, so what a case did is undone where a member is known.
    """
    by_id = {coupon["id"]: coupon for coupon in case["coupons"]}
    used = [each["id"] for each in case["expect"]["used"]]
    with _undone(connection, "one_case", is_needed="member" in case):
        if rows := [*_held(case), *_earlier(case)]:
            connection.execute(insert(CLAIM), rows)
        found = {each: _ask(connection, centre, case, by_id[each]) for each in used}
        for each in by_id.keys() - found:
            with _undone(connection, "one_coupon", is_needed="member" in case):
                found[each] = _ask(connection, centre, case, by_id[each])
    return found


@contextmanager
def _undone(connection: Connection, name: str, *, is_needed: bool) -> Iterator[None]:
    if is_needed:
        connection.exec_driver_sql(f"SAVEPOINT {name}")
    yield
    if is_needed:
        connection.exec_driver_sql(f"ROLLBACK TO SAVEPOINT {name}")
        connection.exec_driver_sql(f"RELEASE SAVEPOINT {name}")


def _ask(connection: Connection, centre: Centre, case: Document, coupon: Document) -> Central:
    where, shown = VECTORS["places"][case["place"]], ShownCoupon(_id(case, coupon), _code(case, coupon))
    caller = Caller("lane-1", where["store"], LANE, where["zone"], 1, "active")
    holders = uses.holders_or_claim(connection, shown.coupon_id, "") if coupon.get("uses") else []
    facts = known_facts(connection, centre.keys, shown, holders)
    member = VECTORS["members"][case["member"]]["ref"] if "member" in case else ""
    use_no = facts.next_use_no() or 1
    asked = Asked(f"claim-{_serial(case, coupon)}", shown.coupon_id, use_no, shown.token, member, 0, 1, 1)
    try:
        claims.grant(connection, claims.at_the_centre(centre.keys), caller, asked, datetime.fromisoformat(where["at"]))
    except Problem as problem:
        answer = problem.code
    else:
        answer = GRANTED
    return Central(replace(facts, coupon_id=coupon["id"]), answer)


def _id(case: Document, coupon: Document) -> str:
    return f"{case['name']}-{coupon['id']}"


def _code(case: Document, coupon: Document) -> str:
    return opaque_id.encode(_serial(case, coupon))


def _serial(case: Document, coupon: Document) -> int:
    return int(case["name"].rsplit("-", 1)[1]) * 10 + "abcde".index(coupon["id"]) + 1


def _coupons() -> Iterator[Document]:
    numbers = {member["ref"]: member["number"] for member in VECTORS["members"]}
    for case in CASES:
        for coupon in {coupon["id"]: coupon for coupon in case["coupons"]}.values():
            days = [date.fromisoformat(coupon[name]) if name in coupon else None for name in ("first_day", "last_day")]
            yield {
                "coupon_id": _id(case, coupon),
                "code_kind": "opaque_coupon",
                "code": _code(case, coupon),
                "key_id": 0,
                "campaign": VECTORS["offers"][coupon["offer"]]["number"],
                "serial": _serial(case, coupon),
                "first_day": day_number(days[0]) if days[0] else 0,
                "last_day": day_number(days[1]) if days[1] else LAST_DAY,
                "home_store": coupon.get("home_store", 0),
                "value_minor": coupon.get("value_minor", 0),
                "member_number": numbers[coupon["bound_to"]] if "bound_to" in coupon else 0,
                "revoked": 0,
                "issued_ms": 0,
            }


def _held(case: Document) -> Iterator[Document]:
    """Uses of the coupons themselves, by somebody, long ago."""
    for coupon in case["coupons"]:
        for use_no in coupon.get("uses", []):
            yield _claim(_id(case, coupon), use_no, 0)


def _earlier(case: Document) -> Iterator[Document]:
    """What the member used of a campaign: today, and at other times."""
    now = datetime.fromisoformat(VECTORS["places"][case["place"]]["at"])
    for number, used in case.get("earlier", {}).items():
        member = VECTORS["members"][case["member"]]["ref"]
        for count in range(used["in_all"]):
            at = now if count < used["today"] else now - timedelta(days=40)
            yield _claim(f"{number}-{count}", 1, to_ms(at)) | {"campaign": int(number), "member_ref": member}


def _claim(coupon_id: str, use_no: int, at_ms: int) -> Document:
    held = {"state": uses.CONSUMED, "tier": "A", "device": "lane-9", "epoch": 1, "seq": 1, "store": 12, "lane": 9}
    who = {"operator": "", "value_minor": 0, "campaign": 0, "member_ref": ""}
    named = {"coupon_id": coupon_id, "use_no": use_no, "claim_id": f"held-{coupon_id}-{use_no}"[-32:]}
    return {**named, **held, **who, "at_ms": at_ms}


def _store(number: int) -> dict[str, Any]:
    names = {"id": f"S{number}", "name": f"store {number}", "zone": "Asia/Shanghai", "currency": "CNY"}
    return {"number": number, **names, "booth": "", "region": "east", "offline_by_design": 0, "secret": bytes(32)}


def _member(member: Document) -> dict[str, Any]:
    number = member["number"]
    held = {"card": str(number), "phone": str(number), "name": "", "level": member.get("level", ""), "points": 0}
    return {"number": number, "ref": member["ref"], **held, "owner_store": 12, "owner_promoter": "", "since_day": 0}
