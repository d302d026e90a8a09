"""The codes in a picture that a command may act on, or the verdict that says why there is none."""

from pathlib import Path

from pos_client.domain.codes.router import IDENTIFYING, REDEEMABLE, route
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict
from pos_client.usecases.recognise import not_our_verdict


def codes_in_picture(path: Path) -> list[str] | Verdict:
    """Texts to ask about: at most one coupon, members beside it; another code only where there is nothing of ours.

    Raises:
        PictureUnreadable: torn, empty, a folder, or no picture.
    """
    from pos_client.scanner.still import decode_picture  # noqa: PLC0415 - a typed code must not pay for OpenCV

    codes = decode_picture(path).codes
    if not codes:
        return not_our_verdict(Reason.NO_CODE_IN_PICTURE)
    believed = list(dict.fromkeys(code.text for code in codes if code.believed))
    if not believed:
        return not_our_verdict(Reason.NOT_BELIEVED)
    coupons = [text for text in believed if route(text).kind in REDEEMABLE]
    if len(coupons) > 1:
        return not_our_verdict(Reason.SEVERAL_CODES, {"count": len(coupons)})
    members = [text for text in believed if route(text).kind in IDENTIFYING]
    return members + coupons or believed[:1]
