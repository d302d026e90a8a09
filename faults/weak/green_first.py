"""The verdict is told before its entry is on the disk."""

from faults.weak.held_back import hold_back
from faults.weak.switch import Switch

SWITCH = Switch(
    name="green-first",
    what="the clerk sees green before the entry is committed",
    apply=lambda: hold_back("redeem", for_entries=1),
    caught_by={"F2": 1},
    because=("redemptions lost",),
)
