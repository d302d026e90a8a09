"""Every state of the dashboard for the gallery, by name."""

from collections.abc import Callable

from pos_client.ui.dashboard.dashboard_page import DashboardPage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.day_figures import DayFigures
from script import dashboard_facts as facts
from script.clerk_stage import Play, Stage


def _shown(make: Callable[[], DayFigures], chart: int = 0, *, as_table: bool = False) -> Play:
    def play(stage: Stage) -> None:
        page = stage.open(Workspace.DASHBOARD, DashboardPage)
        page.show_figures(make())
        page.choose(chart)
        if as_table:
            page.toggle_table()

    return play


SCREENS: dict[str, Play] = {
    "dashboard": _shown(facts.figures),
    "dashboard-campaigns": _shown(facts.figures, 1),
    "dashboard-promoters": _shown(facts.own_view, 2),
    "dashboard-refusals": _shown(facts.figures, 3),
    "dashboard-many": _shown(facts.many, 1),
    "dashboard-table": _shown(facts.figures, 1, as_table=True),
    "dashboard-empty": _shown(facts.empty),
    "dashboard-old": _shown(facts.old),
}
