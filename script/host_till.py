"""A host's till, simulated: plays receipts against a lane's bridge over HTTP and as files, the same for a seed.

For integrators to read and to try their side against; it needs ``requests`` and nothing of this program. Prints one
JSON document: what was accepted, what was refused and why, and which receipts it wrote.
"""

import argparse
import csv
import json
import random
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

GOODS = (
    ("06901234567892", "洗发水", "hair", 5_900),
    ("06901234567908", "护发素", "hair", 3_900),
    ("06901234567915", "牙膏", "oral", 1_995),
    ("06901234567922", "面霜", "skin", 12_901),
)
TIMEOUT_S = 20.0


@dataclass
class Played:
    """What happened.

    Attributes:
        accepted: answers of the lane. refused: its problems. receipts: what the host has in its books.
    """

    accepted: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    receipts: list[dict[str, Any]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class Lane:
    """The bridge of a lane, as a host's program sees it: an address and a token."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Authorization"] = f"Bearer {token}"

    def post(self, path: str, document: Any) -> requests.Response:
        """One request."""
        return self._session.post(self._url + path, json=document, timeout=TIMEOUT_S)


class HostTill:
    """One till with books of its own.

    Args:
        seed: the same goods, quantities and refusals again.
        till: its number.
    """

    def __init__(self, seed: int, till: str = "3", now: datetime | None = None) -> None:
        self._chance = random.Random(seed)
        self._till = till
        self._now = now or datetime.now(UTC)
        self._number = self._chance.randrange(1, 9_000)

    def basket(self) -> dict[str, Any]:
        """A basket document of one to four products."""
        lines = []
        for gtin, name, category, price in self._chance.sample(GOODS, self._chance.randint(1, len(GOODS))):
            line = {"gtin": gtin, "name": name, "category": category, "unit_minor": price}
            lines.append({**line, "quantity": self._chance.randint(1, 3)})
        return {"currency": "CNY", "lines": lines}

    def free_shopping(self, lane: Lane, count: int, codes: list[str], member: str | None = None) -> Played:
        """Propose each basket, verify the price, write it into our books, then accept; every tenth is called off."""
        played = Played()
        for place in range(count):
            asked: dict[str, Any] = {"basket": self.basket(), "codes": codes[place : place + 1]}
            answer = lane.post("/v1/baskets", asked | ({"member": member} if member else {}))
            if answer.status_code != 201:
                played.refused.append(answer.json())
                continue
            proposal = answer.json()
            if place % 10 == 9:
                lane.post(f"/v1/baskets/{proposal['id']}/reject", {"reason": "customer left"})
                played.rejected.append(proposal["id"])
                continue
            self._accept(lane, proposal, asked["basket"], played)
        return played

    def cross_check(self, lane: Lane, count: int) -> Played:
        """Finished receipts, one request each."""
        played = Played()
        for _ in range(count):
            receipt = self._receipt(self.basket(), 0)
            answer = lane.post("/v1/receipts", receipt)
            (played.receipts if answer.ok else played.refused).append(receipt if answer.ok else answer.json())
        return played

    def files(self, folder: Path, count: int) -> Played:
        """The same as files: one CSV of all, and one JSON for each tenth; written beside, then renamed."""
        receipts = [self._receipt(self.basket(), 0) for _ in range(count)]
        folder.mkdir(parents=True, exist_ok=True)
        written = [
            self._csv(folder / f"till-{self._till}-{self._number}.csv", receipts),
            *(_put(folder / f"receipt-{one['receipt_no']}.json", json.dumps(one)) for one in receipts[::10]),
        ]
        return Played(receipts=receipts, files=[path.name for path in written])

    def _accept(self, lane: Lane, proposal: dict[str, Any], basket: dict[str, Any], played: Played) -> None:
        shelf = sum(line["quantity"] * line["unit_minor"] for line in basket["lines"])
        if proposal["total_minor"] != shelf - proposal["discount_minor"]:
            played.refused.append({"problem": "the lane cannot add", "id": proposal["id"]})
            return
        receipt = self._receipt(basket, proposal["discount_minor"])
        played.receipts.append(receipt)
        said = {"receipt_no": receipt["receipt_no"], "till": self._till, "paid_at": receipt["at"]}
        answer = lane.post(f"/v1/baskets/{proposal['id']}/accept", said | {"total_minor": receipt["total_minor"]})
        (played.accepted if answer.ok else played.refused).append(answer.json())

    def _receipt(self, basket: dict[str, Any], off: int) -> dict[str, Any]:
        self._number += 1
        lines = [{name: value for name, value in line.items() if name != "category"} for line in basket["lines"]]
        return {
            "till": self._till,
            "receipt_no": f"{self._number:06}",
            "at": self._now.isoformat(timespec="seconds"),
            "currency": "CNY",
            "total_minor": sum(line["quantity"] * line["unit_minor"] for line in lines) - off,
            "discount_minor": off,
            "lines": lines,
        }

    def _csv(self, path: Path, receipts: list[dict[str, Any]]) -> Path:
        shared = ("till", "receipt_no", "at", "currency", "total_minor", "discount_minor")
        unready = path.with_suffix(".part")
        with unready.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow([*shared, "gtin", "name", "quantity", "unit_minor"])
            for receipt in receipts:
                for line in receipt["lines"]:
                    goods = [line[name] for name in ("gtin", "name", "quantity", "unit_minor")]
                    rows.writerow([*(receipt[name] for name in shared), *goods])
        return unready.rename(path)


def _put(path: Path, text: str) -> Path:
    unready = path.with_suffix(".part")
    unready.write_text(text, "utf-8")
    return unready.rename(path)


def main() -> int:
    """Play one mode; exit 0 where nothing was refused, else 20."""
    words = argparse.ArgumentParser(description="A host's till, simulated, against a lane's bridge.")
    words.add_argument("mode", choices=["free-shopping", "cross-check", "files"])
    words.add_argument("--url", default="http://127.0.0.1:8377")
    words.add_argument("--token-file", type=Path, help="bridge.token of the lane's home")
    words.add_argument("--folder", type=Path, help="host-drop of the lane's home, for files")
    words.add_argument("--count", type=int, default=10)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--till", default="3")
    words.add_argument("--member", help="a member's code, shown with every basket")
    words.add_argument("--code", action="append", default=[], help="a coupon's code, one basket each")
    asked = words.parse_args()
    till = HostTill(asked.seed, asked.till)
    if asked.mode == "files":
        if asked.folder is None:
            words.error("files needs --folder")
        played = till.files(asked.folder, asked.count)
    else:
        if asked.token_file is None:
            words.error(f"{asked.mode} needs --token-file")
        lane = Lane(asked.url, asked.token_file.read_text("ascii").strip())
        if asked.mode == "cross-check":
            played = till.cross_check(lane, asked.count)
        else:
            played = till.free_shopping(lane, asked.count, asked.code, asked.member)
    print(json.dumps(asdict(played), ensure_ascii=False))
    return 20 if played.refused else 0


if __name__ == "__main__":
    raise SystemExit(main())
