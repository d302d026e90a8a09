"""States of the settings page for pictures and tests."""

from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.settings.settings_page import SettingsPage
from pos_client.usecases.machine_checks import Finding, Light
from pos_client.usecases.station_choices import StationChoice
from script import screen_facts as facts
from script.clerk_stage import Play, Stage
from script.shift_facts import SHIFT

_WELL = {
    "network": "1 address: 10.2.0.31; 2 name: 10.2.0.5; 3 port: 443 open",
    "server": "https://crm.example.cn",
    "store-server": "https://10.2.0.9:8443, certificate 4be1a07c22d0…; last heard 06:31:50Z",
    "data": "generation 1842, 4 min old",
    "clock": "synced; the wall clock is off by 0 s",
    "camera": "camera:0 gives 1280 x 720, 30 pictures a second",
    "gun": "keyboard gun begins with F9",
    "printer": "USB 0416:5011, GB18030",
    "sound": "",
    "disk": "48213 MB free",
    "journal": "100231 entries, chain intact",
    "program": "pos-client 0.1.0, Python 3.11.9, Windows-10",
}
_TROUBLES = {
    "network": Finding(Light.WARN, "1 address: 10.2.0.31; 2 name: 10.2.0.5; 3 port: no"),
    "server": Finding(Light.WARN, "https://crm.example.cn: no answer; the lane goes on alone"),
    "store-server": Finding(Light.LOOKING),
    "disk": Finding(Light.BAD, "312 MB free"),
}


def page_of(stage: Stage) -> SettingsPage:
    """The page."""
    page = stage.clerk.window.body.page(Workspace.SETTINGS)
    assert isinstance(page, SettingsPage)
    return page


def opened(stage: Stage, **found: Finding) -> SettingsPage:
    """The page with everything in order but these."""
    page = page_of(stage)
    wanted = {name: Finding(Light.GOOD, detail) for name, detail in _WELL.items()} | found
    for name, finding in wanted.items():
        # What a look still under way would say does not matter to a picture.
        page.take(name, Finding(Light.GOOD, finding.detail))
    stage.presenter.open(Workspace.SETTINGS)
    for name, finding in wanted.items():
        page.take(name, finding)
    return page


def _camera(stage: Stage) -> None:
    page = opened(stage)
    page.choose("camera")
    for _ in range(13):
        stage.wait(1 / 12)
        page.on_picture(facts.picture(code=True, believed=True))


def _answered(stage: Stage, **answers: object) -> SettingsPage:
    page = opened(stage)
    known: dict[str, object] = page.around.line.answers  # type: ignore[attr-defined]
    known.update({"people_asked": SHIFT, **answers})
    page.choose("printer")
    return page


def strip(stage: Stage) -> SettingsPage:
    """The strip is out, and somebody has it in the hand."""
    page = _answered(stage)
    page.print_strip()
    page.setup.steps.printed(None)
    page.setup.show()
    return page


def pin(stage: Stage, refusal: Verdict | None = None) -> SettingsPage:
    """A number was pressed, and a supervisor types the PIN."""
    page = _answered(stage, settings_refusal_asked=refusal)
    page.print_strip()
    page.setup.steps.printed(None)
    page.type_character("2")
    page.setup.steps.choose_person(next(one for one in SHIFT.deciders() if one.has_pin))
    for digit in "2468":
        page.type_character(digit)
    if refusal is not None:
        page.enter()
    return page


def _choices(stage: Stage) -> None:
    page = _answered(stage, settings_refusal_asked=None)
    page.open_settings()
    page.setup.steps.choose_person(next(one for one in SHIFT.deciders() if one.has_pin))
    page.type_character("1")
    page.enter()
    page.setup.steps.looked(CHOICES)
    page.setup.show()


CHOICES = (
    StationChoice("paper", "80", ("80", "58")),
    StationChoice("each", "off", ("off", "on")),
    StationChoice("receipt-language", "window", ("window", "zh", "en")),
    StationChoice("theme", "light", ("light", "dark")),
    StationChoice("mirrored", "off", ("off", "on")),
)

SCREENS: dict[str, Play] = {
    "settings": lambda stage: opened(stage).choose("network"),
    "settings-trouble": lambda stage: opened(stage, **_TROUBLES).choose("disk"),
    "settings-camera": _camera,
    "settings-sound": lambda stage: opened(stage).choose("sound"),
    "settings-printer": lambda stage: _answered(stage).choose("printer"),
    "settings-strip": strip,
    "settings-who": lambda stage: _answered(stage).open_settings(),
    "settings-pin": pin,
    "settings-pin-wrong": lambda stage: pin(stage, Verdict(VerdictKind.REFUSED, Reason.PIN_WRONG, {"count": 3})),
    "settings-choices": _choices,
    "settings-gun": lambda stage: opened(stage).choose("gun"),
}
