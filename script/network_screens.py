"""States of the way to the centre for pictures and tests: which hop fails, and what the banner leads to."""

from collections.abc import Callable

from pos_client.ui.network.asked_why import asked_why
from pos_client.usecases.till_view import Network
from pos_client.usecases.way_out import Hop
from script import screen_facts as facts
from script.clerk_stage import Play, Stage


def _why(network: Network, hop: Hop | None = None) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        away = {"last_contact": None} if network is not Network.ONLINE else {}
        stage.presenter.on_answer(facts.redeemed())
        stage.presenter.on_status(facts.status(network, hop=hop, **away))
        asked_why(stage.clerk.window.body, stage.presenter, network)

    return play


def _uploaded(stage: Stage) -> None:
    for network in (Network.OFFLINE_FRESH, Network.SYNCING, Network.ONLINE):
        stage.presenter.on_status(facts.status(network))


SCREENS: dict[str, Play] = {
    "network": _why(Network.ONLINE),
    "network-local": _why(Network.OFFLINE_FRESH, Hop.LOCAL),
    "network-store": _why(Network.OFFLINE_STALE, Hop.STORE),
    "network-ours": _why(Network.OFFLINE_FRESH, Hop.OURS),
    "network-certificate": _why(Network.OFFLINE_FRESH, Hop.CERTIFICATE),
    "network-unknown": _why(Network.OFFLINE_EXPIRED),
    "network-offline-store": _why(Network.OFFLINE_STORE, Hop.STORE),
    "uploaded": _uploaded,
}
