"""Tables as files: nothing in them is computed by the reader's program."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from wesprint.platform.base.sheets import harmless
from wesprint.web.sheets import csv_answer, csv_lines, write_xlsx, xlsx_answer

ROWS = [("name", "grams"), ("=1+1", -500), ('Stuhl; "alt"', 1_000), (None, date(2026, 11, 1))]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_a_text_that_would_be_computed_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["Stuhl", "", "1-2", -5, Decimal("-1.5"), None])
def test_everything_else_stays(cell: object) -> None:
    assert harmless(cell) == cell  # type: ignore[arg-type]


def test_csv_line_by_line() -> None:
    assert list(csv_lines(ROWS)) == [
        "name,grams\r\n",
        "'=1+1,-500\r\n",
        '"Stuhl; ""alt""",1000\r\n',
        ",2026-11-01\r\n",
    ]


def test_the_answer_is_sent_while_it_is_made() -> None:
    asked: list[int] = []

    def rows() -> object:
        for number in range(3):
            asked.append(number)
            yield (number,)

    answer = csv_answer(rows(), "zahlen.csv")  # type: ignore[arg-type]
    assert (answer.streaming, asked) == (True, [])
    assert b"".join(answer.streaming_content).decode("utf-8-sig") == "0\r\n1\r\n2\r\n"
    assert answer["Content-Disposition"] == 'attachment; filename="zahlen.csv"'


def test_a_sheet_holds_texts_and_numbers_and_no_formula() -> None:
    file = io.BytesIO()
    write_xlsx(file, "Stoffbilanz", ROWS)
    with zipfile.ZipFile(file) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<t>=1+1</t>" in sheet
    assert "<v>-500</v>" in sheet
    answer = xlsx_answer(ROWS, "Stoffbilanz", "a.xlsx")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
