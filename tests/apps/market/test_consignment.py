"""Sold for somebody else: the thing is in the house and not the house's, and cents add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.apps.market import things
from tests.apps.market.things import IBAN
from tests.world import Town

from wesprint.apps.goods.public import Contact, HandOver, Weight, hand_over, take_back_hand_over
from wesprint.apps.goods.selectors.catalogue import Card, shelf
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.services import correct_weight, dispose
from wesprint.apps.goods.wanted import Wanted
from wesprint.apps.market import services
from wesprint.apps.market.models import (
    ConsignedItem,
    Consignment,
    Consignor,
    Settlement,
    SettlementLine,
)
from wesprint.apps.market.money import is_iban, share
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.kernel.period import Period
from wesprint.platform.base.clock import now, use_clock
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.ledger.selectors import Stock, mass_balance, unbalanced

DECEMBER = datetime(2026, 12, 2, 9, tzinfo=UTC)
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def bowl(town: Town, consignment: Consignment) -> ConsignedItem:
    return things.bowl(town, consignment)


def on_shelf(town: Town) -> tuple[Card, ...]:
    return shelf(town.centre, today_tree(town.centre, now()), Wanted(), now()).cards


def sell(town: Town, consigned: ConsignedItem, cents: int = 2999) -> HandOver:
    done = hand_over(
        town.ctx("cashier"),
        item=consigned.item,
        price_cents=cents,
        consideration="cash" if cents else "free",
    )
    services.true_up(town.ctx(), item=consigned.item.public_id)
    return done


def events(town: Town) -> list[tuple[str, str, int | None, int, int]]:
    rows = EconomicEvent.objects.filter(centre=town.centre).order_by("pk")
    return [
        (row.action, row.flow, row.resource_quantity, row.accounting_change, row.onhand_change)
        for row in rows
    ]


def balances(town: Town) -> tuple[int, int, int, int]:
    period = Period(date(2026, 1, 1), date(2027, 1, 1))
    here = mass_balance(town.centre, period)
    ours = mass_balance(town.centre, period, stock=Stock.ACCOUNTING)
    assert unbalanced(town.centre) == []
    return here.end, here.gap, ours.end, ours.gap


# -- the ledger ----------------------------------------------------------------------------
def test_it_stands_on_the_shelf_and_stays_the_potters(town: Town, bowl: ConsignedItem) -> None:
    assert [card.item for card in on_shelf(town)] == [bowl.item]
    assert events(town) == [("transferCustody", "intake", 800, 0, 800)]
    person = bowl.consignment.consignor.person
    assert person is not None
    resource = bowl.item.resource
    assert (resource.primary_accountable, resource.custodian) == (
        person.agent,
        town.organisation.agent,
    )
    assert balances(town) == (800, 0, 0, 0)


def test_sold_the_rights_go_from_the_potter_to_the_buyer(town: Town, bowl: ConsignedItem) -> None:
    sell(town, bowl)
    assert events(town)[1:] == [
        ("transferCustody", "sold", 800, 0, -800),
        ("transferAllRights", "rights", 800, 0, 0),
        ("transfer", "paid", 2999, 0, 0),
    ]
    assert balances(town) == (0, 0, 0, 0)


def test_taken_back_everything_is_as_before(town: Town, bowl: ConsignedItem) -> None:
    done = sell(town, bowl)
    take_back_hand_over(town.ctx("cashier"), hand_over=done)
    assert balances(town) == (800, 0, 0, 0)


def test_weighed_again_it_is_still_only_in_custody(town: Town, bowl: ConsignedItem) -> None:
    correct_weight(town.ctx(), item=bowl.item, weight=Weight(750, "measured"))
    assert balances(town) == (750, 0, 0, 0)


def test_back_to_the_potter(town: Town, bowl: ConsignedItem) -> None:
    services.end_consigned(town.ctx(), consigned=bowl, how="back")
    bowl.item.refresh_from_db()
    assert (bowl.item.state, on_shelf(town), balances(town)) == (
        "returned", (), (0, 0, 0, 0),
    )  # fmt: skip
    with pytest.raises(Conflict):
        services.end_consigned(town.ctx(), consigned=bowl, how="donated")


def test_given_to_the_house_it_is_the_houses_own(town: Town, bowl: ConsignedItem) -> None:
    services.end_consigned(town.ctx(), consigned=bowl, how="donated")
    assert balances(town) == (800, 0, 800, 0)
    done = hand_over(town.ctx("cashier"), item=bowl.item, price_cents=2000, consideration="cash")
    assert services.true_up(town.ctx(), item=bowl.item.public_id) == 0
    assert (done.price_cents, SettlementLine.objects.count()) == (2000, 0)
    assert balances(town) == (0, 0, 0, 0)


def test_what_is_not_ours_is_not_disposed_of(town: Town, bowl: ConsignedItem) -> None:
    waste = {"item": bowl.item, "waste_code": "20 01 02", "route": "dispose"}
    with pytest.raises(Refused) as caught:
        dispose(town.ctx(), **waste)
    assert (caught.value.code, balances(town)) == ("not-ours", (800, 0, 0, 0))
    services.end_consigned(town.ctx(), consigned=bowl, how="donated")
    dispose(town.ctx(), **waste)
    assert balances(town) == (0, 0, 0, 0)


# -- agreements ----------------------------------------------------------------------------
def test_the_commission_is_dated(town: Town, consignment: Consignment) -> None:
    first, second = things.bowl(town, consignment), things.bowl(town, consignment)
    sell(town, first, 3000)
    services.set_commission(
        town.ctx(), consignment=consignment, per_mille=500, since=date(2026, 12, 1)
    )
    with use_clock(FixedClock(DECEMBER)):
        sell(town, second, 3000)
    rows = SettlementLine.objects.order_by("pk")
    assert [(row.per_mille, row.due_cents, row.house_cents) for row in rows] == [
        (350, 1950, 1050),
        (500, 1500, 1500),
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"per_mille": 1001}, "percent"),
        ({"until": date(2025, 1, 1)}, "until"),
        ({"afterwards": "burnt"}, "afterwards"),
        ({"contact": Contact()}, "name"),
        ({"iban": "DE89 3704 0044 0532 0130 01"}, "iban"),
    ],
)
def test_what_cannot_be_agreed(town: Town, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        things.consignment(town, **values)
    assert (caught.value.field, Consignment.objects.count()) == (field, 0)


def test_numbers_without_gaps_and_one_consignor_for_one_person(town: Town) -> None:
    made = [things.consignment(town) for _ in range(2)]
    assert [one.number for one in made] == ["K-2026-00001", "K-2026-00002"]
    assert Consignor.objects.count() == 1


def test_nothing_below_the_minimum_and_nothing_outside_the_agreed_time(town: Town) -> None:
    made = things.consignment(town, least_cents=2000, until=date(2026, 11, 30))
    with pytest.raises(Invalid) as caught:
        things.bowl(town, made, price_cents=1999)
    assert caught.value.code == "below-least"
    with use_clock(FixedClock(DECEMBER)), pytest.raises(Refused) as refused:
        things.bowl(town, made)
    assert (refused.value.code, ConsignedItem.objects.count()) == ("not-running", 0)


def test_iban_check_digits() -> None:
    good, wrong = (IBAN, "GB82WEST12345698765432"), ("DE88370400440532013000", "DE", "")
    assert [is_iban(text) for text in (*good, *wrong)] == [True, True, False, False, False]


# -- settling ------------------------------------------------------------------------------
def test_settled_once_however_often_and_in_which_order_we_hear_of_it(
    town: Town, bowl: ConsignedItem
) -> None:
    first = sell(town, bowl)
    assert services.true_up(town.ctx(), item=bowl.item.public_id) == 0
    take_back_hand_over(town.ctx("cashier"), hand_over=first)
    second = hand_over(town.ctx("cashier"), item=bowl.item, price_cents=2500, consideration="card")
    take_back_hand_over(town.ctx("cashier"), hand_over=second)
    hand_over(town.ctx("cashier"), item=bowl.item, price_cents=2000, consideration="card")
    assert services.true_up(town.ctx(), item=bowl.item.public_id) == 2
    rows = SettlementLine.objects.order_by("pk")
    assert sorted(row.price_cents for row in rows) == [-2999, 2000, 2999]


def test_a_statement_for_the_month_and_never_twice(
    town: Town, consignment: Consignment, clock: FixedClock
) -> None:
    for cents in (2999, 1001):
        sell(town, things.bowl(town, consignment), cents)
    with pytest.raises(Invalid) as caught:
        services.draw_up_month(town.ctx(), centre=town.centre, month=NOVEMBER)
    assert caught.value.code == "month-runs"
    with use_clock(FixedClock(DECEMBER)):
        (made,) = services.draw_up_month(town.ctx(), centre=town.centre, month=NOVEMBER)
        again = services.draw_up_month(town.ctx(), centre=town.centre, month=NOVEMBER)
    assert (made.number, made.price_cents, made.due_cents, made.house_cents, again) == (
        "KA-2026-00001", 4000, 2600, 1400, (),
    )  # fmt: skip


def test_what_was_taken_back_after_its_statement_is_deducted_from_the_next(
    town: Town, consignment: Consignment
) -> None:
    done = sell(town, things.bowl(town, consignment), 3000)
    with use_clock(FixedClock(DECEMBER)):
        services.draw_up_month(town.ctx(), centre=town.centre, month=NOVEMBER)
        ctx = replace(town.ctx("staff"), cause="kaputt")
        take_back_hand_over(ctx, hand_over=done)
        services.true_up(town.ctx(), item=done.item.public_id)
        other = things.bowl(town, consignment)
        sell(town, other, 1000)
    with use_clock(FixedClock(datetime(2027, 1, 4, 9, tzinfo=UTC))):
        month = date(2026, 12, 1)
        assert services.draw_up_month(town.ctx(), centre=town.centre, month=month) == ()
        sell(town, things.bowl(town, consignment), 4000)
    with use_clock(FixedClock(datetime(2027, 2, 4, 9, tzinfo=UTC))):
        month = date(2027, 1, 1)
        (made,) = services.draw_up_month(town.ctx(), centre=town.centre, month=month)
    assert (made.price_cents, made.due_cents) == (-3000 + 1000 + 4000, -1950 + 650 + 2600)


def test_drawn_up_then_paid(town: Town, bowl: ConsignedItem) -> None:
    sell(town, bowl)
    with use_clock(FixedClock(DECEMBER)):
        with pytest.raises(Refused):
            services.draw_up_payout(town.ctx("treasurer"), centre=town.centre)
        services.draw_up_month(town.ctx(), centre=town.centre, month=NOVEMBER)
        payout = services.draw_up_payout(town.ctx("treasurer"), centre=town.centre)
        assert (payout.number, payout.state) == ("KZ-2026-00001", "drawn-up")
        services.mark_paid(town.ctx("treasurer"), payout=payout)
        services.mark_paid(town.ctx("treasurer"), payout=payout)
        with pytest.raises(Refused):
            services.draw_up_payout(town.ctx("treasurer"), centre=town.centre)
    person = bowl.consignment.consignor.person
    assert person is not None
    paid = EconomicEvent.objects.filter(flow="paid-out")
    assert [(row.receiver, row.resource_quantity) for row in paid] == [(person.agent, 1949)]


# -- cents always add up -------------------------------------------------------------------
@given(
    price=st.integers(0, 1_000_000), per_mille=st.integers(0, 1000), least=st.integers(0, 100_000)
)
def test_of_every_price_nothing_is_lost(price: int, per_mille: int, least: int) -> None:
    parts = share(price, per_mille, least)
    assert parts.due + parts.house == price
    assert parts.due >= 0
    if price >= least:
        assert 0 <= parts.house <= price
        assert abs(parts.house * 1000 - price * per_mille) <= 500


STEPS = st.lists(
    st.tuples(st.sampled_from(["sell", "sell", "back", "month"]), st.integers(1, 9_999)),
    max_size=12,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS, per_mille=st.integers(0, 1000))
def test_whatever_happens_statements_and_open_lines_hold_every_cent(
    town: Town, steps: list[tuple[str, int]], per_mille: int
) -> None:
    before = _standing()
    made = things.consignment(
        town, per_mille=per_mille, contact=Contact(f"P{now()}", "0170 1234567"), iban=""
    )
    at, sold = now(), list[HandOver]()
    for verb, cents in steps:
        at += timedelta(days=9)
        with use_clock(FixedClock(at)):
            if verb == "sell":
                sold.append(sell(town, things.bowl(town, made, price_cents=cents), cents))
            elif verb == "back" and sold:
                ctx = replace(town.ctx("staff"), cause="zurück")
                done = sold.pop()
                take_back_hand_over(ctx, hand_over=done)
                services.true_up(town.ctx(), item=done.item.public_id)
            elif verb == "month":
                last = (at.date().replace(day=1) - timedelta(days=1)).replace(day=1)
                services.draw_up_month(town.ctx(), centre=town.centre, month=last)
    assert _standing() - before == sum(done.price_cents for done in sold)
    for row in Settlement.objects.prefetch_related("shares"):
        lines = list(row.shares.all())
        assert row.price_cents == sum(line.price_cents for line in lines)
        assert row.due_cents == sum(line.due_cents for line in lines) >= 0
        assert row.house_cents == sum(line.house_cents for line in lines)


def _standing() -> int:
    """Cents on statements and on lines that wait for one."""
    drawn = sum(Settlement.objects.values_list("price_cents", flat=True))
    open_ones = SettlementLine.objects.filter(settlement=None)
    return drawn + sum(open_ones.values_list("price_cents", flat=True))
