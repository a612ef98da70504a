"""The same gates at every door: at the counter, for a program and in a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.apps.goods.test_api import Program, said
from tests.apps.goods.test_imports import checked, confirmed, csv
from tests.world import Town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import ElectricalTest, Item
from wesprint.apps.goods.services.entries import Entry, HouseToday, check_entry
from wesprint.apps.goods.services.weight import Weight
from wesprint.kernel.errors import DomainError
from wesprint.platform.reference.models import Category

Door = Callable[[Town, str, str, str, int | None], str]
Outcome = dict[str, Any]
GRAMS = 4000


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.IMPORT_ROOT = tmp_path / "imports"


def at_the_counter(town: Town, category: str, title: str, grade: str, price: int | None) -> str:
    try:
        services.take_in(
            town.ctx(),
            centre=town.centre,
            category=category,
            grade=grade,
            title=title,
            weight=Weight(GRAMS),
            route="" if price is None else "sell",
            price_cents=price,
        )
    except DomainError as error:
        return str(error.what)
    return ""


def many_at_once(town: Town, category: str, title: str, grade: str, price: int | None) -> str:
    route = "" if price is None else "sell"
    entry = Entry(category, grade, Weight(GRAMS), "product", route, price, title)
    try:
        services.take_in_many(town.ctx(), centre=town.centre, entries=(entry,))
    except DomainError as error:
        return str(error.what)
    return ""


def by_a_program(town: Town, category: str, title: str, grade: str, price: int | None) -> str:
    body = {"category": category, "grade": grade, "weight_g": GRAMS, "title": title}
    wish = {} if price is None else {"route": "sell", "price_cents": price}
    answer = Program(town).post("items", body | wish)
    return "" if answer.status_code == 201 else str(answer.json()["detail"])


def in_a_table(town: Town, category: str, title: str, grade: str, price: int | None) -> str:
    cents = "" if price is None else f"{price / 100:.2f}".replace(".", ",")
    row = checked(town, csv(f"{category};{title};{grade};4;{cents};"))
    if row.faulty:
        return str(row.chunks.get().faults[0][2])
    confirmed(town, row)
    return ""


DOORS = (at_the_counter, many_at_once, by_a_program, in_a_table)

GATED: tuple[tuple[str, str, str, int | None, Outcome | str], ...] = (
    ("child-seat", "Sitz", "A", None, "Das können wir nicht nehmen"),
    ("pram", "Babyschale Maxi", "A", 2000, "Das wird hier nie verkauft"),
    ("lamp", "Stehlampe, selbst gebaut", "B", 2000, "Das wird hier nie verkauft"),
    ("kettle", "Wasserkocher", "B", 900, "Elektrisches wird geprüft, bevor es verkauft wird."),
    (
        "pram", "Babyschale Maxi", "A", None,
        {"route": "recycle", "state": "taken-in", "barred": "never-sell", "price_cents": None},
    ),
    (
        "kettle", "Wasserkocher", "B", None,
        {"route": "workshop", "state": "taken-in", "barred": "needs-test", "price_cents": None},
    ),
    (
        "kettle", "Wasserkocher", "D", None,
        {"route": "recycle", "state": "taken-in", "barred": "needs-test", "price_cents": None},
    ),
    (
        "pram", "Kinderwagen", "B", 4000,
        {"route": "sell", "state": "taken-in", "barred": "needs-data", "price_cents": 4000},
    ),
    (
        "chair", "Stuhl", "B", 1200,
        {"route": "sell", "state": "for-sale", "barred": "", "price_cents": 1200},
    ),
)  # fmt: skip


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
@pytest.mark.parametrize(("category", "title", "grade", "price", "outcome"), GATED)
def test_the_same_gates_at_every_door(
    town: Town,
    door: Door,
    category: str,
    title: str,
    grade: str,
    price: int | None,
    outcome: Outcome | str,
) -> None:
    words = door(town, category, title, grade, price)
    if isinstance(outcome, str):
        assert words.startswith(outcome)
        assert Item.objects.count() == 0
    else:
        assert words == ""
        assert Item.objects.values(*outcome).get() == outcome


@pytest.mark.parametrize(("category", "title", "grade", "price", "outcome"), GATED[4:])
def test_the_same_waste_code_and_starting_price_at_every_door(
    town: Town, category: str, title: str, grade: str, price: int | None, outcome: Outcome
) -> None:
    for door in DOORS:
        assert door(town, category, title, grade, price) == ""
    rows = Item.objects.values_list("waste_code", "suggested_cents", "route", "barred")
    assert (rows.count(), rows.distinct().count()) == (len(DOORS), 1)
    [code] = {row[0] for row in rows}
    assert bool(code) == (outcome["route"] == "recycle")


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_what_the_house_itself_refuses_is_refused_at_every_door(town: Town, door: Door) -> None:
    services.add_gate(
        town.ctx(),
        centre=town.centre,
        kind="never-sell",
        reason="zu alt",
        words="wackelhocker",
    )
    assert door(town, "stool", "Wackelhocker", "A", 900).startswith("Das wird hier nie")
    assert Item.objects.count() == 0


def test_many_rows_ask_the_house_once(town: Town, django_assert_num_queries: Any) -> None:
    house, ctx = HouseToday(town.centre, town.ctx().occurred_at), town.ctx()
    kettle = Entry("kettle", "D", Weight(GRAMS), title="Wasserkocher")
    check_entry(ctx, town.centre, kettle, house)
    with django_assert_num_queries(0):
        for entry in (kettle, Entry("chair", "B", Weight(GRAMS)), kettle):
            check_entry(ctx, town.centre, entry, house)


def test_a_full_house_takes_from_a_program_with_a_reason_only(town: Town) -> None:
    chair = Category.objects.get(slug="chair")
    services.declare_full(town.ctx(), centre=town.centre, category=chair)
    body = {"category": "chair", "grade": "B", "weight_g": GRAMS}
    program = Program(town)
    assert said(program.post("items", body)) == (403, "full")
    made = program.post("items", body | {"over_capacity": "Erbstück"}, "k2")
    assert made.status_code == 201
    assert Item.objects.get().over_capacity == "Erbstück"
    with pytest.raises(DomainError) as refused:
        services.take_in_many(town.ctx(), centre=town.centre, entries=(Entry("chair", "B"),))
    assert refused.value.code == "full"


def test_what_is_there_already_may_be_entered_although_the_house_is_full(town: Town) -> None:
    chair = Category.objects.get(slug="chair")
    services.declare_full(town.ctx(), centre=town.centre, category=chair)
    assert in_a_table(town, "chair", "Stuhl", "B", 1200) == ""
    assert Item.objects.get().state == "for-sale"


def test_a_program_opens_the_gate_with_the_report_of_a_test(town: Town) -> None:
    program = Program(town)
    made = program.post("items", {"category": "kettle", "grade": "B", "weight_g": 1000}).json()
    at = f"items/{made['id']}"
    assert made["barred"] == "needs-test"
    assert said(program.post(f"{at}/sale", {"price_cents": 900}, "k2")) == (403, "not-tested")
    assert said(program.post(f"{at}/test", {"passed": True}, "k3")) == (422, "no-report")
    sheet = {"protection_class": "II", "device": "Prüfgerät 1", "initials": "EB"}
    seen = {"visual_ok": True, "function_ok": True}
    bad = {"passed": True, "report": sheet | seen | {"insulation_kohm": 1}}
    assert said(program.post(f"{at}/test", bad, "k4")) == (403, "not-within-limits")
    good = {"passed": True, "report": sheet | seen | {"insulation_kohm": 19_900}}
    tested = program.post(f"{at}/test", good, "k5").json()
    assert (tested["test_passed"], tested["barred"]) == (True, None)
    assert ElectricalTest.objects.values_list("device", "insulation_kohm").get() == (
        "Prüfgerät 1",
        19_900,
    )
    assert program.post(f"{at}/sale", {"price_cents": 900}, "k6").json()["state"] == "for-sale"
