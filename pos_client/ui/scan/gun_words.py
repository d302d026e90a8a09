"""What the scanner test says: rows of facts, and one sentence of advice with its next step.

Apart from the panel because these are words about findings, and the top bar says some of them too.
"""

from PySide6.QtCore import QObject

from pos_client.config.wording import Wording
from pos_client.domain import errors
from pos_client.domain.errors import GunUnavailable
from pos_client.usecases.gun_view import Advice, GunFindings, GunReport, GunState, Layout

_FAULTS: dict[GunState, type[GunUnavailable]] = {
    GunState.ABSENT: errors.GunAbsent,
    GunState.DENIED: errors.GunDenied,
    GunState.BUSY: errors.GunBusy,
    GunState.LOST: errors.GunLost,
}
_LONGEST_SHOWN = 40


class GunWords(QObject):
    """Sentences in the language that the labels speak.

    Args:
        wording: sentences of faults.
    """

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording

    def fault(self, report: GunReport, language: str) -> str:
        """Why the serial line cannot be used and what to do; empty where it can."""
        if not report.is_fault:
            return ""
        line, step = self._wording.of_fault(_FAULTS[report.state](report.port, port=report.port))
        return f"{line.in_language(language)} {step.in_language(language)}"

    def state(self, report: GunReport) -> str:
        """The serial line in two or three words; empty where there is none."""
        return {
            GunState.NONE: "",
            GunState.OPENING: self.tr("Serial gun is being opened"),
            GunState.CONNECTED: self.tr("Serial gun connected"),
            GunState.ABSENT: self.tr("No serial gun"),
            GunState.DENIED: self.tr("Serial gun: no permission"),
            GunState.BUSY: self.tr("Serial gun in use elsewhere"),
            GunState.LOST: self.tr("Serial gun lost"),
        }[report.state]

    def rows(self, found: GunFindings, wanted: int, report: GunReport) -> list[tuple[str, str]]:
        """Names and values of the panel's facts."""
        nothing = "—" if not found.scans else self.tr("none")
        gaps = f"p50 {found.p50_ms} ms · p99 {found.p99_ms} ms"
        latest = found.latest if len(found.latest) <= _LONGEST_SHOWN else found.latest[:_LONGEST_SHOWN] + "…"
        return [
            (self.tr("Text"), latest or "—"),
            (self.tr("Scans"), f"{min(found.scans, wanted)} / {wanted}"),
            (self.tr("Between keys"), gaps if found.scans else "—"),
            (self.tr("Prefix, suffix"), f"{found.prefix or nothing} · {found.suffix or nothing}"),
            (self.tr("Layout"), self._layout(found.layout)),
            (self.tr("Serial line"), self.state(report) or self.tr("not set up")),
        ]

    def advice(self, found: GunFindings, wanted: int, report: GunReport, language: str) -> tuple[str, bool]:
        """What to do, and whether something is wrong."""
        wrong = self._wrong_layout(found.layout)
        if wrong:
            return wrong, True
        if found.advice is Advice.MORE:
            fault = self.fault(report, language)
            return fault or self.tr("%n more scan(s)", "", max(0, wanted - found.scans)), bool(fault)
        return {
            Advice.PREFIX: (
                self.tr("The gun begins with {key}: it is recognised with certainty.").format(key=found.prefix),
                False,
            ),
            Advice.TIMING: (
                self.tr(
                    "Recognised by its speed: gaps up to {max} ms, half of them up to {median} ms. "
                    "A prefix F9 would be more certain."
                ).format(max=found.values.get("max_gap_ms"), median=found.values.get("median_gap_ms")),
                False,
            ),
            Advice.TOO_SLOW: (
                self.tr("This gun is as slow as a person. Set its prefix to F9 with its own manual, then test again."),
                True,
            ),
        }[found.advice]

    def serial_advice(self, text: str, *, is_test: bool) -> tuple[str, bool]:
        """The serial gun has read something."""
        right = self.tr("The serial gun works: the test code came through whole.")
        return (right if is_test else self.tr("The serial gun has read: {text}").format(text=text)), False

    def _layout(self, layout: Layout) -> str:
        return {
            Layout.NOT_SEEN: "—",
            Layout.RIGHT: self.tr("right"),
            Layout.CASE: self.tr("small letters"),
            Layout.WRONG: self.tr("wrong"),
            Layout.LOST: self.tr("signs are lost"),
        }[layout]

    def _wrong_layout(self, layout: Layout) -> str:
        return {
            Layout.CASE: self.tr("Capital letters arrive as small ones. Switch Caps Lock off, then test again."),
            Layout.WRONG: self.tr(
                "Other signs arrive. Set gun and machine to the keyboard layout US, then test again."
            ),
            Layout.LOST: self.tr(
                "Signs are lost or doubled. Set a longer delay between keys on the gun, then test again."
            ),
        }.get(layout, "")
