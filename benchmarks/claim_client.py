"""Lanes' claims as they stand, signed beforehand, sent to a server: one process with a thread and a connection a lane.

Apart from the row because a client that shares the server's interpreter lock would measure itself.
"""

import http.client
import json
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

GRANTED: Final = 201
TIMEOUT_S: Final = 30

Request = dict[str, Any]


def main() -> None:
    """Arguments: address, file of ``[[{path, headers, body}]]`` by lane, seconds between two of a lane (0: at once).

    Waits for a line, then sends all; prints ``{"ms": […], "odd": {status: count}, "took_s"}``. A time counts from the
    moment at which the request was due, so that waiting for the one before it is not left out.
    """
    address, lanes, pause_s = sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8")), float(sys.argv[3])
    found: list[tuple[float, int]] = []
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.perf_counter()
    threads = [
        threading.Thread(target=_lane, args=(address, asked, found, began + pause_s * place / len(lanes), pause_s))
        for place, asked in enumerate(lanes)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    odd: dict[str, int] = {}
    for status in (status for _, status in found if status != GRANTED):
        odd[str(status)] = odd.get(str(status), 0) + 1
    took_s = time.perf_counter() - began
    print(json.dumps({"ms": [each[0] for each in found], "odd": odd, "took_s": took_s}), flush=True)


def _lane(address: str, asked: list[Request], found: list[tuple[float, int]], due: float, pause_s: float) -> None:
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=TIMEOUT_S)
    line.connect()
    for one in asked:
        time.sleep(max(0.0, due - time.perf_counter()))
        since = due if pause_s else time.perf_counter()
        line.request("PUT", one["path"], one["body"].encode(), one["headers"])
        answer = line.getresponse()
        answer.read()
        found.append(((time.perf_counter() - since) * 1_000, answer.status))
        due += pause_s
    line.close()


if __name__ == "__main__":
    main()
