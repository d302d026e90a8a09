"""The day's sheet and its workbook say what people say of campaigns, things, reasons and money."""

import io
import zipfile

import pytest

from pos_client.config.day_slip import day_table
from pos_client.config.wording import Wording
from pos_client.domain.report_table import Table
from pos_client.domain.report_workbook import xlsx_bytes
from pos_client.ui.assets import resources_folder
from pos_client.ui.close.slip_sheet import slip_of, workbook_of
from script import close_facts

WORDING = Wording.load(resources_folder())
PROGRAM = ("already-used", "1001", "hand_over", "new", "cat", "value_minor", "business_date")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_paper_and_workbook_name_things_as_people_do(language: str) -> None:
    facts = close_facts.done()
    table = workbook_of(facts, WORDING, language)
    assert table is not None
    cells = [str(cell) for row in (table.columns, *table.rows) for cell in row]

    assert not set(PROGRAM) & set(cells)
    wanted = {"zh": ("满100减20", "已用过", "毛绒小猫"), "en": ("20 off from 100", "Already used", "Plush cat")}[
        language
    ]
    slip = slip_of(facts, WORDING, language)
    assert all(word in cells and word in slip for word in wanted)


def test_what_nobody_knows_a_word_for_stands_as_it_is() -> None:
    table = Table(
        "day",
        ("business_date", "what", "of", "currency", "count", "value_minor"),
        (("2026-11-22", "refused", "a-reason-of-tomorrow", "", 1, 0), ("2026-11-22", "campaign", "77", "CNY", 1, 5)),
    )
    sheet = close_facts.sheet_of(table)

    assert {row[2] for row in day_table(sheet, WORDING, "en").rows} == {"a-reason-of-tomorrow", "77"}


def test_money_of_a_workbook_is_a_number_of_yuan() -> None:
    table = workbook_of(close_facts.done(), WORDING, "zh")
    assert table is not None
    book = zipfile.ZipFile(io.BytesIO(xlsx_bytes(table, money={len(table.columns) - 1})))

    assert "<v>2210</v>" in book.read("xl/worksheets/sheet1.xml").decode()
    assert "#,##0.00" in book.read("xl/styles.xml").decode()
