"""F27: journal, outbox and claims against a reference model of a page, driven by Hypothesis."""

from collections import Counter
from typing import Final

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from faults.lane_machine import LaneMachine, World, opened
from faults.row import Amounts, Order, Outcome, Row
from faults.stage import stage
from tests.fakes.fault_proxy import NO_FAULTS, FaultProxy

STEPS: Final = 14


def run(order: Order) -> Outcome:
    """Look for an example in which programs and paper differ."""
    with stage(order.folder) as shop, FaultProxy(shop.shop.url, NO_FAULTS, order.seed) as proxy:
        world = World(shop, proxy, [opened(shop.enrolled(number, proxy.url)) for number in (1, 2)], Counter())
        try:
            for lane in world.lanes:
                lane.sync()
            broken = _searched(world, order)
        finally:
            for lane in world.lanes:
                lane.close()
    return Outcome({name: world.counts[name] for name in sorted(world.counts)}, broken)


def _searched(world: World, order: Order) -> tuple[str, ...]:
    """What differed, in the shortest example that Hypothesis found."""
    machine = seed(order.seed)(type("Searched", (LaneMachine,), {"world": world}))
    how = settings(
        max_examples=order.amount,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        print_blob=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(machine, settings=how)
    except AssertionError as found:
        notes = "; ".join(getattr(found, "__notes__", ()))
        order.say(notes)
        return (f"{found!s:.300}; {notes:.600}",)
    return ()


ROW = Row(
    name="F27",
    what="model check of journal, outbox and claims",
    method="Hypothesis drives two real lanes and a centre over a line that loses requests or replies; a page of paper",
    reach="0 counter-examples",
    unit="examples",
    amounts=Amounts(full=2_000, quick=60, ci=10),
    run=run,
)
