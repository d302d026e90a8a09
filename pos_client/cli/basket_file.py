"""Reads the file behind ``--basket``: small, JSON, and a basket that adds up."""

import json
from pathlib import Path
from typing import Final

from pos_client.domain.basket import Basket, parse
from pos_client.domain.errors import BasketInvalid

MAX_BYTES: Final = 1 << 21


def read_basket(path: Path | None) -> Basket | None:
    """The basket, or None where no file was named.

    Raises:
        BasketInvalid: a folder, missing, too large, not JSON, or not a basket.
    """
    if path is None:
        return None
    if path.is_dir():
        raise BasketInvalid(f"{path.name} is a folder, not a file", problem="folder")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BasketInvalid("the file is larger than 2 MiB", problem="size")
        document = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BasketInvalid(f"{path.name} cannot be read ({error.strerror})", problem="file") from error
    except (ValueError, RecursionError) as error:
        raise BasketInvalid(f"{path.name} is not JSON", problem="json") from error
    return parse(document)
