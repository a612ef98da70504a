"""The office's pages for tables: in by steps that one sees, out safe to open."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.apps.goods.things import sideboard
from tests.world import Town, add_person

from wesprint.apps.goods.models import Item
from wesprint.platform.base.sheets import csv_lines, harmless
from wesprint.platform.imports.models import Import, ImportState
from wesprint.platform.jobs.worker import work_off

GOOD = "Ware;Note;Preis\nStuhl;B;12,00\nTisch;A;80\n"
BAD = "Ware;Note;Preis\nStuhl;B;12,00\nRaumschiff;A;80\n"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.IMPORT_ROOT = tmp_path / "imports"


@pytest.fixture
def office(town: Town) -> Client:
    user = add_person(town, "staff").user
    assert user is not None
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def upload(office: Client, town: Town, text: str) -> Any:
    file = SimpleUploadedFile("bestand.csv", text.encode())
    return office.post(f"/z/{town.centre.slug}/einlesen/", {"file": file})


def check(office: Client, row: Import, **columns: str) -> None:
    at = f"/z/{row.centre.slug}/einlesen/{row.public_id}/"
    answer = office.post(f"{at}pruefen/", columns)
    assert answer.status_code == 302, answer.content.decode()
    assert b"being checked" in office.get(at).content
    work_off()


def test_a_table_goes_through_all_its_steps(office: Client, town: Town) -> None:
    answer = upload(office, town, GOOD)
    row = Import.objects.get()
    at = f"/z/{town.centre.slug}/einlesen/{row.public_id}/"
    assert answer.headers["Location"] == at
    assert row.mapping == {"grade": 1, "price": 2}
    refused = office.post(f"{at}pruefen/", {"grade": "at:1"})
    assert (refused.status_code, b"required" in refused.content) == (422, True)
    check(office, row, category="at:0", grade="at:1", price="at:2")
    page = office.get(at).content.decode()
    assert "2 rows, and all of them can come in." in page
    assert Item.objects.count() == 0
    office.post(f"{at}annehmen/")
    assert b"The things are coming in" in office.get(f"{at}stand/").content
    work_off()
    assert office.get(f"{at}stand/").headers["HX-Refresh"] == "true"
    assert b"All 2 things came in." in office.get(at).content
    assert set(Item.objects.values_list("category__slug", "price_cents")) == {
        ("chair", 1200),
        ("table", 8000),
    }


def test_a_faulty_row_is_shown_and_downloaded_and_nothing_comes_in(
    office: Client, town: Town
) -> None:
    upload(office, town, BAD)
    row = Import.objects.get()
    at = f"/z/{town.centre.slug}/einlesen/{row.public_id}/"
    check(office, row, category="at:0", grade="at:1", price="at:2")
    page = office.get(at).content.decode()
    assert "One of 2 rows cannot come in like this." in page
    assert "annehmen" not in page
    download = office.get(f"{at}fehler.csv")
    lines = list(csv.reader(io.StringIO(download.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert lines[0] == ["Row", "Column", "What is wrong", "What to do"]
    assert lines[1][:3] == ["3", "Kind of thing", "“Raumschiff” is no kind of thing that we know."]
    assert office.post(f"{at}annehmen/").status_code == 409
    office.post(f"{at}weglegen/")
    assert (Import.objects.get().state, Item.objects.count()) == (ImportState.DISCARDED, 0)


def test_what_is_no_table_is_told_at_the_field(office: Client, town: Town) -> None:
    answer = upload(office, town, "\0\0")
    assert (answer.status_code, b"no table that we can read" in answer.content) == (422, True)
    assert Import.objects.count() == 0


def test_all_stock_goes_out_and_no_cell_becomes_a_formula(office: Client, town: Town) -> None:
    sideboard(town, title='=HYPERLINK("http://x")', note="-2 Beine")
    sideboard(town, title="Stuhl")
    answer = office.get(f"/z/{town.centre.slug}/bestand.csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert [row[2] for row in rows[1:]] == ['\'=HYPERLINK("http://x")', "Stuhl"]
    assert (rows[1][7], rows[1][9], rows[1][14]) == ("31500", "55.0", "'-2 Beine")
    book = office.get(f"/z/{town.centre.slug}/bestand.xlsx").getvalue()
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        texts = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    assert b"<f>" not in texts
    assert b"'=HYPERLINK" in texts


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_texts_that_spreadsheets_would_compute_get_an_apostrophe(sign: str) -> None:
    assert harmless(f"{sign}1+1") == f"'{sign}1+1"
    assert (harmless(-5), harmless("a=1"), harmless(None)) == (-5, "a=1", None)
    assert list(csv_lines(["a"], [[f"{sign}x"]]))[1].strip('"\r\n').startswith("'")


def test_the_export_asks_the_same_number_of_questions_for_one_and_three(
    office: Client, town: Town, django_assert_num_queries: Any
) -> None:
    from wesprint.apps.goods.selectors.export import stock_rows

    sideboard(town)
    with django_assert_num_queries(2):
        assert len(list(stock_rows(town.centre))) == 1
    sideboard(town)
    sideboard(town)
    with django_assert_num_queries(2):
        assert len(list(stock_rows(town.centre))) == 3
