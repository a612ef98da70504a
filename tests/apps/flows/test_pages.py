"""The transparency pages say what the ledger says."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests.apps.flows.world import STORE, leave, take_in
from tests.world import Town, make_town

from wesprint.apps.flows import public, words
from wesprint.apps.flows.periods import Choice, choice_of, choices
from wesprint.apps.flows.presenters import account as presenter
from wesprint.apps.flows.selectors.picture import Group, picture
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Invalid
from wesprint.kernel.period import Period
from wesprint.platform.ledger.export import export
from wesprint.platform.ledger.rollups import FOREVER
from wesprint.platform.ledger.seals import seal
from wesprint.platform.ledger.verify import Noted, noted_seal, verify_export

pytestmark = pytest.mark.django_db

OCTOBER = datetime(2026, 10, 5, 10, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 9, 10, tzinfo=UTC)


@pytest.fixture
def town(clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(words, "rooms", lambda: (STORE,))
    town = make_town()
    chair = take_in(town, "chair", 5_001, OCTOBER, weighed=False)
    take_in(town, "kettle", 1_200, OCTOBER)
    leave(town, chair, 5_001, NOVEMBER, "sold", weighed=False)
    return town


def get(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path, headers={"accept-language": "de"})
    assert response.status_code == status
    return response.content.decode()


def text_of(html: str) -> str:
    body = re.sub(r"<script.*?</script>|<svg.*?</svg>", "", html, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_the_page_tells_the_way_of_things(town: Town, client: Client) -> None:
    seal(town.ctx(), centre=town.centre)
    text = text_of(get(client, "/z/kaufhaus/wirkung/"))
    for words_ in (
        "6,2 kg kamen herein, 5 kg sind wieder in Gebrauch, 0 g wurden verwertet oder entsorgt, "
        "1,2 kg stehen danach im Haus.",
        "19 % davon gewogen, der Rest geschätzt",
        "Möbel 5 kg 5 kg Küchengeräte 1,2 kg 1,2 kg",
        "Vorher im Haus 0,000 kg + Gebracht 6,201 kg 19 % − Verkauft 5,001 kg 0 % "
        "= danach im Haus 1,200 kg",
        "Die Bilanz schließt",
        "Versiegelt bis 24. November 2026, 10:00 Uhr: Siegel Nr. 1.",
        "Methode footprint-3.",
    ):
        assert words_ in text


def test_the_seal_stands_there_in_full_with_the_command_that_checks_it(
    town: Town, client: Client, tmp_path: Path
) -> None:
    made = seal(town.ctx(), centre=town.centre)
    assert made is not None
    text = text_of(get(client, "/z/kaufhaus/wirkung/"))
    command = f"wesprint verify ledger.jsonl --seal kaufhaus={made.hash}"
    for words_ in (made.hash, command, town.centre.public_id):
        assert f" {words_} " in text
    export(tmp_path)
    typed = command.rpartition(" ")[2]
    assert verify_export(tmp_path, [noted_seal(typed)]).noted == [Noted("kaufhaus", 1, 1)]


def test_the_chart_and_its_table_hold_the_same(town: Town) -> None:
    found = picture([town.centre], FOREVER, date(2026, 11, 24))
    with translation.override("de"):
        drawn, table = presenter.sankey(found), presenter.group_table(found)
    assert drawn == {
        "nodes": [
            {"name": "Möbel ", "depth": 1, "colour": 1, "text": "5 kg"},
            {"name": "Gebracht", "depth": 0, "colour": 3, "text": "6,2 kg"},
            {"name": "Verkauft", "depth": 2, "colour": 1, "text": "5 kg"},
            {"name": "Küchengeräte ", "depth": 1, "colour": 1, "text": "1,2 kg"},
            {"name": "Noch im Haus", "depth": 2, "colour": 5, "text": "1,2 kg"},
        ],
        "links": [
            {"source": "Gebracht", "target": "Möbel ", "value": 5.001, "text": "5 kg"},
            {"source": "Möbel ", "target": "Verkauft", "value": 5.001, "text": "5 kg"},
            {"source": "Gebracht", "target": "Küchengeräte ", "value": 1.2, "text": "1,2 kg"},
            {"source": "Küchengeräte ", "target": "Noch im Haus", "value": 1.2, "text": "1,2 kg"},
        ],
        "rest": "Übriges",
        "unit": "kg",
    }
    assert [row["cells"] for row in table["rows"]] == [
        ["Möbel", "5 kg", "5 kg", ""],
        ["Küchengeräte", "1,2 kg", "", "1,2 kg"],
    ]
    assert table["foot"] == ["Summe", "6,2 kg", "5 kg", "1,2 kg"]


def test_hair_thin_groups_are_drawn_as_one_but_listed_each() -> None:
    large = Group("a", "A", "A", 0, {"in": 1000}, {}, 1000)
    small = [Group(key, key, key, 1, {"in": 2}, {"out": 1}, 2) for key in "bc"]
    rest = Group("rest", "Übriges", "The rest", 2, {"in": 4}, {"out": 2}, 4)
    assert presenter._drawn([large, *small]) == [large, rest]
    assert presenter._drawn([large, small[0]]) == [large, small[0]]


def test_a_month_a_year_everything(town: Town, client: Client) -> None:
    text = text_of(get(client, "/z/kaufhaus/wirkung/?zeitraum=2026-11"))
    assert "Vorher im Haus 6,201 kg − Verkauft 5,001 kg 0 % = danach im Haus 1,200 kg" in text
    assert "Von Anfang an 2026 November 2026 Oktober 2026" in text
    assert "Vorher im Haus 0,000 kg" in text_of(get(client, "/z/kaufhaus/wirkung/?zeitraum=2026"))


@pytest.mark.parametrize("key", ["2026-13", "2026-00", "26", "0000", "gestern", "2026-1", "9999"])
def test_a_period_that_is_none(town: Town, client: Client, key: str) -> None:
    assert "Das ist kein Monat und kein Jahr." in get(
        client, f"/z/kaufhaus/wirkung/?zeitraum={key}", 422
    )
    with pytest.raises(Invalid):
        choice_of(key)


def test_choices_are_newest_first() -> None:
    found = choices([date(2025, 12, 1), date(2026, 1, 1)])
    assert found == (
        Choice("", FOREVER),
        Choice("2026", Period.year(2026)),
        Choice("2025", Period.year(2025)),
        Choice("2026-01", Period.month(2026, 1)),
        Choice("2025-12", Period.month(2025, 12)),
    )


def test_the_same_figures_for_machines(town: Town, client: Client) -> None:
    answer = json.loads(get(client, "/z/kaufhaus/wirkung/stoffbilanz.json?zeitraum=2026"))
    assert (answer["houses"], answer["period"], answer["came_in"]) == (["kaufhaus"], "2026", 6201)
    assert answer["avoided_co2e"]["by_category"] == [
        {"category": "chair", "grams": 5001, "weighed": 0, "count": 1}
    ]


def test_how_each_kind_was_computed(town: Town, client: Client) -> None:
    text = text_of(get(client, "/z/kaufhaus/wirkung/so-gerechnet/"))
    assert "Stuhl 1 5 kg 0 %" in text
    assert "Impact CO2" in text


def test_the_region_adds_its_houses(town: Town, client: Client) -> None:
    other = make_town("bahnhof")
    take_in(other, "chair", 1_000, NOVEMBER)
    text = text_of(get(client, "/wirkung/"))
    assert "7,2 kg kamen herein" in text


def test_an_empty_house_says_what_comes(client: Client, clock: FixedClock) -> None:
    make_town("leer")
    assert "Hier ist noch nichts geflossen" in get(client, "/z/leer/wirkung/")
    assert public.figures(make_town("neu").centre, date(2026, 11, 24)) == ()


def test_the_figures_for_the_house(town: Town) -> None:
    with translation.override("de"):
        found = public.figures(town.centre, date(2026, 11, 24))
    address = "/z/kaufhaus/wirkung/?zeitraum=2026"
    assert [(one.value, one.text, one.url) for one in found[:2]] == [
        ("6,2 kg", "kamen dieses Jahr herein", address),
        ("5 kg", "gingen dieses Jahr wieder in Gebrauch", address),
    ]


def test_the_page_needs_few_queries(town: Town, client: Client) -> None:
    path = "/z/kaufhaus/wirkung/?zeitraum=2026-11"
    get(client, path)
    with CaptureQueriesContext(connection) as found:
        get(client, path)
    assert len(found) == 3
