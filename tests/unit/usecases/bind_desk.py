"""A counter that can bind: a pool of numbers in its cache, and a centre that opens what is sealed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pos_client.config.signing_keys import DeviceKey
from pos_client.storage.lookup_book import LookupBook
from pos_client.usecases.bind_member import BindMember, BindRequest
from pos_client.usecases.binding import Binding
from pos_client.usecases.change_phone import ChangePhone, ChangeRequest
from pos_client.usecases.desk import Attribution
from pos_client.usecases.find_member import FindMember
from pos_client.usecases.show_scene import ShowScene
from pos_client.usecases.verify_phone import VerifyPhone
from tests import builders as a
from tests.booth_builders import pool_member_row
from tests.fakes.binding_fakes import BindingCentre
from tests.unit.usecases.counter import CLERK, PROMOTER, Counter, OpenCounter, Tables, said

NEW_PHONE, OTHER_PHONE = "+8613900139000", "+8613700137000"
FIRST_NUMBER = 500
KEY = DeviceKey(a.a_key("device").private_bytes_raw())


def with_pool(change: Callable[[Tables], object] | None = None, size: int = 3) -> Callable[[Tables], None]:
    """The plain shop with a pool of numbers, and another lane's."""

    def change_all(tables: Tables) -> None:
        pool = [pool_member_row(FIRST_NUMBER + place) for place in range(size)]
        tables["pool_member"] = [pool_member_row(FIRST_NUMBER - 1, lane=9), *pool]
        if change:
            change(tables)

    return change_all


@dataclass
class Binder:
    """Binding as a person at the counter does it."""

    counter: Counter
    centre: BindingCentre = field(default_factory=BindingCentre)

    @classmethod
    def at(cls, open_counter: OpenCounter, change: Callable[[Tables], object] | None = None, size: int = 3) -> "Binder":
        """A fresh counter."""
        return cls(open_counter(with_pool(change, size)))

    def bind(self, phone: str = NEW_PHONE, **more: Any) -> Binding:
        """Bind somebody."""
        return self._said(self._bind(self.request(phone, **more)))

    def look(self, phone: str = NEW_PHONE, **more: Any) -> Binding:
        """What binding would do."""
        return self._said(self._bind.look(self.request(phone, **more)))

    def request(self, phone: str, *, promoter: str = PROMOTER, **more: Any) -> BindRequest:
        """As the promoter of this counter asks."""
        return BindRequest(phone, attribution=Attribution(CLERK, promoter, "window"), **more)

    def change(self, member: str, phone: str, **more: Any) -> Binding:
        """Change a number."""
        request = ChangeRequest(member, phone, attribution=Attribution(CLERK), **more)
        return self._said(ChangePhone(self.counter.desk, self.centre.ports(KEY))(request))

    def send_code(self, phone: str) -> Binding:
        """Send a one-time code."""
        return self._said(self._verify.send(phone))

    def verify(self, phone: str, code: str, **more: Any) -> Binding:
        """Check a one-time code."""
        return self._said(self._verify(phone, code, Attribution(CLERK), **more))

    def find(self, text: str, operator: str = CLERK) -> Any:
        """Find members."""
        book = LookupBook(self.counter.folder / "lookups.json")
        return said(FindMember(self.counter.desk, book)(text, operator))

    @property
    def scenes(self) -> ShowScene:
        """Codes for customers."""
        return ShowScene(self.counter.desk, self.centre.ports(KEY))

    @property
    def _bind(self) -> BindMember:
        return BindMember(self.counter.desk, self.centre.ports(KEY))

    @property
    def _verify(self) -> VerifyPhone:
        return VerifyPhone(self.counter.desk, self.centre.ports(KEY))

    @staticmethod
    def _said(binding: Binding) -> Binding:
        said(binding.verdict)
        return binding
