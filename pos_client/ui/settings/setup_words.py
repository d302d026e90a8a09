"""What the set-up says: short sentences for somebody who stands at a printer with a strip of paper in the hand.

Apart from the panel because they are many.
"""

from PySide6.QtCore import QObject

from pos_client.config.wording import Wording
from pos_client.ui.settings.setup_steps import News, SetupStep, SetupView
from pos_client.usecases.station_choices import StationChoice


class SetupWords(QObject):
    """Words in the present language.

    Args:
        wording: sentences of verdicts and faults.
    """

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording

    def title(self, view: SetupView) -> str:
        """What this is about."""
        return {
            SetupStep.STRIP: self.tr("Which part can be read?"),
            SetupStep.WHO: self.tr("Who changes it?"),
            SetupStep.PIN: self.tr("Your PIN"),
            SetupStep.CHOICES: self.tr("Settings of this counter"),
        }.get(view.step, "")

    def hint(self, view: SetupView, language: str) -> str:
        """What to do now."""
        if view.fault is not None:
            line, step = self._wording.of_fault(view.fault)
            words = self.tr("{line} {next}")
            return words.format(line=line.in_language(language), next=step.in_language(language))
        if view.wait_s:
            return self.tr("Too many wrong PINs. Wait %n second(s).", "", view.wait_s)
        if view.refusal is not None:
            said = self._wording.of_verdict(view.refusal, language)
            return self.tr("{line} {next}").format(line=said.line, next=said.next_step)
        if view.is_asking:
            return self.tr("The strip is printing…") if view.news is News.PRINTING else self.tr("One moment…")
        return self._news(view) or self._question(view)

    def when(self, view: SetupView) -> str:
        """From when on a change counts."""
        if view.step is SetupStep.STRIP:
            return self.tr("The choice counts from the next receipt on.")
        if view.step is SetupStep.CHOICES:
            return self.tr("A change counts when the window is opened again.")
        return ""

    def encoding(self, view: SetupView, name: str) -> str:
        """A part of the strip."""
        words = self.tr("Picture, slower") if name == "RASTER" else name
        return self.tr("{name} · in use now").format(name=words) if name == view.kept else words

    def none_of_them(self) -> str:
        """Nothing can be read."""
        return self.tr("None of them")

    def choice(self, choice: StationChoice) -> str:
        """A setting and what it is now."""
        words = {
            "paper": self.tr("Paper: {value} mm").format(value=choice.value),
            "each": self._or_not(choice, self.tr("A receipt after each deed: yes"), self.tr("A receipt: with F9 only")),
            "receipt-language": {
                "zh": self.tr("Receipts in Chinese"),
                "en": self.tr("Receipts in English"),
            }.get(choice.value, self.tr("Receipts in the window's language")),
            "theme": self._or_not(choice, self.tr("Dark screen"), self.tr("Light screen")),
            "mirrored": self._or_not(
                choice, self.tr("Camera picture as in a mirror"), self.tr("Camera picture as it is")
            ),
        }
        return words.get(choice.name, choice.name)

    def _or_not(self, choice: StationChoice, is_on: str, is_off: str) -> str:
        return is_on if choice.value in {"on", "dark"} else is_off

    def _news(self, view: SetupView) -> str:
        return {
            News.PRINTED: self.tr("Look at the strip and press the number of the part that can be read."),
            News.UNREADABLE: self.tr("Is the paper in the right way round? Print once more, or call the office."),
            News.KEPT_AT_ONCE: self.tr("Kept. Receipts are printed in it from now on."),
            News.KEPT_FOR_LATER: self.tr("Kept. It counts when the window is opened again."),
        }.get(view.news, "")

    def _question(self, view: SetupView) -> str:
        if view.step is SetupStep.WHO and not view.people:
            return self.tr("Nobody here may change settings. Call the office.")
        name = view.person.name if view.person else ""
        return {
            SetupStep.STRIP: self.tr("Press the number of the part that can be read."),
            SetupStep.WHO: self.tr("A supervisor: tap the name or scan the badge."),
            SetupStep.PIN: self.tr("{name}: your PIN, then Enter.").format(name=name),
            SetupStep.CHOICES: self.tr("A number changes a setting."),
        }.get(view.step, "")
