"""A certificate that ran out, or is of another server, is told from a line that is down."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pos_client.domain.errors import ServerUnreachable
from pos_client.sync.line import Line
from pos_client.usecases.way_out import Hop, hop_of

DAY = timedelta(days=1)
OURS, OTHER = x509.IPAddress(ip_address("127.0.0.1")), x509.DNSName("portal.example")


def a_certificate(path: Path, name: x509.GeneralName, ends: timedelta) -> Path:
    """A certificate that signed itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    now, subject = datetime.now(UTC), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - 10 * DAY)
        .not_valid_after(now + ends)
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(encoding, form, serialization.NoEncryption())
    path.write_bytes(secret + made.public_bytes(encoding))
    return path


@contextmanager
def a_server(pem: Path) -> Iterator[str]:
    """Return the address of a server that shows this certificate."""
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("name", "ends", "trusted", "cause", "hop"),
    [
        (OURS, -DAY, True, "certificate", Hop.CERTIFICATE),
        (OTHER, DAY, True, "certificate", Hop.CERTIFICATE),
        (OURS, DAY, False, "tls", Hop.STORE),
    ],
    ids=["expired", "wrong-host", "nobody-trusts-it"],
)
def test_what_a_certificate_says(
    tmp_path: Path, name: x509.GeneralName, ends: timedelta, trusted: bool, cause: str, hop: Hop
) -> None:
    pem = a_certificate(tmp_path / "server.pem", name, ends)
    with a_server(pem) as url, closing(Line(url)) as line:
        if trusted:
            line._session.verify = str(pem)
        with pytest.raises(ServerUnreachable) as raised:
            line.send(requests.Request("GET", url).prepare(), 1_000)

    assert raised.value.facts["cause"] == cause
    assert hop_of(raised.value.reason, cause) is hop
