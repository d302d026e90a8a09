"""The way to the store's own server: its one certificate and no other, also where its name is an address."""

import http.server
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crm_server.store_role.tls import own_certificate
from pos_client.domain.errors import ServerUnreachable
from pos_client.domain.store_server import StoreServer, parse
from pos_client.sync.api_client import ApiClient, ApiRequest
from pos_client.sync.line import Door
from pos_client.sync.store_link import StoreLink
from tests.integration.sync.lane_parts import LaneParts
from tests.integration.sync.scripted_server import CentreKeys

ASK = ApiRequest("GET", "/v1/time", signed=False)


class _Time(http.server.BaseHTTPRequestHandler):
    """Says what time it is, as our servers do."""

    def do_GET(self) -> None:
        body = b"{}"
        self.send_response(200)
        self.send_header("Server-Time", "2026-03-10T04:00:00.000Z")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served_with(folder: Path) -> Iterator[tuple[str, str]]:
    """Address and pin of a server with a certificate of its own."""
    made = own_certificate(folder, "127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.certificate, made.key)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Time)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}", made.pin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_pinned_certificate_is_enough(tmp_path: Path, lane: LaneParts) -> None:
    with served_with(tmp_path) as (url, pin):
        api = lane.api.towards(url, Door(pin))
        assert api.ask(ASK).status == 200
        api.close()


@pytest.mark.parametrize("pin", ["0" * 64, ""])
def test_any_other_certificate_is_nobody(tmp_path: Path, lane: LaneParts, pin: str) -> None:
    with served_with(tmp_path) as (url, _):
        api = lane.api.towards(url, Door(pin))
        with pytest.raises(ServerUnreachable) as unreachable:
            api.ask(ASK)
        api.close()

    assert unreachable.value.facts["cause"] == "tls"


@pytest.mark.parametrize(
    ("url", "pin", "usable"),
    [
        ("https://192.168.1.20:8443", "ab" * 32, True),
        ("https://192.168.1.20:8443", "", False),
        ("https://192.168.1.20:8443", "ab" * 31, False),
        ("https://192.168.1.20:8443", "zz" * 32, False),
        ("http://192.168.1.20:8080", "", False),
        ("http://192.168.1.20:8080", "ab" * 32, False),
        ("http://127.0.0.1:8080", "", True),
        ("ftp://127.0.0.1", "", False),
        ("", "", False),
    ],
)
def test_without_its_pin_only_this_machine_is_spoken_to(url: str, pin: str, usable: bool) -> None:
    assert StoreServer("s-1", url, pin, 1_001, 1).is_usable is usable


@pytest.mark.parametrize("odd", [None, [], "x", {}, {"device": "s-1"}, {"device": "s", "url": "u", "key_id": "x"}])
def test_a_policy_that_names_none_or_cannot_be_read_names_none(odd: object) -> None:
    assert parse(odd) is None


def test_a_server_that_moves_is_followed_and_one_that_goes_is_let_go(keys: CentreKeys) -> None:
    first = StoreServer("s-1", "http://127.0.0.1:1", "", 1_001, 1)
    named: list[StoreServer | None] = [first]
    parts = LaneParts("http://127.0.0.1:9", keys)
    made: list[str] = []

    def make(server: StoreServer) -> ApiClient:
        made.append(server.url)
        return parts.client(server.url)

    link = StoreLink(lambda: named[0], make)
    same = link() is link()
    named[0] = StoreServer("s-1", "http://127.0.0.1:1", "", 1_001, 2)
    link()
    named[0] = StoreServer("s-1", "http://127.0.0.1:2", "", 1_001, 2)
    link()
    named[0] = StoreServer("s-1", "http://10.0.0.1:2", "", 1_001, 2)
    unusable = link()
    named[0] = None

    assert (same, unusable, link()) == (True, None, None)
    assert made == ["http://127.0.0.1:1", "http://127.0.0.1:2"]
    link.close()
