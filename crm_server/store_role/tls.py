"""A certificate of the store server's own, for lanes that know its fingerprint from the signed policy.

Apart from serving because the fingerprint is announced, and stays the same for ten years.
"""

import hashlib
import ipaddress
import os
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

_DAYS: Final = 3_650


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files in PEM, and the SHA-256 of the certificate's DER in hexadecimal."""

    certificate: Path
    key: Path
    pin: str


def own_certificate(folder: Path, host: str) -> Certificate:
    """The certificate of a folder, made for a host's name or address where there is none."""
    made = Certificate(folder / "server.crt", folder / "server.key", "")
    if not made.certificate.is_file():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(made, host)
    der = ssl.PEM_cert_to_DER_cert(made.certificate.read_text("ascii"))
    return Certificate(made.certificate, made.key, hashlib.sha256(der).hexdigest())


def _make(files: Certificate, host: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "store server")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # Clocks of lanes may be a day behind; the pin is what they check.
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=_DAYS))
        .add_extension(x509.SubjectAlternativeName([_named(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(files.key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(secret)
    part = files.certificate.with_suffix(".part")
    part.write_bytes(built.public_bytes(Encoding.PEM))
    part.replace(files.certificate)


def _named(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
