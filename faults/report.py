"""How results are shown: a row as it ends, the table of all, and the page ``docs/faults.md``."""

from collections.abc import Mapping, Sequence
from typing import Any

Result = Mapping[str, Any]

_HEAD = """# The fault matrix, as measured

Written by `script/faults --write docs/faults.md`; not edited by hand. Each row does to the real programs what its
method says, and one judge (`faults/oracle.py`) compares journals, server tables and what clerks were shown. A row holds
where nothing that it promises was broken.

Run of {at}, seed {seed}, size `{size}`, {seconds} s in all on two cores.
The same run: `script/faults{option} --seed {seed}`.

| row | fault | amount | time | result |
|---|---|---|---|---|
"""


def print_row(one: Result) -> None:
    """A row with its figures."""
    print(f"{one['row']}  {one['what']}  ({one['amount']} {one['unit']}, {one['seconds']} s)  {_word(one)}")
    for name, value in one["figures"].items():
        print(f"    {name:<28} {value:>12}")
    for note in one["notes"]:
        print(f"    - {note}")
    for sentence in one["broken"]:
        print(f"    ! {sentence}")


def print_table(results: Sequence[Result]) -> None:
    """All rows, one line each."""
    print("\nrow   amount             time      result")
    for one in results:
        print(f"{one['row']:<5} {one['amount']:>7} {one['unit']:<10} {one['seconds']:>7} s  {_word(one)}")


def page(whole: Result) -> str:
    """The page of results."""
    option = "" if whole["size"] == "full" else f" --{whole['size']}"
    lines = [_HEAD.format(option=option, **{name: whole[name] for name in ("at", "seed", "size", "seconds")})]
    lines += [
        f"| {one['row']} | {one['what']} | {one['amount']:,} {one['unit']} | {one['seconds']} s | {_word(one)} |\n"
        for one in whole["rows"]
    ]
    return "".join(lines) + "".join(_section(one) for one in whole["rows"])


def _section(one: Result) -> str:
    figures = ", ".join(f"{name.replace('_', ' ')} {value:,}" for name, value in one["figures"].items())
    rest = [f"- Not done here: {note}\n" for note in one["notes"]] + [
        f"- **Broken**: {text}\n" for text in one["broken"]
    ]
    return (
        f"\n## {one['row']}: {one['what']}\n\n- Method: {one['method']}\n- To reach: {one['reach']}\n"
        f"- Measured: {figures}\n{''.join(rest)}"
    )


def _word(one: Result) -> str:
    return "holds" if one["ok"] else "BROKEN"
