"""Binding at an open lane: the ports put together, with a connection of their own.

Apart from the lane itself because most commands bind nobody, and the lane's module is long enough.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pos_client.config.sealing import CentreSealer
from pos_client.domain.verdict import Verdict
from pos_client.storage.lookup_book import LookupBook
from pos_client.sync.api_client import ApiClient
from pos_client.sync.phone_codes import CentralPhoneCodes
from pos_client.sync.scenes import CentralScenes
from pos_client.usecases.bind_member import BindMember
from pos_client.usecases.bind_port import BindPorts
from pos_client.usecases.change_phone import ChangePhone
from pos_client.usecases.find_member import FindMember
from pos_client.usecases.show_scene import ShowScene
from pos_client.usecases.verify_phone import VerifyPhone

from .lane import Lane, LaneFiles, reading_lane, writing_lane


@dataclass(frozen=True)
class Binding:
    """What a lane can do for a customer who is to be a member."""

    lane: Lane
    bind: BindMember
    change_phone: ChangePhone
    verify: VerifyPhone
    scene: ShowScene


def bind_ports(files: LaneFiles, api: ApiClient) -> BindPorts:
    """What binding reaches for, with a client of the thread that asks."""
    sign = files.credentials.device_key(files.device).sign
    station = files.settings.station
    sealer = CentreSealer(files.orders.seal_key)
    scenes, codes = CentralScenes(api), CentralPhoneCodes(api)
    return BindPorts(sealer, sign, scenes, codes, station.bind_link, station.campaign)


@contextmanager
def binding_lane(given: Path | None) -> Iterator[Binding]:
    """Open a lane as its only writer, to bind. Raises JournalHeld while a window or another command has it."""
    with writing_lane(given) as lane:
        files = lane.files
        api = files.api(files.server_time(lane.journal))
        ports = bind_ports(files, api)
        desk = lane.desk
        try:
            yield Binding(
                lane,
                BindMember(desk, ports),
                ChangePhone(desk, ports),
                VerifyPhone(desk, ports),
                ShowScene(desk, ports),
            )
        finally:
            api.close()


def find_member(given: Path | None, text: str, operator: str) -> tuple[Verdict, Lane]:
    """Find members, beside a window too. Whoever asks by four digits is counted in a file of its own."""
    with reading_lane(given) as lane:
        find = FindMember(lane.desk, LookupBook(lane.files.home.lookups))
        return find(text, operator or lane.operator), lane
