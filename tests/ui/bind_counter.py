"""The screen of F4 at a real desk and a centre that answers, and what a person does at it.

Apart from the tests because there are many of them.
"""

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_client.domain.journal_entry import EntryKind
from pos_client.ui.bind.bind_page import BindPage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.usecases.bind_port import SceneBound
from pos_client.usecases.counter_tools import CounterTools
from pos_client.usecases.till_view import LaneStatus, Network
from script import screen_facts as facts
from tests.ui.counter_desk import AtOnce, CounterDesk, KeptFiles
from tests.unit.usecases.bind_desk import KEY, NEW_PHONE, Binder
from tests.unit.usecases.counter import PROMOTER


class BindDesk:
    """The window, its centre, and what a person does."""

    def __init__(self, binder: Binder, folder: Path, size: tuple[int, int]) -> None:
        self.binder = binder
        self.files = KeptFiles(folder)
        tools = CounterTools(self.files, binding=binder.centre.ports(KEY), far=AtOnce())
        self.desk = CounterDesk(binder.counter, tools, width=size[0], height=size[1])
        page = self.desk.window.body.page(Workspace.BIND)
        assert isinstance(page, BindPage)
        self.page = page
        self.heard: list[Sound] = []
        self.desk.window.page.sounded.connect(self.heard.append)
        self.online(is_online=True)

    def online(self, *, is_online: bool) -> None:
        """The network comes or goes."""
        self.binder.centre.is_reachable = is_online
        state = Network.ONLINE if is_online else Network.OFFLINE_FRESH
        status = LaneStatus(network=state, promoter_id=PROMOTER, promoters=facts.status().promoters)
        self.desk.window.presenter.on_status(status)
        self.desk.settle()

    def press(self, *keys: Qt.Key) -> None:
        """A person's keys."""
        for key in keys:
            QTest.keyClick(self.desk.window, key)
            self.desk.settle()

    def type(self, text: str) -> None:
        """A person's digits."""
        QTest.keyClicks(self.desk.window, text)
        self.desk.settle()

    def pass_by(self, seconds: float) -> None:
        """Time."""
        self.binder.counter.clock.pass_by(timedelta(seconds=seconds))
        self.desk.window.tick()
        self.desk.settle()

    def scanned(self, masked: str = "李* 139****9000") -> None:
        """A customer scans what is on show, follows and shares his number."""
        on_show = self.page.presenter.view.on_show
        assert on_show is not None
        key = self.binder.counter.hasher.phone_key(NEW_PHONE)
        self.binder.centre.scenes[on_show.scene.digest] = SceneBound("m900", 900, key, masked, is_new=True)

    def bindings(self) -> list[dict[str, object]]:
        """What the book says."""
        return [entry.fields() for entry in self.binder.counter.entries() if entry.kind is EntryKind.BIND]

    @property
    def workspace(self) -> Workspace:
        """What is shown."""
        return self.desk.window.presenter.workspace
