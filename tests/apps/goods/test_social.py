"""Prices with a social pass: sums hold to the cent, and nobody is named."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.goods.test_views import client_of, post, text
from tests.apps.goods.things import MIA, batch, sideboard
from tests.world import Town, add_person

from wesprint.apps.goods import services
from wesprint.apps.goods.models import HandOver, Item, Reservation, SocialRule
from wesprint.apps.goods.selectors.social import given_between, social_prices
from wesprint.apps.goods.services import SocialTerms
from wesprint.apps.goods.services.weight import Weight
from wesprint.apps.goods.social import reduce
from wesprint.apps.market import services as market
from wesprint.kernel.errors import DomainError, Refused
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.reference.models import Category

TODAY = date(2026, 11, 24)


def rule(town: Town, category: str = "", **values: Any) -> SocialRule:
    usual: dict[str, Any] = {"passes": "Stadtpass", "percent": 40, "least_cents": 100}
    return services.set_social_rule(
        town.ctx("board"),
        centre=town.centre,
        terms=SocialTerms(**(usual | values)),
        category=Category.objects.get(slug=category) if category else None,
    )


def hand_over(town: Town, item: Item, cents: int = 2000, **values: Any) -> HandOver:
    return services.hand_over(
        town.ctx("cashier"),
        item=item,
        price_cents=cents,
        consideration="cash",
        **({"social_pass": True} | values),
    )


@given(st.integers(1, 1_000_000), st.integers(1, 90), st.integers(0, 20_000))
def test_sums_hold(full: int, percent: int, least: int) -> None:
    found = reduce(full, percent, least)
    assert found.price + found.off == full
    assert 1 <= found.price <= full
    assert found.price >= min(full, least)
    assert found.off * 100 <= full * percent + 50  # never more than agreed, half a cent up


@pytest.mark.parametrize(
    ("full", "percent", "least", "price"),
    [
        (2000, 40, 0, 1200),
        (2000, 40, 1500, 1500),
        (900, 40, 1500, 900),  # the lowest price raises none
        (5, 50, 0, 2),  # half a cent goes to the buyer
        (1, 90, 0, 1),  # given away is another thing
    ],
)
def test_the_price(full: int, percent: int, least: int, price: int) -> None:
    assert reduce(full, percent, least).price == price


def test_before_after_and_rule_are_kept_and_nothing_else(town: Town) -> None:
    made = rule(town)
    done = hand_over(town, sideboard(town))
    assert (done.price_cents, done.full_cents, done.social_rule) == (1200, 2000, made)
    paid = EconomicEvent.objects.get(flow="paid")
    assert paid.resource_quantity == 1200


def test_a_hand_over_with_pass_is_nameless_even_after_a_reservation(town: Town) -> None:
    rule(town)
    kept = services.reserve(town.ctx(), item=sideboard(town), contact=MIA)
    done = hand_over(town, kept.item, reservation=kept, person=kept.person)
    assert (done.person, done.reservation) == (None, None)
    assert Reservation.objects.get().state == "fulfilled"
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.filter(pk=done.pk).update(person=kept.person)


def test_the_nearest_rule_counts(town: Town) -> None:
    everything, furniture = rule(town), rule(town, "furniture", percent=20)
    chest = rule(town, "chest-of-drawers", percent=10)
    prices = social_prices(town.centre, TODAY)
    items = [
        sideboard(town),
        sideboard(town, category="chair", weight=Weight()),
        sideboard(town, category="books", weight=Weight()),
    ]
    assert [prices.rule_for(item) for item in items] == [chest, furniture, everything]


def test_rules_begin_end_and_leave_what_was_sold(town: Town) -> None:
    first = rule(town)
    later = rule(town, percent=50, since=TODAY + timedelta(days=7))
    assert social_prices(town.centre, TODAY).by_category == {None: first}
    assert social_prices(town.centre, TODAY + timedelta(days=7)).by_category == {None: later}
    done = hand_over(town, sideboard(town))
    again = rule(town, percent=30)
    assert social_prices(town.centre, TODAY).by_category == {None: again}
    services.end_social_rule(town.ctx("board"), rule=again)
    assert social_prices(town.centre, TODAY).by_category == {}
    done.refresh_from_db()
    assert (done.social_rule, done.price_cents) == (first, 1200)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"passes": " "}, "social-passes"),
        ({"percent": 0}, "social-percent"),
        ({"percent": 91}, "social-percent"),
        ({"since": TODAY - timedelta(days=1)}, "social-since"),
        ({"until": TODAY - timedelta(days=1)}, "social-until"),
        ({"least_cents": -1}, "price"),
    ],
)
def test_rules_that_cannot_be(town: Town, values: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as caught:
        rule(town, **values)
    assert (caught.value.code, SocialRule.objects.count()) == (code, 0)


def test_without_a_rule_a_tick_is_refused(town: Town) -> None:
    with pytest.raises(Refused) as caught:
        hand_over(town, sideboard(town))
    assert (caught.value.code, HandOver.objects.count()) == ("no-social-price", 0)


def test_the_house_gives_only_of_its_own(town: Town) -> None:
    rule(town)
    agreed = market.agree_consignment(
        town.ctx(),
        centre=town.centre,
        contact=MIA,
        per_mille=350,
        since=TODAY,
        afterwards="back",
        iban="",
    )
    brought = market.consign(
        town.ctx(),
        consignment=agreed,
        category="vase",
        grade="A",
        title="Vase",
        weight=Weight(900, "measured"),
        price_cents=2000,
    )
    page = text(Client().get("/z/kaufhaus/warenhaus/"))
    assert "Vase" in page and "Sozialpass" not in page
    with pytest.raises(Refused) as caught:
        hand_over(town, brought.item)
    assert caught.value.code == "no-social-price"


def test_a_part_of_a_batch(town: Town) -> None:
    rule(town)
    done = services.sell_part(
        town.ctx("cashier"),
        item=batch(town),
        price_cents=500,
        consideration="cash",
        mass_g=250,
        social_pass=True,
    )
    assert (done.price_cents, done.full_cents) == (300, 500)


def test_what_was_given_is_counted_net_of_what_was_taken_back(town: Town) -> None:
    rule(town)
    hand_over(town, sideboard(town))
    wrong = hand_over(town, sideboard(town), 1000)
    hand_over(town, sideboard(town), 1000, social_pass=False)
    services.take_back_hand_over(town.ctx("cashier"), hand_over=wrong)
    given = given_between(town.centre, TODAY, TODAY)
    assert (given.count, given.cents) == (1, 800)


# -- pages ---------------------------------------------------------------------------------
def test_the_counter_shows_both_prices_and_takes_one_tick(town: Town) -> None:
    rule(town)
    item = sideboard(town, price_cents=2000)
    cashier = client_of(town, "cashier")
    path = f"/z/kaufhaus/uebergabe/{item.public_id}/"
    page = text(cashier.get(path))
    assert "<strong>12,00 €</strong> statt 20,00 €" in page
    asked = text(post(cashier, path, do="price", price="10,00"))
    assert "<strong>6,00 €</strong> statt 10,00 €" in asked
    assert HandOver.objects.count() == 0
    answer = post(cashier, path, price="20,00", social_pass="1", consideration="cash")
    assert answer.status_code == 302
    page = text(cashier.get("/z/kaufhaus/uebergabe/"))
    assert "12,00 € statt 20,00 €, mit Sozialpass" in page


def test_the_catalogue_says_what_it_costs_with_a_pass(town: Town, client: Client) -> None:
    item = sideboard(town, price_cents=2000)
    path = f"/z/kaufhaus/warenhaus/{item.public_id}/"
    assert "Sozialpass" not in text(client.get("/z/kaufhaus/warenhaus/"))
    rule(town)
    assert "mit Sozialpass 12,00 €" in text(client.get("/z/kaufhaus/warenhaus/"))
    page = text(client.get(path))
    assert "mit Sozialpass 12,00 €" in page and "(Stadtpass)" in page


def test_whoever_leads_sets_and_ends_rules(town: Town) -> None:
    staff, path = client_of(town, "staff"), "/z/kaufhaus/sozialpass/"
    given = {"passes": "Stadtpass", "percent": "40", "least": "1,00", "since": "2026-11-24"}
    assert post(staff, path, **(given | {"percent": "95"})).status_code == 422
    assert post(staff, path, **given, category="furniture").status_code == 302
    made = SocialRule.objects.get()
    assert made.category is not None and made.category.slug == "furniture"
    assert "40 % weniger, nicht unter 1,00 €" in text(staff.get(path))
    add_person(town, "volunteer") if "volunteer" not in town.people else None
    assert client_of(town, "volunteer").post(path, given).status_code == 403
    assert post(staff, f"{path}{made.public_id}/ende/").status_code == 302
    assert "Noch keine Regel" in text(staff.get(path))
