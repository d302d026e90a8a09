"""What a screen reader finds in the clerk's window, asked of the toolkit's own tree: names, roles, and the verdict."""

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from script.gallery import CLERK

from . import walk
from .conftest import MakeStage

ROLES = {QAccessible.Role.Button, QAccessible.Role.List, QAccessible.Role.Table, QAccessible.Role.CheckBox}
STATES = (
    *("idle", "member", "accepted", "confirm", "used", "phone", "undo", "promoter", "network-local", "set"),
    *("member-choice", "bind", "bind-phone", "prize", "prize-instead", "override", "override-pin"),
)


def spoken(widget: QObject) -> QAccessibleInterface:
    """Return what a screen reader is given for a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def told(widget: QWidget) -> tuple[str, QAccessible.Role]:
    """Return its name and what it is said to be."""
    one = spoken(widget)
    return one.text(QAccessible.Text.Name).strip(), one.role()


@pytest.mark.parametrize("name", STATES)
def test_each_control_is_in_the_tree_with_a_name_and_a_role(make_stage: MakeStage, name: str) -> None:
    stage = make_stage("en")
    stage.draw(1280, 800)
    CLERK[name].play(stage)
    stage.draw(1280, 800)
    controls = walk.controls(walk.seen(stage.clerk.window))
    odd = [walk.called(one) for one in controls if not told(one)[0] or told(one)[1] not in ROLES]

    assert controls
    assert odd == []


def test_the_verdict_is_named_by_what_it_says_and_stands_in_the_screen(make_stage: MakeStage) -> None:
    stage = make_stage("zh")
    stage.draw(1280, 800)
    CLERK["used"].play(stage)
    page = stage.clerk.window.page
    verdict = spoken(page.verdict)

    assert verdict.text(QAccessible.Text.Name).startswith("已用过")
    assert verdict.parent().object() is page


def test_the_words_of_the_keys_below_are_of_one_size(make_stage: MakeStage) -> None:
    stage = make_stage("en", text_percent=200)
    stage.draw(1280, 800)
    stage.draw(1280, 800)
    bar = stage.clerk.window.function_bar
    sizes = {key.shown_px() for key in (*bar.keys.values(), bar.undo) if key.isVisibleTo(bar)}

    assert len(sizes) == 1
