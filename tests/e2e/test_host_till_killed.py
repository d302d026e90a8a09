"""The bridge is killed again and again while a host's till works: what the host accepted is ours, each once."""

import json
import os
import random
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from tests.fakes.shop import LaneHome, Shop

KILLS, SEED = 4, 11
PATIENCE_S = 60.0


@dataclass
class Serving:
    """``bridge serve``, started anew after each kill; the port stays."""

    lane: LaneHome
    port: int = 0
    token: str = ""
    process: "subprocess.Popen[str] | None" = field(default=None)

    def start(self) -> None:
        command = [sys.executable, "-m", "pos_client", "--home", str(self.lane.home), "bridge", "serve"]
        environment = os.environ | {"POS_CLIENT_KEYRING": "file"}
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), "--json"], stdout=subprocess.PIPE, text=True, env=environment
        )
        assert self.process.stdout is not None
        found = json.loads(self.process.stdout.readline())
        self.port = found["port"]
        self.token = Path(found["token_file"]).read_text("ascii").strip()

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(PATIENCE_S)
        if self.process.stdout:
            self.process.stdout.close()

    def post(self, path: str, document: Any) -> requests.Response | None:
        """The answer, None where there was none."""
        headers = {"Authorization": f"Bearer {self.token}"}
        try:
            return requests.post(
                f"http://127.0.0.1:{self.port}{path}", json=document, headers=headers, timeout=PATIENCE_S
            )
        except requests.ConnectionError:
            return None


def sell(serving: Serving, number: int, codes: list[str]) -> str | None:
    """One sale of a host that asks again until it is answered; the proposal's id, None where none was made."""
    asked = serving.post("/v1/baskets", {"basket": {"currency": "CNY", "total_minor": 5_000 + number}, "codes": codes})
    if asked is None or asked.status_code != 201:
        return None
    proposal = asked.json()
    said = {"receipt_no": str(number), "till": "3", "total_minor": proposal["total_minor"]}
    said["paid_at"] = datetime.now(UTC).isoformat(timespec="seconds")
    while True:
        answer = serving.post(f"/v1/baskets/{proposal['id']}/accept", said)
        if answer is not None and answer.status_code != 503:
            assert (answer.status_code, answer.json()["agrees"]) == (200, True), answer.text
            return str(proposal["id"])
        threading.Event().wait(0.05)


def test_killed_while_a_host_sells_nothing_is_lost_and_nothing_is_twice(shop: Shop) -> None:
    serving, chance, over = Serving(shop.lane(0)), random.Random(SEED), threading.Event()
    codes = shop.mint("coupon", 6)
    serving.start()
    sold: list[str] = []

    def host() -> None:
        number = 0
        while not over.is_set():
            number += 1
            known = sell(serving, number, [codes.pop()] if codes else [])
            sold.extend([known] if known else [])

    selling = threading.Thread(target=host)
    selling.start()
    for _ in range(KILLS):
        over.wait(chance.uniform(0.2, 1.2))
        serving.kill()
        serving.start()
    over.wait(0.5)
    over.set()
    selling.join(PATIENCE_S)
    serving.kill()

    shown = serving.lane.run("journal", "show", "--limit", "100000", "--kind", "transaction").document["entries"]
    written = Counter(entry["body"]["txn"] for entry in shown)
    assert len(sold) > KILLS
    assert [txn for txn in sold if written[txn] != 1] == []
    assert max(written.values()) == 1
    assert serving.lane.run("journal", "verify").document["ok"]
    compared = serving.lane.run("host", "match")
    assert compared.document["causes"].keys() == {"agreed"}, compared.document["causes"]
