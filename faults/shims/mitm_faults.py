"""Run inside mitmproxy: throws the dice for each request and reply that passes, and counts what it did."""

import json
import os
import random
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from mitmproxy import ctx  # type: ignore[import-not-found] # of the Python that mitmproxy brings
from mitmproxy.script import concurrent  # type: ignore[import-not-found]

MIX = json.loads(os.environ["MITM_MIX"])
COUNTS = Path(os.environ["MITM_COUNTS"])
_dice = random.Random(MIX["seed"])
_lock = threading.Lock()
_counts: Counter[str] = Counter()


def _falls(name: str) -> bool:
    with _lock:
        fell = bool(_dice.random() < MIX.get(name, 0.0))
        _counts[name] += fell
        return fell


def _keep() -> None:
    with _lock:
        fresh = COUNTS.with_suffix(".new")
        fresh.write_text(json.dumps(_counts))
        fresh.replace(COUNTS)


def request(flow: Any) -> None:
    """A request came: it may never go on, or go on twice."""
    if flow.is_replay:
        return
    _counts["requests"] += 1
    if _falls("drop_request"):
        flow.kill()
    elif _falls("double_request"):
        ctx.master.commands.call("replay.client", [flow.copy()])
    _keep()


@concurrent  # type: ignore[untyped-decorator]
def response(flow: Any) -> None:
    """The server did it; its reply may be lost, cut in its middle, or late."""
    if flow.is_replay:
        return
    if _falls("drop_reply"):
        flow.kill()
    elif flow.response.raw_content and _falls("cut_reply"):
        size = len(flow.response.raw_content)
        flow.response.raw_content = flow.response.raw_content[: size // 2]
        flow.response.headers["content-length"] = str(size)
        flow.response.headers["connection"] = "close"
    elif _falls("delay_reply"):
        time.sleep(MIX.get("delay_s", 2.0))
