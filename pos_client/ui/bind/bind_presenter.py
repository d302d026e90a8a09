"""What the binding screen does with every key, answer and second; it knows no Qt.

A code is good for five minutes and is renewed before its end; the one before is asked after as long as it holds. Where
nobody can be asked, the lasting code of the booth and its promoter is shown instead.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from pos_client.domain.errors import PosError
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from pos_client.ui.bind.bind_view import BindHint, BindMode, BindView
from pos_client.usecases.bind_port import CodeCheck, SceneBound
from pos_client.usecases.bind_side import OnShow
from pos_client.usecases.binding import Binding, code_refused
from pos_client.usecases.show_scene import Scene

PHONE_DIGITS: Final = 11
TOLD_DIGITS: Final = 6
RENEW_BEFORE: Final = timedelta(seconds=60)
ASK_EVERY: Final = timedelta(seconds=1)


class BindWork(Protocol):
    """What the presenter asks of desk and centre; each answers through the presenter's method of that name."""

    def show_code(self, *, lasting: bool) -> None:
        """``showing``."""

    def ask_who(self, scene: Scene) -> None:
        """``heard``."""

    def write_scanned(self, scene: Scene, found: SceneBound) -> None:
        """``written``."""

    def send_told(self, phone: str) -> None:
        """``told_sent``."""

    def check_told(self, phone: str, told: str) -> None:
        """``told_checked``."""

    def write_phone(self, phone: str, member: str, told: str) -> None:
        """``written``."""

    def bound(self, binding: Binding) -> None:
        """Somebody was bound; nothing is answered."""


class BindPresenter:
    """The rules of the screen.

    Args:
        work: desk and centre. now: aware UTC. link: what a picture's text begins with, empty for the digits alone.
    """

    def __init__(self, work: BindWork, now: Callable[[], datetime], link: str = "") -> None:
        self._work, self._now, self._link = work, now, link
        self.view = BindView()
        self.phone = ""
        self._told = ""
        self._open: list[Scene] = []
        self._asked_at: datetime | None = None
        self._is_asking = self._is_writing = False

    # the code

    def begin(self, *, is_online: bool) -> None:
        """The screen is shown: what was half done goes on; a code for somebody new where nothing was."""
        self.view = replace(self.view, is_online=is_online)
        if self.view.mode is BindMode.DONE:
            self.next_customer()
        elif self.view.on_show is None or self.view.on_show.scene.is_lasting is is_online:
            self._work.show_code(lasting=not is_online)

    def next_customer(self) -> None:
        """A fresh code for whoever comes next."""
        self.phone = self._told = ""
        self._open.clear()
        self.view = BindView(is_online=self.view.is_online)
        self._work.show_code(lasting=not self.view.is_online)

    def set_online(self, *, is_online: bool) -> None:
        """The way to the centre came or went."""
        if is_online is not self.view.is_online and self.view.mode is not BindMode.DONE:
            self.begin(is_online=is_online)

    def promoter_changed(self) -> None:
        """The code is somebody else's from now on; who scanned the one before is still asked after."""
        self.view = replace(self.view, mode=BindMode.CODE)
        self._work.show_code(lasting=not self.view.is_online)

    def showing(self, found: OnShow | PosError) -> None:
        """A code is there."""
        if isinstance(found, PosError):
            return
        self._open = [*self._open, found.scene][-3:]
        at = self.view.shown_at or self._now()
        self.view = replace(self.view, on_show=found, text=self.text_of(found.scene), shown_at=at)

    def tick(self) -> None:
        """Time has passed: ask who came, renew what ends."""
        now = self._now()
        self.view = replace(self.view, waited_s=(now - self.view.shown_at).total_seconds() if self.view.shown_at else 0)
        self._open = [scene for scene in self._open if scene.expires > now or scene is self._current()]
        current = self._current()
        if current is None or self.view.mode is BindMode.DONE:
            return
        if not current.is_lasting and current.expires - now < RENEW_BEFORE and current is self._open[-1]:
            self._work.show_code(lasting=False)
        asked = [scene for scene in self._open if not scene.is_lasting]
        is_due = self._asked_at is None or now - self._asked_at >= ASK_EVERY
        if asked and is_due and not (self._is_asking or self._is_writing):
            self._asked_at, self._is_asking = now, True
            # The newest first; those before it in their turn.
            self._work.ask_who(asked[-1 - int(now.timestamp()) % len(asked)])

    def heard(self, scene: Scene, found: SceneBound | PosError | None) -> None:
        """Who scanned a code; nobody yet, or nobody could say."""
        self._is_asking = False
        if isinstance(found, SceneBound) and scene in self._open and not self._is_writing:
            self._is_writing = True
            self._work.write_scanned(scene, found)

    def text_of(self, scene: Scene) -> str:
        """What the picture of a code holds."""
        return f"{self._link.rstrip('/')}/{scene.digits}" if self._link else scene.digits

    def on_paper(self, name: str, *, is_printed: bool) -> None:
        """The code is on paper: printed, and in a file of this name, empty for none."""
        hint = BindHint.PRINTED if is_printed else BindHint.KEPT
        self.view = replace(self.view, hint=hint, kept_as=name)

    # the phone

    def type(self, character: str) -> bool:
        """A digit begins or goes on with the phone number, or tells the one-time code."""
        if not character.isdecimal() or self.view.mode in {BindMode.DONE, BindMode.PROMOTER}:
            return False
        if self.view.mode is BindMode.MEMBER:
            self._choose(int(character) - 1)
        elif self.view.mode is BindMode.TOLD:
            self._told = (self._told + character)[:TOLD_DIGITS]
            self._show_told(BindHint.TOLD_SENT)
        else:
            self.phone = (self.phone + character)[:PHONE_DIGITS]
            self.ask_phone()
        return True

    def erase(self) -> bool:
        """One digit less."""
        if self.view.mode is BindMode.TOLD:
            self._told = self._told[:-1]
            self._show_told(BindHint.TOLD_SENT)
            return True
        if self.view.mode is BindMode.PHONE:
            self.phone = self.phone[:-1]
            self.ask_phone()
            return True
        return False

    def ask_phone(self) -> None:
        """The number instead of the code."""
        missing = PHONE_DIGITS - len(self.phone)
        is_odd = bool(self.phone) and not "1".startswith(self.phone[:1])
        hint = BindHint.PHONE_WRONG if is_odd or self.phone[:2] in {"10", "11", "12"} else BindHint.PHONE_MORE
        hint = BindHint.PHONE_READY if not missing and hint is BindHint.PHONE_MORE else hint
        self.view = replace(
            self.view, mode=BindMode.PHONE, typed=self.phone, missing=missing, hint=hint, said=None, members=()
        )

    def enter(self) -> bool:
        """The blue button."""
        if self.view.hint is BindHint.ASKING:
            return True
        if self.view.mode is BindMode.PHONE and len(self.phone) == PHONE_DIGITS:
            if self.view.is_online:
                self._told = ""
                self._show_told(BindHint.ASKING)
                self._work.send_told(self.phone)
            else:
                self.bind_at_once()
        elif self.view.mode is BindMode.TOLD and len(self._told) == TOLD_DIGITS:
            self._show_told(BindHint.ASKING)
            self._work.check_told(self.phone, self._told)
        return True

    def bind_at_once(self) -> None:
        """Without a one-time code: he is a member, and his number is checked another day."""
        if len(self.phone) == PHONE_DIGITS and not self._is_writing:
            self._is_writing, self._told = True, ""
            self._work.write_phone(self.phone, "", "")

    def told_sent(self, found: Binding | PosError) -> None:
        """Whether a one-time code is on its way."""
        if self.view.mode is not BindMode.TOLD:
            return
        if isinstance(found, PosError):
            self._show_told(BindHint.TOLD_LATER)
        elif found.verdict.kind is VerdictKind.READY:
            self._show_told(BindHint.TOLD_SENT)
        else:
            self._refuse(found)

    def told_checked(self, found: CodeCheck | PosError) -> None:
        """Whether he told the right one."""
        if isinstance(found, PosError):
            self._show_told(BindHint.TOLD_LATER)
        elif found is CodeCheck.PASSED:
            self._is_writing = True
            self._work.write_phone(self.phone, "", self._told)
        else:
            self._told = ""
            self.view = replace(self.view, typed="", missing=TOLD_DIGITS, hint=BindHint.SAID, said=code_refused(found))

    def written(self, found: Binding | PosError) -> None:
        """What became of it."""
        self._is_writing = False
        if isinstance(found, PosError):
            self.view = replace(self.view, hint=BindHint.TOLD_LATER if self.phone else BindHint.NONE)
        elif found.member is not None and found.verdict.kind is VerdictKind.ACCEPTED:
            self.phone = self._told = ""
            self._open.clear()
            self.view = replace(
                self.view, mode=BindMode.DONE, done=found, bound_at=self._now(), typed="", hint=BindHint.NONE
            )
            self._work.bound(found)
        elif found.verdict.members:
            masked = tuple(member.masked for member in found.verdict.members)
            self.view = replace(self.view, mode=BindMode.MEMBER, said=found, members=masked, hint=BindHint.SAID)
        else:
            self._refuse(found)

    # around

    def back(self) -> bool:
        """Esc: one step back; what is typed is kept."""
        if self.view.mode in {BindMode.CODE, BindMode.DONE}:
            return False
        if self.view.mode in {BindMode.TOLD, BindMode.MEMBER}:
            self._told = ""
            self.ask_phone()
        else:
            self.view = replace(self.view, mode=BindMode.CODE, hint=BindHint.NONE, said=None)
        return True

    def ask_promoter(self) -> None:
        """Who gets the credit."""
        if self.view.mode is not BindMode.DONE:
            self.view = replace(self.view, mode=BindMode.PROMOTER)

    def _choose(self, place: int) -> None:
        members = self.view.said.verdict.members if self.view.said else ()
        if 0 <= place < len(members) and not self._is_writing:
            self._is_writing = True
            self._work.write_phone(self.phone, members[place].ref, self._told)

    def _show_told(self, hint: BindHint) -> None:
        self.view = replace(
            self.view,
            mode=BindMode.TOLD,
            typed=self._told,
            missing=TOLD_DIGITS - len(self._told),
            hint=hint,
            said=None,
        )

    def _refuse(self, found: Binding) -> None:
        """A number that is none goes back to its digits; anything else is said beside them."""
        mode = BindMode.PHONE if found.verdict.reason is Reason.PHONE_WANTED else self.view.mode
        self.view = replace(self.view, mode=mode, hint=BindHint.SAID, said=found)

    def _current(self) -> Scene | None:
        return self.view.on_show.scene if self.view.on_show else None
