"""A window in a process of its own, that closes a day up to a step and then waits to be killed.

Arguments: a folder, and what a person types; ``.`` in it is Enter. It says ``ready`` once everything was answered.
"""

import sys
import time
from pathlib import Path

from pos_client.domain.journal_entry import EntryKind
from pos_client.ui.close.close_page import ClosePage
from pos_client.ui.scan.scan_view import Workspace
from tests.ui.day_stage import DayStage


def main() -> None:
    """Type and wait."""
    day = DayStage(Path(sys.argv[1]))
    if EntryKind.REDEEM not in day.shop.kinds():
        day.shop.redeem(1, 2)
    day.stage.open(Workspace.CLOSE, ClosePage)
    day.settle()
    day.type(sys.argv[2].replace(".", "\n"))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    time.sleep(120)


if __name__ == "__main__":
    main()
