"""What an answer must be; each expectation says what it saw instead.

Apart from the cases so that every one of them believes exactly what a lane believes: ``answers.judge`` decides.
"""

from collections.abc import Mapping
from typing import Any

from pos_client.domain.errors import ServerUnreachable
from pos_client.sync import problems
from pos_client.sync.answers import Reply, judge
from pos_client.sync.problems import Problem

from .probe import Heard
from .unmet import Unmet

_RETRIES = ("never", "same", "after", "resign", "reenrol")


def document(heard: Heard, *statuses: int) -> Mapping[str, Any]:
    """The JSON document of an answer with one of ``statuses`` (200 unless told)."""
    reply = believed(heard)
    wanted = statuses or (200,)
    if heard.status not in wanted:
        raise Unmet(f"{told(heard)}, not {_either(wanted)}")
    return reply.document


def refusal(heard: Heard, statuses: int | tuple[int, ...], *codes: str, retry: str = "") -> Problem:
    """A problem of the server's own with one of the statuses and codes; any code where none is named."""
    wanted = statuses if isinstance(statuses, tuple) else (statuses,)
    problem = believed(heard).problem
    if problem is None or heard.status not in wanted or (codes and problem.code not in codes):
        raise Unmet(f"{told(heard)}, not {_either(wanted)} {' or '.join(codes)}".rstrip())
    _check_members(heard, problem)
    if retry and problem.retry != retry:
        raise Unmet(f"{told(heard)} with retry {problem.retry}, not {retry}")
    return problem


def believed(heard: Heard) -> Reply:
    """The answer as a lane reads it."""
    try:
        return judge(heard.raw)
    except ServerUnreachable as error:
        media_type = heard.media_type[:40] or "no type"
        raise Unmet(f"{heard} ({media_type}): a lane takes this for no answer of its server") from error


def told(heard: Heard) -> str:
    """What was answered, with the problem's code where there is one."""
    try:
        problem = judge(heard.raw).problem
    except ServerUnreachable:
        return f"{heard} ({heard.media_type[:40] or 'no type'})"
    return f"{heard} {problem.code[:40]}" if problem else str(heard)


def equal(what: str, expected: object, actual: object) -> None:
    """Both are the same."""
    if expected != actual:
        raise Unmet(f"{what} is {str(actual)[:120]}, not {str(expected)[:120]}")


def holds(what: str, condition: object) -> None:
    """The sentence ``what`` is true."""
    if not condition:
        raise Unmet(f"this does not hold: {what}")


def _check_members(heard: Heard, problem: Problem) -> None:
    members = problem.document
    right = {
        "type": str(members.get("type", "")).startswith(problems.PREFIX) and bool(problem.code),
        "title": isinstance(members.get("title"), str) and bool(members["title"]),
        "status": members.get("status") == heard.status,
        "detail": isinstance(members.get("detail"), str),
        "retry": members.get("retry") in _RETRIES,
    }
    wrong = [name for name, is_right in right.items() if not is_right]
    if wrong:
        raise Unmet(f"{told(heard)}: the problem's {', '.join(wrong)} missing or wrong")


def _either(statuses: tuple[int, ...]) -> str:
    return " or ".join(map(str, statuses))
