"""The result of one customer's deed: the verdict in his words, and the paper that may come with it.

Apart from the presenter because a result changes while it is shown: a slip comes out or does not, the language
is switched.
"""

from collections.abc import Callable
from dataclasses import replace

from pos_client.domain.verdict import EntryRef
from pos_client.ui.kiosk.kiosk_view import More, ResultFacts
from pos_client.ui.kiosk.kiosk_words import KioskWords
from pos_client.ui.kiosk.use_of_coupons import USED, UseOfCoupons
from pos_client.usecases.slip_out import SlipOut, SlipState
from pos_client.usecases.till_view import Level, TillAnswer


class Outcome:
    """What came out.

    Args:
        words: the kiosk's sentences. uses: tells several coupons as one. slips: prints.
        show: shows facts that have changed.
    """

    def __init__(
        self, words: KioskWords, uses: UseOfCoupons, slips: SlipOut, show: Callable[[ResultFacts], None]
    ) -> None:
        self._words, self._uses, self._slips, self._show = words, uses, slips, show
        self._paper = SlipState.NONE
        self._case = ""
        self.answer: TillAnswer | None = None
        self.facts: ResultFacts | None = None

    @property
    def is_good(self) -> bool:
        """Whether something was used."""
        return bool(self.facts and self.facts.level in USED)

    def judge(self, answer: TillAnswer, language: str) -> Level:
        """Word an answer, and show it; returns its level."""
        self.answer, self._paper, self._case = answer, SlipState.NONE, ""
        self.word(language)
        return self.facts.level if self.facts else answer.level

    def tell(self, case: str, language: str) -> None:
        """Show something that is no verdict: a till that is silent, a fault."""
        self.answer, self._paper, self._case = None, SlipState.NONE, case
        self.word(language)

    def word(self, language: str) -> None:
        """Show what there is, in a language."""
        if self.answer:
            self.facts = self._with_paper(self._uses.result(self.answer, self._words, language), language)
        elif self._case:
            row = self._words.of_case(self._case, language)
            self.facts = ResultFacts(Level.SYSTEM, row.headline, row.line, row.hands, why=row.why, more=More.AGAIN)
        if self.facts:
            self._show(self.facts)

    def print_slip(self, then: Callable[[SlipState], None], language: str) -> SlipState:
        """Print a slip of each that was used; PRINTING where the printer has to be waited for."""
        entries = self._entries()
        if self.is_good and entries:
            self.on_paper(self._slips.begin([entry.seq for entry in entries], language, then), language)
        return self._paper

    def on_paper(self, state: SlipState, language: str) -> None:
        """How far the paper is; where none comes, there is a code to photograph."""
        self._paper = state
        if state is SlipState.FAILED:
            # What did not come while he stood there must not come for the next one.
            self._slips.cancel()
        if state is not SlipState.NONE:
            self.word(language)

    def forget(self) -> None:
        """The customer has gone."""
        self._slips.cancel()
        self.answer, self.facts, self._case, self._paper = None, None, "", SlipState.NONE

    def _entries(self) -> list[EntryRef]:
        """Of what was used: of all coupons that one touch used, also where the last of them was refused."""
        answers = self._uses.used or ([self.answer] if self.answer else [])
        return [answer.verdict.entry for answer in answers if answer.verdict.entry]

    def _with_paper(self, facts: ResultFacts, language: str) -> ResultFacts:
        cases = {
            SlipState.PRINTING: "slip-printing",
            SlipState.PRINTED: "slip-printed",
            SlipState.FAILED: "slip-as-qr",
        }
        case = cases.get(self._paper, "")
        if not case:
            return facts
        codes = [f"RDM {entry.epoch}-{entry.seq} {entry.hash[:12]}" for entry in self._entries()]
        keepsake = "\n".join(codes) if self._paper is SlipState.FAILED else ""
        return replace(facts, hands=self._words.of_case(case, language).hands, keepsake=keepsake)
