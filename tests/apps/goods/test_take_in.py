"""Things come in: what is recorded, what is refused, and how a mistake is put right."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.world import Town, add_person, make_town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import HandOver, Item, ItemState, OfferState, Route
from wesprint.apps.goods.services.contacts import Contact
from wesprint.apps.goods.services.intake import Weight
from wesprint.kernel.errors import Conflict, DomainError, Invalid, Refused
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.organisations.models import CentreRelation, RelationKind
from wesprint.platform.outbox.models import OutboxEvent
from wesprint.platform.people.services import erase_person


def take(town: Town, **values: object) -> Item:
    given_values = {"category": "kettle", "grade": "B", **values}
    return services.take_in(town.ctx(), centre=town.centre, **given_values)  # type: ignore[arg-type]


def test_an_item_its_resource_and_its_event_say_the_same(town: Town, sideboard: Item) -> None:
    (event,) = EconomicEvent.objects.filter(centre=town.centre)
    assert (event.action, event.flow, event.resource_quantity, event.basis) == (
        "transfer",
        "intake",
        31_500,
        "measured",
    )
    assert event.receiver == town.organisation.agent
    assert event.to_resource_inventoried_as == sideboard.resource
    assert sideboard.resource.tracking_identifier == sideboard.public_id
    assert (sideboard.state, sideboard.price_cents, sideboard.title) == (
        ItemState.FOR_SALE,
        5500,
        "Sideboard aus Eiche",
    )


def test_without_a_scale_the_usual_weight_counts_as_an_estimate(town: Town) -> None:
    item = take(town, category="chest-of-drawers", grade="C")
    assert (item.mass_g, item.basis, item.route) == (35_000, "estimated", Route.WORKSHOP)
    assert (item.title, item.state) == ("Kommode", ItemState.TAKEN_IN)


def test_own_weighings_replace_the_estimate_once_there_are_five(town: Town) -> None:
    for grams in (900, 1000, 1100, 1200, 1300):
        take(town, weight=Weight(grams, "measured"))
    assert take(town).mass_g == 1100


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"category": "spaceship"}, "unknown-category"),
        ({"grade": "E"}, "unknown-choice"),
        ({"weight": Weight(0, "measured")}, "mass-not-positive"),
        ({"weight": Weight(-500, "measured")}, "mass-not-positive"),
        ({"weight": Weight(2_000_000, "measured")}, "mass-implausible"),
        ({"weight": Weight(900, "guessed")}, "unknown-choice"),
        ({"status": "treasure"}, "unknown-choice"),
        ({"route": "space"}, "unknown-choice"),
        ({"title": "x" * 121}, "too-long"),
        ({"category": "child-seat"}, "not-taken"),
        ({"status": "waste"}, "waste-electrical"),
        ({"category": "chair", "status": "waste", "route": "sell"}, "waste-route"),
        ({"route": "sell", "price_cents": 900}, "not-tested"),
        ({"category": "chair", "route": "sell", "price_cents": -1}, "price"),
        ({"category": "chair", "route": "sell", "price_cents": 1_000_001}, "price"),
    ],
)
def test_what_cannot_be_right_leaves_nothing_behind(
    town: Town, values: dict[str, object], code: str
) -> None:
    with pytest.raises((Invalid, Refused)) as caught:
        take(town, **values)
    assert caught.value.code == code
    assert (Item.objects.count(), EconomicEvent.objects.count()) == (0, 0)
    assert OutboxEvent.objects.count() == 0


def test_a_certified_house_takes_waste_electricals(town: Town) -> None:
    services.set_house_rule(
        town.ctx("board"), centre=town.centre, name="certified-electricals", value=1
    )
    item = take(town, status="waste")
    assert (item.status, item.route) == ("waste", Route.RECYCLE)


def test_a_known_giver_stands_in_the_ledger_an_unknown_one_for_the_public(town: Town) -> None:
    giver = add_person(town, None)
    known, unknown = take(town, giver=giver), take(town)
    providers = EconomicEvent.objects.order_by("pk").values_list("provider", flat=True)
    first, second = providers
    assert first == giver.agent_id
    assert second not in (giver.agent_id, town.organisation.agent_id)
    assert (known.intake.giver, unknown.intake.giver) == (giver, None)


def test_an_accepted_offer_arrives_with_its_first_thing(town: Town) -> None:
    offer = services.offer_by_telephone(
        town.ctx(), centre=town.centre, lines=("Wasserkocher",), contact=Contact("Mia", "02931 12")
    )
    item = take(town, offer=offer)
    offer.refresh_from_db()
    assert (offer.state, item.intake.offer, item.intake.giver) == (
        OfferState.ARRIVED,
        offer,
        offer.giver,
    )


def test_nobody_takes_in_for_another_house(town: Town) -> None:
    other = make_town("nachbarort")
    foreign = take(other).intake
    with pytest.raises(Refused) as caught:
        take(town, intake=foreign)
    assert caught.value.code == "foreign"
    with pytest.raises(Refused):
        take(town, giver=add_person(other, None))


def test_a_corrected_weight_keeps_both_entries_readable(town: Town, sideboard: Item) -> None:
    item = services.correct_weight(town.ctx(), item=sideboard, weight=Weight(29_000, "measured"))
    rows = EconomicEvent.objects.order_by("pk").values_list("resource_quantity", flat=True)
    assert list(rows) == [31_500, -31_500, 29_000]
    item.resource.refresh_from_db()
    assert (item.mass_g, item.resource.accounting_quantity) == (29_000, 29_000)


def test_what_has_left_is_not_weighed_again(town: Town, sideboard: Item) -> None:
    services.hand_over(town.ctx("cashier"), item=sideboard, price_cents=0, consideration="free")
    with pytest.raises(Conflict):
        services.correct_weight(town.ctx(), item=sideboard, weight=Weight(29_000, "measured"))


def test_undo_takes_the_entry_back(town: Town, sideboard: Item) -> None:
    services.withdraw_item(town.ctx(), item=sideboard)
    sideboard.refresh_from_db()
    sideboard.resource.refresh_from_db()
    assert (sideboard.state, sideboard.resource.accounting_quantity) == ("withdrawn", 0)
    with pytest.raises(Conflict) as caught:
        services.hand_over(town.ctx("cashier"), item=sideboard, price_cents=1, consideration="cash")
    assert caught.value.code == "item-withdrawn"


VERBS = ("take", "sell", "hand", "back", "waste", "dispose", "weigh", "undo")


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.sampled_from(VERBS), st.integers(1, 4)), max_size=14))
def test_whatever_happens_the_mass_balance_closes(town: Town, steps: list[tuple[str, int]]) -> None:
    """What came in is what stands in the house plus what left it, to the gram."""
    items = [take(town, category="chair", weight=Weight(5000, "measured"))]
    for verb, number in steps:
        try:
            _do(town, verb, items, number)
        except (DomainError, HandOver.DoesNotExist):
            continue
    sums = {"intake": 0, "sold": 0, "given": 0, "recycled": 0}
    for event in EconomicEvent.objects.filter(centre=town.centre, resource_unit="g"):
        sums[event.flow] += event.resource_quantity or 0
    stock = sum(
        item.mass_g for item in Item.objects.filter(centre=town.centre, left_at__isnull=True)
    )
    assert sums["intake"] == stock + sums["sold"] + sums["given"] + sums["recycled"]


def _do(town: Town, verb: str, items: list[Item], number: int) -> None:
    item = items[number % len(items)]
    item.refresh_from_db()
    ctx = town.ctx("cashier")
    match verb:
        case "take":
            items.append(take(town, category="chair", weight=Weight(1000 * number, "measured")))
        case "sell":
            services.put_up_for_sale(ctx, item=item, price_cents=100 * number)
        case "hand":
            cents = 0 if number == 1 else 100 * number
            how = "cash" if cents else "free"
            services.hand_over(ctx, item=item, price_cents=cents, consideration=how)
        case "back":
            services.take_back_hand_over(ctx, hand_over=item.hand_overs.latest("pk"))
        case "waste":
            services.change_to_waste(ctx, item=item)
        case "dispose":
            services.dispose(ctx, item=item, waste_code="20 03 07")
        case "weigh":
            services.correct_weight(ctx, item=item, weight=Weight(900 * number, "measured"))
        case "undo":
            services.withdraw_item(ctx, item=item)


def test_what_has_no_weight_was_not_weighed(town: Town) -> None:
    item = take(town, weight=Weight(None, "measured"))
    assert item.basis == "estimated"


def test_people_of_a_former_operator_are_no_givers_here(town: Town) -> None:
    other = make_town("frueher")
    giver = add_person(other, "visitor")
    CentreRelation.objects.create(
        centre=town.centre,
        organisation=other.organisation,
        kind=RelationKind.OPERATOR,
        since=date(2026, 1, 1),
        until=date(2026, 6, 1),
    )
    with pytest.raises(Refused) as caught:
        take(town, giver=giver)
    assert caught.value.code == "foreign"


def test_a_weight_is_put_right_after_its_giver_was_erased(town: Town) -> None:
    giver = add_person(town, "visitor", account=False)
    item = take(town, giver=giver, weight=Weight(1_300, "measured"))
    erase_person(town.ctx("board"), person=giver)
    mended = services.correct_weight(town.ctx(), item=item, weight=Weight(1_200, "measured"))
    assert mended.mass_g == 1_200
    events = EconomicEvent.objects.filter(flow="intake").order_by("pk")
    assert list(events.values_list("resource_quantity", flat=True)) == [1_300, -1_300, 1_200]
