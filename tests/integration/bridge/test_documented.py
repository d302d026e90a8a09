"""What docs/host-till.md shows can be pasted: its documents are read, its tables are whole."""

import json
import re
from pathlib import Path
from typing import Any

from pos_client.bridge import http_api
from pos_client.bridge.file_mapping import FileMapping, read_mapping
from pos_client.bridge.receipt_files import read_receipts
from pos_client.domain import basket as baskets
from pos_client.domain import host_receipt
from pos_client.domain.host_match import Cause

ROOT = Path(__file__).resolve().parents[3]
PAPER = (ROOT / "docs" / "host-till.md").read_text("utf-8")
ZONE = "Asia/Shanghai"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAPER, flags=re.DOTALL)


def bodies() -> list[dict[str, Any]]:
    """What the curl examples send."""
    return [
        json.loads(body) for block in blocks("sh") for body in re.findall(r"-d '(\{.*?\})'", block, flags=re.DOTALL)
    ]


def test_the_mapping_and_the_table_of_the_paper_are_read(tmp_path: Path) -> None:
    (table,) = blocks("csv")
    mapping = next(block for block in blocks("json") if "encoding" in block)
    (tmp_path / "mapping.json").write_text(mapping, "utf-8")

    (receipt,) = read_receipts("day.csv", table.encode(), FileMapping(), ZONE)
    assert (len(receipt.lines), receipt.total_minor) == (2, 8_900)
    assert read_mapping(tmp_path / "mapping.json").column("receipt_no") == "小票号"


def test_the_documents_that_are_sent_are_ones() -> None:
    asked, accepted, rejected, receipt = bodies()

    assert baskets.parse(asked["basket"]).total_minor == 11_800
    assert set(accepted) == {"receipt_no", "till", "total_minor", "paid_at"}
    assert set(rejected) == {"reason"}
    assert host_receipt.parse(receipt, ZONE).total_minor == 5_200


def test_every_cause_and_every_status_stands_in_its_table() -> None:
    assert [cause for cause in Cause if f"| `{cause.value}` |" not in PAPER] == []
    assert [problem for problem in http_api._STATUS if f"`{problem}`" not in PAPER] == []
