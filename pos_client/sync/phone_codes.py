"""Asks the centre to send a one-time code, and whether the one that a customer told is right.

Apart from the claims because a customer waits here for his phone, not for this lane, and because nothing is taken.
"""

from typing import Final

from pos_client.domain.errors import ServerUnreachable
from pos_client.usecases.bind_port import CodeCheck, CodeSent

from . import payloads
from .answers import Reply
from .api_client import ApiClient, ApiRequest, encode

BUDGET_S: Final = 5.0
_WAIT: Final = "rate-limited"
_BLOCKED: Final = "phone-blocked"


class CentralPhoneCodes:
    """The ``PhoneCodes`` port at the centre.

    Args:
        api: a client of the till's own thread.
    """

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def send(self, phone_sealed: str) -> CodeSent:
        """Send a code to a sealed number.

        Raises:
            ServerUnreachable, ServerRefused: nothing was sent.
        """
        reply = self._ask("/v1/phone-codes", {"phone_sealed": phone_sealed})
        if reply.problem is not None and reply.problem.code in {_WAIT, _BLOCKED}:
            return CodeSent(max(1, reply.problem.retry_after_s), blocked=reply.problem.code == _BLOCKED)
        expires_s = payloads.whole(reply.expect().document, "expires_s", 0)
        if not expires_s:
            raise ServerUnreachable("an answer without expires_s", cause="not-ours")
        return CodeSent(0, expires_s)

    def check(self, phone_sealed: str, code: str) -> CodeCheck:
        """Whether this is the code that was sent.

        Raises:
            ServerUnreachable, ServerRefused: nothing was checked.
        """
        if not _can_be_code(code):
            return CodeCheck.WRONG
        reply = self._ask("/v1/phone-codes/check", {"phone_sealed": phone_sealed, "code": code})
        if reply.problem is not None and reply.problem.code == _BLOCKED:
            return CodeCheck.BLOCKED
        return CodeCheck.PASSED if reply.expect().document.get("passed") is True else CodeCheck.WRONG

    def _ask(self, path: str, body: dict[str, str]) -> Reply:
        return self._api.ask(ApiRequest("POST", path, body=encode(body)), BUDGET_S)


def _can_be_code(code: str) -> bool:
    return len(code) == 6 and code.isascii() and code.isdecimal()
