"""A sentence is translated whole: none is put together from pieces, whose order differs between languages."""

import ast
import re
from pathlib import Path
from typing import Protocol

_WORD = re.compile(r"[^\W\d_]{2,}")


class Tree(Protocol):
    """What these tests need of the house."""

    root: Path

    def modules(self, *folders: str) -> list[Path]: ...


def is_translated(node: ast.AST) -> bool:
    """Whether words for people come out of an expression."""
    calls = [inner for inner in ast.walk(node) if isinstance(inner, ast.Call)]
    return any(isinstance(call.func, ast.Attribute) and call.func.attr in {"tr", "translate"} for call in calls)


def glued(source: str) -> list[str]:
    """Return the expressions in which translated words are glued to words, or to each other without a sign between."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            if (is_translated(node.left) or is_translated(node.right)) and not _is_list(node):
                found.append(ast.unparse(node))
        elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add) and is_translated(node.value):
            if not isinstance(node.value, ast.List | ast.Tuple | ast.ListComp):
                found.append(ast.unparse(node))
        elif is_glued_text(node) or is_translated_pieces(node):
            found.append(ast.unparse(node))
    return found


def is_glued_text(node: ast.AST) -> bool:
    """Whether translated words stand among words of an f-string."""
    return isinstance(node, ast.JoinedStr) and is_translated(node) and _has_words(node)


def is_translated_pieces(node: ast.AST) -> bool:
    """Whether a text that is translated is not one literal: what is not written there cannot be translated."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tr"):
        return False
    return bool(node.args) and not isinstance(node.args[0], ast.Constant)


def _is_list(node: ast.BinOp) -> bool:
    sides = (node.left, node.right)
    return any(isinstance(side, ast.List | ast.Tuple | ast.ListComp) for side in sides)


def _has_words(text: ast.JoinedStr) -> bool:
    """Whether words stand around the translated ones, or several of these stand side by side with a blank only."""
    literal = "".join(str(part.value) for part in text.values if isinstance(part, ast.Constant))
    pieces = sum(isinstance(part, ast.FormattedValue) and is_translated(part) for part in text.values)
    return bool(_WORD.search(literal)) or (pieces > 1 and not literal.strip())


def test_a_glued_sentence_is_seen() -> None:
    assert len(glued("x = self.tr('Member') + name")) == 1
    assert len(glued("x += self.tr('Member')")) == 1
    assert len(glued("x = f'{self.tr(\"Used\")} by {name}'")) == 1
    assert len(glued('x = f\'{self.tr("Used")} {self.tr("today")}\'')) == 1
    assert len(glued("x = self.tr(f'{count} coupons')")) == 1


def test_a_list_of_facts_is_no_sentence() -> None:
    assert glued("x = [self.tr('Gold')] + more") == []
    assert glued("x = f'{self.tr(\"Gold\")} · {points}'") == []
    assert glued("x = self.tr('Used by {name}').format(name=name)") == []


def test_no_sentence_is_glued_together(house: Tree) -> None:
    found = {
        str(path.relative_to(house.root)): pieces
        for path in house.modules("pos_client/ui")
        if (pieces := glued(path.read_text(encoding="utf-8")))
    }

    assert found == {}
