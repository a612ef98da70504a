"""Ten thousand times two people reach for one thing in the same moment.

One round is one thing and three hands: one sells it, one puts it aside, one moves it to the
recycling centre. The normal run plays twenty rounds; the heavy one plays ROUNDS of them, each with
HANDS hands that start together, and 2,000 x 5 hands are the 10,000 races.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.apps.goods import things
from tests.world import Town, add_person, make_town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import HandOver, Item, ItemState, Reservation
from wesprint.apps.goods.services.contacts import Contact
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import DomainError
from wesprint.platform.base.clock import now, use_clock
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.ledger.selectors import unbalanced

HANDS, FEW, ROUNDS = 5, 20, 2_000
Hand = Callable[[Ctx, Item], object]


def _sell(ctx: Ctx, item: Item) -> object:
    return services.hand_over(ctx, item=item, price_cents=5500, consideration="cash")


def _reserve(ctx: Ctx, item: Item) -> object:
    # each hand another person, so that the limit per person is no reason to be refused
    return services.reserve(ctx, item=item, contact=Contact(f"N {ctx.key}", f"02931 {ctx.key}"))


def _dispose(ctx: Ctx, item: Item) -> object:
    return services.dispose(ctx, item=item, waste_code="20 01 38")


WORK: tuple[Hand, ...] = (_sell, _reserve, _sell, _reserve, _dispose)


class Table:
    """Five people who all start when the last of them is ready, again and again."""

    def __init__(self, town: Town, pool: ThreadPoolExecutor) -> None:
        self.town, self.pool, self.moment = town, pool, now()
        self.start = Barrier(HANDS)

    def race(self, number: int, item: Item) -> list[str]:
        """What each hand was told; the same hands in another order every time."""
        jobs = [
            self.pool.submit(
                self._reach,
                WORK[(hand + number) % HANDS],
                self.town.ctx("cashier", key=f"{number * HANDS + hand:07}"),
                item,
            )
            for hand in range(HANDS)
        ]
        return sorted(job.result() for job in jobs)

    def _reach(self, work: Hand, ctx: Ctx, item: Item) -> str:
        try:
            with use_clock(FixedClock(self.moment)):
                self.start.wait()
                work(ctx, item)
            return "done"
        except DomainError as error:
            return error.code


def _close(_nobody: object) -> None:
    connection.close()


def _play(rounds: int) -> None:
    town = make_town()
    for role in ("cashier", "staff"):
        add_person(town, role)
    with ThreadPoolExecutor(HANDS) as pool:
        table = Table(town, pool)
        for number in range(rounds):
            item = things.sideboard(town)
            told = table.race(number, item)
            assert told.count("done") == 1, (number, told)
        barrier = Barrier(HANDS)
        list(pool.map(lambda _hand: (barrier.wait(), _close(None)), range(HANDS)))
    _check(town, rounds)


def _check(town: Town, rounds: int) -> None:
    """Each thing went one way, in the rows and in the books."""
    gone = HandOver.objects.count()
    kept = Reservation.objects.count()
    wasted = Item.objects.filter(state=ItemState.DISPOSED).count()
    assert gone + kept + wasted == rounds
    assert Item.objects.filter(state=ItemState.RESERVED).count() == kept
    flows = list(EconomicEvent.objects.values_list("flow", flat=True))
    counted = {flow: flows.count(flow) for flow in ("intake", "sold", "paid", "recycled")}
    assert counted == {"intake": rounds, "sold": gone, "paid": gone, "recycled": wasted}
    assert unbalanced(town.centre) == []


def test_one_thing_goes_one_way(fresh_database: str, clock: FixedClock) -> None:
    _play(FEW)


@pytest.mark.heavy
def test_ten_thousand_hands_and_never_two_of_them_get_it(
    fresh_database: str, clock: FixedClock
) -> None:
    _play(ROUNDS)
