"""What is said of the way to the centre: short words for people who are not at ease with networks.

Apart from the page because they are many; each call answers in the present language.
"""

from PySide6.QtCore import QObject

from pos_client.ui.network.way_view import HopState, WayView
from pos_client.usecases.till_view import Network
from pos_client.usecases.way_out import Hop


class WayWords(QObject):
    """Words of the hops."""

    def headline(self, way: WayView, network: Network) -> str:
        """What is the matter, in one line."""
        if network is Network.OFFLINE_STORE:
            return self.tr("This store works offline")
        if way.failing is not None:
            return {
                Hop.LOCAL: self.tr("This machine is not on the network"),
                Hop.STORE: self.tr("The store's line does not get out"),
                Hop.OURS: self.tr("Our server does not answer as it should"),
                Hop.CERTIFICATE: self.tr("The server's certificate is not right"),
            }[way.failing]
        return self.tr("The network is in order") if way.is_heard else self.tr("No contact; nobody knows yet why")

    def works(self, network: Network) -> str:
        """What still works."""
        by_itself = self.tr("Scanning and redeeming go on. What you do is uploaded by itself later.")
        return {
            Network.ONLINE: self.tr("Everything works."),
            Network.SLOW: self.tr("Everything works. This machine decides first, the server hears of it later."),
            Network.OFFLINE_STALE: self.tr("Redeeming goes on; high values need a supervisor."),
            Network.OFFLINE_EXPIRED: self.tr("Only this store's own coupons. Nothing that was done is lost."),
            Network.OFFLINE_STORE: self.tr("Everything works. It is uploaded when the day is closed."),
            Network.SYNCING: self.tr("Everything works while it is uploading."),
            Network.CONFLICT: self.tr("Everything works. Some redemptions need a decision: see the history."),
            Network.CLOCK: self.tr("Set this machine's date and time, or call the supervisor."),
            Network.DISK: self.tr("Call the office before tonight. Delete nothing yourself."),
        }.get(network, by_itself)

    def name(self, hop: Hop) -> str:
        """What a hop is called."""
        return {
            Hop.LOCAL: self.tr("This machine: cable, Wi-Fi"),
            Hop.STORE: self.tr("The store's line out"),
            Hop.OURS: self.tr("Our server"),
            Hop.CERTIFICATE: self.tr("Our server: certificate"),
        }[hop]

    def state(self, state: HopState) -> str:
        """How it is, in a word."""
        return {
            HopState.GOOD: self.tr("in order"),
            HopState.FAILS: self.tr("here it stops"),
            HopState.UNKNOWN: self.tr("not known"),
            HopState.RESTS: self.tr("not needed now"),
        }[state]

    def mend(self, hop: Hop) -> str:
        """What to do where this hop fails."""
        return {
            Hop.LOCAL: self.tr("Push the cable in firmly, or join the Wi-Fi again."),
            Hop.STORE: self.tr("Restart the router, or tell the store's desk."),
            Hop.OURS: self.tr("Nothing to do: go on. We are told, and mend it."),
            Hop.CERTIFICATE: self.tr("Look at this machine's date. If it is right, tell IT: the certificate."),
        }[hop]
