"""One way out to a new owner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.world import Town, add_person

from wesprint.apps.goods import services
from wesprint.apps.goods.models import HandOver, Item, ItemState, RuleName
from wesprint.apps.goods.services.contacts import Contact
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.context import Actor, ActorKind
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.ledger.models import EconomicEvent


def events_of(item: Item) -> list[tuple[str, str, int | None, str]]:
    rows = EconomicEvent.objects.filter(centre=item.centre).order_by("pk")
    return [(row.action, row.flow, row.resource_quantity, row.basis) for row in rows]


def test_goods_go_one_way_and_money_the_other(town: Town, sideboard: Item) -> None:
    done = services.hand_over(
        town.ctx("cashier"), item=sideboard, price_cents=5000, consideration="cash"
    )
    sideboard.refresh_from_db()
    assert sideboard.state == ItemState.HANDED_OVER
    assert sideboard.resource.accounting_quantity == 0
    assert [event.flow for event in done.agreement.events.order_by("pk")] == ["sold", "paid"]
    assert events_of(sideboard) == [
        ("transfer", "intake", 31_500, "measured"),
        ("transfer", "sold", 31_500, "measured"),
        ("transfer", "paid", 5000, "measured"),
    ]


def test_second_hand_over_says_what_happened(town: Town, sideboard: Item) -> None:
    services.hand_over(town.ctx("cashier"), item=sideboard, price_cents=5000, consideration="cash")
    with pytest.raises(Conflict) as caught:
        services.hand_over(
            town.ctx("cashier"), item=sideboard, price_cents=5000, consideration="cash"
        )
    assert caught.value.code == "item-handed-over"
    assert "24.11.2026, 10:00" in str(caught.value.what)
    assert HandOver.objects.count() == 1


def test_the_same_click_twice_is_one_hand_over(town: Town, sideboard: Item) -> None:
    ctx = town.ctx("cashier", key="click")
    first = services.hand_over(ctx, item=sideboard, price_cents=5000, consideration="card")
    again = services.hand_over(ctx, item=sideboard, price_cents=5000, consideration="card")
    assert again == first
    with pytest.raises(Conflict) as caught:
        services.hand_over(ctx, item=sideboard, price_cents=4000, consideration="card")
    assert caught.value.code == "key-reused"


def test_a_gift_moves_no_money(town: Town, sideboard: Item) -> None:
    services.hand_over(town.ctx("cashier"), item=sideboard, price_cents=0, consideration="free")
    assert events_of(sideboard)[1:] == [("transfer", "given", 31_500, "measured")]


@pytest.mark.parametrize(("cents", "how"), [(0, "cash"), (100, "free"), (-5, "cash"), (5, "gold")])
def test_price_and_consideration_must_fit(
    town: Town, sideboard: Item, cents: int, how: str
) -> None:
    with pytest.raises(Invalid):
        services.hand_over(
            town.ctx("cashier"), item=sideboard, price_cents=cents, consideration=how
        )
    assert HandOver.objects.count() == 0


def test_a_scan_does_not_hand_out_somebody_elses_reservation(town: Town, sideboard: Item) -> None:
    kept = services.reserve(
        town.ctx(), item=sideboard, contact=Contact("Mia Muster", phone="02931 1234")
    )
    with pytest.raises(Conflict) as caught:
        services.hand_over(
            town.ctx("cashier"), item=sideboard, price_cents=5500, consideration="cash"
        )
    assert caught.value.code == "reserved-for-another"
    done = services.hand_over(
        town.ctx("cashier"),
        item=sideboard,
        price_cents=5500,
        consideration="cash",
        reservation=kept,
    )
    kept.refresh_from_db()
    assert (done.person, kept.state) == (kept.person, "fulfilled")


def test_taking_back_corrects_both_ways(town: Town, sideboard: Item) -> None:
    done = services.hand_over(
        town.ctx("cashier"), item=sideboard, price_cents=5500, consideration="cash"
    )
    services.take_back_hand_over(town.ctx("cashier"), hand_over=done)
    services.take_back_hand_over(town.ctx("cashier"), hand_over=done)
    sideboard.refresh_from_db()
    assert (sideboard.state, sideboard.left_at) == (ItemState.FOR_SALE, None)
    assert sideboard.resource.accounting_quantity == 31_500
    assert events_of(sideboard)[3:] == [
        ("transfer", "sold", -31_500, "measured"),
        ("transfer", "paid", -5500, "measured"),
    ]


@pytest.fixture
def sold(town: Town, sideboard: Item) -> HandOver:
    """At ten in the morning."""
    return services.hand_over(
        town.ctx("cashier"), item=sideboard, price_cents=5500, consideration="cash"
    )


@pytest.fixture
def back(town: Town, sold: HandOver) -> Callable[..., None]:
    def take_back(role: str, cause: str = "Falsche Nummer") -> None:
        ctx = replace(town.ctx(role), cause=cause)
        services.take_back_hand_over(ctx, hand_over=sold)

    return take_back


def refusal(take_back: Callable[..., None], role: str, cause: str = "Falsche Nummer") -> str:
    with pytest.raises((Refused, Invalid)) as caught:
        take_back(role, cause)
    return caught.value.code


def test_until_the_evening_the_till_takes_back_with_a_cause(
    back: Callable[..., None], sold: HandOver, clock: FixedClock
) -> None:
    clock.advance(timedelta(hours=13, minutes=59))  # 23:59 in the house
    assert refusal(back, "cashier", cause=" ") == "no-cause"
    back("cashier")
    sold.refresh_from_db()
    assert sold.cancelled_at == clock.now()


def test_from_the_next_day_on_only_who_leads_the_house_and_with_a_cause(
    back: Callable[..., None], sold: HandOver, clock: FixedClock
) -> None:
    clock.advance(timedelta(hours=14))  # midnight in the house
    assert [refusal(back, role) for role in ("cashier", "volunteer", "auditor")] == ["too-late"] * 3
    assert refusal(back, "staff", cause="") == "no-cause"
    back("staff")
    sold.refresh_from_db()
    assert sold.cancelled_at == clock.now()


def test_a_claimed_time_does_not_make_it_earlier(
    town: Town, sold: HandOver, clock: FixedClock
) -> None:
    then = clock.now()
    clock.advance(timedelta(days=3))
    with pytest.raises(Refused):
        services.take_back_hand_over(
            replace(town.ctx("cashier", at=then), cause="x"), hand_over=sold
        )


def test_the_house_says_for_how_many_days(
    town: Town, back: Callable[..., None], sold: HandOver, clock: FixedClock
) -> None:
    services.set_house_rule(town.ctx(), centre=town.centre, name=RuleName.TAKE_BACK_DAYS, value=2)
    clock.advance(timedelta(days=3))
    assert refusal(back, "cashier") == "too-late"
    clock.advance(timedelta(days=-1))
    back("cashier")
    sold.refresh_from_db()
    assert sold.cancelled_at == clock.now()


def test_a_program_and_a_job_do_not_lead_a_house(
    town: Town, sold: HandOver, clock: FixedClock
) -> None:
    clock.advance(timedelta(days=1))
    for kind in (ActorKind.JOB, ActorKind.TOKEN, ActorKind.PERSON):
        actor = Actor(kind, "ABC")
        ctx = replace(town.ctx("staff"), actor=actor, cause="x")
        with pytest.raises(Refused):
            services.take_back_hand_over(ctx, hand_over=sold)


def test_a_board_member_at_the_tablet_leads_the_house(
    town: Town, sold: HandOver, clock: FixedClock
) -> None:
    clock.advance(timedelta(days=1))
    person = add_person(town, "board")
    actor = Actor(ActorKind.PERSON, person.public_id, via="TABLET")
    services.take_back_hand_over(replace(town.ctx("staff"), actor=actor, cause="x"), hand_over=sold)
    sold.refresh_from_db()
    assert sold.cancelled_at == clock.now()
