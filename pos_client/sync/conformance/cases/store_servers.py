"""A store's own server, as lanes see it at the centre: named in their policy, and nothing that a lane can be."""

from typing import Any, Final

from pos_client.sync.conformance.bench import Bench
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import document, equal, holds, refusal
from pos_client.sync.payloads import mapping, objects, required_text, whole

_PATH: Final = "/v1/store-server"
_LOOPBACK: Final = ("http://127.0.0.1", "http://localhost", "http://[::1]")


def _is_named(bench: Bench) -> str:
    policy = document(bench.lane.get("/v1/policy"))
    holds("the policy says whether the store has a server of its own", "store_server" in policy)
    if policy["store_server"] is None:
        return "none"
    named = mapping(policy, "store_server")
    key_id = whole(named, "key_id")
    trusted = [key for key in objects(policy, "trust") if key.get("purpose") == "store"]
    equal("the one key for the purpose store", [key_id], [key.get("key_id") for key in trusted])
    url, pin = required_text(named, "url"), str(named.get("pin"))
    holds("its address is https with a pin, or loopback", len(pin) == 64 or url.startswith(_LOOPBACK))
    return f"{required_text(named, 'device')}, epoch {whole(named, 'store_epoch')}"


def _no_lane_announces(bench: Bench) -> str:
    said: dict[str, Any] = {"url": "http://127.0.0.1:9", "pin": "", "public": "A" * 43, "store_epoch": 1, "reason": ""}
    return refusal(bench.lane.ask("PUT", _PATH, said), 403, "device-other").code


def _no_lane_reads_the_roster(bench: Bench) -> str:
    return refusal(bench.lane.get(f"{_PATH}/roster"), 403, "device-other").code


CASES: Final = (
    Case(
        "store-server.named",
        "The policy names the store's own server and its one key, or says that there is none.",
        _is_named,
        Needs.LANE,
    ),
    Case("store-server.no-lane", "A lane cannot announce itself as a store's server.", _no_lane_announces, Needs.LANE),
    Case("store-server.roster", "A lane cannot read the roster of its store.", _no_lane_reads_the_roster, Needs.LANE),
)
