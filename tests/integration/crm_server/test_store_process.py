"""The program itself: joins by code, forgets no answered grant at kill -9, starts without the centre, speaks TLS."""

import json
import os
import signal
import ssl
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from urllib3 import HTTPSConnectionPool
from urllib3.util import Retry

from crm_server.minting import CodeKind
from tests.fakes.fault_proxy import FaultProxy
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, claim_of

PROGRAM = [sys.executable, "-m", "crm_server"]


class Program:
    """``crm-server serve --role store`` in a process of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [*PROGRAM, "--data", str(folder), "serve", "--role", "store", "--json", *arguments]
        self._log = (folder.parent / "store.log").open("a")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self._log, text=True, env=os.environ)
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        self.url = str(json.loads(said)["listening"]) if said else ""

    def end(self, how: int = signal.SIGTERM) -> int:
        """End it, and say how it went."""
        self.process.send_signal(how)
        code = self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._log.close()
        return code


@pytest.fixture
def code(small_shop: Shop) -> str:
    """A one-time code for the first store's server."""
    return str(small_shop.mint(CodeKind.STORE_SERVER, store="1")[0]["code"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the server keeps all that it has."""
    return tmp_path / "store"


def in_its_store(program: Program, lane: LaneClient) -> LaneClient:
    """The lane, once the running server knows it and has the store's data to judge by."""
    lane.base_url = program.url
    for _ in range(100):
        # 401: who is that? 503: the data is not here yet. A claim that nobody made is a 404.
        if lane.get(f"/v1/claims/{'0' * 32}").status_code == 404:
            return lane
        threading.Event().wait(0.1)
    raise AssertionError("the server never heard of the lane")


def test_no_grant_that_was_answered_is_forgotten_at_kill_9(small_shop: Shop, folder: Path, code: str) -> None:
    lane_at_centre = small_shop.lane()
    coupons = [small_shop.coupon() for _ in range(120)]
    program = Program(folder, "--upstream", small_shop.url, "--store", "1", "--code", code, "--port", "0")
    granted: dict[str, dict[str, Any]] = {}
    for round_ in range(3):
        lane = in_its_store(program, lane_at_centre)
        killer = threading.Timer(1.0 + 0.3 * round_, program.end, [signal.SIGKILL])
        killer.start()
        try:
            for coupon_id, text in coupons[round_ * 40 : round_ * 40 + 40]:
                intent = lane.intent(coupon_id)
                answer = lane.claim(intent, text)
                if answer.status_code == 201:
                    granted[claim_of(intent)] = answer.json()
        except requests.ConnectionError:
            pass
        killer.join()
        program = Program(folder, "--port", "0")
    lane = in_its_store(program, lane_at_centre)
    states = {claim: lane.get(f"/v1/claims/{claim}").json()["state"] for claim in granted}
    assert program.end() == 0

    assert len(granted) > 3
    assert set(states.values()) == {"granted"}


def test_it_starts_and_grants_without_the_centre(small_shop: Shop, folder: Path, code: str) -> None:
    coupon_id, text = small_shop.coupon()
    lane = small_shop.lane()
    with FaultProxy(small_shop.url) as wan:
        first = Program(folder, "--upstream", wan.url, "--store", "1", "--code", code, "--port", "0")
        in_its_store(first, lane)
        assert first.end() == 0
    again = Program(folder, "--port", "0")
    in_its_store(again, lane)
    answer = lane.claim(lane.intent(coupon_id), text)
    assert again.end() == 0

    assert answer.status_code == 201


def test_beyond_loopback_it_speaks_tls_under_the_pin_that_lanes_are_told(
    small_shop: Shop, folder: Path, code: str
) -> None:
    joining = ["--upstream", small_shop.url, "--store", "1", "--code", code, "--port", "0", "--host", "0.0.0.0"]
    program = Program(folder, *joining, "--public-url", "https://store-one.example:8443")
    port = urlsplit(program.url).port
    told = small_shop.lane().get("/v1/policy").json()["store_server"]
    der = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(("127.0.0.1", port or 0)))
    pinned = HTTPSConnectionPool("127.0.0.1", port, assert_fingerprint=told["pin"], cert_reqs="CERT_NONE")
    answer = pinned.request("GET", "/v1/time", retries=Retry(0))
    pinned.close()
    assert program.end() == 0

    assert (told["url"], told["pin"]) == ("https://store-one.example:8443", sha256(der).hexdigest())
    assert answer.status == 200


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        ([], 2, "has not joined yet"),
        (["--upstream", "http://127.0.0.1:9", "--store", "1", "--code", "E1"], 1, "does not answer"),
        (["--host", "0.0.0.0"], 2, "--public-url"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(folder: Path, arguments: list[str], exit_code: int, said: str) -> None:
    command = [*PROGRAM, "--data", str(folder), "serve", "--role", "store", "--port", "0", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (exit_code, True, False)


def test_a_wrong_code_or_another_stores_is_refused(small_shop: Shop, folder: Path, code: str) -> None:
    for wanted in ("2", "1"):
        used = code if wanted == "2" else code[:5] + ("3" if code[5] == "2" else "2") + code[6:]
        command = [*PROGRAM, "--data", str(folder), "serve", "--role", "store", "--port", "0"]
        command += ["--upstream", small_shop.url, "--store", wanted, "--code", used]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert not (folder / "store-server.json").exists()
