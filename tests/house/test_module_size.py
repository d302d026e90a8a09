"""Modules stay small enough to be read in one sitting, and are named after what they hold.

A function's length is the number of lines of its body that hold code: its docstring, comments and blank lines do not
count, since a rule that charges for explanations gets fewer of them. Lines of a nested function count for both.
"""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

PROGRAMS = ("pos_client", "crm_server")
EVERYTHING = (*PROGRAMS, "benchmarks", "faults", "script", "tests")
MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 30
NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "misc", "core", "manager", "managers"}
_NO_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Tree(Protocol):
    """What these tests need of the house."""

    root: Path

    def modules(self, *folders: str) -> list[Path]: ...


def present(house: Tree, folders: tuple[str, ...]) -> list[Path]:
    """Return the modules of those of the folders that exist."""
    return house.modules(*(folder for folder in folders if (house.root / folder).is_dir()))


def code_lines(source: str) -> set[int]:
    """Return the numbers of the lines that hold code; a text over several lines holds code on each."""
    found: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _NO_CODE:
            found.update(range(token.start[0], token.end[0] + 1))
    return found


def length(function: Function, code: set[int]) -> int:
    """Return how many lines of the function's body hold code, its docstring apart."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    return len(code & set(range(body[0].lineno, (body[-1].end_lineno or 0) + 1)))


def functions(source: str) -> Iterator[tuple[str, int]]:
    """Yield name and length of every function of a module."""
    code = code_lines(source)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            yield node.name, length(node, code)


def test_length_counts_code_only() -> None:
    source = (
        'def f(\n    a,\n):\n    """Say.\n\n    More.\n    """\n    # why\n\n    b = """x\n    y"""\n    return b\n'
    )

    assert dict(functions(source)) == {"f": 3}


def test_no_module_is_longer_than_a_sitting(house: Tree) -> None:
    lengths = {path: path.read_text(encoding="utf-8").count("\n") for path in present(house, EVERYTHING)}

    assert {str(path): lines for path, lines in lengths.items() if lines > MAX_MODULE_LINES} == {}


def test_no_function_is_longer_than_a_screen(house: Tree) -> None:
    too_long = {
        f"{path.relative_to(house.root)}:{name}": lines
        for path in present(house, PROGRAMS)
        for name, lines in functions(path.read_text(encoding="utf-8"))
        if lines > MAX_FUNCTION_LINES
    }

    assert too_long == {}


def test_every_module_says_what_it_is_for(house: Tree) -> None:
    silent = [
        str(path.relative_to(house.root))
        for path in present(house, (*PROGRAMS, "benchmarks", "faults", "script"))
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_no_module_has_a_name_that_says_nothing(house: Tree) -> None:
    named = [
        str(path.relative_to(house.root))
        for path in present(house, EVERYTHING)
        if NAMES_THAT_SAY_NOTHING & {part.removesuffix(".py") for part in path.relative_to(house.root).parts}
    ]

    assert named == []
