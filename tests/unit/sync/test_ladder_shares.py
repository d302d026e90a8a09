"""A limited campaign on the ladder: where the centre has no use left, the store's share may."""

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from pos_client.domain.verdict import EntryRef
from pos_client.sync.claims import ServerClaims
from pos_client.sync.ladder import Ladder
from pos_client.usecases.claim_port import ClaimGranted, ClaimRefused, ClaimReply, ClaimRequest, ClaimUnanswered

FULL = ClaimRefused("A", "quota-exhausted")
USED = ClaimRefused("A", "already-used")
GIVEN = ClaimGranted("B", 1, "receipt")
REQUEST = ClaimRequest("c" * 32, "1001-1", 1, "signed_coupon", "", "", 0, EntryRef(1, 1, "0" * 64), is_counted=True)


@dataclass
class Rung:
    """A server that answers one thing."""

    reply: ClaimReply
    asked: list[ClaimRequest] = field(default_factory=list)

    def reachable(self) -> bool:
        return True

    def claim(self, request: ClaimRequest, *_: Any, **__: Any) -> ClaimReply:
        self.asked.append(request)
        return self.reply


@pytest.mark.parametrize(
    ("centre", "store", "answer"),
    [
        pytest.param(FULL, GIVEN, ClaimGranted("B", 1, "receipt", is_vouched=True), id="the share has some left"),
        pytest.param(FULL, ClaimRefused("B", "quota-exhausted"), FULL, id="the share is used up too"),
        pytest.param(FULL, ClaimUnanswered("timeout"), FULL, id="the store's server is silent"),
        pytest.param(USED, GIVEN, USED, id="another refusal of the centre stands"),
    ],
)
def test_who_gives_the_last_use(centre: ClaimReply, store: ClaimReply, answer: ClaimReply) -> None:
    rungs = [Rung(centre), Rung(store)]
    first, second = (cast("ServerClaims", rung) for rung in rungs)

    assert Ladder(first, lambda: second, lambda *_: None).claim(REQUEST) == answer
    assert [one.claim_id for one in rungs[1].asked] in ([REQUEST.claim_id], [])
