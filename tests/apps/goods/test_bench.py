"""The bench for who only looks, and what it says while somebody is still typing."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.apps.goods.test_views import HOUSE, client_of, post, text
from tests.world import Town

from wesprint.apps.goods.models import Item


@pytest.fixture
def staff(town: Town) -> Client:
    return client_of(town, "staff")


def test_who_only_looks_reads_the_visit_and_sees_no_form(town: Town, staff: Client) -> None:
    post(staff, f"{HOUSE}annahme/", category="chair", grade="A", mass="6,5", title="Hocker")
    item = Item.objects.get()
    assert item.intake is not None
    auditor = client_of(town, "auditor")
    bench = text(auditor.get(f"{HOUSE}annahme/"))
    visit = text(auditor.get(f"{HOUSE}annahme/{item.intake.public_id}/"))
    for page in (bench, visit):
        main = page[page.index("<main") : page.index("</main")]
        assert ("Sie sehen hier nur zu" in main, "<form" in main, "<input" in main) == (
            True,
            False,
            False,
        )
    assert ("Hocker" in bench, "1 Stück, 6,5 kg" in visit, "Hocker" in visit) == (False, True, True)
    assert post(auditor, f"{HOUSE}annahme/", category="chair").status_code == 403


def test_a_weight_that_cannot_be_is_said_at_once(town: Town, staff: Client) -> None:
    """Grams typed into a field of kilograms: the suggestion goes on as if nothing was weighed."""
    kettle = f"{HOUSE}annahme/vorschlag/?category=kettle&grade=A"
    usual = text(staff.get(kettle))
    assert "<span" not in usual.split('id="mass-warning"')[1]
    heavy = text(staff.get(f"{kettle}&mass=1500"))
    assert "1.500 kg ist zu viel für Wasserkocher: Mehr als 5 kg kann nicht sein." in heavy
    assert "Sind 1,5 kg gemeint?" in heavy
    price = re.compile(r'name="suggested_price" id="suggested_price" value="[^"]*"')
    assert price.findall(heavy) == price.findall(usual)
    assert "Sind" not in text(staff.get(f"{kettle}&mass=15000000"))
    assert "zu viel" not in text(staff.get(f"{kettle}&mass=1,5"))
    assert "Ein Gewicht ist mehr als null." in text(staff.get(f"{kettle}&mass=-1"))
    assert "„2.000“ kann zweierlei heißen." in text(staff.get(f"{kettle}&mass=2.000"))
    assert "„schwer“ ist kein Gewicht." in text(staff.get(f"{kettle}&mass=schwer"))
    bench = post(staff, f"{HOUSE}annahme/", category="kettle", grade="A", mass="1500", do="refresh")
    assert "Sind 1,5 kg gemeint?" in text(bench)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("schwer", "„schwer“ ist kein Gewicht. Bitte schreiben Sie es so: 31,5 kg oder 800 g."),
        ("2.000", "„2.000“ kann zweierlei heißen. Bitte schreiben Sie 2 kg oder 2000 kg."),
        ("1500", "Das ist zu schwer für diese Warengruppe"),
        ("-1", "Ein Gewicht muss größer als null sein."),
    ],
)
def test_a_wrong_weight_is_said_once_above_and_once_at_its_field(
    staff: Client, typed: str, said: str
) -> None:
    page = text(
        post(staff, f"{HOUSE}annahme/", category="kettle", grade="A", mass=typed, title="Kessel")
    )
    above = re.findall(r'<a href="#id_mass">(.*?)</a>', page)
    at_field = page[page.index('id="mass-warning"') :].split("</div>")[0]
    assert (len(above), said in above[0], said in at_field) == (1, True, True)
    assert page.count(said) == 2
    assert not Item.objects.exists()
