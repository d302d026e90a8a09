"""Asks a CRM whether it answers as lanes rely on; needs no lane of its own, and leaves this machine's alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pos_client.config.machine_clock import MachineClock
from pos_client.config.signing_keys import DeviceKey, TrustKeys, parse_trusted_key
from pos_client.domain.codes.router import route
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.errors import UsageError
from pos_client.domain.signed_document import DocumentPurpose

from .lane import VERSION
from .server_address import require_address

if TYPE_CHECKING:
    from pos_client.sync.conformance import CaseResult


class Role(StrEnum):
    """Which server is checked: the centre, or a store's own."""

    CENTRAL = "central"
    STORE = "store"


class _StoresTrust:
    """What a store's own server signs itself is signed by its own key; all else by the centre's."""

    def __init__(self, keys: TrustKeys) -> None:
        self._keys = keys

    def verify_document(self, purpose: DocumentPurpose, document: Mapping[str, Any], /) -> bool:
        """Whether a key that may sign such a document did."""
        if purpose is DocumentPurpose.RECEIPT:
            return self._keys.verify_store_receipt(document)
        return self._keys.verify_document(purpose, document)

    def verify_time(self, server_time: str, request_id: str, key_id: str, signature: bytes, /) -> bool:
        """Whether the store's server, or the centre behind it, signed this time for this request."""
        said = (server_time, request_id, key_id, signature)
        return self._keys.verify_store_time(*said) or self._keys.verify_time(*said)


def crm_check(
    url: str, codes: Sequence[str], coupons: Sequence[str], role: Role = Role.CENTRAL
) -> "Iterator[CaseResult]":
    """Run every conformance case against a server; results come as they are known.

    Args:
        url: ``https://host[:port]``.
        codes: enrolment codes of throw-away lanes.
        coupons: signed coupons that may be used up.
        role: a store's own server is asked what it answers itself, with its own key.

    Raises:
        UsageError: the address is none, or a coupon is no signed coupon.
        ServerUnreachable: nobody answers there.
    """
    from pos_client.sync.conformance import Keys, Throwaways, run  # noqa: PLC0415 - 195 cases, for one command of many

    require_address(url)
    throwaways = Throwaways(tuple(codes), tuple(_coupon(text) for text in coupons))
    at_store = role is Role.STORE
    keys = Keys(DeviceKey.generate, _store_trust if at_store else _trust, MachineClock())
    return run(url, VERSION, keys, throwaways, at_store=at_store)


def _coupon(text: str) -> SignedCoupon:
    value = route(text).value
    if not isinstance(value, SignedCoupon):
        raise UsageError("a throw-away coupon is a signed one (kind 71)")
    return value


def _trust(documents: Sequence[Mapping[str, Any]]) -> TrustKeys:
    return TrustKeys([parse_trusted_key(key) for key in documents], _today)


def _store_trust(documents: Sequence[Mapping[str, Any]]) -> _StoresTrust:
    return _StoresTrust(_trust(documents))


def _today() -> date:
    return datetime.now(UTC).date()
