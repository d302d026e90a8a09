"""The places of a box's lanes at its centre: lanes, their enrolment codes, and a campaign that no lane may give alone.

Apart from the world because it writes the centre's tables itself: a command for each would be most of the time that a
box takes to open.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert

from crm_server import snapshots
from crm_server.centre import Centre, open_centre
from crm_server.lanes import add_lane
from crm_server.minting import CodeKind, MintRequest, mint
from crm_server.schema import OFFER

NEVER_ALONE: Final = 5_000
CODE_MINUTES: Final = 60
_OFFER: Final = {
    "number": NEVER_ALONE,
    "name": {"zh": "立减10", "en": "10 off"},
    "effects": [{"kind": "amount_off", "amount_minor": 1_000}],
    "offline": {"policy": "deny"},
}


def prepare(data: Path, url: str, places: Sequence[tuple[int, int]]) -> list[str]:
    """Make the lanes, each ``(store, number)``; their enrolment codes, in order."""
    centre = open_centre(data, url or None)
    try:
        codes = centre.database.write(lambda job: [_seat(job, centre, *place) for place in places]).result()
        offer = {"number": NEVER_ALONE, "body": json.dumps(_OFFER), "next_serial": 1}
        centre.database.write(lambda job: job.execute(insert(OFFER).values(offer))).result()
        for store in sorted({store for store, _ in places}):
            snapshots.build(centre, store)
    finally:
        centre.close()
    return codes


def _seat(job: Connection, centre: Centre, store: int, number: int) -> str:
    add_lane(job, str(store), number, "")
    asked = MintRequest(CodeKind.ENROL, store=str(store), lane=number, minutes=CODE_MINUTES)
    return str(mint(job, centre.keys, asked, centre.now())[0]["code"])
