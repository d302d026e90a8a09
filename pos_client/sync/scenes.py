"""Asks the centre who has scanned the code that this lane shows.

Apart from the pull because somebody stands here and waits: one small question a second instead of a page of changes.
"""

from typing import Any, Final

from pos_client.domain.errors import ServerUnreachable
from pos_client.usecases.bind_port import SceneBound

from . import payloads
from .api_client import ApiClient, ApiRequest

BUDGET_S: Final = 3.0


class CentralScenes:
    """The ``Scenes`` port at the centre.

    Args:
        api: a client of the till's own thread.
    """

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def bound(self, digest: str) -> SceneBound | None:
        """Who was bound by a code; None as long as nobody was.

        Raises:
            ServerUnreachable, ServerRefused: nobody could say.
        """
        document = self._api.ask(ApiRequest("GET", f"/v1/scenes/{digest}"), BUDGET_S).expect().document
        if document.get("state") == "waiting":
            return None
        member = document.get("member")
        return _member(member if isinstance(member, dict) else {})


def _member(document: dict[str, Any]) -> SceneBound:
    ref, number = payloads.text(document, "member_ref"), payloads.whole(document, "member_number", 0)
    if not ref or not number:
        raise ServerUnreachable("a bound member without reference or number", cause="not-ours")
    return SceneBound(
        member_ref=ref,
        member_number=number,
        phone_key=payloads.text(document, "phone_key"),
        masked=payloads.text(document, "masked"),
        is_new=document.get("is_new") is True,
    )
