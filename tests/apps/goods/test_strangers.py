"""Nobody empties the shelves with invented names: counted by browser and by connection."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from tests.apps.goods import things
from tests.apps.goods.test_views import HOUSE, client_of, post, text
from tests.world import Town, make_town

from wesprint.apps.goods import personal, services
from wesprint.apps.goods.models import Item, Reservation, Waiting
from wesprint.apps.goods.services.contacts import Contact
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.context import Ctx, Origin, job_ctx
from wesprint.kernel.errors import DomainError, Refused
from wesprint.platform.base.clock import now, use_clock
from wesprint.platform.people.services import erase_person
from wesprint.web.origin import DAYS, _origin

HERE = Origin("b" * 64, "c" * 64)


def stranger(town: Town, number: int, origin: Origin | None = HERE) -> tuple[Ctx, Contact]:
    contact = Contact(f"Niemand {number}", f"02931 {number:06}")
    return replace(town.ctx(), origin=origin), contact


def reserve(town: Town, number: int, origin: Origin | None = HERE) -> Reservation:
    ctx, contact = stranger(town, number, origin)
    return services.reserve(ctx, item=things.sideboard(town), contact=contact)


def refusal(town: Town, number: int, origin: Origin) -> Refused:
    with pytest.raises(Refused) as caught:
        reserve(town, number, origin)
    return caught.value


def test_a_browser_reserves_for_two_people_whatever_names_it_types(town: Town) -> None:
    for number in range(6):
        reserve(town, number)
    refused = refusal(town, 6, HERE)
    assert (refused.code, str(refused.what)) == (
        "origin-limit",
        "Von diesem Browser aus sind schon 6 Stücke zurückgelegt, mehr geht nicht.",
    )
    assert Reservation.objects.count() == 6
    reserve(town, 7, None)  # the counter reserves for whoever stands there or rings up


def test_other_browsers_of_a_connection_share_what_the_house_allows_it(town: Town) -> None:
    for number in range(12):
        reserve(town, number, Origin(f"{number:064}", "c" * 64))
    refused = refusal(town, 12, Origin(f"{12:064}", "c" * 64))
    assert str(refused.what) == (
        "Von Ihrem Internetanschluss aus sind schon 12 Stücke zurückgelegt, mehr geht nicht."
    )
    assert reserve(town, 13, Origin(f"{13:064}", "d" * 64)).state == "active"
    services.set_house_rule(
        town.ctx("board"), centre=town.centre, name="reservations-per-connection", value=13
    )
    assert reserve(town, 14, Origin(f"{14:064}", "c" * 64)).state == "active"


def test_a_connection_is_known_again_tomorrow_as_long_as_something_runs(town: Town) -> None:
    for number in range(12):
        reserve(town, number, Origin(f"{number:064}", "monday"))
    assert refusal(town, 12, Origin("x", "tuesday", ("monday", "sunday"))).code == "origin-limit"


def test_places_in_the_line_are_counted_too(town: Town) -> None:
    items = [things.sideboard(town) for _ in range(7)]
    for number, item in enumerate(items):
        services.reserve(town.ctx(), item=item, contact=Contact(f"P {number}", f"0170 {number:06}"))
    for number, item in enumerate(items[:6]):
        ctx, contact = stranger(town, number)
        services.join_waiting_list(ctx, item=item, contact=contact)
    ctx, contact = stranger(town, 6)
    with pytest.raises(Refused) as caught:
        services.join_waiting_list(ctx, item=items[6], contact=contact)
    assert (caught.value.code, Waiting.objects.count()) == ("origin-limit", 6)


def test_who_gets_their_turn_counts_from_where_they_asked(town: Town, sideboard: Item) -> None:
    first = services.reserve(town.ctx(), item=sideboard, contact=Contact("Paul", "0170 123456"))
    ctx, contact = stranger(town, 1)
    services.join_waiting_list(ctx, item=sideboard, contact=contact)
    services.cancel_reservation(town.ctx(), reservation=first)
    kept = Reservation.objects.get(state="active")
    assert (kept.browser_mark, kept.connection_mark) == ("b" * 64, "c" * 64)


def test_the_marks_go_when_nothing_runs_any_more(town: Town, clock: FixedClock) -> None:
    ended, running = reserve(town, 1), reserve(town, 2)
    services.cancel_reservation(town.ctx(), reservation=ended)
    ctx = job_ctx("goods.forget_origins", scope="installation", key="1", occurred_at=now())
    assert services.forget_origins(ctx) == 1
    marks = dict(Reservation.objects.values_list("pk", "connection_mark"))
    assert marks == {ended.pk: "", running.pk: "c" * 64}
    clock.advance(timedelta(days=3))
    ctx = job_ctx("goods.forget_origins", scope="installation", key="2", occurred_at=now())
    assert (services.forget_origins(ctx), services.forget_origins(ctx)) == (1, 1)
    assert set(Reservation.objects.values_list("browser_mark", flat=True)) == {""}


def test_the_marks_are_handed_out_and_erased(town: Town) -> None:
    kept = reserve(town, 1)
    assert kept.person is not None
    [declared] = [one for one in personal.PERSONAL if one.name == "goods.reservations"]
    [row] = declared.export(kept.person)
    assert (row["browser_mark"], row["connection_mark"]) == ("b" * 64, "c" * 64)
    erase_person(town.ctx("board"), person=kept.person)
    kept.refresh_from_db()
    assert (kept.person, kept.browser_mark, kept.connection_mark) == (None, "", "")


# -- through the pages -----------------------------------------------------------------------
def ask(client: Client, item: Item, number: int, address: str = "192.0.2.7", **more: str) -> int:
    data = {"name": f"Niemand {number}", "phone": f"02931 {number:06}", "anders": "1", **more}
    path = f"{HOUSE}warenhaus/{item.public_id}/"
    answer = client.post(path, {"command_key": str(uuid4()), **data}, REMOTE_ADDR=address)
    if answer.status_code == 422:
        page = text(answer)
        assert "Von diesem Browser aus sind schon 6 Stücke zurückgelegt" in page
        assert f'value="{data["name"]}"' in page  # what was typed is still there
    return answer.status_code


def test_a_visitor_with_invented_names_is_stopped_and_told(town: Town) -> None:
    client = Client()
    items = [things.sideboard(town) for _ in range(8)]
    told = [ask(client, item, number) for number, item in enumerate(items[:7])]
    assert told == [302] * 6 + [422]
    assert ask(Client(), items[7], 7, "198.51.100.4") == 302
    marks = Reservation.objects.values_list("browser_mark", "connection_mark")
    assert (len(set(marks)), {len(mark) for pair in marks for mark in pair}) == (2, {64})


def test_addresses_of_one_household_are_one_connection(town: Town) -> None:
    items = [things.sideboard(town) for _ in range(3)]
    for number, address in enumerate(
        ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"]
    ):
        assert ask(Client(), items[number], number, address) == 302
    marks = Reservation.objects.order_by("pk").values_list("connection_mark", flat=True)
    assert (marks[0] == marks[1], marks[0] == marks[2]) == (True, False)


def test_the_day_changes_the_mark_and_not_the_limit(town: Town, clock: FixedClock) -> None:
    class Asking:
        session: dict[str, str] = {"visit": "x"}
        META = {"REMOTE_ADDR": "192.0.2.7"}

    today = now().date()
    first = _origin(Asking(), today)  # type: ignore[arg-type]
    later = _origin(Asking(), today + timedelta(days=1))  # type: ignore[arg-type]
    assert (first.connection != later.connection, first.connection in later.earlier) == (True, True)
    assert (first.browser == later.browser, len(later.earlier)) == (True, DAYS - 1)


def test_who_has_an_account_or_works_here_is_not_counted(town: Town, sideboard: Item) -> None:
    staff = client_of(town, "staff")
    assert post(staff, f"{HOUSE}warenhaus/{sideboard.public_id}/", phone="02931 1").status_code in (
        302,
        422,
    )
    assert set(Reservation.objects.values_list("connection_mark", flat=True)) <= {""}


def test_a_double_click_of_a_first_visit_is_one_reservation(town: Town, sideboard: Item) -> None:
    data = {"command_key": "one", "name": "Mia", "phone": "02931 123456"}
    path = f"{HOUSE}warenhaus/{sideboard.public_id}/"
    answers = [Client().post(path, data) for _ in range(2)]  # neither has a cookie yet
    assert {answer.status_code for answer in answers} == {302}
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Reservation.objects.count() == 1


# -- at the same moment ----------------------------------------------------------------------
def test_two_requests_at_once_get_one_last_place(fresh_database: str, clock: FixedClock) -> None:
    town = make_town()
    for number in range(5):
        reserve(town, number)
    items = [things.sideboard(town) for _ in range(4)]
    moment, barrier = now(), Barrier(4)
    asks = [stranger(town, 100 + number) for number in range(4)]

    def go(number: int) -> str:
        ctx, contact = asks[number]
        try:
            with use_clock(FixedClock(moment)):
                barrier.wait()
                services.reserve(ctx, item=items[number], contact=contact)
            return "done"
        except DomainError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = sorted(pool.map(go, range(4)))
    assert told == ["done", "origin-limit", "origin-limit", "origin-limit"]
    assert Reservation.objects.count() == 6


def test_one_person_at_once_gets_one_last_place(fresh_database: str, clock: FixedClock) -> None:
    town = make_town()
    mia = Contact("Mia", "02931 123456")
    for _ in range(2):
        services.reserve(town.ctx(), item=things.sideboard(town), contact=mia)
    items = [things.sideboard(town) for _ in range(4)]
    contexts = [town.ctx() for _ in items]
    moment, barrier = now(), Barrier(4)

    def go(number: int) -> str:
        try:
            with use_clock(FixedClock(moment)):
                barrier.wait()
                services.reserve(contexts[number], item=items[number], contact=mia)
            return "done"
        except DomainError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = sorted(pool.map(go, range(4)))
    assert told == ["done"] + ["reservation-limit"] * 3
