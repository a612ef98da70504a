"""Cages, loads with slip and weight, and the yearly statement per waste code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.goods import things
from tests.world import Town, make_town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Item, ItemState, Load, Recipient
from wesprint.apps.goods.presenters.outflows import statement_csv
from wesprint.apps.goods.selectors.outflows import (
    Cage,
    Statement,
    StatementRow,
    cages,
    outflows,
    statement,
    years,
)
from wesprint.apps.goods.services.books import shares
from wesprint.apps.goods.services.weight import Weight
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.ledger.models import EconomicEvent, EconomicResource

ELECTRICAL = "20 01 36"
TEXT = (
    "gebrauchte elektrische und elektronische Geräte mit Ausnahme derjenigen, die unter "
    "20 01 21, 20 01 23 und 20 01 35 fallen"
)


@given(
    parts=st.lists(st.integers(1, 10**7), min_size=1, max_size=40),
    permille=st.integers(1, 5000),
)
def test_shares_close_to_the_gram(parts: list[int], permille: int) -> None:
    total = max(len(parts), sum(parts) * permille // 1000)
    found = shares(total, parts)
    assert sum(found) == total
    assert min(found) >= 1
    assert len(found) == len(parts)


def kettles(town: Town, *grams: int) -> list[Item]:
    made = [
        services.take_in(
            town.ctx(),
            centre=town.centre,
            category="kettle",
            grade="C",
            weight=Weight(mass, "measured"),
        )
        for mass in grams
    ]
    return [services.change_to_waste(town.ctx(), item=item) for item in made]


@pytest.fixture
def recycler(town: Town) -> Recipient:
    return services.add_recipient(
        town.ctx(), centre=town.centre, name="Verwertung Ruhr", party="recycler"
    )


def left_in_stock(town: Town) -> int:
    rows = EconomicResource.objects.filter(centre=town.centre)
    return sum(rows.values_list("accounting_quantity", flat=True))


def test_a_failed_kettle_waits_in_the_cage_of_its_code(town: Town) -> None:
    item = kettles(town, 1_100)[0]
    assert (item.state, item.status, item.waste_code) == ("taken-in", "waste", ELECTRICAL)
    (second,) = kettles(town, 900)
    assert cages(town.centre) == (Cage(ELECTRICAL, 2, 2_000, second.taken_in_at),)
    moved = services.change_to_waste(town.ctx(), item=item, waste_code="20 01 35")
    assert [cage.code for cage in cages(town.centre)] == ["20 01 35", ELECTRICAL]
    with pytest.raises(Invalid) as caught:
        services.change_to_waste(town.ctx(), item=moved, waste_code="99 99 99")
    assert caught.value.field == "waste_code"


@pytest.mark.parametrize("weighed", [3_000, 2_900, 3_250])
def test_a_load_is_weighed_once_and_the_difference_is_a_correction(
    town: Town, recycler: Recipient, weighed: int
) -> None:
    things_ = kettles(town, 1_100, 900, 1_000)
    load = services.send_load(
        town.ctx(),
        centre=town.centre,
        items=things_,
        waste_code=ELECTRICAL,
        recipient=recycler,
        slip_number="W-17",
        weight=Weight(weighed, "measured"),
    )
    assert (load.mass_g, load.recorded_g, load.pieces, load.basis) == (
        weighed,
        3_000,
        3,
        "measured",
    )
    gone = EconomicEvent.objects.filter(flow="recycled")
    assert sum(event.resource_quantity or 0 for event in gone) == weighed
    assert {event.receiver for event in gone} == {recycler.agent}
    assert {tuple(event.resource_classified_as) for event in gone} == {(ELECTRICAL,)}
    corrected = EconomicEvent.objects.filter(flow="corrected")
    signed = sum(
        (event.resource_quantity or 0) * (1 if event.action == "raise" else -1)
        for event in corrected
    )
    assert signed == weighed - 3_000
    assert left_in_stock(town) == 0
    for item in Item.objects.filter(pk__in=[one.pk for one in things_]):
        assert (item.state, item.load, item.waste_code) == ("disposed", load, ELECTRICAL)
    assert cages(town.centre) == ()


def test_without_a_weight_the_sum_counts(town: Town) -> None:
    load = services.send_load(
        town.ctx(), centre=town.centre, items=kettles(town, 1_100, 900), waste_code=ELECTRICAL
    )
    assert (load.mass_g, load.basis, load.recipient) == (2_000, "measured", None)
    assert EconomicEvent.objects.filter(flow="corrected").count() == 0


def test_a_weight_far_off_is_asked_about(town: Town) -> None:
    items = kettles(town, 1_000, 1_000)
    for grams in (0, 600, 6_100, 40_000_001):
        with pytest.raises(Invalid) as caught:
            services.send_load(
                town.ctx(),
                centre=town.centre,
                items=items,
                waste_code=ELECTRICAL,
                weight=Weight(grams, "measured"),
            )
        assert (caught.value.field, caught.value.code) == ("mass", "mass-implausible")
    assert Load.objects.count() == 0
    load = services.send_load(
        town.ctx(),
        centre=town.centre,
        items=items,
        waste_code=ELECTRICAL,
        weight=Weight(6_100, "measured"),
        sure=True,
    )
    assert load.mass_g == 6_100


def test_loads_that_cannot_be(town: Town, recycler: Recipient) -> None:
    items = kettles(town, 1_000)
    other = make_town("nachbarort")
    foreign = kettles(other, 1_000)

    def send(**values: object) -> Load:
        given: dict[str, object] = {"items": items, "waste_code": ELECTRICAL} | values
        return services.send_load(town.ctx(), centre=town.centre, **given)  # type: ignore[arg-type]

    wrong: list[tuple[dict[str, object], type[Exception], str]] = [
        ({"items": []}, Invalid, "nothing-to-send"),
        ({"items": foreign}, Refused, "foreign"),
        ({"waste_code": "99 99 99"}, Invalid, "unknown-waste-code"),
        ({"route": "sell"}, Invalid, "unknown-choice"),
        ({"slip_number": "W-1"}, Invalid, "slip-without-recipient"),
        ({"slip_number": "x" * 41, "recipient": recycler}, Invalid, "too-long"),
        ({"recipient": recycler, "route": "dispose"}, Refused, "wrong-recipient"),
    ]
    for values, error, code in wrong:
        with pytest.raises(error) as caught:
            send(**values)
        assert caught.value.code == code, values  # type: ignore[attr-defined]
    assert Load.objects.count() == 0
    send(recipient=recycler, slip_number="W-1")
    with pytest.raises(Conflict) as gone:
        send()
    assert gone.value.code == "item-disposed"
    with pytest.raises(Conflict) as known:
        send(items=kettles(town, 900), recipient=recycler, slip_number="W-1")
    assert known.value.code == "slip-known"


def test_a_reserved_thing_stays_here(town: Town, sideboard: Item) -> None:
    services.reserve(town.ctx(), item=sideboard, contact=things.MIA)
    with pytest.raises(Conflict):
        services.send_load(town.ctx(), centre=town.centre, items=[sideboard], waste_code="20 03 07")
    assert Item.objects.get(pk=sideboard.pk).state == ItemState.RESERVED


def test_a_recipient_is_entered_once(town: Town, recycler: Recipient) -> None:
    with pytest.raises(Conflict):
        services.add_recipient(
            town.ctx(), centre=town.centre, name=" Verwertung Ruhr ", party="waste"
        )
    for values, field in (
        ({"name": " ", "party": "waste"}, "name"),
        ({"name": "n" * 121, "party": "waste"}, "name"),
        ({"name": "Hof", "party": "public"}, "party"),
        ({"name": "Hof", "party": "waste", "certificate": "c" * 81}, "certificate"),
    ):
        with pytest.raises(Invalid) as caught:
            services.add_recipient(town.ctx(), centre=town.centre, **values)
        assert caught.value.field == field


def test_the_statement_of_a_year(town: Town, recycler: Recipient, clock: FixedClock) -> None:
    services.send_load(
        town.ctx(),
        centre=town.centre,
        items=kettles(town, 1_100, 900),
        waste_code=ELECTRICAL,
        recipient=recycler,
        slip_number="W-1",
        weight=Weight(1_950, "measured"),
    )
    services.send_load(
        town.ctx(),
        centre=town.centre,
        items=kettles(town, 500),
        waste_code=ELECTRICAL,
        recipient=recycler,
        weight=Weight(500, "estimated"),
    )
    sofa = things.sideboard(town, category="sofa", title="Sofa", weight=Weight(40_000, "measured"))
    services.dispose(town.ctx(), item=sofa, waste_code="20 03 07", route="dispose")
    found = statement(town.centre, 2026)
    assert found == Statement(
        2026,
        (
            StatementRow(
                ELECTRICAL, "recycler", 3, 2_450, 1_950, "Verwertung Ruhr", 2, TEXT, False
            ),
            StatementRow("20 03 07", "waste", 1, 40_000, 40_000, "", 1, "Sperrmüll", False),
        ),
    )
    assert (found.grams, found.weighed_g) == (42_450, 41_950)
    assert statement(town.centre, 2025).rows == ()
    assert statement(make_town("nachbarort").centre, 2026).rows == ()
    assert statement_csv(found).splitlines()[1:] == [
        f'2026,20 01 36,no,"{TEXT}",recycler,Verwertung Ruhr,2,3,2450,1950',
        "2026,20 03 07,no,Sperrmüll,waste,,1,1,40000,40000",
    ]
    clock.at += timedelta(days=365)
    assert years(town.centre, 2027) == [2027, 2026]


def test_a_year_begins_at_midnight_of_the_centre(town: Town, clock: FixedClock) -> None:
    item = kettles(town, 1_000)[0]
    clock.at = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight in Arnsberg
    services.dispose(town.ctx(), item=item, waste_code=ELECTRICAL)
    assert statement(town.centre, 2026).rows == ()
    assert statement(town.centre, 2027).grams == 1_000


def test_a_name_that_a_spreadsheet_would_compute(town: Town) -> None:
    evil = services.add_recipient(town.ctx(), centre=town.centre, name="=1+1", party="recycler")
    services.send_load(
        town.ctx(),
        centre=town.centre,
        items=kettles(town, 1_000),
        waste_code=ELECTRICAL,
        recipient=evil,
    )
    assert ",'=1+1," in statement_csv(statement(town.centre, 2026))


def test_what_left_and_how(town: Town, clock: FixedClock) -> None:
    services.dispose(town.ctx(), item=kettles(town, 1_000)[0], waste_code=ELECTRICAL)
    for price, way in ((500, "cash"), (0, "free")):
        clock.at += timedelta(minutes=1)
        item = things.sideboard(town)
        services.hand_over(town.ctx("cashier"), item=item, price_cents=price, consideration=way)
    page = outflows(town.centre)
    assert [(one.way, one.cents) for one in page.rows] == [
        ("given", 0),
        ("sold", 500),
        ("recycled", None),
    ]
    assert [one.way for one in outflows(town.centre, state="disposed").rows] == ["recycled"]
    behind = outflows(town.centre, after=page.rows[0].item.public_id)
    assert [one.way for one in behind.rows] == ["sold", "recycled"]


def test_the_list_asks_as_often_for_three_as_for_one(
    town: Town, django_assert_num_queries: object
) -> None:
    for number in (1, 2):
        for _thing in range(number):
            services.dispose(town.ctx(), item=kettles(town, 1_000)[0], waste_code=ELECTRICAL)
        with django_assert_num_queries(3):  # type: ignore[operator]
            for one in outflows(town.centre).rows:
                assert one.item.category.name("de") == "Wasserkocher"
                assert one.item.load is not None
