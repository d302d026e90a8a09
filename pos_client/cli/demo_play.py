"""Plays pictures through the real line without a display: source, decoders, agreement, till lane, journal."""

import io
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pos_client import bootstrap
from pos_client.domain.verdict import Verdict, VerdictKind

from .demo_pictures import DemoPicture

_WRITTEN = frozenset({VerdictKind.ACCEPTED, VerdictKind.PENDING})


@dataclass(frozen=True, slots=True)
class Played:
    """What became of one picture.

    Attributes:
        code_kind: family of the code, empty where none was seen.
        verdict, reason, tier: of the till; ``none`` where no code was seen.
        epoch, seq: of the journal entry, 0 where none was written.
        server_row: the server's result for it, empty where it holds none.
    """

    picture: str
    note: str
    expected: str
    expected_reason: str
    code_kind: str = ""
    verdict: str = "none"
    reason: str = ""
    tier: str = ""
    epoch: int = 0
    seq: int = 0
    redeemed: bool = False
    server_row: str = ""

    def with_server_row(self, result: str) -> "Played":
        """The same with the server's word on its entry."""
        return replace(self, server_row=result)

    @property
    def is_as_expected(self) -> bool:
        """Whether verdict and reason are the expected ones, and a redemption stands at the server too."""
        told = (self.verdict, self.reason) == (self.expected, self.expected_reason)
        return told and (not self.redeemed or self.server_row == "accepted")


def play(lane_home: Path, folder: Path, pictures: list[DemoPicture]) -> list[Played]:
    """Show each picture to the scanner in turn, as a customer would, and note the till's answer."""
    with bootstrap.counter(lane_home) as counter:
        return [_played(item, counter.show(folder / item.name)) for item in pictures]


def as_table(settled: list[Played]) -> str:
    """Picture → code → verdict → journal entry → server's row."""
    table = Table("picture", "code", "verdict", "tier", "entry", "server's row", "as expected")
    for item in settled:
        told = f"{item.verdict} ({item.reason})" if item.reason else item.verdict
        entry = f"#{item.seq}" if item.seq else "-"
        row = item.server_row or "-"
        mark = "yes" if item.is_as_expected else f"NO: {item.expected} ({item.expected_reason})"
        table.add_row(item.picture, item.code_kind or "-", told, item.tier or "-", entry, row, mark)
    out = io.StringIO()
    Console(file=out, width=140).print(table)
    return out.getvalue().rstrip()


def _played(picture: DemoPicture, verdict: Verdict | None) -> Played:
    blank = Played(picture.name, picture.note, picture.expected, picture.reason)
    if verdict is None:
        return blank
    entry = verdict.entry
    return replace(
        blank,
        code_kind=verdict.code_kind,
        verdict=verdict.kind.value,
        reason=verdict.reason.value,
        tier=verdict.tier.value if verdict.tier else "",
        epoch=entry.epoch if entry else 0,
        seq=entry.seq if entry else 0,
        redeemed=verdict.kind in _WRITTEN,
    )
