"""The verdict is told before its entry is on the disk."""

from faults.weak.held_back import hold_back
from faults.weak.switch import Switch

SWITCH = Switch(
    name="green-first",
    what="the clerk sees green before the entry is committed",
    apply=lambda: hold_back("redeem", for_entries=6),
    caught_by={"F1": 20},
    because=("redemptions lost",),
)
