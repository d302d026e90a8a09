"""What keys mean at each step of the day's end, and what is asked of the desk for it. Knows no widget.

Apart from the page so that every step can be tried without a window. What was typed reaches the desk at once, so that
it is kept; a PIN is kept nowhere.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from pos_client.domain.errors import PosError
from pos_client.ui.close.close_view import (
    DECISIONS,
    MOST_DIGITS,
    MOST_NOTE,
    MOST_PIN,
    REASONS,
    CloseView,
    Field,
    Typing,
    field_of,
    first_row,
)
from pos_client.ui.close.turns import Ask, Turns, Work
from pos_client.ui.scan.sound import Sound
from pos_client.usecases.day_end import Signatures
from pos_client.usecases.day_end_facts import Block, DayEndFacts
from pos_client.usecases.day_end_state import DayEndState, Decision, Step
from pos_client.usecases.day_office import CarriedFile


class ClosePresenter:
    """Leads through the end of a day.

    Args:
        view: the screen. ask: does work at the day's end of this lane, and brings back what came of it or a PosError.
    """

    def __init__(self, view: CloseView, ask: Ask) -> None:
        self._view = view
        self._ask = ask
        self._turns = Turns(ask)
        self.facts: DayEndFacts | None = None
        self.typing = Typing()

    @property
    def step(self) -> Step:
        """Where the clerk is."""
        return self.facts.state.step if self.facts else Step.COUNT

    def open(self) -> None:
        """Go on where somebody left off."""
        self.typing, self.facts = Typing(), None
        self._do(lambda end: end.open())

    def leave(self) -> None:
        """Nothing that was typed of a PIN stays."""
        self._turns.forget()
        self.typing = replace(self.typing, clerk_pin="", supervisor_pin="", place=Field.CLERK_PIN)
        if self.facts and self.facts.closed:
            self.facts = None
            self._ask(lambda end: end.finish(), lambda _: None)

    def look_again(self) -> None:
        """A second has passed while something is on its way."""
        facts = self.facts
        if facts and self.step in {Step.UPLOAD, Step.SIGN} and not self.typing.is_busy:
            self._do(lambda end: end.progress(facts.state))

    def go_back(self) -> None:
        """The step before; all that was typed stays."""
        if self.facts and Step.COUNT < self.step < Step.DONE:
            self._change(self.facts.state.at(Step(self.step - 1)))

    def move(self, rows: int) -> None:
        """Another thing, or another conflict."""
        facts = self.facts
        if facts is None:
            return
        last = len(facts.to_count if self.step is Step.COUNT else facts.conflicts) - 1
        self.choose_row(max(0, min(self.typing.row + rows, last)))

    def choose_row(self, row: int) -> None:
        """This thing, or this conflict."""
        self._typed(row=row, digits="")

    def type_character(self, character: str) -> bool:
        """True where it was taken."""
        facts = self.facts
        if facts is None:
            return character.isdecimal()
        if self.typing.is_noting:
            self._typed(note=(self.typing.note + character)[:MOST_NOTE])
            return True
        if not character.isdecimal():
            return self._letter(character.lower(), facts)
        digit = int(character) - 1
        if self.step is Step.COUNT and not facts.state.is_counted:
            self._typed(digits=(self.typing.digits + character)[:MOST_DIGITS])
        elif self.step is Step.CONFLICTS and 0 <= digit < len(DECISIONS):
            self.decide(DECISIONS[digit])
        elif self.step is Step.DIFFERENCES and 0 <= digit < len(REASONS) and facts.needs_reason:
            self.choose_reason(digit)
        elif self.step is Step.SIGN:
            self._sign_digit(character, facts)
        return True

    def backspace(self) -> bool:
        """One character less."""
        typing = self.typing
        if typing.is_noting:
            self._typed(note=typing.note[:-1])
        elif self.step is Step.SIGN and typing.place is Field.CLERK_PIN:
            self._typed(clerk_pin=typing.clerk_pin[:-1])
        elif self.step is Step.SIGN and typing.place is Field.SUPERVISOR_PIN:
            self._typed(supervisor_pin=typing.supervisor_pin[:-1])
        else:
            self._typed(digits=typing.digits[:-1])
        return True

    def clear(self) -> None:
        """All digits of the place that is typed into."""
        if self.typing.place is Field.CLERK_PIN:
            self._typed(digits="", clerk_pin="")
        else:
            self._typed(digits="", supervisor_pin="")

    def enter(self) -> bool:
        """The one blue button; while the till is busy it waits for its turn."""
        facts = self.facts
        if facts is None or (self.typing.is_busy and facts.closed is None):
            self._wait_for_turn()
            return True
        if self.typing.is_noting:
            self.end_note()
        elif self.step is Step.COUNT and not facts.state.is_counted:
            self._count(facts)
        elif self.step is Step.CONFLICTS and facts.undecided:
            self._view.play(Sound.WARN)
            self.choose_row(first_row(facts))
        elif self.step is Step.DIFFERENCES and Block.REASON in facts.blocks:
            self._view.play(Sound.WARN)
        elif self.step is Step.SIGN:
            self._sign_enter(facts)
        elif self.step < Step.SIGN:
            self._change(facts.state.at(Step(self.step + 1)))
        return self.step is not Step.DONE

    def decide(self, decision: Decision) -> None:
        """About the conflict that is looked at."""
        facts = self.facts
        if facts is None or self.typing.row >= len(facts.conflicts):
            return
        one = facts.conflicts[self.typing.row]
        if decision is Decision.UNDO and not one.can_undo:
            self._view.play(Sound.WARN)
            return
        state = facts.state.with_decision(one.key, decision)
        others = (place for place, each in enumerate(facts.conflicts) if each.key not in state.decisions)
        self.typing = replace(self.typing, row=next(others, self.typing.row))
        self._change(state)

    def choose_reason(self, place: int) -> None:
        """Why something differs."""
        if self.facts:
            self._change(replace(self.facts.state, reason=REASONS[place]))

    def begin_note(self) -> None:
        """Characters go to the note from now on."""
        if self.facts:
            self._typed(is_noting=True, note=self.facts.state.note)

    def end_note(self) -> None:
        """The note is kept."""
        if self.facts:
            note = self.typing.note
            self.typing = replace(self.typing, is_noting=False)
            self._change(replace(self.facts.state, note=note))

    def toggle_held(self) -> None:
        """Pause the delivery, or go on."""
        if facts := self.facts:
            held = not facts.upload.is_held
            self._do(lambda end: end.hold_delivery(facts.state, held=held))

    def carry_out(self) -> None:
        """What waits, as a file."""
        if facts := self.facts:
            self._ask(lambda end: end.carry_out(facts.state), self._on_carried)

    def cancel_begun(self) -> None:
        """End what was begun and not finished."""
        if (facts := self.facts) and facts.open_intents:
            self._do(lambda end: end.cancel_begun(facts.state))

    def choose_supervisor(self, place: int) -> None:
        """Who signs beside the clerk."""
        if (facts := self.facts) and 0 <= place < len(facts.supervisors):
            staff_id = facts.supervisors[place].id
            place_now = Field.SUPERVISOR_PIN if staff_id in facts.pins else Field.READY
            self.typing = replace(self.typing, place=place_now, supervisor_pin="")
            self._change(replace(facts.state, supervisor=staff_id))

    def _wait_for_turn(self) -> None:
        """Enter is kept once, for the page on which it was pressed."""
        self._view.show_busy()
        if self.facts:
            self._turns.keep(partial(self._enter_later, self.step))

    def _enter_later(self, pressed_at: Step) -> None:
        """A page that has turned meanwhile is what was wanted; a count without a number was pressed twice."""
        if self.step is pressed_at and (self.step is not Step.COUNT or self.typing.digits):
            self.enter()

    def _letter(self, letter: str, facts: DayEndFacts) -> bool:
        deeds: dict[tuple[Step, str], Callable[[], None]] = {
            (Step.COUNT, "x"): self.cancel_begun,
            (Step.UPLOAD, "p"): self.toggle_held,
            (Step.UPLOAD, "u"): self.carry_out,
            (Step.DIFFERENCES, "n"): self.begin_note,
        }
        deed = deeds.get((facts.state.step, letter))
        if deed:
            deed()
        return deed is not None

    def _count(self, facts: DayEndFacts) -> None:
        """Keep the number that was typed, then the next thing; once all are counted the count is done."""
        state, typing = facts.state, self.typing
        if typing.digits and typing.row < len(facts.to_count):
            state = state.with_count(facts.to_count[typing.row].item, int(typing.digits))
        left = [place for place, one in enumerate(facts.to_count) if one.item not in state.counted]
        if left:
            later = [place for place in left if place > typing.row]
            self.typing = replace(typing, row=(later or left)[0], digits="")
            self._change(state)
        elif typing.digits:
            # The last number is shown once before it is final.
            self.typing = replace(typing, digits="")
            self._change(state)
        elif facts.open_intents:
            self._view.play(Sound.WARN)
        else:
            self._change(replace(state, is_counted=True).at(Step.UPLOAD))

    def _sign_digit(self, character: str, facts: DayEndFacts) -> None:
        typing = field_of(self.typing, facts)
        if typing is Field.CLERK_PIN:
            self._typed(place=typing, clerk_pin=(self.typing.clerk_pin + character)[:MOST_PIN])
        elif typing is Field.SUPERVISOR:
            self.choose_supervisor(int(character) - 1)
        elif typing is Field.SUPERVISOR_PIN:
            self._typed(place=typing, supervisor_pin=(self.typing.supervisor_pin + character)[:MOST_PIN])

    def _sign_enter(self, facts: DayEndFacts) -> None:
        field = field_of(self.typing, facts)
        if field is Field.CLERK_PIN and self.typing.clerk_pin:
            self._typed(place=Field.SUPERVISOR if facts.supervisors else Field.READY)
            if self.typing.place is Field.READY:
                self._sign(facts.state)
        elif (field is Field.SUPERVISOR_PIN and self.typing.supervisor_pin) or field is Field.READY:
            self._sign(facts.state)
        else:
            self._view.play(Sound.WARN)

    def _sign(self, state: DayEndState) -> None:
        who = Signatures(self.typing.clerk_pin, state.supervisor, self.typing.supervisor_pin)
        self.typing = replace(self.typing, clerk_pin="", supervisor_pin="", place=Field.CLERK_PIN)
        self._do(lambda end: end.sign(state, who), signs=True)

    def _change(self, state: DayEndState) -> None:
        self._do(lambda end: end.change(state))

    def _do(self, work: Work, *, signs: bool = False) -> None:
        self.typing = replace(self.typing, is_busy=True)
        self._turns.do(work, partial(self._on_found, signs=signs), is_final=signs)

    def _on_found(self, found: object, *, signs: bool) -> None:
        self.typing = replace(self.typing, is_busy=False)
        if isinstance(found, PosError):
            self._view.show_fault(found)
        elif isinstance(found, DayEndFacts):
            was = self.facts
            self.facts = found
            if was is None or was.state.step is not found.state.step:
                self.typing = Typing(row=first_row(found))
            if signs:
                self._view.play(Sound.DONE if found.closed else Sound.NO)
            self._view.show_all(found, self.typing)

    def _on_carried(self, found: object) -> None:
        if isinstance(found, PosError):
            self._view.show_fault(found)
        elif isinstance(found, CarriedFile):
            self._view.show_carried(found)

    def _typed(self, **changes: object) -> None:
        self.typing = replace(self.typing, **changes)  # type: ignore[arg-type]
        if self.facts:
            self._view.show_all(self.facts, self.typing)
