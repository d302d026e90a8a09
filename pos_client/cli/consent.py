"""A supervisor at the command line: his id, his reason, and his PIN, which is read and never an argument.

Apart from the commands because several ask for it. A list of processes and a shell's history keep arguments; a prompt
without an echo, or a file for its owner alone, keeps nothing.
"""

import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated, Final

import typer

from pos_client.bootstrap import Lane
from pos_client.domain.errors import UsageError
from pos_client.domain.override import OverrideReason
from pos_client.usecases.authorise import Signature
from pos_client.usecases.overriding import OverrideAsk

from .answering import staff_id

SupervisorOption = Annotated[
    str, typer.Option("--supervisor", help="Staff id of the supervisor who allows it.", callback=staff_id)
]
PinFileOption = Annotated[
    Path | None, typer.Option("--pin-file", help="Read the supervisor's PIN from this file instead of asking for it.")
]
ReasonOption = Annotated[
    OverrideReason | None, typer.Option("--reason", help="Why the supervisor allows it; it is written down.")
]
AnswerOption = Annotated[
    str, typer.Option("--phone-answer", help="What the head office answered to `override-challenge` by telephone.")
]
_LONGEST: Final = 40


def pin_of(lane: Lane, staff: str, pin_file: Path | None) -> str:
    """A PIN as it was typed: of a file, or asked for where this person has one and somebody sits there; else empty.

    Raises:
        UsageError: the file cannot be read.
    """
    if pin_file is not None:
        return _read(pin_file)
    if not staff or not lane.desk.pins().has(staff) or not sys.stdin.isatty():
        return ""
    return getpass(f"PIN {staff}: ", stream=sys.stderr)[:_LONGEST]


def signature(lane: Lane, staff: str, pin_file: Path | None) -> Signature | None:
    """Who decides, and his PIN; None where nobody was named."""
    return Signature(staff, pin_of(lane, staff, pin_file)) if staff else None


def override_ask(
    lane: Lane, staff: str, reason: OverrideReason | None, pin_file: Path | None, answer: str = ""
) -> OverrideAsk | None:
    """Who would allow it, and why; None where nobody was named."""
    if answer:
        return OverrideAsk(Signature(""), reason.value if reason else "", answer[:_LONGEST])
    who = signature(lane, staff, pin_file)
    return OverrideAsk(who, reason.value if reason else "") if who else None


def check_consent(staff: str, reason: OverrideReason | None, pin_file: Path | None, answer: str = "") -> None:
    """Refuse half a consent before anything is opened.

    Raises:
        UsageError: a supervisor without a reason, or the other way round.
    """
    if staff and answer:
        raise UsageError("name a --supervisor or a --phone-answer, not both")
    if bool(staff or answer) != (reason is not None):
        raise UsageError("--reason belongs to a --supervisor or a --phone-answer")
    if pin_file is not None and not staff:
        raise UsageError("--pin-file is the PIN of a --supervisor")


def _read(file: Path) -> str:
    try:
        with file.open(encoding="utf-8") as lines:
            return lines.readline(_LONGEST).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file.name} cannot be read as a PIN file") from error
