"""A shop that is set up once for all rows: seeded centre, enrolled lanes, printed coupons; each row gets its own copy.

Apart because setting one up takes longer than many a row. A copy is the same in every byte: the rows that clone devices
make their clones themselves.
"""

import atexit
import json
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pos_client.bootstrap import identity, name_server
from tests.fakes.shop import LaneHome, Shop

LANES = 3
COUPONS = 4_000
_CODES = "codes.json"


class ReadyShop(Shop):
    """A copy of the shop: ``open`` starts its server; lanes are enrolled already.

    Attributes:
        codes: coupons of one minor unit each, never shown to anybody, for the row to use up.
    """

    def __init__(self, root: Path) -> None:
        template = _template()
        shutil.copytree(template, root, dirs_exist_ok=True)
        super().__init__(root)
        self.codes: list[str] = json.loads((root / _CODES).read_text())

    def open(self) -> None:
        """Start the server and tell the lanes where it is."""
        self.server.__enter__()
        for number in range(LANES):
            name_server(self.root / f"lane-{number}", self.server.url)

    def lane(self, number: int) -> LaneHome:
        """The n-th lane's home."""
        return LaneHome(self.root / f"lane-{number}")

    def device(self, number: int) -> str:
        """The n-th lane's device id."""
        return identity(self.lane(number).home).device

    def take(self, count: int) -> Sequence[str]:
        """Coupons that nobody has used."""
        taken, self.codes = self.codes[:count], self.codes[count:]
        if len(taken) < count:
            taken += self.mint("coupon", count - len(taken), "--value-minor", "1")
        return taken

    @property
    def database(self) -> Path:
        """The centre's tables."""
        return self.root / "crm" / "crm.db"


@cache
def _template() -> Path:
    made = Path(tempfile.mkdtemp(prefix="faults-shop-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    shop = Shop(made)
    shop.server.command("seed", "--small")
    shop.open()
    try:
        for number in range(LANES):
            assert shop.lane(number).run("sync").code == 0
        codes = shop.mint("coupon", COUPONS, "--value-minor", "1")
    finally:
        shop.close()
    (made / _CODES).write_text(json.dumps(codes))
    return made
