"""A portal answers every request with a page: nothing is lost, nothing is believed, the till goes on alone."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from pos_client import bootstrap
from tests.fakes.shop import Shop


class _Portal(BaseHTTPRequestHandler):
    """Answers like a sign-in page of a supermarket's Wi-Fi."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        page = b"<html><body>Please sign in</body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - the names that the standard library looks for

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's own name
        """Keep the test's output clean."""


@pytest.fixture
def portal() -> Iterator[str]:
    """The portal's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Portal)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_portal_deletes_nothing_and_grants_nothing(shop: Shop, portal: str) -> None:
    lane = shop.lane(0)
    coupons = shop.mint("coupon", 2)
    bootstrap.name_server(lane.home, portal)

    redeemed = lane.run("redeem", coupons[0], "--operator", "E1001")
    synced = lane.run("sync")
    waiting = lane.run("status").document["undelivered"]
    bootstrap.name_server(lane.home, shop.server.url)
    delivered = lane.run("sync")

    assert (redeemed.document["verdict"], redeemed.document["tier"]) == ("pending", "C")
    assert synced.code == 1
    assert {error["reason"] for error in synced.document["errors"]} == {"server-unreachable"}
    assert waiting > 0
    assert (delivered.code, delivered.document["pushed"]) == (0, waiting)
    assert lane.run("journal", "verify").document["ok"] is True
    assert _Portal.asked
