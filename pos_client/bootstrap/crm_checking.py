"""Asks a CRM whether it answers as lanes rely on; needs no lane of its own, and leaves this machine's alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from pos_client.config.machine_clock import MachineClock
from pos_client.config.signing_keys import DeviceKey, TrustKeys, parse_trusted_key
from pos_client.domain.codes.router import route
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.errors import UsageError
from pos_client.sync.conformance import CaseResult, Keys, Throwaways, run

from .lane import VERSION
from .server_address import require_address


def crm_check(url: str, codes: Sequence[str], coupons: Sequence[str]) -> Iterator[CaseResult]:
    """Run every conformance case against a server; results come as they are known.

    Args:
        url: ``https://host[:port]``.
        codes: enrolment codes of throw-away lanes.
        coupons: signed coupons that may be used up.

    Raises:
        UsageError: the address is none, or a coupon is no signed coupon.
        ServerUnreachable: nobody answers there.
    """
    require_address(url)
    throwaways = Throwaways(tuple(codes), tuple(_coupon(text) for text in coupons))
    return run(url, VERSION, Keys(DeviceKey.generate, _trust, MachineClock()), throwaways)


def _coupon(text: str) -> SignedCoupon:
    value = route(text).value
    if not isinstance(value, SignedCoupon):
        raise UsageError("a throw-away coupon is a signed one (kind 71)")
    return value


def _trust(documents: Sequence[Mapping[str, Any]]) -> TrustKeys:
    return TrustKeys([parse_trusted_key(key) for key in documents], _today)


def _today() -> date:
    return datetime.now(UTC).date()
