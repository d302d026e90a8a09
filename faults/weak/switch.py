"""What a weakness is, and the list of all of them; apart from the trial, since weakened processes load only this."""

import importlib
import os
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import faults.weak

ENVIRONMENT = "POS_FAULTS_WEAK"
_NOT_SWITCHES = {"switch", "trial", "inject", "held_back"}


@dataclass(frozen=True)
class Switch:
    """One thing that is done wrongly.

    Attributes:
        name: of the switch.
        what: what is weak then, in a line.
        apply: patches the process it is called in, before the program runs.
        caught_by: rows that must fail, with the amount that each needs for it.
        because: part of a sentence in which such a row says what broke; empty where any will do.
    """

    name: str
    what: str
    apply: Callable[[], None]
    caught_by: Mapping[str, int]
    because: tuple[str, ...] = field(default=())


def all_switches() -> dict[str, Switch]:
    """All switches by name: every module of this folder holds one as ``SWITCH``."""
    names = sorted(
        found.name for found in pkgutil.iter_modules(faults.weak.__path__) if found.name not in _NOT_SWITCHES
    )
    switches = [importlib.import_module(f"faults.weak.{name}").SWITCH for name in names]
    return {switch.name: switch for switch in switches}


def patch(owner: Any, name: str, weak: Any) -> None:
    """Put something else in the place of a name of a module or a class."""
    setattr(owner, name, weak)


def weaken() -> None:
    """Put the weakness that the environment names on this process."""
    name = os.environ.get(ENVIRONMENT, "")
    if name:
        all_switches()[name].apply()
