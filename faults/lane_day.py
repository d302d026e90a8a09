"""A lane's day in one process, from enrolling on: redeems, takes back, buys, syncs, closes and opens again.

Run under ``wlog.so``, which writes down what reaches the disk. The log of the journal is folded into its file after a
few pages, so that a short day has as many checkpoints as a long one; nothing else is changed.
"""

import json
import sys
from pathlib import Path
from typing import Any

from faults import lives
from pos_client import bootstrap
from pos_client.storage import connections

FEW_PAGES = 40
NOWHERE = "http://127.0.0.1:9"


def main() -> None:
    """The day that the document on stdin describes."""
    day: dict[str, Any] = json.load(sys.stdin)
    home, codes = Path(day["home"]), list(day["codes"])
    connections.CHECKPOINT_PAGES = FEW_PAGES  # type: ignore[misc] # a short day, with all that happens in a long one
    bootstrap.enrol(home, day["url"], day["enrol_code"])
    lives.sync_once(home, [])
    for number in range(day["sessions"]):
        own, codes = codes[: day["each"]], codes[day["each"] :]
        is_alone = number % 3 == 1
        bootstrap.name_server(home, NOWHERE if is_alone else day["url"])
        lives.LIVES[("redeem", "redeem", "void", "purchase")[number % 4]](home, own)
        if not is_alone:
            lives.sync_once(home, [])
    lives.say({"ended": True})


if __name__ == "__main__":
    main()
