"""What the counter asks before it books, and what it believes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.apps.goods import things
from tests.apps.goods.test_views import HOUSE, client_of, post, text
from tests.apps.goods.things import MIA, photo
from tests.world import Town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import HandOver, Item, Offer
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.selectors.house import typical_of
from wesprint.apps.goods.services.contacts import Contact
from wesprint.apps.goods.services.weight import Weight
from wesprint.kernel.clock import FixedClock
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.base.clock import now
from wesprint.platform.files.services import prepare


@pytest.fixture
def staff(town: Town) -> Client:
    return client_of(town, "staff")


def test_an_older_hand_over_goes_back_only_with_its_cause(
    town: Town, staff: Client, sideboard: Item, clock: FixedClock
) -> None:
    there = f"{HOUSE}uebergabe/{sideboard.public_id}/"
    post(staff, there, price="50", consideration="cash")
    clock.advance(timedelta(minutes=16))
    path = f"{HOUSE}uebergabe/zuruecknehmen/{HandOver.objects.get().public_id}/"
    assert "Warum wird es zurückgenommen?" in text(staff.get(path))
    asked = post(staff, path)
    assert (asked.status_code, "Warum wird es zurückgenommen?" in text(asked)) == (422, True)
    assert HandOver.objects.get().cancelled_at is None
    assert post(staff, path, cause="Falsche Nummer").status_code == 302
    assert HandOver.objects.get().cancelled_at == clock.now()
    entry = AuditEntry.objects.get(command="goods.take_back_hand_over")
    assert entry.cause == "Falsche Nummer"


def test_taking_back_says_what_it_undoes_before_it_does(
    town: Town, staff: Client, sideboard: Item
) -> None:
    there = f"{HOUSE}uebergabe/{sideboard.public_id}/"
    post(staff, there, price="50", consideration="cash")
    path = f"{HOUSE}uebergabe/zuruecknehmen/{HandOver.objects.get().public_id}/"
    desk = text(staff.get(f"{HOUSE}uebergabe/"))
    assert f'href="{path}"' in desk
    assert f'action="{path}"' not in desk
    assert f'href="{path}"' in text(staff.get(there))
    page = text(staff.get(path))
    for words in (
        "Sideboard aus Eiche",
        "50,00",
        "24. November 2026, 10:00 Uhr",
        "Bar",
        sideboard.public_id,
    ):
        assert words in page
    assert HandOver.objects.get().cancelled_at is None
    post(staff, path)
    assert HandOver.objects.get().cancelled_at is not None
    again = text(staff.get(path))
    assert "schon zurückgenommen" in again
    assert f'action="{path}"' not in again


def test_the_day_after_the_till_is_told_whom_to_ask(
    town: Town, staff: Client, sideboard: Item, clock: FixedClock
) -> None:
    post(staff, f"{HOUSE}uebergabe/{sideboard.public_id}/", price="50", consideration="cash")
    path = f"{HOUSE}uebergabe/zuruecknehmen/{HandOver.objects.get().public_id}/"
    clock.advance(timedelta(days=1))
    cashier = client_of(town, "cashier")
    page = text(cashier.get(path))
    assert "nimmt nur noch die Leitung" in page
    assert f'action="{path}"' not in page
    refused = post(cashier, path, cause="Falsche Nummer")
    assert (refused.status_code, "nimmt nur noch die Leitung" in text(refused)) == (422, True)
    assert post(client_of(town, "board"), path, cause="Falsche Nummer").status_code == 302
    assert HandOver.objects.get().cancelled_at == clock.now()


def test_a_typed_number_may_be_ones_own_estimate(town: Town, staff: Client) -> None:
    post(staff, f"{HOUSE}annahme/", category="chair", grade="A", mass="6,5", estimated="1")
    item = Item.objects.get()
    assert (item.mass_g, item.basis) == (6500, "estimated")


def test_a_tapped_line_brings_its_words_kind_and_photo(town: Town, staff: Client) -> None:
    offer = services.offer_goods(
        town.ctx(), centre=town.centre, lines=("Altes Sideboard",), photos=(prepare(photo()),)
    )
    services.accept_offer(town.ctx(), offer=offer)
    page = text(staff.get(f"{HOUSE}annahme/?angebot={offer.public_id}&was=0"))
    assert 'value="Altes Sideboard"' in page
    assert re.search(r'value="chest-of-drawers" checked', page)
    token = re.search(r'name="kept_photos" value="([^"]+)"', page)
    assert token is not None
    taken = {"category": "chest-of-drawers", "grade": "B", "mass": "31", "title": "Altes Sideboard"}
    post(staff, f"{HOUSE}annahme/", **taken, offer=offer.public_id, kept_photos=token[1])
    item = Item.objects.get()
    photos = [row.file.digest for row in item.photos.all()]
    assert (item.title, photos) == ("Altes Sideboard", [offer.photos.get().file.digest])


def test_who_called_is_to_be_called_back(town: Town, staff: Client) -> None:
    offer = services.offer_by_telephone(
        town.ctx(), centre=town.centre, lines=("Stuhl",), contact=Contact("Mia", "02931 1234")
    )
    path = f"{HOUSE}angebote/{offer.public_id}/zusagen/"
    page = text(staff.post(path, {"text": "Gern."}, follow=True))
    assert "Bitte rufen Sie an und sagen Sie Bescheid: Mia, 029311234" in page


def test_what_was_announced_lies_ready_on_the_bench_until_it_is_in(
    town: Town, staff: Client
) -> None:
    offer = services.offer_goods(
        town.ctx(), centre=town.centre, lines=("Kommode, Eiche, 60er", "Ein Ding"), contact=MIA
    )
    services.accept_offer(town.ctx(), offer=offer)
    page = text(staff.get(f"{HOUSE}annahme/?angebot={offer.public_id}"))
    assert 'value="Kommode, Eiche, 60er"' in page
    assert re.search(r'value="chest-of-drawers"[^>]* checked', page)
    item = services.take_in(
        town.ctx(),
        centre=town.centre,
        category="chest-of-drawers",
        grade="B",
        title="Kommode, Eiche, 60er",
        offer=offer,
    )
    page = text(staff.get(f"{HOUSE}annahme/{item.intake.public_id}/"))
    assert 'value="Ein Ding"' in page
    assert "was=0" not in page


def test_a_call_is_entered_at_once(town: Town, staff: Client) -> None:
    response = post(
        staff,
        f"{HOUSE}angebote/telefon/",
        source="telephone",
        name="Mia Muster",
        phone="02931 1234",
        what="Kleiderschrank",
        size="XL",
        way="fetch",
        fetch_address="Am Markt 3",
    )
    offer = Offer.objects.get()
    assert response.headers["Location"] == f"{HOUSE}angebote/{offer.public_id}/"
    assert (offer.source, offer.way, offer.fetch_address) == ("telephone", "fetch", "Am Markt 3")


def test_a_call_is_written_down_in_the_words_of_the_house(town: Town, staff: Client) -> None:
    page = text(staff.get(f"{HOUSE}angebote/telefon/"))
    assert [words in page for words in ("Wird gebracht", "Wird abgeholt", "Ich bringe")] == [
        True,
        True,
        False,
    ]
    assert re.findall(r"<input[^>]*autofocus[^>]*>", page)[0].count('name="name"') == 1


def test_what_the_house_must_know_to_fetch_is_not_called_optional(
    town: Town, client: Client
) -> None:
    page = text(client.get(f"{HOUSE}abgeben/angebot/"))
    marks = {
        name: re.findall(
            r'class="ws-field__optional ?(.*?)">\((.*?)\)<',
            page.split(f'for="id_{name}"')[1].split("</label>")[0],
        )
        for name in ("fetch_address", "name", "phone")
    }
    assert marks == {
        "fetch_address": [("ws-unless-fetched", "freiwillig")],
        "name": [("", "freiwillig")],
        "phone": [
            ("ws-unless-fetched ws-unless-named", "freiwillig"),
            ("ws-unless-fetched ws-if-named", "eines von beiden"),
        ],
    }


def test_the_tile_says_what_the_house_weighed_itself(
    town: Town, staff: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """As the suggestion beside it; all tiles ask once."""
    search = f"{HOUSE}annahme/arten/?q=kommode"
    before = text(staff.get(search))
    for kilos in (30, 31, 32, 33, 90):
        things.sideboard(town, weight=Weight(kilos * 1000, "measured"))
    after = text(staff.get(search))
    assert ("ca. 35 kg" in before, "ca. 35 kg" in after, "ca. 32 kg" in after) == (
        True,
        False,
        True,
    )
    advice = text(staff.get(f"{HOUSE}annahme/vorschlag/?category=chest-of-drawers&grade=B"))
    assert "32 kg · aus 5 eigenen Wiegungen" in advice
    kinds = [facts for facts in today_tree(town.centre, now()).by_id.values() if facts.taken]
    with django_assert_num_queries(1):
        typical = typical_of(town.centre, kinds[:12])
    assert len(typical) == 12
    with django_assert_num_queries(0):
        assert typical_of(town.centre, []) == {}
