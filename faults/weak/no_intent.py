"""A claim is asked for before its intent is on the disk: a crash leaves a claim that the lane knows nothing of."""

from faults.weak.held_back import hold_back
from faults.weak.switch import Switch

SWITCH = Switch(
    name="no-intent",
    what="the centre is asked for a use before the lane has written that it asks",
    apply=lambda: hold_back("intent", for_entries=1),
    caught_by={"F1": 20},
    because=("no lane knows of",),
)
