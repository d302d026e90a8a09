"""Where receipts of a home wait; apart from the printer so that a lane without one loads nothing of it."""

from pos_client.config.paths import Home
from pos_client.config.settings import PrinterSettings
from pos_client.storage.print_queue import SqlPrintQueue
from pos_client.usecases.printing_port import NoPrintQueue, PrintQueue


def print_queue(home: Home, printer: PrinterSettings, store_secret: bytes) -> SqlPrintQueue:
    """What waits for this station's printer, also what waits from before it was taken away."""
    return SqlPrintQueue(home.print_queue, store_secret, printer.paper_mm, printer.language)


def prints_of(home: Home, printer: PrinterSettings, store_secret: bytes) -> PrintQueue:
    """Where the desk puts receipts; nowhere without a printer."""
    return print_queue(home, printer, store_secret) if printer.to else NoPrintQueue()
