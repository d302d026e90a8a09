"""Pages of changes: signed, in the order of commits, and honest about a cursor that they cannot follow."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from pos_client.domain.cache_format import KEY_COLUMNS
from pos_client.domain.keyed_hash import KeyKind, lookup_key
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.sync.conformance.bench import Bench, invented_coupon
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import document, equal, holds, refusal, told
from pos_client.sync.conformance.unmet import Unmet
from pos_client.sync.payloads import objects, required_text, text, whole

from .batches import expect_results
from .signed_time import parse_time

_PATH: Final = "/v1/changes"
_MOST_PAGES: Final = 200
_GARBAGE: Final = ("nonsense", "", "a.b", "a.-1", "a.1.2", "x" * 50)


def _page(bench: Bench, cursor: str, limit: int = 1_000) -> Mapping[str, Any]:
    return document(bench.lane.get(_PATH, cursor=cursor, limit=str(limit)))


def _first_cursor(bench: Bench) -> str:
    return required_text(bench.manifest(), "cursor")


def newest_cursor(bench: Bench) -> str:
    """The cursor behind everything that there is."""
    cursor = bench.fetched("the newest cursor", lambda: _followed(bench, _first_cursor(bench)))
    return str(cursor)


def _followed(bench: Bench, cursor: str) -> str:
    for _ in range(_MOST_PAGES):
        page = _page(bench, cursor)
        cursor = required_text(page, "to")
        if page.get("more") is not True:
            return cursor
    raise Unmet(f"there is no end after {_MOST_PAGES} pages")


def _is_signed(bench: Bench) -> str:
    page = _page(bench, _first_cursor(bench))
    holds("a data key signed the page", bench.trust.verify_document(DocumentPurpose.PAGE, page))
    altered = {**page, "to": "elsewhere.1"}
    holds("the signature covers where it leads", not bench.trust.verify_document(DocumentPurpose.PAGE, altered))
    return f"{len(objects(page, 'rows'))} rows"


def _says_all(bench: Bench) -> str:
    cursor = _first_cursor(bench)
    page = _page(bench, cursor)
    equal("from", cursor, page.get("from"))
    equal("the store", bench.lane.store, whole(page, "store"))
    holds("more is true or false", isinstance(page.get("more"), bool))
    required_text(page, "to")
    return f"{len(objects(page, 'rows'))} rows"


def _is_fresh(bench: Bench) -> str:
    page = _page(bench, newest_cursor(bench))
    age = bench.probe.now() - parse_time(required_text(page, "issued_at"))
    holds(f"a page says how fresh the data is now; it is {age} old", abs(age) < timedelta(minutes=1))
    return f"{age.total_seconds():.1f} s old"


def _shows_redemption(bench: Bench) -> str:
    start, lane, coupon = newest_cursor(bench), bench.lane, invented_coupon()
    expect_results(lane.push(lane.journal.redeem(coupon)), "accepted")
    row = _use_row(bench, start, coupon)
    holds("a row that is there is not marked as gone", row.get("del") is not True)
    equal("the device of the use", lane.device, _body(row).get("device"))
    return f"version {whole(row, 'ver')}"


def _shows_void(bench: Bench) -> str:
    lane, coupon = bench.lane, invented_coupon()
    redemption = lane.journal.redeem(coupon)
    expect_results(lane.push(redemption), "accepted")
    before = _use_row(bench, newest_cursor(bench), coupon)
    expect_results(lane.push(lane.journal.void(redemption.seq, coupon, "")), "accepted")
    after = _use_row(bench, newest_cursor(bench), coupon)
    holds("the row is marked as gone", after.get("del") is True)
    holds("the tombstone's version is higher", whole(before, "ver") < whole(after, "ver"))
    return f"version {whole(before, 'ver')}, then {whole(after, 'ver')}"


def _use_row(bench: Bench, cursor: str, coupon_id: str) -> Mapping[str, Any]:
    """The newest row about the first use of a coupon, after a cursor; its key is hashed with the store's secret."""
    key = lookup_key(bench.lane.enrolment.store_secret, KeyKind.COUPON_ID, coupon_id)
    rows = objects(_page(bench, cursor), "rows")
    found = [row for row in rows if text(row, "t") == "coupon_use" and row.get("k") == [key, 1]]
    if not found:
        raise Unmet(f"none of {len(rows)} changed rows is the coupon_use of the redemption")
    return found[-1]


def _body(row: Mapping[str, Any]) -> Mapping[str, Any]:
    body = row.get("body")
    return body if isinstance(body, Mapping) else {}


def _rows_are_known(bench: Bench) -> str:
    rows = objects(_page(bench, newest_cursor(bench)), "rows")
    versions = [whole(row, "ver") for row in rows]
    holds("rows come in the order of their versions", versions == sorted(versions))
    for row in rows:
        table, key = text(row, "t"), row.get("k")
        holds(f"{table[:20]} is a table of the cache", table in KEY_COLUMNS)
        holds("k has a value for each key column", isinstance(key, list) and len(key) == len(KEY_COLUMNS[table]))
        holds("a row has a body or is marked as gone", row.get("del") is True or isinstance(row.get("body"), Mapping))
    return f"{len(rows)} rows"


def _limit(bench: Bench) -> str:
    page = _page(bench, newest_cursor(bench), limit=1)
    rows = objects(page, "rows")
    # What was counted together with a mark comes together with it, however many rows that are.
    is_whole = len(rows) <= 1 or any(row.get("t") == "applied" for row in rows)
    holds(f"limit=1 gives one row, or all of one commit that counted entries; there are {len(rows)}", is_whole)
    holds("more is true where there is more", page.get("more") is True)
    holds("the next page goes on behind it", required_text(page, "to") != newest_cursor(bench))
    return f"{len(rows)} row, and more"


def _bad_limit(bench: Bench) -> str:
    for limit in ("0", "1001", "many"):
        heard = bench.lane.get(_PATH, cursor=_first_cursor(bench), limit=limit)
        refusal(heard, (400, 422), retry="never")
    return told(heard)


def _bad_cursor(bench: Bench) -> str:
    for cursor in _GARBAGE:
        heard = bench.lane.get(_PATH, cursor=cursor)
        refusal(heard, 400, "cursor-bad", retry="never")
    return f"{len(_GARBAGE)} texts: {told(heard)}"


def _foreign_cursor(bench: Bench) -> str:
    number = _first_cursor(bench).partition(".")[2]
    heard = bench.lane.get(_PATH, cursor=f"{'0' * 32}.{number}")
    refusal(heard, 410, "cursor-expired", retry="never")
    return told(heard)


def _future_cursor(bench: Bench) -> str:
    instance = _first_cursor(bench).partition(".")[0]
    heard = bench.lane.get(_PATH, cursor=f"{instance}.{10**15}")
    refusal(heard, 410, "cursor-expired", retry="never")
    return told(heard)


def _case(name: str, checks: str, check: Any) -> Case:
    return Case(f"changes.{name}", checks, check, Needs.LANE)


CASES: Final = (
    _case("signed", "A page is signed by a data key, and the signature covers where it leads.", _is_signed),
    _case("complete", "A page names its cursors, its store and whether there is more.", _says_all),
    _case("fresh", "An empty page still says how fresh the data is.", _is_fresh),
    _case("redemption", "A redemption reaches the other lanes as a row of coupon_use.", _shows_redemption),
    _case("void", "A void reaches the other lanes as a tombstone with a higher version.", _shows_void),
    _case("rows", "Rows name a table of the cache, its key and a version, in order.", _rows_are_known),
    _case("limit", "limit bounds a page, and more says that there is another.", _limit),
    _case("bad-limit", "A limit below 1 or above 1000 is refused.", _bad_limit),
    _case("cursor-bad", "A text that is no cursor is 400 cursor-bad.", _bad_cursor),
    _case("cursor-other-instance", "A cursor of another database is 410 cursor-expired.", _foreign_cursor),
    _case("cursor-ahead", "A cursor that this database never gave is 410 cursor-expired.", _future_cursor),
)
