r"""A file that carries sync by hand, up from a lane or down to a store: lines of JSON, packed, sealed and signed.

It stands in the domain because both sides must agree on it to the letter; the ciphers themselves are handed in.

``MAGIC``, then the lines (each ends with a line feed) as one zlib stream, cut into pieces of ``PIECE_BYTES``, each
sealed with AES-256-GCM (nonce: the piece's number, 12 bytes big-endian; beside it: whether it is the last), then a
trailer of compact JSON, then the trailer's length (4 bytes big-endian). The trailer says from whom to whom, how many
bytes and which SHA-256 the sealed part has, and is signed as ``DocumentPurpose.BUNDLE``: by the lane's own key on the
way up, by the centre's data key on the way down. So nothing of it is read before all of it is known to be whole.

Lines up: the bodies of ``POST /v1/journal/batches``, byte for byte. Lines down: objects with one of ``policy``,
``results``, ``manifest``, ``file``, ``page``; others are for a newer program and are passed over.
"""

import hashlib
import io
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, Protocol

MAGIC: Final = b"rdm-bundle/1\n"
PIECE_BYTES: Final = 1 << 20
TAG_BYTES: Final = 16
KEY_BYTES: Final = 32
LONGEST_LINE: Final = 8 << 20
LONGEST_TRAILER: Final = 65_536
UP_INFO: Final = b"rdm/bundle/up/1"
DOWN_INFO: Final = b"rdm/bundle/down/1"
UP: Final = "up"
DOWN: Final = "down"
_LENGTH: Final = 4
_PURPOSE: Final = b"rdm/bundle/1\0"
_HASH_BYTES: Final = 1 << 20


class Cipher(Protocol):
    """AES-256-GCM with the bundle's key."""

    def seal(self, nonce: bytes, content: bytes, beside: bytes) -> bytes:
        """Sealed, with its tag."""

    def unseal(self, nonce: bytes, sealed: bytes, beside: bytes) -> bytes:
        """Opened. Raises ValueError where it was altered, or sealed with another key."""


class BundleBroken(ValueError):
    """The file is no bundle, or not all of one, or was altered; the text says which."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose sealed part is whole; whether its signature is good is the caller's question.

    Attributes:
        file: open for reading as long as the lines are wanted. trailer: the signed document.
    """

    file: BinaryIO
    trailer: Mapping[str, Any]

    def text(self, name: str) -> str:
        """A text of the trailer, empty where it has none."""
        value = self.trailer.get(name)
        return value if isinstance(value, str) else ""

    def lines(self, cipher: Cipher) -> Iterator[bytes]:
        """The lines, one after another.

        Raises:
            BundleBroken: sealed with another key, or packed by nobody of us.
        """
        unpacked, rest = zlib.decompressobj(), b""
        for piece in _opened(self.file, int(self.trailer["bytes"]), cipher):
            for part in _unpacked(unpacked, piece):
                *whole, rest = (rest + part).split(b"\n")
                yield from whole
                if len(rest) > LONGEST_LINE:
                    raise BundleBroken("a line is too long")
        if rest or not unpacked.eof:
            raise BundleBroken("it ends in the middle")


def write(
    out: BinaryIO,
    lines: Iterable[bytes],
    cipher: Cipher,
    about: Mapping[str, Any],
    sign: Callable[[Mapping[str, Any]], Mapping[str, Any]],
) -> Mapping[str, Any]:
    """Write a bundle; the caller puts the file on the disk and gives it its name.

    Args:
        out: an empty file.
        lines: without their line feeds.
        cipher: with a key of this file's own.
        about: the trailer but for ``bytes`` and ``sha256``.
        sign: the trailer with its signature.

    Returns:
        The signed trailer.
    """
    digest, size, count = hashlib.sha256(), 0, 0
    out.write(MAGIC)
    pieces = _pieces(_packed(lines))
    piece = next(pieces, None)
    while piece is not None:
        following = next(pieces, None)
        sealed = cipher.seal(_nonce(count), piece, _beside(is_last=following is None))
        out.write(sealed)
        digest.update(sealed)
        size, count, piece = size + len(sealed), count + 1, following
    trailer = sign({**about, "bytes": size, "sha256": digest.hexdigest()})
    content = json.dumps(trailer, ensure_ascii=False, separators=(",", ":")).encode()
    out.write(content + len(content).to_bytes(_LENGTH, "big"))
    return trailer


def is_bundle(file: BinaryIO) -> bool:
    """Whether a file begins as one; it is read from its beginning afterwards."""
    file.seek(0)
    found = file.read(len(MAGIC)) == MAGIC
    file.seek(0)
    return found


def read(file: BinaryIO) -> Bundle:
    """Look whether a bundle is whole.

    Raises:
        BundleBroken: it is not. OSError: it cannot be read.
    """
    size = file.seek(0, io.SEEK_END)
    if not is_bundle(file):
        raise BundleBroken("it is no bundle")
    trailer, length = _trailer(file, size)
    sealed = size - len(MAGIC) - length - _LENGTH
    if trailer.get("bytes") != sealed or trailer.get("sha256") != _digest(file, sealed):
        raise BundleBroken("bytes of it are missing or changed")
    return Bundle(file, trailer)


def _trailer(file: BinaryIO, size: int) -> tuple[Mapping[str, Any], int]:
    if size < len(MAGIC) + _LENGTH + TAG_BYTES:
        raise BundleBroken("it is cut off")
    file.seek(size - _LENGTH)
    length = int.from_bytes(file.read(_LENGTH), "big")
    if not 0 < length <= min(LONGEST_TRAILER, size - len(MAGIC) - _LENGTH):
        raise BundleBroken("it is cut off")
    file.seek(size - _LENGTH - length)
    try:
        trailer = json.loads(file.read(length))
    except ValueError as error:
        raise BundleBroken("it is cut off") from error
    if not isinstance(trailer, dict):
        raise BundleBroken("it does not say what it is")
    return trailer, length


def _digest(file: BinaryIO, size: int) -> str:
    digest, left = hashlib.sha256(), size
    file.seek(len(MAGIC))
    while left and (content := file.read(min(left, _HASH_BYTES))):
        digest.update(content)
        left -= len(content)
    return digest.hexdigest()


def _opened(file: BinaryIO, size: int, cipher: Cipher) -> Iterator[bytes]:
    file.seek(len(MAGIC))
    number, left = 0, size
    while left > 0:
        sealed = file.read(min(left, PIECE_BYTES + TAG_BYTES))
        left -= len(sealed)
        try:
            yield cipher.unseal(_nonce(number), sealed, _beside(is_last=left == 0))
        except ValueError as error:
            raise BundleBroken("it is sealed for somebody else, or was altered") from error
        number += 1


def _nonce(number: int) -> bytes:
    # Each bundle has a key of its own, so numbers are never used twice under one.
    return number.to_bytes(12, "big")


def _beside(*, is_last: bool) -> bytes:
    return _PURPOSE + bytes([is_last])


def _packed(lines: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(6)
    for line in lines:
        yield packer.compress(line + b"\n")
    yield packer.flush()


def _pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size, the last shorter; at least one."""
    kept = bytearray()
    for part in content:
        kept += part
        while len(kept) > PIECE_BYTES:
            yield bytes(kept[:PIECE_BYTES])
            del kept[:PIECE_BYTES]
    yield bytes(kept)


def _unpacked(unpacker: Any, piece: bytes) -> Iterator[bytes]:
    """What a piece unpacks to, never more than a piece's length at once."""
    try:
        while piece:
            yield unpacker.decompress(piece, PIECE_BYTES)
            piece = unpacker.unconsumed_tail
    except zlib.error as error:
        raise BundleBroken("it is packed in another way") from error
