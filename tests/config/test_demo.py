"""The demo region: the same for the same seed, and true to the books."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from django.core.management.color import no_style
from django.db import connection, transaction
from PIL import Image

from wesprint.apps.goods.models import HandOver, Item, Offer, Reservation
from wesprint.apps.goods.models.appointments import Booking
from wesprint.apps.workshop.models import Order
from wesprint.config.demo import Region, build
from wesprint.config.demo.looks import COLOURS, Look, colour_of, look_of, material_of
from wesprint.config.demo.pictures import SIZE, draw
from wesprint.config.demo.stage import CAST, STATION_CAST
from wesprint.config.demo.story import OFFERS, TOWN_SHELF
from wesprint.config.demo.strokes import lines_of
from wesprint.config.demo.wares import Deck, by_title, of_kind, wares
from wesprint.kernel.errors import Conflict
from wesprint.platform.commands.models import Command
from wesprint.platform.imports.models import Import
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.ledger.rollups import FOREVER, recount, tail_size, totals
from wesprint.platform.ledger.selectors import mass_balance, unbalanced
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Role
from wesprint.platform.reference.selectors import categories_by_id
from wesprint.platform.tokens.models import Token

UNTIL = datetime(2026, 11, 20, 15, tzinfo=UTC)  # a Friday, both houses open
A_WEEK = 7 / 30.44


class _Undo(Exception):
    pass


def count_commands_anew() -> None:
    """As in a fresh installation: PostgreSQL counts on after a rollback, and an entry names
    the number of its command."""
    table = [{"table": Command._meta.db_table, "column": "id"}]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_by_name_sql(no_style(), table):
            cursor.execute(statement)


def play(seed: int) -> tuple[Region, Counter[tuple[str, str]]]:
    """A region of a week and what its things became; taken back afterwards."""
    try:
        with transaction.atomic():
            count_commands_anew()
            region = build(seed=seed, months=A_WEEK, until=UNTIL)
            states = Item.objects.values_list("centre__slug", "state")
            found = region, Counter(states)
            raise _Undo
    except _Undo:
        return found


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_region() -> None:
    assert play(1) == play(1)
    assert play(1)[0].roots != play(2)[0].roots


@pytest.mark.django_db
def test_the_books_of_the_demo_close_and_are_sealed() -> None:
    steps: list[tuple[int, int]] = []
    region = build(
        months=A_WEEK, until=UNTIL, progress=lambda done, of, _text: steps.append((done, of))
    )
    assert steps == [(day, 8) for day in range(1, 9)]
    assert sorted(region.roots) == ["bahnhof", "kaufhaus"]
    assert tail_size() == 0
    assert not EconomicEvent.objects.filter(seal_leaf=None).exists()
    assert EconomicEvent.objects.filter(recorded_at__gt=UNTIL).count() == 0
    for centre in Centre.objects.all():
        balance = mass_balance(centre, FOREVER)
        assert (balance.gap, unbalanced(centre)) == (0, [])
        assert balance.end == sum(
            Item.objects.filter(centre=centre, left_at=None).values_list("mass_g", flat=True)
        )
        assert totals(centre) == recount(centre)
    assert list(Import.objects.values_list("state", "rows", "faulty")) == [("done", 6, 0)]
    assert list(Token.objects.values_list("name", "scopes")) == [
        ("Abfallbilanz der Stadt", ["flows.read"])
    ]
    assert HandOver.objects.exists()
    assert Offer.objects.exists()
    # what goes on in the house today
    coming = Booking.objects.filter(day=UNTIL.date())
    assert list(coming.values_list("state", flat=True)) == ["booked", "booked"]
    assert {"in-work", "waiting"} <= set(Order.objects.values_list("state", flat=True))
    ending = Reservation.objects.filter(until__date=UNTIL.date(), state="active")
    assert ending.filter(item__title="Armlehnstuhl, Esche, neu geleimt").exists()


@pytest.mark.django_db
def test_every_role_has_a_door() -> None:
    build(months=0, until=UNTIL)
    roles = Counter(Role.objects.values_list("centre__slug", "role"))
    assert roles == Counter(
        [("kaufhaus", str(role)) for role in CAST]
        + [("bahnhof", str(role)) for role in STATION_CAST]
    )


@pytest.mark.django_db
def test_a_second_region_does_not_fit_into_the_first() -> None:
    build(months=0, until=UNTIL)
    with pytest.raises(Conflict):
        build(months=0, until=UNTIL)


def test_pictures_depend_on_sign_and_look_alone() -> None:
    one, again = (draw("cat-chair", "furniture", Look(variant=1)) for _time in range(2))
    assert one == again != draw("cat-chair", "furniture", Look(variant=2))
    assert Image.open(BytesIO(one)).size == SIZE


def test_every_kind_on_the_shelf_has_its_wares() -> None:
    assert {ware.kind for ware in wares() if ware.comes} == set(TOWN_SHELF)
    assert len(by_title()) == len(wares())
    offered = {what for whats, _size in OFFERS for what in whats}
    assert offered <= set(by_title())


@pytest.mark.django_db
def test_weights_and_prices_of_wares_are_plausible_to_the_house() -> None:
    """Within what the reference knows: from a third of the lowest weight to the absurd one,
    because a crate of books weighs more than a book."""
    facts = {one.slug: one for one in categories_by_id(UNTIL.date()).values()}
    for ware in wares():
        kind = facts[ware.kind]
        assert kind.low_g / 3 <= ware.grams[0] < ware.grams[1] <= kind.max_plausible_g, ware
        assert all(map(kind.is_plausible, ware.grams)), ware
        assert 0 < ware.cents[0] < ware.cents[1] <= 30_000, ware


def test_a_ware_is_drawn_within_its_own_range() -> None:
    guitar, chance = by_title()["Konzertgitarre mit Tasche"], Random(1)
    drawn = [guitar.weigh(chance) for _time in range(200)]
    assert 1_900 <= min(drawn) < max(drawn) <= 2_900
    prices = [guitar.price(chance, "C") for _time in range(200)]
    assert 3_300 <= min(prices) < max(prices) <= 6_600
    assert guitar.usual_g == 2_400


def test_a_title_comes_again_only_after_all_others() -> None:
    chairs = of_kind("chair")
    deck = Deck(chairs, Random(3))
    drawn = [deck.draw().title for _time in range(3 * len(chairs))]
    assert Counter(drawn) == {ware.title: 3 for ware in chairs}
    assert all(one != next_ for one, next_ in pairwise(drawn))


def test_a_picture_shows_what_the_title_says() -> None:
    assert all(lines_of(ware.sign) for ware in wares() if ware.sign)
    assert colour_of("Glasvase, blau") == COLOURS["blau"]
    assert colour_of("Anzug, dunkelblau") == COLOURS["dunkelblau"]
    assert colour_of("Brettspiel") is None
    assert look_of("Brettspiel", 2) == Look(variant=2)
    assert look_of("Glasvase, blau", 2) == Look(COLOURS["blau"])
    assert material_of("cat-chair", "furniture", look_of("Freischwinger, Stahlrohr")) == "metal"
    assert material_of("cat-sofa", "furniture", look_of("Zweisitzer, Leder")) == "cloth"
    blue = draw("cat-vase", "light-decor", Look(COLOURS["blau"]))
    assert blue != draw("cat-vase", "light-decor", Look())


def test_the_body_of_a_thing_is_filled_up_to_its_stroke() -> None:
    """Slanted lines meet with gaps at their corners, through which the flood once ran."""
    image = Image.open(BytesIO(draw("cat-coat", "textiles", Look((255, 0, 0))))).convert("RGB")
    red, green, blue = np.moveaxis(np.asarray(image, int), -1, 0)
    assert int(((red > 90) & (green < red // 3) & (blue < red // 3)).sum()) > 15_000


def test_signs_are_read_as_lines() -> None:
    """A rectangle comes back to where it began, and no line leaves the field of 48."""
    assert all(line[0] == pytest.approx(line[-1]) for line in lines_of("cat-wardrobe")[:1])
    for sign in ("cat-chair", "cat-kettle", "cat-bicycle", "cat-musical-instrument"):
        points = [point for line in lines_of(sign) for point in line]
        assert all(-1 <= x <= 49 and -1 <= y <= 49 for x, y in points)
