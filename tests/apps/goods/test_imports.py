"""Existing stock from a table: every faulty row is named, and all comes in or nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.world import Town

from wesprint.apps.goods import cells, services
from wesprint.apps.goods.models import Intake, Item, ItemState
from wesprint.apps.goods.selectors.catalogue import Card, shelf
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.services import imports as stock
from wesprint.apps.goods.services.entries import Entry
from wesprint.apps.goods.services.weight import Weight
from wesprint.apps.goods.wanted import Wanted
from wesprint.kernel.errors import Conflict, DomainError, Invalid
from wesprint.kernel.period import Period
from wesprint.platform.base.clock import now
from wesprint.platform.imports import files, tasks
from wesprint.platform.imports import services as imports
from wesprint.platform.imports.models import Import, ImportState
from wesprint.platform.jobs.models import Progress, ProgressState
from wesprint.platform.jobs.progress import Meter
from wesprint.platform.jobs.worker import work_off
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.ledger.selectors import mass_balance, stock_gap, unbalanced
from wesprint.platform.ledger.tasks import seal

HEAD = "Kategorie;Bezeichnung;Zustand;Gewicht (kg);VK-Preis;Eingangsdatum"
ROWS = (
    "Stuhl;Stuhl, Buche;B;4,2;12,00;20.10.2026",
    "Kommode;Sideboard;gut;31,5;55,00 €;2026-10-21",
    "chair;Sessel ohne Preis;C;;;",
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.IMPORT_ROOT = tmp_path / "imports"


def bring(town: Town, content: bytes, name: str = "bestand.csv") -> Import:
    return imports.bring(
        town.ctx(), centre=town.centre, kind="goods", name=name, blocks=iter([content])
    )


def checked(town: Town, content: bytes, name: str = "bestand.csv", **defaults: str) -> Import:
    row = bring(town, content, name)
    imports.start_check(town.ctx(), of=row, mapping=row.mapping, defaults=defaults)
    work_off()
    row.refresh_from_db()
    return row


def confirmed(town: Town, row: Import) -> Import:
    imports.confirm(town.ctx(), of=row)
    work_off()
    row.refresh_from_db()
    return row


def csv(*rows: str, head: str = HEAD, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([head, *rows]).encode(encoding)


def found(town: Town, words: str) -> tuple[Card, ...]:
    kinds = today_tree(town.centre, now())
    return shelf(town.centre, kinds, Wanted(words=words), now()).cards


def faults(row: Import) -> list[tuple[int, str]]:
    return [
        (place, column)
        for chunk in row.chunks.order_by("number")
        for place, column, _what, _next in chunk.faults
    ]


def workbook(rows: Iterable[list[Any]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Bestand")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if hasattr(value, "year"):
                sheet.write_datetime(number, place, value, day)
            else:
                sheet.write(number, place, value)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_comes_in_whatever_it_was_written_with(town: Town, encoding: str) -> None:
    row = checked(town, csv(*ROWS, "Küchenschrank;Küchenbüfett;B;40;80;", encoding=encoding))
    assert (row.state, row.rows, row.faulty) == (ImportState.CHECKED, 4, 0)
    assert Item.objects.count() == 0
    row = confirmed(town, row)
    assert row.state == ImportState.DONE
    found = Item.objects.order_by("pk").values_list(
        "title", "category__slug", "grade", "mass_g", "price_cents", "state"
    )
    assert list(found) == [
        ("Stuhl, Buche", "chair", "B", 4200, 1200, "for-sale"),
        ("Sideboard", "chest-of-drawers", "B", 31_500, 5500, "for-sale"),
        ("Sessel ohne Preis", "chair", "C", 5500, None, "taken-in"),
        ("Küchenbüfett", "kitchen-cabinet", "B", 40_000, 8000, "for-sale"),
    ]
    assert not files.path_of(row.public_id).exists()


def test_the_books_close_and_the_things_are_found(town: Town) -> None:
    confirmed(town, checked(town, csv(*ROWS)))
    assert (stock_gap(town.centre), unbalanced(town.centre)) == (0, [])
    balance = mass_balance(town.centre, Period.month(2026, 10))
    assert (balance.came_in, balance.gap) == (4200 + 31_500, 0)
    assert [card.item.title for card in found(town, "siedeboard")] == ["Sideboard"]
    item = Item.objects.get(title="Sideboard")
    done = services.hand_over(town.ctx(), item=item, price_cents=5500, consideration="cash")
    assert done.item.resource.accounting_quantity in (0, 31_500)
    assert seal.call() == 1


def test_every_faulty_row_is_named_with_its_column(town: Town) -> None:
    row = checked(
        town,
        csv(
            "Stuhl;;B;4,2;12,00;",
            "Raumschiff;;B;4,2;12,00;",
            "Stuhl;;sehr krumm;viel;12,00;31.02.2026",
            "Kindersitz;;B;4;;",
            "Wasserkocher;;B;1;9,00;",
            "Stuhl;;B;1.250;;",
            "Stuhl;;B;-3;;",
            ";;;;5;",
            "Stuhl;;B;3;;24.12.2090",
        ),
    )
    assert (row.state, row.rows, row.faulty) == (ImportState.CHECKED, 9, 8)
    assert faults(row) == [
        (3, "category"),
        (4, "grade"),
        (4, "weight_kg"),
        (4, "taken_in_on"),
        (5, "category"),
        (6, "price"),
        (7, "weight_kg"),
        (8, "weight_kg"),
        (9, "category"),
        (9, "grade"),
        (10, "taken_in_on"),
    ]
    with pytest.raises(Conflict) as refused:
        imports.confirm(town.ctx(), of=row)
    assert refused.value.code == "import-faulty"
    assert (Item.objects.count(), EconomicEvent.objects.count()) == (0, 0)


def test_a_workbook_with_dates_and_numbers_comes_in(town: Town) -> None:
    head = ["Category", "Title", "Condition", "Weight kg", "Price", "Date"]
    row = checked(
        town,
        workbook([head, [], ["Chair", "Oak", "A", 4.25, 12.5, date(2026, 10, 20)]]),
        "stock.xlsx",
    )
    assert (row.format, row.rows, faults(row)) == ("xlsx", 1, [])
    confirmed(town, row)
    item = Item.objects.get()
    assert (item.mass_g, item.price_cents, f"{item.taken_in_at:%Y-%m-%d}") == (
        4250,
        1250,
        "2026-10-20",
    )


def test_what_no_column_says_may_be_said_once_for_all(town: Town) -> None:
    head = "Kategorie;Gewicht kg"
    with pytest.raises(Invalid) as missing:
        checked(town, csv("Stuhl;4", head=head))
    assert (missing.value.code, missing.value.field) == ("import-column-missing", "grade")
    row = checked(town, csv("Stuhl;4", "Tisch;20", head=head), grade="B", weighed="ja")
    confirmed(town, row)
    assert set(Item.objects.values_list("grade", "basis")) == {("B", "measured")}


def test_confirming_twice_imports_once(town: Town) -> None:
    row = checked(town, csv(*ROWS))
    imports.confirm(town.ctx(), of=row)
    imports.confirm(town.ctx(), of=row)
    work_off()
    assert (Item.objects.count(), Intake.objects.count()) == (3, 1)
    assert Progress.objects.get(public_id=Import.objects.get().progress).state == ProgressState.DONE


def test_a_discarded_table_leaves_nothing(town: Town) -> None:
    row = checked(town, csv(*ROWS))
    imports.discard(town.ctx(), of=row)
    row.refresh_from_db()
    assert (row.state, row.chunks.count(), row.first_rows) == (ImportState.DISCARDED, 0, [])
    with pytest.raises(Conflict):
        imports.confirm(town.ctx(), of=row)


def bomb(part: str, size: int) -> bytes:
    """A workbook one of whose parts unpacks to very much."""
    out = io.BytesIO(workbook([["Kategorie"], ["Stuhl"]]))
    with zipfile.ZipFile(out) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts[part] = b"<x>" + b" " * size + b"</x>"
    return _zipped(parts)


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def doctype() -> bytes:
    out = io.BytesIO(workbook([["Kategorie"], ["Stuhl"]]))
    with zipfile.ZipFile(out) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].partition(b"?>")
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    parts["xl/worksheets/sheet1.xml"] = sheet[0] + sheet[1] + entity + sheet[2]
    return _zipped(parts)


HOSTILE: dict[str, tuple[Any, str]] = {
    "nothing": (lambda: b"", "import-empty"),
    "headings alone": (lambda: csv(), "import-empty"),
    "zero bytes": (lambda: b"a;b\n\0\0;\n", "import-no-table"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "import-no-table"),
    "a zip of something else": (lambda: _zipped({"a.txt": b"a"}), "import-no-table"),
    "half a workbook": (lambda: workbook([["a"], ["b"]])[:900], "import-no-table"),
    "a million columns": (lambda: b";".join([b"a"] * 10**6) + b"\nb", "import-too-many-columns"),
    "a cell without end": (lambda: b'a;b\n"' + b"x" * 200_000, "import-cell-too-long"),
    "a long line": (lambda: b"a;b\n" + b"x" * 900_000, "import-too-many-columns"),
    "a doctype": (doctype, "import-no-table"),
    "texts that unpack for ever": (
        lambda: bomb("xl/sharedStrings.xml", 200 * 2**20),
        "import-bomb",
    ),
    "too large": (lambda: b"a;b\n" * (13 * 2**20), "import-too-large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_at_once_and_kept_nowhere(town: Town, name: str) -> None:
    make, code = HOSTILE[name]
    with pytest.raises(DomainError) as refused:
        bring(town, make())
    assert refused.value.code == code
    assert list(files.folder().iterdir()) == []
    assert Import.objects.count() == 0


def test_a_million_empty_rows_are_cheap(town: Town) -> None:
    out = io.BytesIO(workbook([["Kategorie", "Zustand"], ["Stuhl", "B"]]))
    with zipfile.ZipFile(out) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    empty = "".join(f'<row r="{number}"/>' for number in range(3, 1_000_003)).encode()
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"</sheetData>", empty + b"</sheetData>")
    row = checked(town, _zipped(parts), "leer.xlsx")
    assert (row.state, row.rows, row.faulty) == (ImportState.CHECKED, 1, 0)


def test_names_that_lead_elsewhere_and_formulas_are_plain_texts(town: Town) -> None:
    row = checked(
        town,
        csv('Stuhl;"=HYPERLINK(""http://x"")";B;4;;', "Stuhl;@SUM(A1);B;4;;"),
        "../../etc/passwd\x00.csv",
    )
    assert row.file_name == "passwd_.csv"
    confirmed(town, row)
    assert set(Item.objects.values_list("title", flat=True)) == {
        '=HYPERLINK("http://x")',
        "@SUM(A1)",
    }


def test_a_doubled_heading_fills_one_column(town: Town) -> None:
    row = bring(town, csv("Stuhl;B;5;7", head="Kategorie;Zustand;Preis;Preis"))
    assert row.mapping == {"category": 0, "grade": 1, "price": 2}


def test_many_at_once_by_the_checks_of_one(town: Town) -> None:
    entries = tuple(
        Entry("chair", "B", Weight(4000 + number, "measured"), route="sell", price_cents=500)
        for number in range(3)
    )
    services.take_in_many(town.ctx(), centre=town.centre, entries=entries)
    assert list(Item.objects.order_by("mass_g").values_list("mass_g", "state")) == [
        (4000, ItemState.FOR_SALE),
        (4001, ItemState.FOR_SALE),
        (4002, ItemState.FOR_SALE),
    ]
    with pytest.raises(DomainError):
        services.take_in_many(
            town.ctx(), centre=town.centre, entries=(*entries, Entry("child-seat", "B"))
        )
    assert Item.objects.count() == 3
    assert stock_gap(town.centre) == 0


@given(cents=st.integers(0, 10**8))
@settings(suppress_health_check=list(HealthCheck), deadline=None)
def test_amounts_are_read_as_they_are_written(cents: int) -> None:
    euros, rest = divmod(cents, 100)
    german = f"{euros:,}".replace(",", ".") + f",{rest:02d} €"
    english = f"{euros:,}.{rest:02d}"
    assert cells.cents_of(german, exact=False) == cents
    assert cells.cents_of(english, exact=False) == cents
    assert cells.cents_of(f"{euros}.{rest:02d}", exact=True) == cents


class _CallsOff(Meter):
    """Whoever watches the import calls it off as soon as it tells of its progress."""

    def __init__(self, town: Town, row: Import) -> None:
        super().__init__(row.progress)
        self.town, self.row = town, row

    def set(self, done: int, *, total: int | None = None, message: str = "") -> None:
        imports.call_off(self.town.ctx(), of=self.row)


@pytest.mark.parametrize("rows", [3, 1_001])
def test_called_off_while_it_comes_in_nothing_of_it_is_there(town: Town, rows: int) -> None:
    """With one chunk in the moment before all becomes visible, with two between them."""
    lines = [f"Stuhl;Stuhl {number};B;4,2;12,00;" for number in range(rows)]
    row = imports.confirm(town.ctx(), of=checked(town, csv(*lines)), enqueue=False)
    with pytest.raises(Conflict) as stopped:
        stock.post(town.ctx(), row, _CallsOff(town, row))
    assert stopped.value.code == "import-called-off"
    row.refresh_from_db()
    assert (row.state, row.result, row.chunks.count()) == (ImportState.DISCARDED, "", 0)
    assert (Item.objects.count(), Intake.objects.count()) == (0, 0)
    assert not EconomicEvent.objects.exists()
    assert not files.path_of(row.public_id).exists()
    tasks.post.call(row.public_id)  # the job is run again
    row.refresh_from_db()
    assert (row.state, Item.objects.count()) == (ImportState.DISCARDED, 0)


def test_the_job_of_an_import_that_was_called_off_does_not_call_it_failed(town: Town) -> None:
    row = imports.confirm(town.ctx(), of=checked(town, csv(*ROWS)), enqueue=False)
    imports.call_off(town.ctx(), of=row)
    tasks._fail(town.ctx(), row_id=row.pk, why="called off")
    row.refresh_from_db()
    assert (row.state, row.why) == (ImportState.DISCARDED, "")
    imports.call_off(town.ctx(), of=row)  # twice changes nothing


def test_what_came_in_is_not_called_off(town: Town) -> None:
    row = confirmed(town, checked(town, csv(*ROWS)))
    with pytest.raises(Conflict) as refused:
        imports.call_off(town.ctx(), of=row)
    assert refused.value.code == "import-done"
    assert Item.objects.count() == 3


def test_the_button_calls_it_off(town: Town, client: Client) -> None:
    row = imports.confirm(town.ctx(), of=checked(town, csv(*ROWS)), enqueue=False)
    person = town.people["staff"].user
    assert person is not None
    client.force_login(person)
    path = f"/z/kaufhaus/einlesen/{row.public_id}/"
    assert f'action="{path}abbrechen/"' in client.get(path).content.decode()
    page = client.post(f"{path}abbrechen/", {"command_key": "1"}, follow=True).content.decode()
    assert "Das Einlesen wurde abgebrochen; nichts davon ist im Bestand." in page
    row.refresh_from_db()
    assert row.state == ImportState.DISCARDED
