"""A part of the program has stopped: said in place, with what is safe and what to do, never a trace."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel


class CrashPanel(QFrame):
    """Which part stands still and what that means."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("crash")
        self._worker = ""
        self._what = ""
        self.words = FittedLabel("body")
        self.code = FittedLabel("code")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel("warning", 20))
        row.addWidget(self.words, 1)
        row.addWidget(self.code)

    def show_failure(self, worker: str, what: str) -> None:
        """A worker has died.

        Args:
            worker: ``till``, ``scanner`` or ``sync``.
            what: the kind of error, for the hotline.
        """
        self._worker, self._what = worker, what
        self.retranslate()

    def retranslate(self) -> None:
        """All words in the present language."""
        sentences = {
            "till": self.tr("Redeeming has stopped. All that was shown as redeemed is kept. Start the program again."),
            "scanner": self.tr("The camera part has stopped; gun and keyboard still work. Start the program again."),
            "sync": self.tr("Uploading has stopped; everything is kept on this lane. Start the program again."),
        }
        other = self.tr("A part of the program has stopped; nothing is lost. Start the program again.")
        self.words.setText(sentences.get(self._worker, other))
        self.code.setText(f"E-SYS {self._worker} {self._what}")
        self.setAccessibleName(self.words.text())
