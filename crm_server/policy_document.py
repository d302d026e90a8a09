"""The policy as a person writes it: a JSON file with limits, sync and trade, of which every word must be understood.

Apart from issuing it because a lane reads a policy leniently, so that a newer centre stops no till; a person who
mistypes a name must hear of it before anything is signed. What the file does not say stays as it is in force.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

from pos_client.domain import limits as limits_
from pos_client.domain import trade_policy

DEFAULT_SYNC: Final = {"push_s": 5, "pull_s": 30, "heartbeat_s": 60}
SECTIONS: Final = ("limits", "sync", "trade")
_LONGEST_ROUND_S: Final = 86_400
# Tables that a file replaces as a whole; everything else is merged field by field.
_WHOLE: Final = frozenset({"families"})
Document = dict[str, Any]


class PolicyInvalid(ValueError):
    """The file is no policy; the text names the field."""


def merged(in_force: Mapping[str, Any], said: object) -> Document:
    """The policy in force with what a file says instead.

    Args:
        in_force: ``limits``, ``sync`` and ``trade`` of the newest policy.
        said: the file's document.

    Raises:
        PolicyInvalid: a field is unknown, or its value is not what it must be.
    """
    if not isinstance(said, Mapping) or not said:
        raise PolicyInvalid("the file is not a JSON object with limits, sync or trade")
    unknown = sorted(str(name) for name in said if name not in SECTIONS)
    if unknown:
        raise PolicyInvalid(f"{unknown[0]}: unknown; a policy has limits, sync and trade")
    wanted = {name: _laid_over(in_force.get(name, {}), said.get(name, {})) for name in SECTIONS}
    understood = {
        "limits": asdict(_limits(wanted["limits"])),
        "sync": _sync(wanted["sync"]),
        "trade": trade_policy.as_document(trade_policy.parse(wanted["trade"])),
    }
    for path in _not_understood(said, understood):
        raise PolicyInvalid(f"{path}: unknown, or not a value that it can have")
    return understood


def _laid_over(old: Any, new: Any, name: str = "") -> Any:
    if not isinstance(old, Mapping) or not isinstance(new, Mapping) or name in _WHOLE:
        return new
    return {**old, **{key: _laid_over(old.get(key), value, key) for key, value in new.items()}}


def _limits(wanted: Any) -> limits_.Limits:
    numbers = wanted if isinstance(wanted, Mapping) else {}
    for name, value in numbers.items():
        if type(value) is not int or value < 0:
            raise PolicyInvalid(f"limits.{name}: not a whole number from 0")
    return limits_.parse(numbers)


def _sync(wanted: Any) -> Document:
    numbers = wanted if isinstance(wanted, Mapping) else {}
    for name in DEFAULT_SYNC:
        value = numbers.get(name, DEFAULT_SYNC[name])
        if type(value) is not int or not 1 <= value <= _LONGEST_ROUND_S:
            raise PolicyInvalid(f"sync.{name}: not a whole number of seconds from 1 to {_LONGEST_ROUND_S}")
    return {name: numbers.get(name, value) for name, value in DEFAULT_SYNC.items()}


def _not_understood(said: Any, understood: Any, path: str = "") -> Iterator[str]:
    """Fields of the file that reading it did not give back."""
    if isinstance(said, Mapping) and isinstance(understood, Mapping):
        for name, value in said.items():
            here = f"{path}.{name}" if path else str(name)
            if name in understood:
                yield from _not_understood(value, understood[name], here)
            else:
                yield here
    elif isinstance(said, list) and isinstance(understood, list):
        yield from (f"{path}: {value}" for value in said if value not in understood)
    elif type(said) is not type(understood) or said != understood:
        yield path
