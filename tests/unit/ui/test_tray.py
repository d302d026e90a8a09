"""What the next customer's code pushes aside comes back by one touch, and says nothing private."""

from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.tray.bring_back import bring_back
from pos_client.usecases.till_view import Customer
from script import screen_facts as facts
from script.tray_screens import another

from .conftest import Counter


def shown(counter: Counter, text: str, customer: Customer) -> None:
    """Somebody holds up a code, and the till says who he is."""
    counter.presenter.on_scanned(Scan(text, ScanSource.WEDGE, facts.NOW))
    counter.presenter.on_customer(customer)


def test_a_coupon_that_waits_goes_to_the_tray_when_another_member_scans(counter: Counter) -> None:
    shown(counter, "member-1", facts.customer())
    shown(counter, "coupon-1", facts.customer(awaits_confirm=True))
    shown(counter, "member-2", another(0))

    (item,) = counter.presenter.tray.items()
    assert (item.member, item.amount_minor, item.has_coupon) == ("王** 138****1234", 13800, True)
    assert counter.screen.tray == 1


def test_one_touch_shows_the_same_codes_and_amount_again(counter: Counter) -> None:
    shown(counter, "member-1", facts.customer())
    shown(counter, "coupon-1", facts.customer(awaits_confirm=True))
    shown(counter, "member-2", another(0))
    counter.till.deeds.clear()
    bring_back(counter.presenter, 0)

    assert counter.till.deeds == [
        ("scan", "member-1", ScanSource.WEDGE),
        ("amount", 13800),
        ("scan", "coupon-1", ScanSource.WEDGE),
    ]
    assert counter.presenter.tray.items() == ()


def test_the_customer_in_hand_goes_to_the_tray_when_one_comes_back(counter: Counter) -> None:
    shown(counter, "member-1", facts.customer())
    shown(counter, "member-2", another(0))
    bring_back(counter.presenter, 0)
    counter.presenter.on_customer(facts.customer())

    assert [item.member for item in counter.presenter.tray.items()] == ["李* 159****8801"]


def test_the_same_customer_is_never_put_aside(counter: Counter) -> None:
    shown(counter, "member-1", facts.customer())
    shown(counter, "coupon-1", facts.customer(awaits_confirm=True))
    shown(counter, "coupon-2", facts.customer(awaits_confirm=True))
    shown(counter, "member-1", facts.customer())

    assert counter.presenter.tray.items() == ()


def test_who_only_looked_leaves_nothing_behind(counter: Counter) -> None:
    shown(counter, "member-1", Customer(member=facts.member()))
    shown(counter, "member-2", another(1))

    assert counter.presenter.tray.items() == ()


def test_an_open_panel_comes_back_with_its_customer(counter: Counter) -> None:
    shown(counter, "member-1", Customer(member=facts.member()))
    counter.presenter.open(Workspace.PRIZE)
    shown(counter, "member-2", another(1))
    bring_back(counter.presenter, 0)

    assert counter.presenter.workspace is Workspace.PRIZE


def test_no_code_stands_in_what_may_be_written_down(counter: Counter) -> None:
    shown(counter, "13800138000", facts.customer())
    shown(counter, "member-2", another(0))

    assert "138001" not in repr(counter.presenter.tray.items())


def test_another_clerk_finds_it_empty(counter: Counter) -> None:
    counter.presenter.on_status(facts.status())
    shown(counter, "member-1", facts.customer())
    shown(counter, "member-2", another(0))
    counter.presenter.on_status(facts.status(operator_name="周健"))

    assert (counter.presenter.tray.items(), counter.screen.tray) == ((), 0)


def test_it_is_emptied_at_the_close(counter: Counter) -> None:
    shown(counter, "member-1", facts.customer())
    shown(counter, "member-2", another(0))
    counter.presenter.tray.clear()

    assert counter.presenter.tray.items() == ()
