"""Two people at two counters reach for the same thing in the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection
from tests.apps.goods import things
from tests.world import Town, add_person, make_town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import HandOver, Item, Reservation
from wesprint.apps.goods.services.contacts import Contact
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict
from wesprint.platform.base.clock import now, use_clock
from wesprint.platform.ledger.models import EconomicEvent

COUNTERS = 4


def _race(work: list[object]) -> list[str]:
    """What each counter was told; all start together, each with its own connection."""
    start = Barrier(len(work))
    moment = now()

    def run(one: object) -> str:
        try:
            with use_clock(FixedClock(moment)):
                start.wait()
                one()  # type: ignore[operator]  # one of ours, without arguments
            return "done"
        except Conflict as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return sorted(pool.map(run, work))


def _house(clock: FixedClock) -> tuple[Town, Item]:
    town = make_town()
    for role in ("cashier", "staff"):
        add_person(town, role)
    return town, things.sideboard(town)


def test_one_thing_goes_to_one_person(fresh_database: str, clock: FixedClock) -> None:
    town, item = _house(clock)
    contexts = [town.ctx("cashier") for _counter in range(COUNTERS)]

    def sell(number: int) -> object:
        return lambda: services.hand_over(
            contexts[number], item=item, price_cents=5500, consideration="cash"
        )

    told = _race([sell(number) for number in range(COUNTERS)])
    assert told == ["done", *["item-handed-over"] * (COUNTERS - 1)]
    assert HandOver.objects.count() == 1
    flows = sorted(EconomicEvent.objects.values_list("flow", flat=True))
    assert flows == ["intake", "paid", "sold"]


def test_one_thing_is_put_aside_for_one_person(fresh_database: str, clock: FixedClock) -> None:
    town, item = _house(clock)
    contexts = [town.ctx("staff") for _counter in range(COUNTERS)]

    def keep(number: int) -> object:
        contact = Contact(f"Nachbarin {number}", f"0170 {number}23456")
        return lambda: services.reserve(contexts[number], item=item, contact=contact)

    told = _race([keep(number) for number in range(COUNTERS)])
    assert told == ["done", *["item-reserved"] * (COUNTERS - 1)]
    assert Reservation.objects.count() == 1


def test_giving_back_and_reserving_at_once_serves_who_waits(
    fresh_database: str, clock: FixedClock
) -> None:
    """Whatever comes first: the one in line gets it, and nobody gets it twice."""
    town, item = _house(clock)
    first = services.reserve(town.ctx("staff"), item=item, contact=Contact("Mia", "0170 123456"))
    services.join_waiting_list(town.ctx("staff"), item=item, contact=Contact("Paul", "0171 123456"))
    contexts = [town.ctx("staff") for _counter in range(COUNTERS)]

    def keep(number: int) -> object:
        contact = Contact(f"Nachbarin {number}", f"0172 {number}23456")
        return lambda: services.reserve(contexts[number], item=item, contact=contact)

    work = [keep(number) for number in range(COUNTERS - 1)]
    work.append(lambda: services.cancel_reservation(contexts[-1], reservation=first))
    assert _race(work) == ["done", *["item-reserved"] * (COUNTERS - 1)]
    active = Reservation.objects.get(state="active")
    assert active.person is not None
    assert active.person.name == "Paul"
