"""Refusals of the centre as values that become ``application/problem+json`` (RFC 9457).

Apart from the web layer because claims and devices are refused in jobs that know no HTTP library.
"""

from collections.abc import Mapping
from typing import Any, Final

TYPE_PREFIX: Final = "urn:rdm:"

# code: (HTTP status, retry class, title)
PROBLEMS: Final[Mapping[str, tuple[int, str, str]]] = {
    "body-malformed": (422, "never", "A field is missing, unknown or of the wrong kind"),
    "request-malformed": (400, "never", "The request cannot be read"),
    "not-found": (404, "never", "There is nothing at this address"),
    "method-not-allowed": (405, "never", "This address does not take that method"),
    "body-too-large": (413, "never", "The body is larger than this address takes"),
    "media-type": (415, "never", "The body's type or coding is not taken here"),
    "range-invalid": (416, "never", "The range lies outside the file"),
    "server-error": (500, "same", "The server failed; nothing was decided"),
    "server-busy": (503, "after", "The server's database does not answer; nothing is lost by asking again"),
    "signature-missing": (401, "resign", "The request is not signed"),
    "signature-invalid": (401, "resign", "The request's signature does not hold"),
    "clock-skew": (401, "resign", "The signature's time is too far from the server's"),
    "nonce-replayed": (401, "resign", "This very request was seen before"),
    "device-unknown": (401, "never", "No such device is enrolled"),
    "device-revoked": (401, "never", "The device was revoked; it may only deliver its journal"),
    "device-forked": (409, "reenrol", "Two machines speak with this device's name"),
    "device-rolled-back": (409, "reenrol", "The device's journal is older than what is stored here"),
    "device-undelivered": (409, "never", "Entries of this device are missing here; it cannot leave"),
    "device-other": (403, "never", "This belongs to another device"),
    "enrol-code-invalid": (403, "never", "No such enrolment code"),
    "enrol-code-used": (410, "never", "The enrolment code was used or has run out"),
    "rate-limited": (429, "after", "Too many attempts"),
    "snapshot-building": (503, "after", "The store's data is being built"),
    "gen-gone": (404, "never", "This generation is no longer kept"),
    "cursor-expired": (410, "never", "The cursor is too old or of another database: take a snapshot"),
    "cursor-bad": (400, "never", "The cursor is not one of ours"),
    "already-used": (409, "never", "Another redemption holds this use"),
    "quota-exhausted": (409, "never", "The campaign's quota is used up"),
    "in-progress": (409, "after", "The same thing is being decided at this moment"),
    "claim-mismatch": (409, "never", "The claim's number stands for another use"),
    "claim-released": (409, "never", "The claim was given back"),
    "claim-consumed": (409, "never", "The claim was redeemed; take it back with a void"),
    "claim-unknown": (404, "never", "No such claim"),
    "coupon-unknown": (404, "never", "No such coupon"),
    "campaign-unknown": (404, "never", "No such campaign"),
    "coupon-expired": (410, "never", "The coupon's last day is past"),
    "campaign-ended": (410, "never", "The campaign's last day is past"),
    "not-yet-valid": (403, "never", "The coupon's first day is to come"),
    "campaign-not-begun": (403, "never", "The campaign's first day is to come"),
    "wrong-day": (403, "never", "Not on this day of the week"),
    "wrong-hour": (403, "never", "Not at this hour of the day"),
    "no-coupon-offer": (403, "never", "The offer gives by itself; there are no coupons of it"),
    "offer-too-new": (403, "never", "The offer has rules that this server does not know"),
    "member-limit": (409, "never", "The member has used the campaign as often as it allows"),
    "member-day-limit": (409, "never", "The member has used the campaign as often as it allows in a day"),
    "wrong-store": (403, "never", "Not in this store"),
    "leased-elsewhere": (403, "never", "The coupon is lent to another store"),
    "coupon-not-issued": (403, "never", "The coupon was given to nobody yet"),
    "value-exhausted": (409, "never", "The red packet holds less than is asked for"),
    "member-unknown": (404, "never", "No such member"),
    "points-short": (409, "never", "The member has not so many points"),
    "hold-mismatch": (409, "never", "The hold's number stands for other points"),
    "hold-released": (409, "never", "The hold was given back"),
    "hold-consumed": (409, "never", "The hold was used up"),
    "store-rebuilding": (503, "after", "The store's server is learning anew what was granted; ask later"),
    "upstream-unreachable": (502, "same", "The centre does not answer the store's server"),
    "coupon-revoked": (403, "never", "The coupon was revoked"),
    "not-genuine": (403, "never", "The coupon's signature does not hold"),
    "other-member": (403, "never", "The coupon belongs to another member"),
    "batch-malformed": (422, "never", "The batch's numbers do not fit its entries"),
    "idempotency-mismatch": (422, "never", "The key stands for another body"),
    "phone-blocked": (429, "after", "Too many wrong codes for this number within a day"),
    "seal-unreadable": (422, "never", "The sealed number cannot be opened, or is no phone number"),
    "app-unknown": (401, "never", "The app's token is missing or wrong"),
    "scene-invalid": (403, "never", "The parametric code is not one of ours"),
    "scene-expired": (410, "never", "The parametric code has run out"),
    "phone-code-wrong": (403, "never", "The one-time code is wrong or has run out"),
    "scene-other": (403, "never", "The parametric code is another store's"),
    "closing-malformed": (422, "never", "The close's numbers cannot be those of a close"),
    "closing-exists": (409, "never", "Another close of this range was agreed to"),
    "journal-unknown": (404, "never", "No such journal"),
}


class Problem(Exception):
    """A refusal.

    Args:
        code: one of ``PROBLEMS``.
        detail: for engineers; never personal data.
        extras: typed fields beside the standard ones, such as ``holder``.
    """

    def __init__(self, code: str, detail: str = "", **extras: Any) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.status, self.retry, self.title = PROBLEMS[code]
        self.detail = detail or self.title
        self.extras = extras

    def document(self) -> dict[str, Any]:
        """The problem as JSON."""
        return {
            "type": TYPE_PREFIX + self.code,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "retry": self.retry,
            **self.extras,
        }
