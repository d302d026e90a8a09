"""Texts that somebody could hold in front of the camera to break the till: seeds, and dice that make a million of them.

Apart from the row because each worker process draws its own.
"""

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from pos_client.domain.codes import decimal_token, member_slot, parametric_qr, signed_coupon

VECTORS: Final = Path(__file__).resolve().parents[1] / "docs" / "vectors" / "codes.json"
LONGEST_QR: Final = 7_089
BASE45: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
SEEDS: Final = (
    *(
        "",
        " ",
        "\0",
        "\x1d",
        "\x1d\x1d\x1d",
        "\ufeff",
        "\u202e17\u202c",
        "\u2066",
        "\ud800",
        "\udfff\ud800",
        "\U0010ffff",
    ),
    *(
        "' OR 1=1 --",
        "1000-1'; DROP TABLE entry;--",
        '" UNION SELECT * FROM member --',
        "%s%s%n",
        "{0}{self}",
        "{{7*7}}",
    ),
    *(
        "${jndi:ldap://a/b}",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "../../../etc/passwd",
        "file:///dev/zero",
    ),
    *(
        "=cmd|' /C calc'!A0",
        "\x1b]0;owned\x07",
        "\x1b[2J\x1b[31m",
        "\r\nredeem 1000-1\r\n",
        "\x08\x08\x08\x7f",
        "NaN",
        "1e400",
    ),
    *(
        "0x10",
        "-1",
        "+0",
        "00",
        "\u0661\u0662\u0663",
        "７１" * 20,
        "71" + "９" * 222,
        "71" + "0" * 222,
        "71" + "9" * 222,
    ),
    *("72" + "0" * 203, "72" + "9" * 203, "73" + "9" * 60, "9" * 4_301, "C" + "0" * 27, "C" + "Z" * 27, "E" + "0" * 27),
    *(
        "R1:",
        "M1:",
        "R1:" + ":" * 142,
        "M1:%%%",
        "]C1",
        "]d2\x1d",
        "]Q3",
        "]C1\x1d\x1d8110",
        "(8110)",
        "(8112)1",
        "8112" + "9" * 70,
    ),
    *(
        "]C18110" + "9" * 70,
        "(255)",
        "(01)06901234567892(10)" + "A" * 30,
        "(01)06901234567892(17)991332",
        "01\x1d01\x1d01",
        "(" * 500,
    ),
    *(
        "]C101" + "0" * 13 + "1" + "10" + "\x1d" * 50,
        "https://id.gs1.org/01/",
        "https://[::1",
        "https://a/" + "%" * 400,
        "http://" + "a" * 480,
    ),
    *(
        "WK",
        "WK" + "9" * 22,
        "RC" + "0" * 42,
        "rc-" + "1" * 30,
        "ſ" + "0" * 27,
        "+86" + "1" * 30,
        "00" * 12,
        "()" * 12,
        "(010)" * 4,
    ),
)
_ODD: Final = "\0\x1d\x1e\x04\t\n\r \u00a0\u200b\u200e\u202e\u2066\ufeff\ud800\udfff０１２９²Ⅷ٠'\"<>%{}$();:/\\,.-_"


class HostileTexts:
    """Draws texts.

    Args:
        seed: of the dice.
        good: codes that are genuine, to be spoilt.
        forged: tokens that look right.
    """

    def __init__(self, seed: int, good: Sequence[str], forged: Sequence[str]) -> None:
        self._dice = random.Random(seed)
        self._good = list(good)
        self._forged = list(forged)
        cases = json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]
        self._seeds = [*SEEDS, *(str(case["text"]) for case in cases if "text" in case)]
        self._ways: list[tuple[int, Callable[[], str]]] = [
            (12, self._anything),
            (18, self._digits),
            (22, self._spoilt),
            (10, self._bits),
            (6, lambda: self._dice.choice(self._forged)),
            (12, self._seeded),
            (10, self._gs1),
            (6, self._base45),
            (4, self._huge),
        ]

    def draw(self) -> str:
        """One text."""
        weights = [weight for weight, _way in self._ways]
        return self._dice.choices([way for _weight, way in self._ways], weights)[0]()

    def _anything(self) -> str:
        dice = self._dice
        ranges = ((0, 0x7F), (0, 0x2FF), (0x2000, 0x20FF), (0xD800, 0xDFFF), (0, 0xFFFF), (0x10000, 0x10FFFF))
        low, high = dice.choice(ranges)
        return "".join(chr(dice.randint(low, high)) for _ in range(dice.choice((1, 5, 13, 24, 60, 220))))

    def _digits(self) -> str:
        dice = self._dice
        length = dice.choice((8, 11, 12, 13, 14, 18, 20, 24, 39, 40, 90, 205, 206, 222, 223, 224, 225, 512, 513))
        prefix = dice.choice(("", "71", "72", "73", "8018", "8110", "86", "0086", "28", "69", "13"))
        return (prefix + "".join(dice.choices("0123456789", k=length)))[: max(length, 2)]

    def _spoilt(self) -> str:
        text = self._dice.choice(self._good)
        for _ in range(self._dice.randint(1, 4)):
            text = self._edited(text)
        return text

    def _edited(self, text: str) -> str:
        dice = self._dice
        place, other = dice.randint(0, len(text)), dice.choice(self._good)
        return dice.choice(
            (
                text[:place] + dice.choice(_ODD) + text[place:],
                text[:place] + text[place + 1 :],
                text[:place] + dice.choice("0123456789CEI") + text[place + 1 :],
                text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :],
                text[:place] + other[place:],
                text + other,
                text[place:] + text[:place],
                text.swapcase(),
                text[:place] + text[place:].translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
                dice.choice(_ODD) + text + dice.choice(_ODD),
                text[::-1],
            )
        )

    def _bits(self) -> str:
        """A signed token with bytes of its own choice, encoded as it should be."""
        dice = self._dice
        tokens = [text for text in self._good if text[:2] in {"71", "72"} and len(text) > 100]
        text = dice.choice(tokens)
        module = signed_coupon if text.startswith("71") else member_slot
        token = bytearray(
            decimal_token.decode(text, module.PREFIX, module.PAYLOAD_BYTES + decimal_token.SIGNATURE_BYTES)
        )
        for _ in range(dice.randint(1, 6)):
            token[dice.randrange(len(token))] = dice.choice((0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)))
        prefix = dice.choice((module.PREFIX, module.PREFIX, module.PREFIX, parametric_qr.PREFIX))
        return decimal_token.encode(prefix, bytes(token))

    def _seeded(self) -> str:
        dice = self._dice
        seed = dice.choice(self._seeds)
        if dice.random() < 0.3:
            return seed
        return dice.choice((seed + dice.choice(self._good), dice.choice(self._good) + seed, self._edited(seed or "7")))

    def _gs1(self) -> str:
        dice = self._dice
        mark = dice.choice(("", "]C1", "]d2", "]Q3", "]e0", "\x1d", "https://id.gs1.org/", "https://a.cn/x?"))
        names = (
            "01",
            "(01)",
            "/01/",
            "8018",
            "(8018)",
            "255",
            "(255)",
            "8110",
            "(8110)",
            "8112",
            "17",
            "(17)",
            "10",
            "21",
            "310",
        )
        values = (
            "06901234567892",
            "4012345000016",
            "690123450008800011",
            "106141416543213150110120",
            "991332",
            "",
            "9" * 70,
        )
        parts = (
            dice.choice(names) + dice.choice((*values, "".join(dice.choices("0123456789\x1dA", k=dice.randint(0, 30)))))
            for _ in range(dice.randint(1, 6))
        )
        return mark + dice.choice(("", "\x1d", "\x1d\x1d")).join(parts)

    def _base45(self) -> str:
        prefix = self._dice.choice(("R1:", "M1:", "r1:", "R2:", "R1", ""))
        return prefix + "".join(
            self._dice.choices(BASE45, k=self._dice.choice((1, 2, 3, 129, 130, 141, 142, 143, 400)))
        )

    def _huge(self) -> str:
        piece = self._dice.choice((self._dice.choice(self._good), self._dice.choice(SEEDS) or "0", "券", "\x1d01"))
        return (piece * (LONGEST_QR // len(piece) + 1))[: self._dice.choice((511, 512, 513, 4_296, LONGEST_QR))]
