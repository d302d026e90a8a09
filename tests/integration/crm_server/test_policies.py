"""The policy as people change it: what is left out stays, what is not understood is named, lanes get the next one."""

import json
from typing import Any

import pytest

from crm_server import policies
from crm_server.policy_document import PolicyInvalid
from pos_client.domain import trade_policy
from pos_client.domain.signed_document import DocumentPurpose
from tests.integration.crm_server.served_shop import Shop

PAPER = {"is_taken": True, "companies": ["0614141"], "families": {"00614141000012": "120"}, "currency": "CNY"}


def issue(shop: Shop, said: object) -> policies.InForce:
    """Issue the next policy."""
    return shop.write(lambda connection: policies.issue_changed(connection, said, shop.centre.now_ms()))


def in_force(shop: Shop) -> policies.InForce:
    """The newest policy."""
    return shop.write(policies.in_force)


def test_a_lane_gets_the_next_policy_signed(shop: Shop) -> None:
    lane = shop.lane()
    issue(shop, {"trade": {"paper": PAPER}, "limits": {"floor_value_minor": 700}})

    document = lane.get("/v1/policy").json()

    lane.check_document(DocumentPurpose.POLICY, document)
    assert (document["ver"], document["limits"]["floor_value_minor"], document["limits"]["void_free_s"]) == (
        2,
        700,
        900,
    )
    assert trade_policy.parse(document["trade"]).paper.families == {"00614141000012": "120"}
    assert lane.heartbeat().json()["policy_ver"] == 2


def test_what_is_left_out_stays_in_force(shop: Shop) -> None:
    issue(shop, {"trade": {"paper": PAPER, "points": {"worth_points": 50}}})
    after = issue(shop, {"sync": {"push_s": 9}, "trade": {"paper": {"families": {}}}}).document

    assert (after["trade"]["points"]["worth_points"], after["trade"]["points"]["worth_minor"]) == (50, 100)
    assert (after["trade"]["paper"]["companies"], after["trade"]["paper"]["families"]) == (["0614141"], {})
    assert after["sync"] == {"push_s": 9, "pull_s": 30, "heartbeat_s": 60}
    assert in_force(shop).ver == 3


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ([], "not a JSON object"),
        ({}, "not a JSON object"),
        ({"limit": {}}, "limit: unknown"),
        ({"limits": {"floor_minor": 1}}, "limits.floor_minor"),
        ({"limits": {"floor_value_minor": -1}}, "limits.floor_value_minor"),
        ({"limits": {"floor_value_minor": True}}, "limits.floor_value_minor"),
        ({"limits": 5}, "limits"),
        ({"sync": {"push_s": 0}}, "sync.push_s"),
        ({"sync": {"fetch_s": 5}}, "sync.fetch_s"),
        ({"trade": {"papers": {}}}, "trade.papers"),
        ({"trade": {"hold_s": "120"}}, "trade.hold_s"),
        ({"trade": {"attribution": {"rule": "nobody"}}}, "trade.attribution.rule"),
        ({"trade": {"paper": {"is_taken": 1}}}, "trade.paper.is_taken"),
        ({"trade": {"paper": {"companies": ["614141x"]}}}, "trade.paper.companies"),
        ({"trade": {"paper": {"families": {"614141000012": "120"}}}}, "trade.paper.families.614141000012"),
        ({"trade": {"paper": {"currency": "yuan"}}}, "trade.paper.currency"),
    ],
)
def test_what_is_not_understood_is_named_and_nothing_is_issued(small_shop: Shop, said: Any, named: str) -> None:
    with pytest.raises(PolicyInvalid, match=named):
        issue(small_shop, said)

    assert in_force(small_shop).ver == 1


def test_what_is_shown_can_be_set_again(small_shop: Shop) -> None:
    shown = json.loads(json.dumps(in_force(small_shop).document))

    assert issue(small_shop, shown).document == shown
