"""The bar for what may take long: what it stands at, and when it keeps silent."""

import pytest

from pos_client.cli import progress_bar
from pos_client.cli.progress_bar import ProgressBar


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_bar, "QUIET_S", 0.0)


@pytest.mark.usefixtures("at_once")
def test_a_second_count_goes_on_where_the_first_one_ended() -> None:
    with ProgressBar(quiet=False) as bar:
        for done, whole in ((500, 1_000), (1_000, 1_000), (500, 3_000)):
            bar(done, whole)
        assert (bar._bar.pos, bar._bar.length) == (1_500, 4_000)


@pytest.mark.usefixtures("at_once")
def test_nothing_is_shown_where_it_is_to_be_quiet() -> None:
    with ProgressBar(quiet=True) as bar:
        bar(500, 1_000)
        assert bar._bar is None


def test_nothing_is_shown_for_what_is_done_in_a_moment() -> None:
    with ProgressBar(quiet=False) as bar:
        bar(1_000, 1_000)
        assert bar._bar is None
