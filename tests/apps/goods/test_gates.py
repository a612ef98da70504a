"""What keeps a thing from its buyer: gates as data, the test, product data, parts, room."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.apps.goods import things
from tests.apps.goods.things import REPORT
from tests.world import Town, make_town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import ElectricalTest, Gate, Item, ItemState
from wesprint.apps.goods.selectors.catalogue import shelf
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.selectors.gates import closed_gate, own_gates
from wesprint.apps.goods.selectors.house import centre_day, full_now
from wesprint.apps.goods.services.gates import Data
from wesprint.apps.goods.services.weight import Weight
from wesprint.apps.goods.testing import ElectricalReport
from wesprint.apps.goods.wanted import Wanted
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.base.clock import now
from wesprint.platform.reference.models import Category


def kettle(town: Town, **values: object) -> Item:
    given: dict[str, object] = {"category": "kettle", "grade": "B"} | values
    return services.take_in(town.ctx(), centre=town.centre, **given)  # type: ignore[arg-type]


def pram(town: Town, **values: object) -> Item:
    given: dict[str, object] = {"category": "pram", "title": "Kinderwagen", "weight": Weight()}
    return things.sideboard(town, **(given | values))


def listed(town: Town) -> list[str]:
    page = shelf(town.centre, today_tree(town.centre, now()), Wanted(), now())
    return [card.item.title for card in page.cards]


# -- never sold ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("category", "title"),
    [
        ("bicycle", "Fahrrad und Helm"),
        ("lamp", "Stehlampe, selbst gebaut"),
        ("pram", "Babyschale Maxi"),
        ("toy", "Lauflernhilfe mit Rädern"),
    ],
)
def test_what_is_never_sold_by_its_name(town: Town, category: str, title: str) -> None:
    with pytest.raises(Refused) as caught:
        services.take_in(
            town.ctx(),
            centre=town.centre,
            category=category,
            grade="A",
            title=title,
            route="sell",
            price_cents=1000,
        )
    assert (caught.value.code, caught.value.field) == ("never-sell", "route")
    assert Item.objects.count() == 0
    kept = services.take_in(
        town.ctx(), centre=town.centre, category=category, grade="A", title=title
    )
    assert (kept.route, kept.barred, kept.state) == ("recycle", "never-sell", "taken-in")
    with pytest.raises(Refused) as caught:
        services.hand_over(town.ctx("cashier"), item=kept, price_cents=100, consideration="cash")
    assert caught.value.code == "never-sell"


def test_a_word_inside_another_bars_nothing(town: Town) -> None:
    assert things.sideboard(town, title="Wilhelm II., gerahmt").barred == ""
    assert things.sideboard(town, category="books", title="Der Helm", weight=Weight()).barred == ""


def test_an_operator_bars_a_model_and_what_stands_on_the_shelf_comes_off(town: Town) -> None:
    things.sideboard(town, title="Sideboard GX-200 weiß")
    kept = things.sideboard(town, title="Sideboard GX 210")
    added = services.add_gate(
        town.ctx(),
        centre=town.centre,
        kind="never-sell",
        words=" GX 200 ;; gx 220",
        reason="kippt um, Rückruf vom Hersteller",
        source="Safety Gate A12/00001/26",
    )
    assert (added.taken_off, added.gate.words) == (1, "GX 200; gx 220")
    assert listed(town) == [kept.title]
    off = Item.objects.get(title="Sideboard GX-200 weiß")
    assert (off.state, off.barred, off.for_sale_since) == ("taken-in", "never-sell", None)
    with pytest.raises(Refused):
        services.put_up_for_sale(town.ctx("cashier"), item=off, price_cents=100)
    services.end_gate(town.ctx(), gate=added.gate)
    assert own_gates(town.centre, centre_day(town.centre)) == ()
    services.put_up_for_sale(town.ctx("cashier"), item=off, price_cents=100)
    assert len(listed(town)) == 2


def test_a_gate_of_one_house_is_none_of_another(town: Town) -> None:
    other = make_town("nachbarort")
    services.add_gate(
        other.ctx(),
        centre=other.centre,
        kind="never-sell",
        category=Category.objects.get(slug="furniture"),
        reason="nur dort",
    )
    assert things.sideboard(town).state == ItemState.FOR_SALE
    with pytest.raises(Refused):
        things.sideboard(other)


def test_a_gate_about_a_group_and_a_reserved_thing(town: Town, sideboard: Item) -> None:
    kept = services.reserve(town.ctx(), item=sideboard, contact=things.MIA)
    services.add_gate(
        town.ctx(),
        centre=town.centre,
        kind="never-sell",
        category=Category.objects.get(slug="furniture"),
        reason="Holzwurm im Lager",
    )
    assert Item.objects.get(pk=sideboard.pk).state == ItemState.RESERVED
    with pytest.raises(Refused):
        services.hand_over(
            town.ctx("cashier"),
            item=sideboard,
            price_cents=100,
            consideration="cash",
            reservation=kept,
        )


def test_an_ended_gate_keeps_its_past(town: Town, clock: FixedClock) -> None:
    gate = services.add_gate(
        town.ctx(), centre=town.centre, kind="never-sell", words="Eiche", reason="Probe"
    ).gate
    clock.at += timedelta(days=3)
    services.end_gate(town.ctx(), gate=gate)
    gate.refresh_from_db()
    assert gate.until == centre_day(town.centre) - timedelta(days=1)
    assert things.sideboard(town).state == ItemState.FOR_SALE


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"words": " ; "}, "words"),
        ({"words": "x" * 301}, "words"),
        ({"words": "GX", "reason": "  "}, "reason"),
        ({"words": "GX", "reason": "r" * 201}, "reason"),
        ({"words": "GX", "kind": "sometimes"}, "kind"),
        ({"words": "GX", "source": "s" * 201}, "source"),
    ],
)
def test_a_gate_that_says_nothing(town: Town, values: dict[str, str], field: str) -> None:
    given = {"kind": "never-sell", "reason": "darum"} | values
    with pytest.raises(Invalid) as caught:
        services.add_gate(town.ctx(), centre=town.centre, **given)  # type: ignore[arg-type]
    assert caught.value.field == field
    assert Gate.objects.count() == 0


def test_a_gate_that_would_be_over(town: Town) -> None:
    with pytest.raises(Invalid) as caught:
        services.add_gate(
            town.ctx(),
            centre=town.centre,
            kind="never-sell",
            words="GX",
            reason="darum",
            until=centre_day(town.centre) - timedelta(days=1),
        )
    assert caught.value.field == "until"


def test_the_database_lets_nothing_barred_stand_on_the_shelf(town: Town, sideboard: Item) -> None:
    for barred in ("never-sell", "needs-test", "needs-data", "whatever"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Item.objects.filter(pk=sideboard.pk).update(barred=barred)


# -- the test --------------------------------------------------------------------------------
def test_the_sheet_is_kept_as_it_was_read(town: Town) -> None:
    item = services.record_test(
        town.ctx("workshop-lead"), item=kettle(town), passed=True, report=REPORT
    )
    sheet = ElectricalTest.objects.get(item=item)
    assert (item.test_passed, item.barred) == (True, "")
    assert (sheet.protection_class, sheet.insulation_kohm, sheet.leakage_ua) == ("II", 20_000, 40)
    assert (sheet.device, sheet.initials, sheet.passed) == ("Prüfgerät 1", "EB", True)
    assert sheet.tester == town.people["workshop-lead"]
    assert sheet.tested_at == item.tested_at == now()


def sheet(**values: object) -> ElectricalReport:
    given: dict[str, object] = {
        "protection_class": "I",
        "device": "Gerät",
        "initials": "EB",
        "conductor_mohm": 200,
        "insulation_kohm": 5000,
    }
    return ElectricalReport(**(given | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("report", "code", "field"),
    [
        (None, "no-report", "device"),
        (sheet(device=" "), "no-report", "device"),
        (sheet(initials=""), "no-report", "initials"),
        (sheet(initials="zu lang hier"), "too-long", "initials"),
        (sheet(device="d" * 81), "too-long", "device"),
        (sheet(protection_class="IV"), "unknown-choice", "protection_class"),
        (sheet(conductor_mohm=None), "no-value", "conductor"),
        (sheet(conductor_mohm=301), "not-within-limits", "conductor"),
        (sheet(insulation_kohm=999), "not-within-limits", "insulation"),
        (sheet(insulation_kohm=None), "no-value", "insulation"),
        (sheet(leakage_ua=3501), "not-within-limits", "leakage"),
        (sheet(leakage_ua=-1), "value", "leakage"),
        (sheet(insulation_kohm=10**10), "value", "insulation"),
        (sheet(visual_ok=False), "not-within-limits", "visual_ok"),
        (sheet(function_ok=False), "not-within-limits", "visual_ok"),
        (sheet(protection_class="II", insulation_kohm=1999), "not-within-limits", "insulation"),
        (sheet(protection_class="III", insulation_kohm=249), "not-within-limits", "insulation"),
    ],
)
def test_a_sheet_that_does_not_bear_the_result(
    town: Town, report: ElectricalReport | None, code: str, field: str
) -> None:
    item = kettle(town)
    with pytest.raises((Invalid, Refused)) as caught:
        services.record_test(town.ctx("workshop-lead"), item=item, passed=True, report=report)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert ElectricalTest.objects.count() == 0
    assert Item.objects.get(pk=item.pk).tested_at is None


def test_a_failed_test_may_show_anything_and_bars(town: Town) -> None:
    item = services.record_test(
        town.ctx("workshop-lead"),
        item=kettle(town),
        passed=False,
        report=sheet(visual_ok=False, conductor_mohm=9000, insulation_kohm=None),
    )
    assert (item.test_passed, item.barred) == (False, "needs-test")
    again = services.record_test(town.ctx("workshop-lead"), item=item, passed=True, report=sheet())
    assert (again.test_passed, again.barred, again.tests.count()) == (True, "", 2)


def test_the_database_keeps_a_passed_sheet_whole(town: Town) -> None:
    item = services.record_test(
        town.ctx("workshop-lead"), item=kettle(town), passed=True, report=sheet()
    )
    for wrong in ({"visual_ok": False}, {"conductor_mohm": None}, {"insulation_kohm": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ElectricalTest.objects.filter(item=item).update(**wrong)


# -- product data ----------------------------------------------------------------------------
def test_a_pram_stands_online_with_its_product_data_only(town: Town) -> None:
    item = pram(town)
    assert (item.state, item.barred, item.price_cents) == ("taken-in", "needs-data", 5500)
    with pytest.raises(Refused) as caught:
        services.put_up_for_sale(town.ctx("cashier"), item=item, price_cents=5500)
    assert caught.value.code == "no-product-data"
    data = Data("Kombi 3", "Wagenbau KG", "Ring 1, 59821 Arnsberg", warnings="Bremse prüfen")
    item = services.record_product_data(town.ctx(), item=item, data=data)
    assert (item.barred, closed_gate(item, now())) == ("", None)
    assert services.put_up_for_sale(town.ctx("cashier"), item=item, price_cents=5500).is_listed


def test_across_the_counter_a_pram_needs_no_product_data(town: Town) -> None:
    done = services.hand_over(
        town.ctx("cashier"), item=pram(town), price_cents=5500, consideration="cash"
    )
    assert done.item.state == ItemState.HANDED_OVER


def test_an_unknown_maker_is_said_to_be_unknown(town: Town) -> None:
    item = services.record_product_data(town.ctx(), item=pram(town), data=Data("Buggy, grau"))
    known = item.product_data
    assert (known.maker_known, known.maker, known.identification) == (False, "", "Buggy, grau")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (Data(" "), "identification"),
        (Data("m" * 121), "identification"),
        (Data("Kombi", maker="Wagenbau KG"), "maker_address"),
        (Data("Kombi", maker="m" * 121, maker_address="Ring 1"), "maker"),
        (Data("Kombi", warnings="w" * 501), "warnings"),
    ],
)
def test_product_data_that_say_too_little_or_too_much(town: Town, data: Data, field: str) -> None:
    item = pram(town)
    with pytest.raises(Invalid) as caught:
        services.record_product_data(town.ctx(), item=item, data=data)
    assert caught.value.field == field
    assert Item.objects.get(pk=item.pk).barred == "needs-data"


def test_what_has_gone_gets_no_product_data(town: Town, sideboard: Item) -> None:
    services.dispose(town.ctx(), item=sideboard, waste_code="20 03 07")
    with pytest.raises(Conflict):
        services.record_product_data(town.ctx(), item=sideboard, data=Data("Kombi"))


# -- parts -----------------------------------------------------------------------------------
def test_parts_of_electrical_things_are_for_certified_places(town: Town) -> None:
    assert kettle(town, grade="D").route == "recycle"
    with pytest.raises(Refused) as caught:
        kettle(town, grade="D", route="spare-parts")
    assert caught.value.code == "parts-certificate"
    services.set_house_rule(town.ctx(), centre=town.centre, name="certified-electricals", value=1)
    assert kettle(town, grade="D").route == "spare-parts"


# -- how much a day --------------------------------------------------------------------------
def test_as_many_as_the_house_takes_on_a_day(town: Town, clock: FixedClock) -> None:
    furniture = Category.objects.get(slug="furniture")
    services.set_daily_capacity(town.ctx(), centre=town.centre, category=furniture, pieces=2)
    first = things.sideboard(town)
    things.sideboard(town, category="chair", weight=Weight())
    today = centre_day(town.centre)
    full = full_now(town.centre, today)[furniture.pk]
    assert (full.until, full.daily) == (today, True)
    with pytest.raises(Refused) as caught:
        things.sideboard(town)
    assert (caught.value.code, caught.value.field) == ("full", "over_capacity")
    third = things.sideboard(town, over_capacity="steht schon im Hof")
    assert third.over_capacity == "steht schon im Hof"
    things.sideboard(town, category="books", title="Krimis", weight=Weight(4000, "measured"))
    services.withdraw_item(town.ctx(), item=first)
    services.withdraw_item(town.ctx(), item=third)
    assert things.sideboard(town).over_capacity == ""
    clock.at += timedelta(days=1)
    assert full_now(town.centre, centre_day(town.centre)) == {}


def test_a_full_kind_is_refused_unless_it_was_announced(town: Town) -> None:
    kind = Category.objects.get(slug="chest-of-drawers")
    services.declare_full(town.ctx(), centre=town.centre, category=kind)
    with pytest.raises(Refused):
        things.sideboard(town)
    offer = services.offer_goods(town.ctx(), centre=town.centre, lines=("Sideboard",))
    assert things.sideboard(town, offer=offer).state == ItemState.FOR_SALE


def test_a_limit_is_lifted_and_kept_apart(town: Town) -> None:
    kind = Category.objects.get(slug="chair")
    for pieces in (1, None):
        services.set_daily_capacity(town.ctx(), centre=town.centre, category=kind, pieces=pieces)
    for _piece in range(2):
        things.sideboard(town, category="chair", weight=Weight())
    for pieces in (0, -1, 1000):
        with pytest.raises(Invalid) as caught:
            services.set_daily_capacity(
                town.ctx(), centre=town.centre, category=kind, pieces=pieces
            )
        assert caught.value.field == "pieces"


def test_a_reason_as_long_as_a_letter(town: Town) -> None:
    with pytest.raises(Invalid) as caught:
        things.sideboard(town, over_capacity="x" * 121)
    assert caught.value.field == "over_capacity"


# -- batches ---------------------------------------------------------------------------------
def test_a_batch_costs_by_the_kilo(town: Town) -> None:
    item = things.sideboard(
        town,
        category="clothing",
        title="Pullover",
        weight=Weight(3_700, "measured"),
        price_cents=450,
        per_kg=True,
    )
    assert (item.is_batch, item.price_cents) == (True, 1665)
