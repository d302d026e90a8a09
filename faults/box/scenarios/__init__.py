"""The scenarios by name, each a day or a week that a store can have."""

from typing import Final

from faults.box.scenario import Scenario

from . import days, machines, networks

SCENARIOS: Final[dict[str, Scenario]] = {
    one.name: one for one in (*networks.SCENARIOS, *machines.SCENARIOS, *days.SCENARIOS)
}
