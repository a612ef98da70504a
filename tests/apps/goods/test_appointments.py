"""Times for bringing and fetching; a household's list, its choice, its rest and its bill."""

from __future__ import annotations

import csv
import io
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.goods.things import MIA, household
from tests.world import Town, add_person

from wesprint.apps.goods import links, services
from wesprint.apps.goods.letters import HANDLERS
from wesprint.apps.goods.models import Booking, Clearance, Offer, Slot
from wesprint.apps.goods.selectors.appointments import (
    Kept,
    Statement,
    bookings_from,
    free_times,
    statement,
)
from wesprint.apps.goods.services.clearances import Thing
from wesprint.apps.goods.services.contacts import Contact
from wesprint.apps.goods.services.weight import Weight
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.context import job_ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.base.clock import now, use_clock
from wesprint.platform.ledger.models import Intent
from wesprint.platform.notices.models import Letter
from wesprint.platform.organisations.models import ClosedDay
from wesprint.platform.outbox.models import OutboxEvent
from wesprint.platform.people.services import erase_person

WEDNESDAY, NEXT = date(2026, 11, 25), date(2026, 12, 2)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def text(response: Any) -> str:
    return str(response.content.decode())


def client_of(town: Town, role: str) -> Client:
    person = town.people.get(role) or add_person(town, role)
    client = Client()
    assert person.user is not None
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def post(client: Client, path: str, **data: Any) -> Any:
    return client.post(path, {"command_key": str(uuid4()), **data})


def slot(town: Town, way: str = "bring", *, capacity: int = 1, at_once: bool = False) -> Slot:
    return services.open_slot(
        town.ctx("board"),
        centre=town.centre,
        way=way,
        weekday=2,
        starts=time(10),
        ends=time(12),
        capacity=capacity,
        at_once=at_once,
    )


def offer(town: Town, **values: Any) -> Offer:
    usual = {"lines": ("Kommode",), "contact": MIA}
    return services.offer_goods(town.ctx(), centre=town.centre, **(usual | values))


def accepted(town: Town, **values: Any) -> Offer:
    return services.accept_offer(town.ctx(), offer=offer(town, **values), text="Gern")


# -- times ---------------------------------------------------------------------------------
def test_free_times_of_three_weeks(town: Town) -> None:
    made = slot(town, capacity=2)
    slot(town, "fetch")
    services.book(town.ctx(), offer=accepted(town), slot=made, day=WEDNESDAY)
    found = free_times(town.centre, "bring", now())
    assert [(one.day, one.left) for one in found] == [
        (WEDNESDAY, 1),
        (NEXT, 2),
        (date(2026, 12, 9), 2),
    ]
    assert free_times(town.centre, "bring", now(), at_once=True) == ()


def test_closed_days_and_holidays_are_no_times(town: Town, clock: FixedClock) -> None:
    made = slot(town)
    ClosedDay.objects.create(centre=town.centre, day=WEDNESDAY, reason="Inventur")
    assert free_times(town.centre, "bring", now())[0].day == NEXT
    with pytest.raises(Refused) as caught:
        services.book(town.ctx(), offer=accepted(town), slot=made, day=WEDNESDAY)
    assert caught.value.code == "no-such-time"


@pytest.mark.parametrize(
    "day", [date(2026, 11, 24), date(2026, 11, 26), date(2027, 3, 3), date(2026, 11, 18)]
)
def test_only_on_days_on_which_it_holds(town: Town, day: date) -> None:
    made = slot(town)
    with pytest.raises(Refused):
        services.book(town.ctx(), offer=accepted(town), slot=made, day=day)


def test_when_it_is_full_the_next_is_told(town: Town) -> None:
    made, late = slot(town), accepted(town)
    services.book(town.ctx(), offer=accepted(town), slot=made, day=WEDNESDAY)
    with pytest.raises(Conflict) as caught:
        services.book(town.ctx(), offer=late, slot=made, day=WEDNESDAY)
    assert caught.value.code == "slot-full"
    assert services.book(town.ctx(), offer=late, slot=made, day=NEXT).day == NEXT


def test_another_time_gives_the_first_back(town: Town) -> None:
    made, mine = slot(town), accepted(town)
    first = services.book(town.ctx(), offer=mine, slot=made, day=WEDNESDAY)
    assert services.book(town.ctx(), offer=mine, slot=made, day=WEDNESDAY) == first
    services.book(town.ctx(), offer=mine, slot=made, day=NEXT)
    assert [one.day for one in bookings_from(town.centre, WEDNESDAY)] == [NEXT]
    services.book(town.ctx(), offer=accepted(town), slot=made, day=WEDNESDAY)


def test_before_the_answer_only_where_the_house_allows_it(town: Town) -> None:
    later, at_once, mine = slot(town), slot(town, at_once=True), offer(town)
    with pytest.raises(Refused) as caught:
        services.book(town.ctx(), offer=mine, slot=later, day=WEDNESDAY)
    assert caught.value.code == "not-accepted"
    assert services.book(town.ctx(), offer=mine, slot=at_once, day=WEDNESDAY).state == "booked"


def test_the_other_way_and_another_house_are_refused(town: Town) -> None:
    with pytest.raises(Refused) as caught:
        services.book(town.ctx(), offer=accepted(town), slot=slot(town, "fetch"), day=WEDNESDAY)
    assert caught.value.code == "other-way"


def test_to_be_fetched_is_a_wish_in_the_ledger(town: Town) -> None:
    made = slot(town, "fetch")
    mine = accepted(town, way="fetch", fetch_address="Probeweg 1", lines=("Tisch", "Bett"))
    booking = services.book(town.ctx(), offer=mine, slot=made, day=WEDNESDAY)
    intent = Intent.objects.get()
    assert mine.giver is not None
    assert (intent.action, intent.quantity, intent.unit, intent.state, intent.provider) == (
        "pickup",
        2,
        "piece",
        "open",
        mine.giver.agent,
    )
    services.cancel_appointment(town.ctx(), booking=booking)
    services.cancel_appointment(town.ctx(), booking=booking)
    intent.refresh_from_db()
    assert (intent.state, Booking.objects.get().state) == ("withdrawn", "cancelled")


def test_a_withdrawn_offer_gives_its_time_back(town: Town) -> None:
    made = slot(town)
    gone = accepted(town)
    services.book(town.ctx(), offer=gone, slot=made, day=WEDNESDAY)
    services.withdraw_offer(town.ctx(), offer=gone)
    ctx = job_ctx("j", scope="installation", key="1", occurred_at=now())
    assert services.free_appointments(ctx) == 1
    assert free_times(town.centre, "bring", now())[0].left == 1


def test_a_closed_slot_takes_nobody_new(town: Town) -> None:
    made = slot(town, capacity=3)
    services.book(town.ctx(), offer=accepted(town), slot=made, day=WEDNESDAY)
    services.close_slot(town.ctx("board"), slot=made)
    assert free_times(town.centre, "bring", now()) == ()
    assert len(bookings_from(town.centre, WEDNESDAY)) == 1


def test_the_giver_takes_a_time_on_the_page(town: Town, client: Client) -> None:
    made = slot(town)
    mine = accepted(town, contact=Contact("Mia", "", "mia@example.org"))
    path = links.offer_path(mine)
    assert "Mittwoch, 25. November, 10:00 – 12:00 Uhr" in text(client.get(path))
    assert post(client, f"{path}termin/", time="unsinn").status_code in (404, 422)
    post(client, f"{path}termin/", time=f"{made.public_id}/2026-11-25")
    page = text(client.get(path))
    assert "Ihr Termin" in page
    (event,) = OutboxEvent.objects.filter(name="goods.appointment_booked")
    HANDLERS[event.name](event)
    letter = Letter.objects.get(template="goods/appointment_booked")
    assert letter.subject == "Ihr Termin: Mittwoch, 25. November, 10:00 – 12:00 Uhr"
    post(client, f"{path}termin/absagen/")
    assert Booking.objects.get().state == "cancelled"


def test_the_house_opens_and_closes_times(town: Town) -> None:
    board = client_of(town, "workshop-lead")
    path = "/z/kaufhaus/angebote/termine/"
    wrong = {"way": "bring", "weekday": "1", "starts": "12:00", "ends": "10:00", "capacity": "2"}
    assert post(board, path, **wrong).status_code == 422
    assert post(board, path, **(wrong | {"ends": "14:00"})).status_code == 302
    assert "Dienstag, 12:00 – 14:00 Uhr" in text(board.get(path))
    post(board, f"{path}{Slot.objects.get().public_id}/schliessen/")
    assert Slot.objects.get().until == date(2026, 11, 24)


# -- household clearances ------------------------------------------------------------------
def test_forty_lines_and_not_one_more(town: Town) -> None:
    many = tuple(Thing(f"Ding {number}") for number in range(40))
    made = household(town, things=many)
    assert (made.lines.count(), made.size) == (40, "M")
    with pytest.raises(Invalid) as caught:
        household(town, things=(*many, Thing("noch eins")))
    assert caught.value.code == "too-many-lines"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"things": ()}, "nothing-offered"),
        ({"things": (Thing("Stuhl", "M", 0),)}, "count"),
        ({"things": (Thing("Stuhl", "M", 100),)}, "count"),
        ({"things": (Thing("Stuhl", "riesig"),)}, "unknown-choice"),
        ({"things": (Thing("x" * 121),)}, "too-long"),
        ({"contact": Contact()}, "no-contact"),
        ({"fetch_address": ""}, "no-address"),
    ],
)
def test_bad_entries_save_nothing(town: Town, values: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as caught:
        household(town, **values)
    assert (caught.value.code, Offer.objects.count()) == (code, 0)


def test_the_store_chooses_and_the_authority_gets_the_rest(town: Town, client: Client) -> None:
    made = household(town)
    with pytest.raises(Refused) as caught:
        services.pass_on_rest(town.ctx(), offer=made)
    assert caught.value.code == "not-chosen"
    made = services.choose_lines(town.ctx(), offer=made, taken=(0, 1), text="Gern!")
    assert (made.state, made.answer) == ("accepted", "Gern!")
    made = services.choose_lines(town.ctx(), offer=made, taken=(0,))
    assert list(made.lines.values_list("what", "taken")) == [
        ("Kommode", True),
        ("Stuhl", False),
        ("Matratze", False),
    ]
    clearance = services.pass_on_rest(town.ctx(), offer=made)
    path = links.clearance_path(clearance)
    page = text(client.get(path))
    assert "Probeweg 1, Arnsberg" in page
    assert "4 × Stuhl" in page
    assert "Kommode" not in page
    rows = list(csv.reader(io.StringIO(text(client.get(f"{path}liste.csv")))))
    assert rows == [
        ["line", "what", "count", "size"],
        ["1", "Stuhl", "4", "M"],
        ["2", "Matratze", "2", "L"],
    ]
    assert client.get(f"{path}liste.pdf").content.startswith(b"%PDF")
    with use_clock(FixedClock(now() + timedelta(days=61))):
        assert client.get(path).status_code == 404


def test_no_formula_leaves_by_the_list(town: Town, client: Client) -> None:
    made = household(town, things=(Thing("Stuhl"), Thing("=1+1")))
    services.choose_lines(town.ctx(), offer=made, taken=(0,))
    clearance = services.pass_on_rest(town.ctx(), offer=made)
    assert "'=1+1" in text(client.get(f"{links.clearance_path(clearance)}liste.csv"))


def test_nothing_is_passed_on_that_the_giver_did_not_want(town: Town) -> None:
    made = household(town, rest_to_authority=False)
    services.choose_lines(town.ctx(), offer=made, taken=(0,))
    with pytest.raises(Refused) as caught:
        services.pass_on_rest(town.ctx(), offer=made)
    assert caught.value.code == "rest-not-wanted"


def test_taking_nothing_needs_a_reason_and_all_leaves_no_rest(town: Town) -> None:
    none, everything = household(town), household(town)
    with pytest.raises(Invalid):
        services.choose_lines(town.ctx(), offer=none, taken=())
    none = services.choose_lines(town.ctx(), offer=none, taken=(), text="Zu groß für uns.")
    assert (none.state, none.lines.filter(taken=False).count()) == ("declined", 3)
    services.choose_lines(town.ctx(), offer=everything, taken=(0, 1, 2))
    with pytest.raises(Conflict):
        services.pass_on_rest(town.ctx(), offer=everything)
    with pytest.raises(Invalid):
        services.choose_lines(town.ctx(), offer=everything, taken=(7,))
    with pytest.raises(Refused):
        services.choose_lines(town.ctx(), offer=offer(town), taken=(0,))


def test_erased_givers_leave_the_authority_nothing(town: Town, client: Client) -> None:
    made = household(town)
    services.choose_lines(town.ctx(), offer=made, taken=(0,))
    path = links.clearance_path(services.pass_on_rest(town.ctx(), offer=made))
    assert made.giver is not None
    erase_person(town.ctx("board"), person=made.giver)
    assert client.get(path).status_code == 404
    assert set(made.lines.values_list("what", "wish")) == {("–", "")}


def take(town: Town, made: Offer, grams: int, basis: str = "measured", **values: Any) -> Any:
    usual = {"category": "chest-of-drawers", "grade": "B", "route": "sell", "price_cents": 900}
    visit = services.start_intake(town.ctx(), centre=town.centre, offer=made)
    return services.take_in(
        town.ctx(),
        centre=town.centre,
        weight=Weight(grams, basis),
        intake=visit,
        **(usual | values),
    )


def test_only_what_was_really_kept_is_counted_and_billed(town: Town) -> None:
    made = services.choose_lines(town.ctx(), offer=household(town), taken=(0, 1))
    services.set_diversion_rate(
        town.ctx("board"),
        centre=town.centre,
        cents_per_tonne=12_000,
        since=date(2026, 1, 1),
        source="Vereinbarung vom 12. März",
    )
    services.set_diversion_rate(
        town.ctx("board"),
        centre=town.centre,
        cents_per_tonne=20_000,
        since=date(2026, 12, 1),
        source="Neue Vereinbarung",
    )
    take(town, made, 31_500)
    take(town, made, 5_000, "estimated")
    waste = take(town, made, 8_000)
    services.change_to_waste(town.ctx(), item=waste)
    services.withdraw_item(town.ctx(), item=take(town, made, 7_000))
    found = statement(town.centre, *NOVEMBER)
    (row,) = found.rows
    assert (row.pieces, row.grams, row.weighed_grams, row.cents_per_tonne, row.cents) == (
        2,
        36_500,
        31_500,
        12_000,
        438,
    )
    assert (found.grams, found.cents) == (36_500, 438)
    assert statement(town.centre, date(2026, 10, 1), date(2026, 10, 31)).rows == ()


@given(st.lists(st.tuples(st.integers(0, 5_000_000), st.integers(0, 100_000)), max_size=20))
def test_the_sum_is_the_sum_of_the_lines_as_shown(rows: list[tuple[int, int]]) -> None:
    found = Statement(tuple(Kept(Clearance(), 1, grams, 0, rate) for grams, rate in rows))
    assert found.cents == sum((2 * grams * rate + 1_000_000) // 2_000_000 for grams, rate in rows)


def test_the_statement_as_page_and_csv(town: Town) -> None:
    made = services.choose_lines(town.ctx(), offer=household(town), taken=(0,))
    take(town, made, 31_500)
    board = client_of(town, "board")
    path = "/z/kaufhaus/sperrmuell/"
    assert post(board, path, rate="abc", since="2026-01-01", source="V").status_code == 422
    assert post(board, path, rate="120", since="2026-01-01", source="V").status_code == 302
    page = text(board.get(f"{path}?monat=2026-11"))
    assert "31,5 kg" in page
    assert "3,78" in page
    rows = list(csv.reader(io.StringIO(text(board.get(f"{path}abrechnung.csv?monat=2026-11")))))
    assert rows[1:] == [["2026-11-24", str(made.number), "1", "31500", "31500", "12000", "378"]]


def test_by_the_form_with_more_lines_and_no_script(town: Town, client: Client) -> None:
    path = "/z/kaufhaus/abgeben/haushalt/"
    assert text(client.get(path)).count('name="what-') == 5
    data = {"what-0": "Kommode", "count-0": "1", "size-0": "L", "way": "fetch"}
    more = text(post(client, path, **data, do="more"))
    assert more.count('name="what-') == 10  # five are always there
    assert 'value="Kommode"' in more
    full = {f"what-{number}": "Stuhl" for number in range(40)}
    assert "Fünf weitere Zeilen" not in text(post(client, path, **full, way="bring", do="more"))
    wrong = post(client, path, **(data | {"count-0": "viele"}))
    assert wrong.status_code == 422
    sent = post(
        client,
        path,
        **(data | {"what-3": "Stuhl", "count-3": "4", "name": "Mia", "phone": "02931 1234"}),
        fetch_address="Probeweg 1",
        rest_to_authority="on",
    )
    assert sent.status_code == 302
    made = Offer.objects.get()
    assert list(made.lines.values_list("what", "count")) == [("Kommode", 1), ("Stuhl", 4)]
    page = text(client.get(sent.headers["Location"]))
    assert "4 × Stuhl" in page


def test_the_staff_chooses_on_one_page(town: Town) -> None:
    made = household(town)
    staff = client_of(town, "staff")
    path = f"/z/kaufhaus/angebote/{made.public_id}/"
    assert f'href="{path}auswahl/"' in text(staff.get(path))
    assert post(staff, f"{path}auswahl/").status_code == 422
    post(staff, f"{path}auswahl/", taken=["0", "1"])
    post(staff, f"{path}rest/")
    page = text(staff.get(f"{path}auswahl/"))
    assert links.absolute(links.clearance_path(Clearance.objects.get())) in page
    assert staff.get(f"/z/kaufhaus/angebote/{offer(town).public_id}/auswahl/").status_code == 404


def test_a_link_of_nothing_leads_nowhere(town: Town, client: Client) -> None:
    assert client.get("/rest/unsinn/").status_code == 404
