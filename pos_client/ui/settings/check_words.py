"""What each part is called, how it is, and what a clerk does about it: short words for people who are not at ease.

Apart from the page because they are many; the technician's line comes from the look itself.
"""

from PySide6.QtCore import QObject

from pos_client.usecases.machine_checks import Light

ICON_OF = {
    Light.UNKNOWN: "verdict-idle",
    Light.LOOKING: "syncing",
    Light.GOOD: "verdict-ok",
    Light.WARN: "verdict-warn",
    Light.BAD: "verdict-no",
}
TONE_OF = {
    Light.UNKNOWN: "text-muted",
    Light.LOOKING: "on-info-tint",
    Light.GOOD: "on-ok-tint",
    Light.WARN: "on-warn-tint",
    Light.BAD: "on-no-tint",
}


class CheckWords(QObject):
    """Words of the checks; each call answers in the present language."""

    def name(self, part: str) -> str:
        """What a part is called."""
        names = {
            "network": self.tr("Network"),
            "server": self.tr("Centre's server"),
            "store-server": self.tr("Store's server"),
            "clock": self.tr("Clock"),
            "camera": self.tr("Camera"),
            "gun": self.tr("Scanner gun"),
            "printer": self.tr("Printer"),
            "sound": self.tr("Sound"),
            "disk": self.tr("Disk"),
            "program": self.tr("Version"),
            "data": self.tr("Age of the data"),
            "journal": self.tr("Journal"),
            "key": self.tr("Key of this lane"),
            "enrolment": self.tr("Enrolment"),
            "sqlite": self.tr("Database"),
            "decoders": self.tr("Code readers"),
        }
        return names.get(part, part)

    def light(self, light: Light) -> str:
        """How it is, in a word."""
        return {
            Light.UNKNOWN: self.tr("not tested"),
            Light.LOOKING: self.tr("testing…"),
            Light.GOOD: self.tr("in order"),
            Light.WARN: self.tr("look at it"),
            Light.BAD: self.tr("broken"),
        }[light]

    def mend(self, part: str, light: Light) -> str:
        """What to do about it."""
        if light is Light.GOOD:
            return self.tr("Nothing to do.")
        return self._mends().get(part, self.tr("Close the window and open it again. If it stays so, call the office."))

    def _mends(self) -> dict[str, str]:
        return {
            "network": self.tr("Is the cable in? Does the router have light? You can go on redeeming meanwhile."),
            "server": self.tr("Nothing to do here: go on. What you do is sent as soon as the centre answers."),
            "store-server": self.tr("Is the store's server switched on? Each lane goes on alone meanwhile."),
            "clock": self.tr("Call the supervisor: the day must be confirmed, or the clock set right."),
            "camera": self.tr("Plug the camera in again, and close other programs that use it. The gun still works."),
            "gun": self.tr("Plug it in again and test it (Ctrl+G). You can type the number meanwhile."),
            "printer": self.tr("Is it switched on, is there paper? Redeeming goes on without it."),
            "sound": self.tr("Is the loudspeaker on and not muted? Watch the colours and shapes meanwhile."),
            "disk": self.tr("The disk is nearly full. Call the office before tonight; delete nothing yourself."),
            "data": self.tr("Connect to the network and press the cloud at the top once."),
            "key": self.tr("Call the office: this lane must be enrolled again."),
            "journal": self.tr("Stop here and call the office. Delete nothing: nothing is lost."),
            "decoders": self.tr("Some codes may be read more slowly. Tell the office."),
        }
