"""How every command answers: one JSON document or lines for people on stdout, a fault as a sentence, an exit code."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from pos_client import bootstrap
from pos_client.domain.errors import PosError

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout; logs on stderr.")]

_LONGEST_ID: Final = 40
_LONGEST_LINE: Final = 4_096


@dataclass(slots=True)
class Answer:
    """Where a command puts its result; printed once, when the command ends."""

    as_json: bool
    language: str
    document: Any = None
    text: str = ""
    exit_code: int = 0

    def give(self, document: Any, text: str, exit_code: int = 0) -> None:
        """Set the result."""
        self.document, self.text, self.exit_code = document, text, exit_code


def home_of(context: typer.Context) -> Path | None:
    """The ``--home`` that stood before the command, or None."""
    home: Path | None = context.find_root().obj
    return home


def staff_id(text: str) -> str:
    """An option's staff id: printable, and no longer than one can be."""
    if len(text) > _LONGEST_ID or not text.isprintable():
        raise typer.BadParameter(f"a staff id has at most {_LONGEST_ID} printable characters")
    return text


def said(text: str) -> str:
    """What a customer said; ``-`` reads it, so that neither a shell's history nor a list of processes keeps it.

    The options of one command that are ``-`` read one line each, in the order in which they stand.
    """
    return sys.stdin.readline(_LONGEST_LINE).strip() if text == "-" else text


@contextmanager
def answering(context: typer.Context, *, as_json: bool) -> Iterator[Answer]:
    """Run a command's body; print its answer or its fault, and leave with the exit code."""
    answer = Answer(as_json, bootstrap.language(home_of(context)))
    try:
        yield answer
    except PosError as fault:
        _give_fault(answer, fault)
    _print(answer)
    raise typer.Exit(answer.exit_code)


def _give_fault(answer: Answer, fault: PosError) -> None:
    line, step = bootstrap.wording().of_fault(fault)
    document = {
        "fault": True,
        "reason": fault.reason,
        "sentence": line.as_json(),
        "next_step": step.as_json(),
        "detail": fault.detail,
    }
    language = answer.language
    answer.give(document, f"{line.in_language(language)}\n→ {step.in_language(language)}", fault.exit_code)


def _print(answer: Answer) -> None:
    if answer.as_json:
        print(json.dumps(answer.document, ensure_ascii=False))
    elif answer.text:
        fault = isinstance(answer.document, dict) and answer.document.get("fault")
        print(answer.text, file=sys.stderr if fault else sys.stdout)
