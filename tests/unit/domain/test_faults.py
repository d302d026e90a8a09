"""Faults of the world: each has a code of its own, an exit code, and facts that its sentence can name."""

from collections.abc import Iterator

import pytest

from pos_client.domain.errors import DeviceRevoked, DiskFull, PosError, ServerRefused, StorageUnavailable, UsageError


def kinds(root: type[PosError] = PosError) -> Iterator[type[PosError]]:
    """The tree of the domain; a room's private kinds, which share a reason, are not in it."""
    yield root
    for child in root.__subclasses__():
        if child.__module__ == PosError.__module__:
            yield from kinds(child)


def test_every_fault_has_a_reason_of_its_own() -> None:
    reasons = [kind.reason for kind in kinds()]

    assert sorted(reasons) == sorted(set(reasons))


@pytest.mark.parametrize("kind", list(kinds()))
def test_only_wrong_usage_ends_with_two(kind: type[PosError]) -> None:
    assert (2 if issubclass(kind, UsageError) else 1) == kind.exit_code


def test_a_fault_carries_detail_and_facts() -> None:
    fault = DiskFull("no space left", free_bytes=0)

    assert isinstance(fault, StorageUnavailable)
    assert (str(fault), fault.detail, fault.facts) == ("no space left", "no space left", {"free_bytes": 0})


def test_a_fault_without_detail_still_says_what_it_is() -> None:
    assert str(DiskFull()) == "disk-full"


def test_an_answer_of_the_server_is_acted_on_by_code_and_class() -> None:
    fault = DeviceRevoked("gone", status=401, problem="device-revoked", retry="never", device="d-1")

    assert isinstance(fault, ServerRefused)
    assert (fault.status, fault.problem, fault.retry) == (401, "device-revoked", "never")
    assert fault.facts == {"device": "d-1"}
