"""Reads ESC/POS back: a small reader of its own, written from the command reference, that shares nothing with ours."""

from dataclasses import dataclass, field

# Commands with a fixed number of bytes after the two that name them.
_FIXED = {b"\x1b@": 0, b"\x1c&": 0, b"\x1c.": 0, b"\x1bE": 1, b"\x1ba": 1, b"\x1bd": 1, b"\x1dV": 1}


@dataclass
class Paper:
    """What came out.

    Attributes:
        lines: of text. codes: symbols that the printer drew. pictures: width in bytes, height, dots. chinese_on: how
            often its two-byte mode was switched on. is_cut: whether the paper was cut.
    """

    lines: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    pictures: list[tuple[int, int, bytes]] = field(default_factory=list)
    chinese_on: int = 0
    is_cut: bool = False


def read_back(data: bytes, encoding: str) -> Paper:
    """Return what a printer of this encoding would have put on the paper; a byte that is no text raises."""
    paper, text, at = Paper(), bytearray(), 0
    while at < len(data):
        name = data[at : at + 2]
        if name == b"\x1d(":
            size = int.from_bytes(data[at + 3 : at + 5], "little")
            body = data[at + 5 : at + 5 + size]
            if body[:2] == b"1P":
                paper.codes.append(body[3:].decode())
            at += 5 + size
        elif name == b"\x1dv":
            wide, high = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (4, 6))
            paper.pictures.append((wide, high, data[at + 8 : at + 8 + wide * high]))
            at += 8 + wide * high
        elif name in _FIXED:
            paper.chinese_on += name == b"\x1c&"
            paper.is_cut |= name == b"\x1dV"
            at += 2 + _FIXED[name]
        elif data[at] == 0x0A:
            paper.lines.append(text.decode(encoding))
            text, at = bytearray(), at + 1
        else:
            assert data[at] >= 0x20, f"byte {data[at]:02X} at {at} is no text"
            text.append(data[at])
            at += 1
    assert not text, "a line without its end"
    return paper
