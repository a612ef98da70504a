"""The page of the day shows what the rooms declare, for whoever may see it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.apps.goods import things
from tests.apps.goods.things import sideboard
from tests.world import Town, add_person, make_town

from wesprint.apps.goods import services
from wesprint.apps.goods.desk import desk
from wesprint.apps.goods.selectors.desk import offers_in, standing_long
from wesprint.apps.goods.services.intake import Weight
from wesprint.apps.house.desk import cards, count_words, page
from wesprint.kernel.clock import FixedClock
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.viewer import Viewer, viewer_for_user
from wesprint.web.rooms import DeskCard, DeskRow, Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(clock: FixedClock) -> Town:
    return make_town("kaufhaus")


def viewer(town: Town, role: str, at: datetime) -> Viewer:
    person = town.people.get(role) or add_person(town, role)
    assert person.user
    return viewer_for_user(person.user, at.date())


def _card(name: str, count: int, *, urgent: bool = False, position: int = 100) -> DeskCard:
    return DeskCard(name, count, "/", "bell", "–", urgent=urgent, position=position)


def test_what_runs_out_today_comes_first_and_what_is_empty_stands_apart(
    town: Town, clock: FixedClock
) -> None:
    declared = [
        _card("late", 2, position=30),
        _card("nothing", 0, urgent=True, position=1),
        _card("today", 1, urgent=True, position=90),
        _card("early", 3, position=10),
    ]
    room = Room(name="events", title="", desk=lambda centre, viewer, at: declared)
    found = cards(town.centre, viewer(town, "staff", clock.at), clock.at, of=[room])
    assert [card.title for card in found] == ["today", "nothing", "early", "late"]
    shown = page(found)
    assert [card["title"] for card in shown["waiting"]] == ["today", "early", "late"]
    assert [card.title for card in shown["quiet"]] == ["nothing"]


@pytest.mark.parametrize(
    ("count", "of", "words"),
    [(7, None, "7"), (99, None, "99"), (100, None, "99+"), (97, 100, "96+"), (4, 7, "4")],
)
def test_what_was_not_counted_to_its_end_says_so(count: int, of: int | None, words: str) -> None:
    assert count_words(count, of) == words


def _titles(centre: Centre, who: Viewer, at: datetime) -> dict[str, int]:
    return {str(card.title): card.count for card in desk(centre, who, at)}


def test_the_store_says_what_waits(town: Town, clock: FixedClock) -> None:
    sideboard(town, title="Steht lange")
    clock.advance(timedelta(days=91))
    services.offer_goods(town.ctx(), centre=town.centre, lines=("Wasserkocher",))
    kettle = sideboard(
        town, category="kettle", route="workshop", price_cents=None, weight=Weight(), title=""
    )
    broken = sideboard(
        town, category="kettle", route="workshop", price_cents=None, weight=Weight(), title=""
    )
    services.change_to_waste(town.ctx(), item=broken)
    kept = sideboard(town, title="Vorgemerkt")
    services.reserve(town.ctx(), item=kept, contact=things.MIA)
    clock.advance(timedelta(days=1))
    found = {str(c.title): c for c in desk(town.centre, viewer(town, "staff", clock.at), clock.at)}
    assert {name: card.count for name, card in found.items()} == {
        "Angebote zu beantworten": 1,
        "Zugesagt, unterwegs": 0,
        "Termine heute": 0,
        "Reservierungen, die heute enden": 1,
        "Elektrisch, noch nicht geprüft": 1,
        "Abfall, der noch im Haus ist": 1,
        "Seit über 90 Tagen im Regal": 1,
    }
    assert found["Elektrisch, noch nicht geprüft"].rows == [
        DeskRow("Wasserkocher", "seit 23.02.2027", f"/z/kaufhaus/artikel/{kettle.public_id}/")
    ]


def test_each_sees_the_cards_of_their_own_work(town: Town, clock: FixedClock) -> None:
    volunteer = _titles(town.centre, viewer(town, "volunteer", clock.at), clock.at)
    assert "Reservierungen, die heute enden" not in volunteer
    rider = _titles(town.centre, viewer(town, "rider", clock.at), clock.at)
    assert rider == {}


def test_of_a_long_list_the_oldest_are_shown_and_all_are_counted(
    town: Town, clock: FixedClock
) -> None:
    for number in range(5):
        services.offer_goods(town.ctx(), centre=town.centre, lines=(f"Stuhl {number}",))
        sideboard(town, title=f"Kommode {number}")
        clock.advance(timedelta(minutes=1))
    clock.advance(timedelta(days=91))
    found = {str(c.title): c for c in desk(town.centre, viewer(town, "staff", clock.at), clock.at)}
    shown = {
        name: (card.count, [row.text for row in card.rows])
        for name, card in found.items()
        if card.count
    }
    assert shown == {
        "Angebote zu beantworten": (5, ["Stuhl 0", "Stuhl 1", "Stuhl 2"]),
        "Seit über 90 Tagen im Regal": (5, ["Kommode 0", "Kommode 1", "Kommode 2"]),
    }
    for limit, count in ((3, 3), (4, 4), (5, 5), (100, 5)):
        assert standing_long(town.centre, clock.at, limit).count == count
        assert offers_in(town.centre, "waiting", limit).count == count


def test_the_page_costs_no_more_for_nine_things_than_for_five(
    town: Town, clock: FixedClock, client: Client
) -> None:
    add_person(town, "staff")
    client.force_login(town.people["staff"].user)  # type: ignore[arg-type]  # staff has an account
    counts = []
    for more in (1, 4, 4):
        for _ in range(more):
            services.offer_goods(town.ctx(), centre=town.centre, lines=("Stuhl", "Tisch"))
            sideboard(town, category="kettle", route="workshop", price_cents=None, weight=Weight())
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/z/kaufhaus/heute/")
        assert answer.status_code == 200
        counts.append(len(queries))
    # The two lists that are longer than what is shown of them are counted, once.
    assert counts == [19, 21, 21]


def test_members_have_no_desk(town: Town, client: Client) -> None:
    add_person(town, "member")
    client.force_login(town.people["member"].user)  # type: ignore[arg-type]  # has an account
    assert client.get("/z/kaufhaus/heute/").status_code == 403
