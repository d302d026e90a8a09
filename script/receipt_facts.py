"""Fixed facts of receipts and of a printer for the pictures; no name and no phone stands on any of them."""

from datetime import UTC, datetime

from pos_client.config.slip_page import slip_rows
from pos_client.config.wording import Wording
from pos_client.domain.local_text import LocalText
from pos_client.domain.reward import Reward, RewardKind
from pos_client.domain.slip import Slip, SlipCoupon, SlipGoods, SlipKind
from pos_client.domain.verdict import EntryRef
from pos_client.ui.assets import resources_folder
from pos_client.usecases.print_receipt import Printed
from pos_client.usecases.printing_port import PrinterReport, PrinterState

PLACE = "socket://10.8.0.31:9100"
READY = PrinterReport(PrinterState.READY, PLACE)
PAPER_OUT = PrinterReport(PrinterState.PAPER_OUT, PLACE, 2)
OFFLINE = PrinterReport(PrinterState.ABSENT, PLACE, 12)


def slip(print_no: int = 2) -> Slip:
    """A purchase with a coupon and points."""
    return Slip(
        SlipKind.PURCHASE,
        EntryRef(1, 231, "5f0c88d1" + "0" * 56),
        "澄水·湖滨店",
        "A12",
        2,
        datetime(2026, 3, 18, 6, 32, 5, tzinfo=UTC),
        receipt_no="R-0042-117",
        goods=(
            SlipGoods(LocalText("氨基酸洗发露 400ml", "Amino shampoo 400 ml"), 2, 9_960),
            SlipGoods(LocalText("清透护手霜", "Hand cream"), 1, 1_990),
        ),
        coupons=(SlipCoupon(LocalText("满100减20", "20 off from 100"), 2_000),),
        total_minor=11_950,
        off_minor=2_000,
        rewards=(Reward(RewardKind.POINTS, 1, 99),),
        print_no=print_no,
    )


def printed(language: str, number: int = 4, paper_mm: int = 80) -> Printed:
    """A reprint that was put into the queue; ``number`` 0 where there is no printer."""
    rows = slip_rows(slip(), Wording.load(resources_folder()), language, paper_mm)
    return Printed(slip(), tuple(rows), number, paper_mm)
