"""The whole product on one machine: server, seeded shop, enrolled lane, and pictures in place of a camera.

It speaks to the server program only as a customer would, by command line and HTTP.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import platformdirs

from pos_client import bootstrap

from .demo_pictures import draw_pictures
from .server_process import ServerProcess

_SOURCE_SECONDS: Final = 2.5


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What a demo ended with."""

    document: dict[str, Any]
    text: str
    exit_code: int


def demo(home: Path | None, port: int, *, headless: bool, as_json: bool) -> DemoResult:
    """Start everything, play or show, and stop everything again."""
    root = (home or Path(platformdirs.user_data_dir("pos-client-demo", appauthor=False))).absolute()
    root.mkdir(parents=True, exist_ok=True)
    say = _narrator(as_json=as_json)
    with ServerProcess(root / "crm", port, say) as server:
        lane_home = root / "lane"
        _enrol_once(server, lane_home, say)
        pictures = draw_pictures(server, root / "pictures", say)
        if headless:
            return _headless(server, lane_home, pictures, say)
        say("opening the window; close it to end the demo")
        code = bootstrap.run_window(lane_home, bootstrap.demo_source(root / "pictures"))
        return DemoResult({"exit_code": code}, "", code)
