"""F24: PINs are guessed, over restarts and by several processes; supervisor and clerk are one; limits; false reasons.

What must come out: no more than five guesses are looked at before the first wait, however they come; the right PIN is
worth nothing while it lasts; and nobody allows his own deed, more than the day's limits, or for a reason of his own.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from crm_server import staff
from faults.oracle import check
from faults.row import Amounts, Order, Outcome, Row
from faults.stage import NOBODY, OpenLane, Promises, Stage, stage
from faults.tables import rows
from pos_client import bootstrap
from pos_client.bootstrap import name_server
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict
from pos_client.usecases.authorise import ATTEMPTS, FIRST_WAIT_S, FREE_TRIES, Signature
from pos_client.usecases.desk import Attribution
from pos_client.usecases.overriding import OverrideAsk
from pos_client.usecases.transaction import Request

BOSS: Final = "E1002"
CLERK: Final = "E1001"
PIN: Final = "482915"
WHY: Final = "network-down"
AT_ONCE: Final = 3
ALLOWED: Final = 2
PATIENCE_S: Final = 120.0


def run(order: Order) -> Outcome:
    """Guess in every way, then try to allow what may not be allowed."""
    promises, counts, dice = Promises(), Counter[str](), random.Random(order.seed)
    with stage(order.folder) as shop:
        shop.shop.write(lambda connection: staff.set_pin(connection, BOSS, PIN, shop.shop.centre.now_ms()))
        for number in range(order.amount):
            home = shop.enrolled(number % 2 + 1, name=f"lane-{number}")
            name_server(home, NOBODY)
            order.say(f"lane {number}: what may not be allowed")
            _not_allowed(shop, home, counts, promises)
            order.say(f"lane {number}: guesses")
            _guessed(shop, home, dice, counts, promises)
            name_server(home, shop.shop.url)
            bootstrap.sync(home, push=True, pull=False)
            lane = OpenLane.open(home)
            found = check([lane.facts], shop.database)
            lane.close()
            promises.broken += found.broken()
    return Outcome(dict(counts), tuple(promises.broken))


def _not_allowed(shop: Stage, home: Path, counts: Counter[str], promises: Promises) -> None:
    codes = shop.coupons(8, value_minor=1_000)
    tries = (
        (ask(PIN), BOSS, Reason.OVERRIDE_SECOND_PERSON),
        (ask(PIN), "", Reason.OVERRIDE_NEEDS_CLERK),
        (ask(PIN, why="because"), CLERK, Reason.OVERRIDE_REASON_UNKNOWN),
        (ask(""), CLERK, Reason.PIN_NEEDED),
        (ask(PIN, who=CLERK), CLERK, Reason.NOT_A_SUPERVISOR),
    )
    for asked, operator, reason in tries:
        verdict = _redeemed(home, codes[0], asked, operator)
        counts["refused"] += verdict.reason is reason
        promises.hold(verdict.reason is reason, f"{reason} was expected, and it said {verdict.reason}")
    allowed = [_redeemed(home, code, ask(PIN), CLERK).reason for code in codes]
    counts["allowed"] += allowed.count(Reason.ACCEPTED_OVERRIDE)
    counts["over_the_limit"] += allowed.count(Reason.OVERRIDE_COUNT_LIMIT)
    promises.hold(allowed.count(Reason.ACCEPTED_OVERRIDE) == ALLOWED, f"with a limit of {ALLOWED}: {allowed}")
    entries = rows(home / "journal.db", "SELECT COUNT(*) AS n FROM entry WHERE kind = 'override'")[0]["n"]
    promises.hold(entries == ALLOWED, f"{entries} overrides stand in the journal")
    forged = _command(home, "redeem", codes[-1], "--supervisor", BOSS, "--reason", "because")
    promises.hold(forged.wait(PATIENCE_S) == 2, "a reason of one's own was taken by the command")


def _guessed(shop: Stage, home: Path, dice: random.Random, counts: Counter[str], promises: Promises) -> None:
    """In one process after the other, in several at once, and in some that are killed meanwhile."""
    code, folder = shop.coupons(1, value_minor=1_000)[0], home.parent
    began = time.monotonic()
    _redeemed(home, code, ask("482916"), CLERK)
    looked = _looked_at(home)
    counts["killed"] += _killed(home, code, folder, dice)
    after = _looked_at(home)
    promises.hold(after >= looked, "a kill took a wrong guess back")
    said = _at_once(home, code, folder)
    counts["guesses_at_once"] += len(said)
    for _ in range(FREE_TRIES * 2):
        said.append(_redeemed(home, code, ask(_a_guess(dice)), CLERK).reason.value)
    counts["guesses"] += len(said)
    written = rows(home / "journal.db", "SELECT COUNT(*) AS n FROM entry WHERE body LIKE '%wrong-pin%'")[0]["n"]
    counts["looked_at"] += _looked_at(home)
    # On a machine that is slow today the first minute of waiting may be over.
    free = FREE_TRIES + int((time.monotonic() - began) // FIRST_WAIT_S)
    promises.hold(FREE_TRIES <= _looked_at(home) <= free, f"{_looked_at(home)} guesses were looked at before the wait")
    promises.hold(written <= free, f"{written} wrong guesses are written down")
    right = _redeemed(home, code, ask(PIN), CLERK)
    counts["right_pin_while_locked"] += 1
    promises.hold(right.reason is Reason.PIN_LOCKED, f"the right PIN during the wait: {right.reason}")


def ask(pin: str, why: str = WHY, who: str = BOSS) -> OverrideAsk:
    """A supervisor's word."""
    return OverrideAsk(Signature(who, pin), why)


def _redeemed(home: Path, code: str, asked: OverrideAsk, operator: str) -> Verdict:
    """One redemption that no limit of the lane allows, in a life of its own."""
    lane = OpenLane.open(home)
    strict = replace(lane.files.orders.limits(), floor_value_minor=0, override_count=ALLOWED)
    lane.till = replace(lane.till, desk=replace(lane.till.desk, limits=lambda: strict))
    try:
        return lane.till.redeem(Request([code], attribution=Attribution(operator), override=asked))
    finally:
        lane.close()


def _looked_at(home: Path) -> int:
    kept = rows(home / "journal.db", "SELECT value FROM meta WHERE key = :key", {"key": ATTEMPTS + BOSS})
    return int(json.loads(kept[0]["value"])[0]) if kept else 0


def _at_once(home: Path, code: str, folder: Path) -> list[str]:
    files = [_pin_file(folder, f"guess-{number}", f"48291{number}") for number in range(6, 6 + AT_ONCE)]
    started = [_command(home, *_asking(code, file)) for file in files]
    said = [process.communicate(timeout=PATIENCE_S)[0] for process in started]
    return [str(json.loads(one).get("reason", "fault")) if one else "fault" for one in said]


def _killed(home: Path, code: str, folder: Path, dice: random.Random) -> int:
    """One process that dies somewhere in the middle of a guess."""
    process = _command(home, *_asking(code, _pin_file(folder, "guess", "735194")))
    time.sleep(dice.uniform(0.3, 1.5))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return 1


def _asking(code: str, file: Path) -> Sequence[str]:
    return ("redeem", code, "--supervisor", BOSS, "--reason", WHY, "--pin-file", str(file))


def _pin_file(folder: Path, name: str, pin: str) -> Path:
    file = folder / name
    file.write_text(pin)
    return file


def _a_guess(dice: random.Random) -> str:
    guess = f"{dice.randrange(10**6):06d}"
    return "000001" if guess == PIN else guess


def _command(home: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "pos_client", "--home", str(home), *arguments, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )


ROW = Row(
    name="F24",
    what="PINs are guessed, and overrides asked for that may not be given",
    method="wrong PINs in one life after another, in several processes at once and in killed ones; a supervisor who is "
    "the clerk, nobody named as clerk, a reason of one's own, more overrides than the day's limit",
    reach="5 guesses looked at before the wait, over every restart; each of the others refused, nothing redeemed",
    unit="lanes",
    amounts=Amounts(full=6, quick=1, ci=0),
    run=run,
)
