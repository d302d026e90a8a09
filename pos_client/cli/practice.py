"""``run --training``: a counter to practise on, with a centre of its own on this machine and nothing of the real one.

Apart from the demo because a person works here: nothing is played, and every screen says that nothing counts.
"""

from pathlib import Path
from typing import Final

import platformdirs

from pos_client import bootstrap

from .demo_pictures import draw_pictures
from .demonstration import enrol_at, say
from .server_process import ServerProcess
from .verdict_document import verdict_document

FOLDER: Final = "training"


def practice_root(home: Path | None) -> Path:
    """Where practice keeps its files: inside the lane's home, or beside everybody's, and never the home itself."""
    return (
        home / FOLDER if home else Path(platformdirs.user_data_dir("pos-client-training", appauthor=False))
    ).absolute()


def practise(home: Path | None, source: str | None) -> int:
    """Start the practice centre, open the window on the practice lane, and stop both again; the exit code."""
    root = practice_root(home)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    lane = root / "lane"
    with ServerProcess(root / "crm", 0, say) as server:
        # The practice lane is told this address at every start, so it never knows another centre than this one.
        enrol_at(server, lane)
        draw_pictures(server, root / "pictures", say)
        bootstrap.sync(lane, push=True, pull=True)
        say(f"practice codes to print or to hold up are in {root / 'pictures'}")
        return bootstrap.run_window(lane, source, verdict_document, bootstrap.WindowKind.PRACTICE)
