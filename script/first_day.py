"""Plays a clerk's first day on the real window and prints what each task cost beside what UX allows.

    script/first-day [--language zh|en|both]

Ends with 1 where something was not seen, took more actions than UX allows, left a telephone number on the screen, or is
not in the journal as it was done. The last line is JSON.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtGui import QGuiApplication  # noqa: E402

from script.first_day_hands import Hands, NotSeenError  # noqa: E402
from script.first_day_shop import Shop  # noqa: E402
from script.first_day_tasks import BOOKED, LOG_IN, TASKS, Task  # noqa: E402

LANGUAGES = ("zh", "en")
_WHOLE_NUMBER = re.compile(r"(?<!\d)\d{11}(?!\d)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task cost.

    Attributes:
        actions, digits: of the clerk. allowed: actions.
        seconds: of the machine, without the pauses between a person's keys.
        seen: what was read. fault: what was not; empty where all was well.
    """

    task: str
    language: str
    actions: int
    digits: int
    allowed: int
    seconds: float
    seen: str
    fault: str = ""

    @property
    def is_well(self) -> bool:
        """Done, and within the number."""
        return not self.fault and self.actions <= self.allowed


def play(folder: Path, language: str) -> Iterator[Outcome]:
    """A whole day; what cannot be done ends it, since the tasks build on each other."""
    shop = Shop(folder, language)
    try:
        hands = Hands(shop.clerk.window)
        for task in (LOG_IN, *TASKS):
            outcome = _do(task, hands, shop)
            yield outcome
            if outcome.fault:
                return
        if (booked := tuple(shop.booked())) != BOOKED:
            yield Outcome("journal", language, 0, 0, 0, 0.0, "", f"the journal holds {booked}")
    finally:
        shop.close()


def _do(task: Task, hands: Hands, shop: Shop) -> Outcome:
    language, seen, fault = shop.language, "", ""
    began = time.monotonic()
    try:
        task.before(hands, shop)
        hands.see(*task.first_sees.get(language, ()))
        hands.begin()
        began = time.monotonic()
        task.does(hands, shop)
        seen = hands.see(*task.sees[language])
    except NotSeenError as why:
        fault = str(why)
    seconds = time.monotonic() - began - hands.paused_s
    if not fault and any(_WHOLE_NUMBER.search(re.sub(r"[ -]", "", line)) for line in hands.read().splitlines()):
        fault = "a whole telephone number stands on the screen"
    return Outcome(task.name, language, hands.actions, hands.digits, task.allowed, round(seconds, 2), seen, fault)


def table(outcomes: list[Outcome]) -> str:
    """For people: one line a task."""
    head = f"{'task':<17} {'':<3} {'actions':>7} {'digits':>6} {'allowed':>7} {'seconds':>7}  seen"
    lines = [
        f"{one.task:<17} {one.language:<3} {one.actions:>7} {one.digits:>6} {one.allowed:>7} {one.seconds:>7.2f}  "
        + ("" if one.is_well else "NOT DONE: " if one.fault else "TOO MANY: ")
        + (one.fault or one.seen).replace("\n", " | ")
        for one in outcomes
    ]
    return "\n".join([head, *lines])


def verdict(outcomes: list[Outcome], languages: tuple[str, ...]) -> bool:
    """Whether every task of every language was done within its number."""
    names = {task.name for task in TASKS}
    done = {(one.language, one.task) for one in outcomes if one.is_well}
    whole = all((language, name) in done for language in languages for name in names)
    return whole and all(one.is_well for one in outcomes)


def main() -> int:
    """Play, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=[*LANGUAGES, "both"], default="both")
    asked = parser.parse_args().language
    languages = LANGUAGES if asked == "both" else (asked,)
    outcomes: list[Outcome] = []
    for language in languages:
        with tempfile.TemporaryDirectory() as folder:
            outcomes += play(Path(folder), language)
    is_well = verdict(outcomes, languages)
    print(table(outcomes))
    print("derived from: " + "; ".join(f"{task.name} = {task.allowed} ({task.why})" for task in (LOG_IN, *TASKS)))
    rows = [asdict(one) for one in outcomes]
    platform = QGuiApplication.platformName()
    print(json.dumps({"first_day": rows, "platform": platform, "within": is_well}, ensure_ascii=False))
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
