"""The host's side of an open bridge, as tests drive it; apart from conftest because the tests name its type."""

import json
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from pos_client.bootstrap.bridging import Bridge
from tests.fakes.shop import LaneHome, Shop

SHAMPOO = {"gtin": "06901234567892", "name": "洗发水", "category": "hair", "quantity": 2, "unit_minor": 5_900}
BASKET: dict[str, Any] = {"currency": "CNY", "lines": [SHAMPOO]}
SHELF = 11_800


@dataclass
class HostSide:
    """One host's way to one lane."""

    bridge: Bridge
    shop: Shop
    lane: LaneHome
    token: str

    @property
    def drop(self) -> Path:
        """Where its files go."""
        return self.bridge.home.host_drop

    def post(self, path: str, document: Any = None, **options: Any) -> requests.Response:
        """One request with the token."""
        return self.ask("POST", path, json=document, **options)

    def get(self, path: str) -> requests.Response:
        """One look."""
        return self.ask("GET", path)

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        """One request."""
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return requests.request(method, self.bridge.server.url + path, headers=headers, timeout=30, **options)

    def propose(self, *codes: str, basket: dict[str, Any] = BASKET, **more: Any) -> dict[str, Any]:
        """A proposal."""
        answer = self.post("/v1/baskets", {"basket": basket, "codes": list(codes), **more})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def accept(self, proposal: dict[str, Any], number: str = "0042", **changes: Any) -> requests.Response:
        """The host has written its own books."""
        said = {"receipt_no": number, "till": "3", "total_minor": proposal["total_minor"], "paid_at": now()}
        return self.post(f"/v1/baskets/{proposal['id']}/accept", {**said, **changes})

    def entries(self, kind: str) -> list[dict[str, Any]]:
        """What this lane's journal holds of a kind, newest first."""
        shown = self.lane.run("journal", "show", "--limit", "1000", "--kind", kind).document
        return [entry["body"] for entry in shown["entries"] if not entry["voided"]]

    def slowly(self, *parts: bytes) -> socket.socket:
        """A connection on which only that much was sent."""
        line = socket.create_connection(("127.0.0.1", self.bridge.server.port), timeout=30)
        for part in parts:
            line.sendall(part)
        return line


def now() -> str:
    """As a host writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def receipt(number: str = "0042", **changes: Any) -> dict[str, Any]:
    """A finished receipt of the host."""
    lines = [{name: value for name, value in SHAMPOO.items() if name != "category"}]
    document = {"till": "3", "receipt_no": number, "at": now(), "currency": "CNY", "total_minor": SHELF, "lines": lines}
    return {**document, **changes}


def problem(answer: requests.Response) -> tuple[int, str]:
    """Status and reason of a refusal, whose form and sentences are checked."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    said = json.loads(answer.text)
    assert said["status"] == answer.status_code
    assert said["sentence"]["zh"], said
    assert said["sentence"]["en"], said
    assert said["next_step"]["zh"], said
    return answer.status_code, said.get("problem", said["type"].removeprefix("urn:rdm:"))
