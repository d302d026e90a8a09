"""What the kiosk does with every touch, key, scan and answer; it knows no Qt.

Apart from the widgets so that its promises (nobody is stuck, nobody is accused, nothing of anybody stays) can be proved
with a fake clock, and apart from the machine because this is the trade and that is the time.
"""

from typing import Final

from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.kiosk.health import Health
from pos_client.ui.kiosk.help_call import HelpCall
from pos_client.ui.kiosk.kiosk_view import Clocks, CouponsFacts, Dress, KioskView, More
from pos_client.ui.kiosk.kiosk_words import KioskWords
from pos_client.ui.kiosk.machine import Machine, Wait
from pos_client.ui.kiosk.member_coupons import coupons_of
from pos_client.ui.kiosk.outcome import Outcome
from pos_client.ui.kiosk.phone_text import PhoneText
from pos_client.ui.kiosk.scan_guide import ScanGuide
from pos_client.ui.kiosk.states import Effect, Event, Place
from pos_client.ui.kiosk.use_of_coupons import UseOfCoupons
from pos_client.ui.scan.sound import SOUND_OF, Sound
from pos_client.ui.till_port import Till
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.slip_out import NoSlipOut, SlipOut, SlipState
from pos_client.usecases.till_view import Customer, LaneStatus, Level, TillAnswer, TillFault

# Who chose a language on the first screen and went away leaves it to nobody.
_UNDRESSED_AFTER_S: Final = 45


class KioskPresenter:
    """The kiosk's rules.

    Args:
        till: takes the deeds; answers come to ``on_answer`` and its sisters.
        view: the screens. words: its sentences. clocks: both.
        help_call: asks a clerk to come. slips: prints. language: of the store.
    """

    def __init__(
        self,
        till: Till,
        view: KioskView,
        words: KioskWords,
        clocks: Clocks,
        help_call: HelpCall,
        slips: SlipOut | None = None,
        language: str = "zh",
    ) -> None:
        self._till, self._view, self._words, self._clocks = till, view, words, clocks
        self.help = help_call
        self.machine = Machine(clocks.now_s)
        self._plain = Dress(language)
        self.dress = self._plain
        self.phone = PhoneText(clocks.now_s)
        self._uses = UseOfCoupons(till)
        self._outcome = Outcome(words, self._uses, slips or NoSlipOut(), view.show_result)
        self.guide = ScanGuide(clocks.now_s, view.show_guide)
        self._asked, self._shown = 0, Place.ATTRACT
        self._customer, self._health = Customer(), Health()

    # what a customer does

    def do(self, event: Event) -> None:
        """A button of the screen, or a key that stands for it."""
        self.touched()
        self._apply(self.machine.handle(event))

    def touched(self) -> None:
        """A finger or a key: somebody is there."""
        self.machine.touch()
        if self.machine.top is Place.STILL_THERE:
            self._apply(self.machine.handle(Event.CONTINUED))

    def wear(self, dress: Dress) -> None:
        """Language, sizes, colours, voice, reach: for this customer."""
        self.touched()
        self._dress(dress)
        self._show_facts()

    def type_digit(self, character: str) -> None:
        """A digit of a phone number; the first one opens the pad."""
        self.touched()
        self._apply(self.machine.handle(Event.PHONE_ASKED))
        if self.machine.top is Place.PHONE:
            self.phone.type(character)
            self._show_phone()

    def erase(self, *, everything: bool = False) -> None:
        """One digit less, or all."""
        self.touched()
        self.phone.erase(everything=everything)
        self._show_phone()

    def look_up(self) -> None:
        """The number is complete."""
        if self.machine.top is Place.PHONE and self.phone.is_complete:
            self._apply(self.machine.handle(Event.ASKED))
            self._uses.forget()
            self._asked = self._till.submit_scan(Scan(self.phone.take(), ScanSource.TYPED, self._clocks.now()))
            self._show_phone()

    def use(self, coupon_id: str = "") -> None:
        """One coupon, or all that are shown where none is named."""
        cards = [card.id for card in self.coupons().cards]
        chosen = [card for card in cards if coupon_id in {"", card}]
        if chosen and self.machine.top is Place.COUPONS:
            self._apply(self.machine.handle(Event.ASKED))
            self._asked = self._uses.begin(chosen)

    def go_on(self) -> None:
        """The second button of a result."""
        more = self._outcome.facts.more if self._outcome.facts else More.SCAN
        if more is More.USE and self.machine.top is Place.RESULT:
            self._asked = self._till.confirm()
            self.machine.touch()
        else:
            self.do(Event.COUPONS_ASKED if more is More.COUPONS else Event.ANOTHER)

    # what arrives

    def on_scanned(self, scan: Scan) -> None:
        """A code was read, whichever way: it is taken from every screen but the staff's."""
        self._apply(self.machine.handle(Event.SCANNED))
        if self.machine.top is not Place.CHECKING:
            return
        if scan.source is ScanSource.CAMERA:
            self._view.play(Sound.TICK)
        self._uses.forget()
        self._outcome.forget()
        self._asked = self._till.submit_scan(scan)

    def on_answer(self, answer: TillAnswer) -> None:
        """A verdict; one for a customer who has gone, or to an older deed, is not shown."""
        if answer.is_unasked or not self._asked or answer.number < self._asked:
            return
        if self._step(self._health.on_verdict(answer.verdict)):
            return
        self._customer = answer.customer
        following = self._uses.next_deed(answer)
        if following is not None:
            self._asked = following
            self.machine.expect(Wait.TILL)
        elif answer.level is Level.MEMBER and answer.customer.member and self.coupons().cards:
            self._view.show_coupons(self.coupons())
            self._view.play(Sound.OK)
            self._apply(self.machine.handle(Event.GREETED))
        else:
            self._judge(answer)

    def on_customer(self, customer: Customer) -> None:
        """The purchase changed without a verdict: nothing was there to be judged."""
        if self.machine.base is Place.CHECKING:
            self._customer = customer
            self._tell("fault")

    def on_status(self, status: LaneStatus) -> None:
        """The till thread is alive; a kiosk that cannot work says so, and comes back by itself."""
        self._step(self._health.on_status(status))

    def on_fault(self, fault: TillFault) -> None:
        """The world said no to a deed."""
        has_closed = self._step(self._health.on_fault(fault))
        if not has_closed and self.machine.base is Place.CHECKING and 0 < self._asked <= fault.number:
            self._tell("fault")

    def on_worker_died(self, worker: str, _what: str = "") -> None:
        """A part stands still. Without a till there is nothing; without a camera there are guns and the pad."""
        self._step(self._health.on_worker_died(worker))
        if worker == "scanner":
            self.on_camera(CameraState.LOST)

    def on_camera(self, state: CameraState) -> None:
        """The camera came, went or is being opened; one that is opened for too long is none."""
        if state is CameraState.STARTING:
            self.machine.expect(Wait.CAMERA)
        else:
            self.machine.heard(Wait.CAMERA)
        self.guide.on_camera(state)

    def on_slip(self, state: SlipState) -> None:
        """The printer has finished, or has not."""
        if self.machine.heard(Wait.PRINTER):
            self._on_paper(state)

    def on_tick(self) -> None:
        """A moment has passed."""
        was_checking = self.machine.base is Place.CHECKING
        done = self.machine.tick()
        if was_checking and self.machine.base is Place.RESULT:
            self._tell("no-answer")
        self._apply(done)
        if Wait.PRINTER in self.machine.silent:
            self._on_paper(SlipState.FAILED)
        if Wait.CAMERA in self.machine.silent:
            self.on_camera(CameraState.LOST)
        self._look_around()

    def show_everything(self) -> None:
        """Draw the present state anew."""
        self._view.show_dress(self.dress)
        self._show_facts()
        self._view.show_place(self.machine.top)

    def coupons(self) -> CouponsFacts:
        """The member's coupons that can be used now."""
        return coupons_of(self._customer, self._words, self.dress.language)

    # inside

    def _apply(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            if effect is Effect.WIPE:
                self._wipe()
            elif effect is Effect.CALL:
                self.help.make(self.machine.base.value, self._outcome.answer, self.coupons().name, self.dress.language)
                self._view.show_help(self.help.facts)
            elif effect is Effect.WITHDRAW:
                self.help.withdraw()
                self._view.show_help(self.help.facts)
            else:
                self._view.play(Sound.TICK)
        top = self.machine.top
        if top is not self._shown:
            self._shown = top
            if top is Place.GUIDE:
                self.guide.begin()
            self._view.show_place(top)
            self._show_time()

    def _step(self, event: Event | None) -> bool:
        self._apply(self.machine.handle(event) if event else ())
        return event is not None

    def _wipe(self) -> None:
        self.machine.heard(Wait.PRINTER)
        self._outcome.forget()
        self._uses.forget()
        self.phone.erase(everything=True)
        self._till.detach_member()
        self._asked, self._customer = 0, Customer()
        self._view.forget()
        self._dress(self._plain)

    def _dress(self, dress: Dress) -> None:
        self.dress = dress
        self.machine.is_slow = dress.is_large or dress.has_voice
        self._view.show_dress(dress)

    def _judge(self, answer: TillAnswer) -> None:
        level = self._outcome.judge(answer, self.dress.language)
        self.machine.is_good = self._outcome.is_good
        paper = self._outcome.print_slip(self.on_slip, self.dress.language)
        if paper is SlipState.PRINTING:
            self.machine.expect(Wait.PRINTER)
        elif paper is SlipState.FAILED:
            self._on_paper(paper)
        self._view.play(SOUND_OF[level])
        self._apply(self.machine.handle(Event.JUDGED))

    def _on_paper(self, state: SlipState) -> None:
        self._outcome.on_paper(state, self.dress.language)
        # Whoever has to photograph a code needs longer than whoever takes a slip.
        self.machine.is_good = state is SlipState.PRINTED

    def _tell(self, case: str) -> None:
        self._uses.forget()
        self.machine.is_good = False
        self._outcome.tell(case, self.dress.language)
        self._view.play(Sound.NO)
        self._apply(self.machine.handle(Event.JUDGED))

    def _look_around(self) -> None:
        if self.help.look():
            self._view.show_help(self.help.facts)
            self._apply(() if self.help.facts.is_open else self.machine.handle(Event.HELP_CANCELLED))
        top = self.machine.top
        if top is Place.GUIDE:
            self.guide.on_tick()
        elif top is Place.PHONE:
            self._show_phone()
        elif top is Place.ATTRACT and self.dress != self._plain and self.machine.rested_s() >= _UNDRESSED_AFTER_S:
            self._dress(self._plain)
        self._show_time()

    def _show_time(self) -> None:
        if (left := self.machine.left_s()) is not None:
            self._view.show_time(max(0.0, left), self.machine.share_left())

    def _show_phone(self) -> None:
        self._view.show_phone(self.phone.shown(), is_complete=self.phone.is_complete)

    def _show_facts(self) -> None:
        """What is worded here, in the customer's language."""
        if self._customer.member:
            self._view.show_coupons(self.coupons())
        self._outcome.word(self.dress.language)
        self._view.show_guide(self.guide.facts)
        self._view.show_help(self.help.facts)
        self._show_phone()
