"""The centre lives at another time for a while: restarted with a clock that is moved below it, and back again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from faults import shims
from faults.ready_shop import ReadyShop


@contextmanager
def centre_at(shop: ReadyShop, shift: timedelta, folder: Path) -> Iterator[None]:
    """Its server and its commands believe that it is so much later; ``folder`` is for the clock's file."""
    file = folder / "centre-shift"
    file.write_text(str(shift // timedelta(microseconds=1) * 1_000))
    moved = {"LD_PRELOAD": str(shims.build("clk")), "CLK_FILE": str(file)}
    kept = {name: os.environ.get(name) for name in moved}
    shop.close()
    try:
        os.environ.update(moved)
        shop.reopen()
        yield
        shop.close()
    finally:
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
    shop.reopen()
