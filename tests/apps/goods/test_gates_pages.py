"""Pages about gates, tests and loads: what slips are told, and what is kept of them."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.apps.goods import things
from tests.apps.goods.test_views import HOUSE, client_of, post, text
from tests.world import Town, make_town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import (
    DailyCapacity,
    ElectricalTest,
    Gate,
    Item,
    Load,
    Recipient,
)
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.services.weight import Weight


@pytest.fixture
def staff(town: Town) -> Client:
    return client_of(town, "staff")


@pytest.fixture
def kettle(town: Town) -> Item:
    return services.take_in(
        town.ctx(),
        centre=town.centre,
        category="kettle",
        grade="B",
        weight=Weight(1_100, "measured"),
    )


SHEET = {
    "protection_class": "I",
    "visual_ok": "on",
    "function_ok": "on",
    "conductor": "0,12",
    "insulation": "> 20",
    "leakage": "0.3",
    "device": "Gerätetester 1",
    "initials": "EB",
}


# -- the sheet -------------------------------------------------------------------------------
def test_a_passed_test_opens_the_price(town: Town, staff: Client, kettle: Item) -> None:
    there = f"{HOUSE}artikel/{kettle.public_id}/"
    assert 'name="price"' not in text(staff.get(there))
    assert post(staff, f"{there}pruefen/", **SHEET, passed="1").status_code == 302
    sheet = ElectricalTest.objects.get()
    assert (sheet.conductor_mohm, sheet.insulation_kohm, sheet.leakage_ua) == (120, 20_000, 300)
    page = text(staff.get(there))
    assert "Klasse I · Schutzleiterwiderstand 0,12 Ω · Isolationswiderstand 20 MΩ" in page
    assert 'name="price"' in page


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"conductor": "viel"}, "„viel“ ist kein Messwert"),
        ({"conductor": "-1"}, "„-1“ ist kein Messwert"),
        ({"insulation": "1e99"}, "„1e99“ ist kein Messwert"),
        ({"leakage": "NaN"}, "„NaN“ ist kein Messwert"),
        ({"conductor": "1,2"}, "Mit diesen Angaben ist die Prüfung nicht bestanden."),
        ({"conductor": ""}, "Ein Wert fehlt: Schutzleiterwiderstand."),
        ({"device": ""}, "Im Prüfprotokoll steht, wer womit geprüft hat."),
        ({"initials": "viel zu lang"}, "höchstens 8 Zeichen"),
        ({"protection_class": "X"}, "X"),
        ({"visual_ok": ""}, "Mit diesen Angaben ist die Prüfung nicht bestanden."),
    ],
)
def test_a_sheet_that_is_not_right(
    staff: Client, kettle: Item, values: dict[str, str], words: str
) -> None:
    data = {**SHEET, **values}
    answer = post(staff, f"{HOUSE}artikel/{kettle.public_id}/pruefen/", **data, passed="1")
    page = text(answer)
    assert (answer.status_code, words in page) == (422, True)
    assert 'value="Gerätetester 1"' in page or not data["device"]  # what was typed stays
    assert ElectricalTest.objects.count() == 0


def test_a_failed_kettle_goes_into_the_cage_and_leaves_with_a_slip(
    town: Town, staff: Client, kettle: Item
) -> None:
    there = f"{HOUSE}artikel/{kettle.public_id}/"
    failed = {**SHEET, "function_ok": "", "conductor": "9"}
    assert post(staff, f"{there}pruefen/", **failed, passed="0").status_code == 302
    assert re.search(r'value="20 01 36" selected', text(staff.get(there)))
    post(staff, f"{there}abfall/", waste_code="20 01 36")
    post(staff, f"{HOUSE}ausgaenge/empfaenger/", name="Verwertung Ruhr", party="recycler")
    recycler = Recipient.objects.get()
    cage = f"{HOUSE}ausgaenge/fuhre/?code=20+01+36"
    assert kettle.public_id in text(staff.get(cage))
    load = {
        "items": [kettle.public_id],
        "waste_code": "20 01 36",
        "route": "recycle",
        "recipient": recycler.public_id,
        "slip_number": "W-17",
        "mass": "1,15",
    }
    assert post(staff, cage, **load).status_code == 302
    made = Load.objects.get()
    assert (made.mass_g, made.slip_number, made.recipient) == (1_150, "W-17", recycler)
    page = text(staff.get(f"{HOUSE}ausgaenge/"))
    assert ("W-17" in page, "Verwertung Ruhr" in page) == (True, True)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"items": []}, "Bitte wählen Sie, was mitgeht"),
        ({"mass": "schwer"}, "„schwer“ ist kein Gewicht"),
        ({"mass": "900"}, "Das weicht weit von dem ab"),
        ({"slip_number": "W-1"}, "Ein Schein kommt von jemandem."),
        ({"waste_code": "12"}, "Diesen AVV-Schlüssel verwendet das Haus nicht"),
        ({"waste_code": ""}, "AVV"),
        ({"route": "sell"}, "Diese Auswahl gibt es hier nicht."),
    ],
)
def test_a_load_that_is_not_right(
    town: Town, staff: Client, kettle: Item, values: dict[str, object], words: str
) -> None:
    services.change_to_waste(town.ctx(), item=kettle)
    load = {"items": [kettle.public_id], "waste_code": "20 01 36", "route": "recycle", "mass": ""}
    answer = post(staff, f"{HOUSE}ausgaenge/fuhre/?code=20+01+36", **{**load, **values})
    assert (answer.status_code, words in text(answer)) == (422, True), text(answer)
    assert Load.objects.count() == 0


def test_things_of_another_house_leave_with_nobody(town: Town, staff: Client) -> None:
    other = make_town("nachbarort")
    foreign = things.sideboard(other)
    answer = post(
        staff,
        f"{HOUSE}ausgaenge/fuhre/",
        items=[foreign.public_id],
        waste_code="20 03 07",
        route="dispose",
    )
    assert answer.status_code == 422
    assert Item.objects.get(pk=foreign.pk).left_at is None


def test_the_statement_as_page_csv_and_pdf(town: Town, staff: Client, kettle: Item) -> None:
    services.dispose(town.ctx(), item=kettle, waste_code="20 01 36")
    year = centre_day(town.centre).year
    there = f"{HOUSE}ausgaenge/bilanz/"
    assert "1,100 kg" in text(staff.get(there))
    csv = staff.get(f"{there}abfallbilanz.csv?jahr={year}")
    assert csv.headers["Content-Disposition"].endswith(f'kaufhaus-abfallbilanz-{year}.csv"')
    assert csv.content.decode().splitlines()[1].startswith(f"{year},20 01 36,no,")
    assert staff.get(f"{there}abfallbilanz.pdf").content.startswith(b"%PDF")
    for wrong in ("0", "1999", "99999", "zwei", str(year + 1), "²"):
        assert staff.get(f"{there}?jahr={wrong}").status_code == 404


# -- gates and capacity ----------------------------------------------------------------------
def test_a_gate_is_added_and_opened_again(town: Town, staff: Client, sideboard: Item) -> None:
    data = {"kind": "never-sell", "words": "Eiche", "reason": "Probe", "source": "Brief"}
    added = staff.post(f"{HOUSE}sperren/", data, follow=True)
    assert "1 Stück kam aus dem Regal" in text(added)
    assert "Verkauft" not in text(staff.get(f"{HOUSE}warenhaus/"))
    gate = Gate.objects.get()
    staff.post(f"{HOUSE}sperren/{gate.public_id}/aufheben/")
    assert Gate.objects.count() == 0
    assert "Das wird hier nie verkauft" not in text(
        staff.get(f"{HOUSE}artikel/{sideboard.public_id}/")
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"words": "", "category": ""}, "Eine Sperre gilt einer Warengruppe oder Wörtern"),
        ({"category": "gibt-es-nicht"}, "Diese Warengruppe kennen wir nicht."),
        ({"reason": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"until": "2020-01-01"}, "Dieser Tag ist schon vorbei."),
        ({"until": "morgen"}, "Bitte ein gültiges Datum eingeben."),
    ],
)
def test_a_gate_that_is_not_right(
    town: Town, staff: Client, values: dict[str, str], words: str
) -> None:
    data = {"kind": "never-sell", "words": "GX", "reason": "Rückruf"} | values
    answer = post(staff, f"{HOUSE}sperren/", **data)
    assert (answer.status_code, words in text(answer)) == (422, True), text(answer)
    assert Gate.objects.count() == 0


def test_a_limit_of_a_day(town: Town, staff: Client, client: Client) -> None:
    assert post(staff, f"{HOUSE}sperren/menge/", category="chair", pieces="1").status_code == 302
    things.sideboard(town, category="chair", weight=Weight())
    public = text(client.get(f"{HOUSE}abgeben/"))
    assert "<strong>Stuhl</strong>: für heute voll" in public
    bench = {"category": "chair", "grade": "A", "estimated": "1"}
    refused = post(staff, f"{HOUSE}annahme/", **bench)
    assert (refused.status_code, Item.objects.count()) == (422, 1)
    assert 'aria-describedby="over-error"' in text(refused)
    taken = post(staff, f"{HOUSE}annahme/", **bench, over_capacity="war angekündigt")
    assert (taken.status_code, Item.objects.count()) == (302, 2)
    for wrong, words in (
        ("0", "Bitte geben Sie eine Zahl von 1 bis 999"),
        ("drei", "Bitte eine ganze Zahl schreiben"),
        ("99999999999", "Bitte geben Sie eine Zahl von 1 bis 999"),
    ):
        answer = post(staff, f"{HOUSE}sperren/menge/", category="chair", pieces=wrong)
        assert (answer.status_code, words in text(answer)) == (422, True)
    post(staff, f"{HOUSE}sperren/menge/", category="chair", pieces="")
    assert DailyCapacity.objects.get().pieces is None


def test_product_data_are_shown_with_the_offer(town: Town, staff: Client, client: Client) -> None:
    item = things.sideboard(town, category="pram", title="Wagen", weight=Weight())
    there = f"{HOUSE}artikel/{item.public_id}/"
    assert "Produktangaben fehlen" in text(staff.get(there))
    refused = post(staff, f"{there}produktdaten/", identification="Kombi", maker="Wagenbau KG")
    assert "Zum Hersteller gehört seine Anschrift." in text(refused)
    post(staff, f"{there}produktdaten/", identification="Kombi 3", warnings="Bremse prüfen")
    post(staff, f"{there}preis/", price="40")
    page = text(client.get(f"{HOUSE}warenhaus/{item.public_id}/"))
    assert ("unbekannt, Gebrauchtware" in page, "Bremse prüfen" in page) == (True, True)
    assert "Kombi 3" in text(client.get(f"/p/{item.public_id}"))


# -- the bench -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("code", "tile", "word", "direction"),
    [
        ("uk", "Електрочайник", "Приймання", "ltr"),
        ("ar", "غلاية ماء", "الاستلام", "rtl"),
        ("tr", "Su ısıtıcısı", "Kabul", "ltr"),
        ("en", "Kettle", "Taking in", "ltr"),
        ("de", "Wasserkocher", "Annahme", "ltr"),
    ],
)
def test_the_bench_in_five_languages(
    town: Town, staff: Client, code: str, tile: str, word: str, direction: str
) -> None:
    back = f"{HOUSE}annahme/?was=0"
    chosen = staff.post(f"{HOUSE}annahme/sprache/", {"language": code, "next": back})
    assert (chosen.status_code, chosen.headers["Location"]) == (302, back)
    page = text(staff.get(f"{HOUSE}annahme/"))
    assert f'<html lang="{code}" dir="{direction}"' in page
    assert (tile in page, word in page) == (True, True)
    assert tile in text(staff.get(f"{HOUSE}annahme/arten/?gruppe=kitchen-electrics"))
    # only the counter changes; the office stays as the reader has it
    assert '<html lang="de" dir="ltr"' in text(staff.get(f"{HOUSE}artikel/"))


def test_a_language_that_nobody_speaks_and_a_way_out_of_the_house(
    town: Town, staff: Client
) -> None:
    answer = staff.post(
        f"{HOUSE}annahme/sprache/", {"language": "tlh", "next": "https://example.org/"}
    )
    assert answer.headers["Location"] == f"{HOUSE}annahme/"
    assert answer.cookies == {}


def test_a_batch_is_priced_by_the_kilo_at_the_bench(town: Town, staff: Client) -> None:
    asked = text(staff.get(f"{HOUSE}annahme/vorschlag/?category=clothing&grade=B&mass=4"))
    assert ("Preis je Kilogramm" in asked, 'name="per_kg" value="1"' in asked) == (True, True)
    bench = {"category": "clothing", "grade": "B", "mass": "4", "route": "sell"}
    post(staff, f"{HOUSE}annahme/", **bench, price="3,50", per_kg="1")
    item = Item.objects.get()
    assert (item.price_cents, item.is_batch, item.mass_g) == (1_400, True, 4_000)
    asked = text(staff.get(f"{HOUSE}annahme/vorschlag/?category=chair&grade=B&mass=4"))
    assert "per_kg" not in asked


def test_the_bench_says_what_is_never_sold(town: Town, staff: Client) -> None:
    there = f"{HOUSE}annahme/vorschlag/?category=lamp&grade=A&title=Stehlampe+Eigenbau"
    page = text(staff.get(there))
    assert "Nie verkauft:" in page
    assert re.findall(r'name="route" value="([\w-]+)"', page) == ["recycle", "workshop", "dispose"]
