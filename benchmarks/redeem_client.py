"""One lane of ``redeem_over_http``, in a process of its own: redeems, or only asks, when it is told to.

Opens its home once, says so, and then works through each line of stdin: ``get N`` or ``redeem N``. Answers with the
milliseconds of each round, and how many of its redemptions it had to decide alone.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pos_client import bootstrap
from pos_client.bootstrap.lane import Lane
from pos_client.domain.verdict import Tier, VerdictKind
from pos_client.sync.api_client import ApiClient
from pos_client.usecases.transaction import Request


def main() -> None:
    """Serve stdin until it ends."""
    home, codes = Path(sys.argv[1]), iter(json.loads(Path(sys.argv[2]).read_text(encoding="ascii")))
    with bootstrap.writing_lane(home) as lane:
        api = lane.files.api(lane.files.server_time(lane.journal))
        deeds = {"get": lambda: _ask(api), "redeem": lambda: _redeem(lane, codes)}
        _say("ready")
        for line in sys.stdin:
            name, count = line.split()
            rounds = [_timed(deeds[name]) for _ in range(int(count))]
            _say({"ms": [ms for ms, _ in rounds], "alone": sum(alone for _, alone in rounds)})
        api.close()


def _ask(api: ApiClient) -> bool:
    api.get("/v1/policy")
    return False


def _redeem(lane: Lane, codes: Iterator[str]) -> bool:
    """Redeem the next coupon; whether the server did not answer in time."""
    verdict = lane.redeem(Request([next(codes)]))
    assert verdict.kind in {VerdictKind.ACCEPTED, VerdictKind.PENDING}, verdict
    return verdict.tier is Tier.LANE


def _timed(deed: Callable[[], bool]) -> tuple[float, bool]:
    began = time.perf_counter()
    alone = deed()
    return (time.perf_counter() - began) * 1_000, alone


def _say(what: Any) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main()
