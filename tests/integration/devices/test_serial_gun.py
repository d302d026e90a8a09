"""A gun on a serial line, played by the other end of a pseudo-terminal or of a socket on loopback."""

import os
import pty
import queue
import socket
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import serial

from pos_client.devices.line_text import LineHabits, Trouble
from pos_client.devices.serial_gun import SerialGun, SerialGunListener
from pos_client.devices.serial_line import open_line
from pos_client.domain.errors import GunAbsent, GunBusy, GunDenied, GunLost
from pos_client.domain.scan import Scan, ScanSource
from pos_client.usecases.gun_view import GunReport, GunState

WITHIN_S = 20.0
NOBODY = 65_534


class Terminal:
    """A pseudo-terminal whose far end stands at a name of our own, as a USB port that is plugged in and out does."""

    def __init__(self, name: Path) -> None:
        self.name = name
        self._near: int | None = None
        self.plug_in()

    def plug_in(self) -> None:
        """The device appears."""
        self._near, far = pty.openpty()
        tty.setraw(far)
        self.device = Path(os.ttyname(far))
        self.name.symlink_to(self.device)
        os.close(far)

    def unplug(self) -> None:
        """The device goes, in the midst of whatever."""
        if self._near is not None:
            os.close(self._near)
            self.name.unlink()
        self._near = None

    def send(self, data: bytes) -> None:
        """What the gun sends."""
        assert self._near is not None
        while data:
            data = data[os.write(self._near, data) :]


class Heard:
    """Everything that the gun's thread hands in, in its order."""

    def __init__(self) -> None:
        self.all: queue.SimpleQueue[Scan | GunReport | Trouble] = queue.SimpleQueue()
        self.listener = SerialGunListener(self.all.put, self.all.put, self.all.put)

    def next(self) -> str | GunState | Trouble:
        """The next thing, in short."""
        found = self.all.get(timeout=WITHIN_S)
        if isinstance(found, Scan):
            assert found.source is ScanSource.SERIAL
            return found.text
        return found.state if isinstance(found, GunReport) else found


@contextmanager
def listening(port: str, habits: LineHabits | None = None) -> Iterator[Heard]:
    """A gun's worker on a port, for as long as the block lasts."""
    heard, stop = Heard(), threading.Event()
    gun = SerialGun(port, 9600, habits or LineHabits(), heard.listener, retry_s=0.02)
    thread = threading.Thread(target=gun.run, args=(stop,))
    thread.start()
    try:
        assert heard.next() is GunState.OPENING
        yield heard
    finally:
        stop.set()
        thread.join(WITHIN_S)
        assert not thread.is_alive()


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    made = Terminal(tmp_path / "ttyGUN")
    yield made
    made.unplug()


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of an administrator, to whom nothing is denied."""
    before = os.geteuid()
    if before:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


def test_scans_arrive_whole_in_one_piece_in_many_and_two_at_once(terminal: Terminal) -> None:
    with listening(str(terminal.name)) as heard:
        connected = heard.next()
        terminal.send(b"71002600418833\r")
        first = heard.next()
        terminal.send(b"R1\r\n9781234567897\r\n")
        two = [heard.next(), heard.next()]
        for piece in (b"7200", b"00", b"0001\r"):
            terminal.send(piece)
        split = heard.next()

    assert (connected, first, two, split) == (
        GunState.CONNECTED,
        "71002600418833",
        ["R1", "9781234567897"],
        "7200000001",
    )


def test_a_thousand_scans_in_a_row_are_a_thousand(terminal: Terminal) -> None:
    texts = [f"71{number:012d}" for number in range(1_000)]
    with listening(str(terminal.name)) as heard:
        heard.next()
        sender = threading.Thread(target=terminal.send, args=("".join(f"{text}\r" for text in texts).encode(),))
        sender.start()
        found = [heard.next() for _ in texts]
        sender.join()

    assert found == texts


def test_garbage_is_named_and_the_next_scan_is_heard(terminal: Terminal) -> None:
    with listening(str(terminal.name)) as heard:
        heard.next()
        terminal.send(b"\x00\xf8\xff\x80\r71002600\r" + b"\xaa" * 3_000)
        found = [heard.next(), heard.next()]
        terminal.send(b"\xaa" * 3_000)
        terminal.send(b"\xaa" * 3_000)
        found.append(heard.next())
        terminal.send(b"\r72000001\r")
        found.append(heard.next())

    assert found == [Trouble.GARBLED, "71002600", Trouble.TOO_LONG, "72000001"]


def test_an_unplugged_gun_is_lost_and_comes_back_by_itself(terminal: Terminal) -> None:
    with listening(str(terminal.name)) as heard:
        found = [heard.next()]
        terminal.send(b"7100")
        terminal.unplug()
        found.append(heard.next())
        terminal.plug_in()
        found.append(heard.next())
        terminal.send(b"72000001\r")
        found.append(heard.next())

    assert found == [GunState.CONNECTED, GunState.LOST, GunState.CONNECTED, "72000001"]


def test_a_gun_that_is_plugged_in_later_is_found(tmp_path: Path) -> None:
    name = tmp_path / "ttyGUN"
    with listening(str(name)) as heard:
        absent = heard.next()
        terminal = Terminal(name)
        connected = heard.next()
        terminal.unplug()

    assert (absent, connected) == (GunState.ABSENT, GunState.CONNECTED)


def test_a_port_that_another_program_has_locked_is_busy_until_it_lets_go(terminal: Terminal) -> None:
    other = serial.Serial(str(terminal.name), exclusive=True)
    with listening(str(terminal.name)) as heard:
        busy = heard.next()
        other.close()
        connected = heard.next()

    assert (busy, connected) == (GunState.BUSY, GunState.CONNECTED)


def test_while_we_have_it_no_other_program_gets_it(terminal: Terminal) -> None:
    line = open_line(str(terminal.name))
    terminal.device.chmod(0o666)

    with as_nobody(), pytest.raises(OSError, match="busy"):
        os.open(terminal.device, os.O_RDONLY | os.O_NOCTTY)
    with pytest.raises(GunBusy):
        open_line(str(terminal.name))
    line.close()


def test_a_port_without_permission_is_denied(terminal: Terminal) -> None:
    terminal.device.chmod(0o000)

    with as_nobody(), pytest.raises(GunDenied) as denied:
        open_line(str(terminal.device))

    assert denied.value.facts["port"] == str(terminal.device)


@pytest.mark.parametrize(
    "port", ["/dev/no-such-port", "usb:ffff:0001", "usb:ffff:0001:A1", "COM77", "socket://", "x" * 200]
)
def test_what_is_not_there_is_absent(port: str) -> None:
    with pytest.raises(GunAbsent):
        open_line(port)


def test_what_is_no_port_is_absent(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"71002600\r")

    for port in (file, tmp_path):
        with pytest.raises(GunAbsent):
            open_line(str(port))


class Server:
    """A serial server on the network."""

    def __init__(self, port: int = 0) -> None:
        self._listening = socket.create_server(("127.0.0.1", port))
        self._listening.settimeout(WITHIN_S)
        self.port = self._listening.getsockname()[1]

    def meet(self) -> socket.socket:
        """Wait for the till."""
        found, _ = self._listening.accept()
        return found

    def close(self) -> None:
        """Stop listening."""
        self._listening.close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def closed_softly(gun: socket.socket) -> None:
    """End a connection as a program that ends does."""
    gun.close()


def reset(gun: socket.socket) -> None:
    """End a connection as a machine that starts anew does."""
    gun.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    gun.close()


@pytest.mark.parametrize("leave", [closed_softly, reset])
def test_a_gun_behind_a_serial_server_is_heard_and_found_again(
    server: Server, leave: Callable[[socket.socket], None]
) -> None:
    with listening(f"socket://127.0.0.1:{server.port}") as heard:
        gun = server.meet()
        found = [heard.next()]
        gun.sendall("会员71002600\r7200".encode())
        found.append(heard.next())
        leave(gun)
        found.append(heard.next())
        gun = server.meet()
        found.append(heard.next())
        gun.sendall(b"0001\r")
        found.append(heard.next())
        gun.close()

    assert found == [GunState.CONNECTED, "会员71002600", GunState.LOST, GunState.CONNECTED, "0001"]


def test_a_serial_server_that_is_switched_off_is_absent() -> None:
    server = Server()
    server.close()

    with pytest.raises(GunAbsent):
        open_line(f"socket://127.0.0.1:{server.port}")


def test_a_line_that_broke_stays_lost(terminal: Terminal) -> None:
    line = open_line(str(terminal.name))
    terminal.unplug()

    for _ in range(2):
        with pytest.raises(GunLost):
            line.read()
    line.close()
