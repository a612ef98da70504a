"""The last days of the demo's town house: a household is cleared, somebody waits for a thing that
another has reserved, and one has it delivered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

from wesprint.apps.goods.public import (
    Contact,
    Item,
    Thing,
    Weight,
    book,
    choose_lines,
    free_times,
    join_waiting_list,
    offer_household,
    open_slot,
    pass_on_rest,
    reserve,
    set_diversion_rate,
    start_intake,
    take_in,
    wish_delivery,
)
from wesprint.kernel.context import Ctx
from wesprint.platform.organisations.models import Centre

TIMES = (("bring", 1, 10, 13, 4), ("bring", 4, 14, 18, 4), ("fetch", 2, 9, 12, 2))
RATE_CENTS, RATE_SOURCE = 12_000, "Beispiel: Vereinbarung mit dem Abfallbetrieb"
HOUSEHOLD = (
    Thing("Kleiderschrank, Eiche", "XL", 1, "in gute Hände"),
    Thing("Küchenstuhl", "M", 6),
    Thing("Bücher", "M", 40),
    Thing("Geschirr", "S", 30, "gern zusammen"),
    Thing("Matratze", "L", 2),
    Thing("Teppich, abgetreten", "L", 1),
)
TAKEN = (0, 1, 2, 3)
KEPT = (("wardrobe", 74_000), ("books", 18_500), ("dishes", 9_200))
ANNA, PAUL = Contact("Anna Beispiel", "0631 5550123"), Contact("Paul Probe", "0151 5550017")
WHERE = "Fruchthallstraße 14, 67655 Kaiserslautern"


def play(ctx: Callable[[], Ctx], centre: Centre, at: datetime) -> None:
    """ctx: a fresh context of the counter for each command."""
    for way, weekday, opens, ends, capacity in TIMES:
        open_slot(
            ctx(),
            centre=centre,
            way=way,
            weekday=weekday,
            starts=time(opens),
            ends=time(ends),
            capacity=capacity,
            at_once=way == "bring",
        )
    day = (at - timedelta(days=90)).date()
    set_diversion_rate(
        ctx(), centre=centre, cents_per_tonne=RATE_CENTS, since=day, source=RATE_SOURCE
    )
    _household(ctx, centre, at)
    _neighbours(ctx, centre, at)


def _household(ctx: Callable[[], Ctx], centre: Centre, at: datetime) -> None:
    """One is here and its rest with the authority, another comes next week."""
    made = offer_household(
        ctx(),
        centre=centre,
        things=HOUSEHOLD,
        way="fetch",
        contact=ANNA,
        fetch_address=WHERE,
        rest_to_authority=True,
    )
    choose_lines(ctx(), offer=made, taken=TAKEN, text="Sehr gern, vielen Dank!")
    pass_on_rest(ctx(), offer=made)
    visit = start_intake(ctx(), centre=centre, offer=made)
    for kind, grams in KEPT:
        weight = Weight(grams, "measured")
        take_in(ctx(), centre=centre, category=kind, grade="B", weight=weight, intake=visit)
    other = offer_household(
        ctx(), centre=centre, things=HOUSEHOLD[:3], way="fetch", contact=PAUL, fetch_address=WHERE
    )
    choose_lines(ctx(), offer=other, taken=(0, 1), text="Den Schrank und die Stühle nehmen wir.")
    free = free_times(centre, "fetch", at)
    if free:
        book(ctx(), offer=other, slot=free[0].slot, day=free[0].day)


def _neighbours(ctx: Callable[[], Ctx], centre: Centre, at: datetime) -> None:
    """Paul keeps two things, has one of them delivered, and Anna waits for the other."""
    rows = Item.objects.filter(centre=centre, state="for-sale", for_sale_since__lt=at)
    found = list(rows.order_by("-for_sale_since", "-pk")[4:6])
    if len(found) < 2:
        return
    first = reserve(ctx(), item=found[0], contact=PAUL)
    reserve(ctx(), item=found[1], collection=first.collection)
    join_waiting_list(ctx(), item=found[1], contact=ANNA)
    wish_delivery(ctx(), reservation=first, address=WHERE)
