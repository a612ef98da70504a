"""The pages, as a browser without any script sees them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.apps.goods.things import photo
from tests.world import Town, add_person

from wesprint.apps.goods import links, services
from wesprint.apps.goods.models import (
    HandOver,
    Intake,
    Item,
    ItemState,
    Offer,
    OfferState,
    Reservation,
)
from wesprint.apps.goods.services.contacts import Contact
from wesprint.platform.organisations.models import Organisation
from wesprint.platform.people.models import Person, User
from wesprint.platform.people.services import erase_account, my_data, register_person
from wesprint.platform.reference.models import Category

HOUSE = "/z/kaufhaus/"


@pytest.fixture
def staff(town: Town) -> Client:
    return client_of(town, "staff")


def client_of(town: Town, role: str) -> Client:
    person = town.people.get(role) or add_person(town, role)
    client = Client()
    assert person.user is not None
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def post(client: Client, path: str, **data: Any) -> HttpResponse:
    return client.post(path, {"command_key": str(uuid4()), **data})  # type: ignore[return-value]


def text(response: Any) -> str:
    return str(response.content.decode())


def close(answer: Any) -> None:
    """Close an answer's file, but not the test's database with it."""
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)


def jpeg(name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo(), "image/jpeg")


# -- giving --------------------------------------------------------------------------------
def test_first_what_we_take_then_what_never_and_why(town: Town, client: Client) -> None:
    page = text(client.get(f"{HOUSE}abgeben/"))
    assert "Was wir nehmen" in page
    assert "Einem Sitz sieht man einen Unfall nicht an." in page
    assert "Spende" not in page


def test_donation_is_said_only_where_the_organisation_is_charitable(
    town: Town, client: Client
) -> None:
    Organisation.objects.update(charitable_since="2026-01-01")
    assert "Ihre Spende" in text(client.get(f"{HOUSE}abgeben/"))


def test_what_is_full_is_said_first(town: Town, client: Client) -> None:
    services.declare_full(
        town.ctx("board"), centre=town.centre, category=Category.objects.get(slug="books-media")
    )
    answer = text(client.get(f"{HOUSE}abgeben/?q=bücher"))
    assert "zurzeit voll" in answer
    assert "Zurzeit voll" in answer


def test_what_is_full_is_not_forgotten_while_somebody_offers_it(
    town: Town, client: Client, staff: Client
) -> None:
    """In the form, on the giver's page and on the desk that answers, until it is answered."""
    services.declare_full(
        town.ctx("board"),
        centre=town.centre,
        category=Category.objects.get(slug="books-media"),
        until=date(2026, 11, 30),
        note="Zu wenige Regale",
    )
    full = "Bücher: voll bis 30.11.2026"
    assert full in text(client.get(f"{HOUSE}abgeben/angebot/?was=B%C3%BCcher"))
    assert full not in text(client.get(f"{HOUSE}abgeben/angebot/?was=Stuhl"))
    post(client, f"{HOUSE}abgeben/angebot/", what="Bücher\nStuhl", size="M", way="bring")
    offer = Offer.objects.get()
    mine, theirs = links.offer_path(offer), f"{HOUSE}angebote/{offer.public_id}/"
    assert full in text(client.get(mine))
    desk = text(staff.get(theirs))
    later = "Wir freuen uns darauf, ab dem 01.12.2026: Bis dahin haben wir keinen Platz dafür."
    assert (full in desk, later in desk) == (True, True)
    services.accept_offer(town.ctx("staff"), offer=offer, text=later)
    assert full not in text(client.get(mine)) + text(staff.get(theirs))


def test_an_offer_from_the_phone_and_its_secret_link(town: Town, client: Client) -> None:
    response = post(
        client,
        f"{HOUSE}abgeben/angebot/",
        what="Sideboard\nWasserkocher",
        size="L",
        way="bring",
        photos=[jpeg(), jpeg("zwei.jpg")],
    )
    offer = Offer.objects.get()
    assert response.headers["Location"] == links.offer_path(offer)
    assert offer.photos.count() == 2
    page = client.get(links.offer_path(offer))
    assert "Ihr Angebot ist da." in text(page)
    shown = offer.photos.first()
    assert shown is not None
    own = client.get(f"{links.offer_path(offer)}foto/{shown.file.public_id}/")
    assert (own.status_code, own["Content-Type"]) == (200, "image/webp")
    close(own)
    assert client.get(f"/foto/{shown.file.public_id}/320/").status_code == 404


def test_a_form_that_comes_back_keeps_words_and_photos(town: Town, client: Client) -> None:
    response = post(
        client, f"{HOUSE}abgeben/angebot/", what="", size="L", way="bring", photos=[jpeg()]
    )
    page = text(response)
    assert response.status_code == 422
    assert Offer.objects.count() == 0
    again = post(
        client,
        f"{HOUSE}abgeben/angebot/",
        what="Kindersitz",
        size="L",
        way="bring",
        photos=[jpeg()],
    )
    assert "Das können wir nicht annehmen." in text(again)
    assert "1 Foto ist schon da." in text(again)
    token = text(again).split('name="kept_photos" value="')[1].split('"')[0]
    post(client, f"{HOUSE}abgeben/angebot/", what="Stuhl", size="M", way="bring", kept_photos=token)
    assert Offer.objects.get().photos.count() == 1
    assert "Bitte" in page


def test_what_is_no_photo_is_said_at_the_photos(town: Town, client: Client) -> None:
    upload = SimpleUploadedFile("bild.jpg", b"not a picture", "image/jpeg")
    response = post(
        client, f"{HOUSE}abgeben/angebot/", what="Stuhl", size="M", way="bring", photos=[upload]
    )
    assert response.status_code == 422
    assert "kein Foto" in text(response)
    assert Offer.objects.count() == 0


def test_the_same_click_twice_is_one_offer(town: Town, client: Client) -> None:
    data = {"command_key": "doppelt", "what": "Stuhl", "size": "M", "way": "bring"}
    first = client.post(f"{HOUSE}abgeben/angebot/", data)
    second = client.post(f"{HOUSE}abgeben/angebot/", data)
    assert first.headers["Location"] == second.headers["Location"]
    other = client.post(f"{HOUSE}abgeben/angebot/", {**data, "what": "Tisch"})
    assert other.status_code == 422
    assert "wurde schon mit anderen Angaben gesendet" in text(other)
    assert Offer.objects.count() == 1


def test_the_giver_answers_and_withdraws(town: Town, client: Client) -> None:
    offer = services.offer_goods(town.ctx(), centre=town.centre, lines=("Stuhl",))
    services.ask_back(town.ctx(), offer=offer, text="Welche Farbe?")
    path = links.offer_path(offer)
    assert "Welche Farbe?" in text(client.get(path))
    assert post(client, f"{path}antwort/", text="").status_code == 422
    assert post(client, f"{path}antwort/", text="Rot.").status_code == 302
    post(client, f"{path}zurueckziehen/")
    offer.refresh_from_db()
    assert offer.state == OfferState.WITHDRAWN
    assert client.get("/o/nothing-like-it/").status_code == 404


# -- offers in the house ---------------------------------------------------------------------
def test_the_inbox_says_yes_and_no(town: Town, staff: Client) -> None:
    offers = [
        services.offer_goods(town.ctx(), centre=town.centre, lines=(what,))
        for what in ("Stuhl", "Tisch")
    ]
    page = text(staff.get(f"{HOUSE}angebote/"))
    assert "Stuhl" in page
    assert "Tisch" in page
    yes, no = (f"{HOUSE}angebote/{offer.public_id}/" for offer in offers)
    post(staff, f"{yes}zusagen/", text="Sehr gern.")
    assert post(staff, f"{no}absagen/", text="").status_code == 422
    post(staff, f"{no}absagen/", text="Zu viele.", own_text="Leider voll.")
    states = {(offer.state, offer.answer) for offer in Offer.objects.all()}
    assert states == {("accepted", "Sehr gern."), ("declined", "Leider voll.")}


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


# -- the counter -----------------------------------------------------------------------------
def test_a_thing_is_taken_in_and_stands_on_the_shelf(town: Town, staff: Client) -> None:
    response = post(
        staff,
        f"{HOUSE}annahme/",
        category="chest-of-drawers",
        grade="B",
        mass="31,5",
        price="55",
        route="sell",
        photo=[jpeg()],
    )
    item = Item.objects.get()
    visit = Intake.objects.get()
    assert response.headers["Location"] == f"{HOUSE}annahme/{visit.public_id}/?neu={item.public_id}"
    assert (item.mass_g, item.basis, item.state, item.price_cents) == (
        31_500,
        "measured",
        ItemState.FOR_SALE,
        5500,
    )
    page = text(staff.get(response.headers["Location"]))
    assert "Kommode ist angenommen." in page
    post(staff, f"{HOUSE}annahme/{visit.public_id}/", category="chair", grade="A", estimated="1")
    assert visit.items.count() == 2


def test_undo_at_the_counter(town: Town, staff: Client, sideboard: Item) -> None:
    post(staff, f"{HOUSE}annahme/stueck/{sideboard.public_id}/rueckgaengig/")
    sideboard.refresh_from_db()
    assert sideboard.state == ItemState.WITHDRAWN


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"grade": "B", "mass": "3"}, "Bitte wählen Sie, was es ist."),
        ({"category": "kettle", "mass": "1,2"}, "Bitte wählen Sie den Zustand."),
        ({"category": "kettle", "grade": "B"}, "Bitte wiegen Sie es"),
        ({"category": "kettle", "grade": "B", "mass": "viel"}, "ist kein Gewicht"),
        ({"category": "kettle", "grade": "B", "mass": "2 t"}, "zu schwer"),
        ({"category": "kettle", "grade": "B", "mass": "-3"}, "größer als null"),
        (
            {"category": "raumschiff", "grade": "B", "mass": "1"},
            "Diese Warengruppe kennen wir nicht",
        ),
        ({"category": "kettle", "grade": "B", "mass": "1", "status": "waste"}, "ElektroG"),
    ],
)
def test_slips_at_the_counter_are_told_in_plain_words(
    town: Town, staff: Client, data: dict[str, str], words: str
) -> None:
    response = post(staff, f"{HOUSE}annahme/", **data)
    assert response.status_code == 422
    assert words in text(response)
    assert Item.objects.count() == 0


def test_enter_in_the_weight_field_takes_nothing_in(town: Town, staff: Client) -> None:
    response = post(
        staff, f"{HOUSE}annahme/", do="refresh", category="chair", grade="B", mass="5,5"
    )
    assert response.status_code == 200
    assert "Verkaufen wie es ist" in text(response)
    assert Item.objects.count() == 0


def test_the_suggestion_says_why(town: Town, staff: Client) -> None:
    page = text(staff.get(f"{HOUSE}annahme/vorschlag/?category=chest-of-drawers&grade=B&mass=31,5"))
    assert "aus unserer Preistabelle" in page
    assert "CO₂e" in page
    assert 'hx-swap-oob="true"' in page
    kettle = text(staff.get(f"{HOUSE}annahme/vorschlag/?category=kettle&grade=A"))
    assert "elektrisch: wird vor dem Verkauf geprüft" in kettle


def test_tiles_by_words_and_by_group(town: Town, staff: Client) -> None:
    assert 'value="chest-of-drawers"' in text(staff.get(f"{HOUSE}annahme/arten/?q=komode"))
    furniture = text(staff.get(f"{HOUSE}annahme/arten/?gruppe=furniture"))
    assert 'value="wardrobe"' in furniture
    assert 'value="kettle"' not in furniture
    refused = text(staff.get(f"{HOUSE}annahme/arten/?q=kindersitz"))
    assert "disabled" in refused


def test_the_giver_is_found_or_stays_unnamed(town: Town, staff: Client) -> None:
    giver = add_person(town, None, account=False)
    page = text(staff.get(f"{HOUSE}annahme/wer/?q=Vis"))
    assert giver.public_id in page
    post(
        staff,
        f"{HOUSE}annahme/",
        category="chair",
        grade="A",
        estimated="1",
        giver=giver.public_id,
    )
    assert Intake.objects.get().giver == giver


# -- handing over ----------------------------------------------------------------------------
def test_scan_pay_done_and_back(town: Town, staff: Client, sideboard: Item) -> None:
    scanned = staff.get(f"{HOUSE}uebergabe/?nr=http://localhost/p/{sideboard.public_id}")
    there = scanned.headers["Location"]
    assert there == f"{HOUSE}uebergabe/{sideboard.public_id}/"
    done = post(staff, there, price="50", consideration="cash", displaced="yes")
    assert done.headers["Location"] == f"{HOUSE}uebergabe/"
    made = HandOver.objects.get()
    assert (made.price_cents, made.displaced) == (5000, "yes")
    again = post(staff, there, price="50", consideration="cash")
    assert again.status_code == 422
    assert "wurde schon übergeben" in text(again)
    post(staff, f"{HOUSE}uebergabe/zuruecknehmen/{made.public_id}/")
    sideboard.refresh_from_db()
    assert sideboard.state == ItemState.FOR_SALE


def test_an_unknown_number_is_said_where_it_was_typed(town: Town, staff: Client) -> None:
    response = staff.get(f"{HOUSE}uebergabe/?nr=ABCDE12345")
    assert response.status_code == 404
    assert "Diese Nummer gibt es hier nicht." in text(response)


def test_a_volunteer_takes_in_but_takes_no_money(town: Town, sideboard: Item) -> None:
    volunteer = client_of(town, "volunteer")
    assert volunteer.get(f"{HOUSE}annahme/").status_code == 200
    assert volunteer.get(f"{HOUSE}uebergabe/{sideboard.public_id}/").status_code == 403


def test_the_auditor_reads_and_changes_nothing(town: Town, sideboard: Item) -> None:
    auditor = client_of(town, "auditor")
    for path in ("annahme/", "angebote/", "artikel/", f"uebergabe/{sideboard.public_id}/"):
        assert auditor.get(f"{HOUSE}{path}").status_code == 200
    refused = [
        post(auditor, f"{HOUSE}annahme/", category="chair", grade="A", estimated="1"),
        post(auditor, f"{HOUSE}uebergabe/{sideboard.public_id}/", consideration="free"),
        post(auditor, f"{HOUSE}artikel/{sideboard.public_id}/preis/", price="1"),
    ]
    assert [response.status_code for response in refused] == [403, 403, 403]


# -- the shelf -------------------------------------------------------------------------------
def test_a_neighbour_reserves_and_gives_back(town: Town, client: Client, sideboard: Item) -> None:
    path = f"{HOUSE}warenhaus/{sideboard.public_id}/"
    assert "Wir heben es bis Mittwoch, 25. November, 18:00 Uhr für Sie auf." in text(
        client.get(path)
    )
    assert post(client, path, name="Mia").status_code == 422
    kept = post(client, path, name="Mia Muster", phone="02931 1234")
    page = client.get(kept.headers["Location"])
    assert "Für Sie reserviert bis Mittwoch, 25. November, 18:00 Uhr." in text(page)
    shelf = text(client.get(path))
    assert "reserviert bis Mittwoch, 25. November, 18:00 Uhr" in shelf
    assert "Mia" not in shelf
    late = post(Client(), path, name="Paul", phone="0170 1")
    assert late.status_code == 422
    assert "Jemand war schneller" in text(late)
    made = Reservation.objects.get()
    post(client, f"{links.reservation_path(made)}aufheben/")
    assert Reservation.objects.get().state == "cancelled"


def newcomer(email: str = "mia@example.org") -> tuple[Client, User]:
    """An account that no house knows yet."""
    user = User.objects.create_user(email, locale="de")
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client, user


def test_what_an_account_sends_belongs_to_its_data(town: Town, sideboard: Item) -> None:
    client, user = newcomer()
    offer = {"what": "Stuhl", "size": "M", "way": "bring", "name": "Mia Muster"}
    keyed = {"command_key": "einmal", **offer}
    assert client.get(f"{HOUSE}abgeben/angebot/").status_code == 200
    assert not Person.objects.filter(user=user).exists()
    first = client.post(f"{HOUSE}abgeben/angebot/", keyed)
    again = client.post(f"{HOUSE}abgeben/angebot/", keyed)
    assert first.headers["Location"] == again.headers["Location"]
    post(client, f"{HOUSE}warenhaus/{sideboard.public_id}/", phone="02931 123456")
    person = Person.objects.get(user=user)
    known = (person.name, person.phone, person.email, person.locale)
    assert known == ("Mia Muster", "02931123456", "mia@example.org", "de")
    assert (Offer.objects.get().giver, Reservation.objects.get().person) == (person, person)
    mine = json.dumps(my_data(user))
    assert ("Stuhl" in mine, sideboard.title in mine) == (True, True)
    erase_account(town.ctx("board"), user_id=user.public_id)
    person.refresh_from_db()
    assert (person.name, person.phone, person.user) == ("", "", None)


def test_an_account_takes_nobody_who_gave_the_same_address(town: Town) -> None:
    stranger = register_person(
        town.ctx(), organisation=town.organisation, name="Fremd", email="mia@example.org"
    )
    client, user = newcomer()
    post(client, f"{HOUSE}abgeben/angebot/", what="Stuhl", size="M", way="bring")
    person = Person.objects.get(user=user)
    stranger.refresh_from_db()
    assert (stranger.user, person == stranger) == (None, False)


def test_to_fetch_something_a_known_account_is_asked_for_its_telephone(town: Town) -> None:
    client, user = newcomer()
    asks = {"what": "Stuhl", "size": "M", "way": "fetch", "fetch_address": "Markt 2"}
    refused = post(client, f"{HOUSE}abgeben/angebot/", **asks)
    assert (refused.status_code, Person.objects.filter(user=user).exists()) == (422, False)
    post(client, f"{HOUSE}abgeben/angebot/", what="Stuhl", size="M", way="bring")
    assert 'name="phone"' in text(client.get(f"{HOUSE}abgeben/angebot/"))
    post(client, f"{HOUSE}abgeben/angebot/", **asks, phone="02931 123456", meant="another")
    assert Person.objects.get(user=user).phone == "02931123456"
    assert 'name="phone"' not in text(client.get(f"{HOUSE}abgeben/angebot/"))
    post(client, f"{HOUSE}abgeben/angebot/", **asks, meant="another")
    assert Offer.objects.count() == 3


def test_search_forgives_a_slip(town: Town, client: Client, sideboard: Item) -> None:
    assert "Sideboard aus Eiche" in text(client.get(f"{HOUSE}warenhaus/?q=komode"))
    assert "Sideboard aus Eiche" in text(client.get(f"{HOUSE}warenhaus/?art=furniture"))
    assert "Sideboard aus Eiche" not in text(client.get(f"{HOUSE}warenhaus/?art=textiles"))


def test_pages_of_the_shelf_follow_each_other(town: Town, client: Client) -> None:
    for number in range(26):
        services.take_in(
            town.ctx(),
            centre=town.centre,
            category="chair",
            grade="A",
            title=f"Stuhl Nummer {number:02}",
            route="sell",
            price_cents=500,
        )
    first = text(client.get(f"{HOUSE}warenhaus/"))
    assert first.count('class="ws-good"') == 24
    after = first.split("nach=")[1].split('"')[0]
    second = text(client.get(f"{HOUSE}warenhaus/?nach={after}"))
    assert second.count('class="ws-good"') == 2
    assert "Stuhl Nummer 00" in second


@pytest.mark.parametrize(
    ("path", "queries"),
    [("warenhaus/", 6), ("artikel/", 11), ("angebote/", 14), ("annahme/", 14)],
)
def test_lists_ask_as_often_for_three_as_for_one(
    town: Town,
    staff: Client,
    path: str,
    queries: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    def fill() -> None:
        services.take_in(
            town.ctx(), centre=town.centre, category="chair", grade="A", route="sell", price_cents=5
        )
        services.offer_goods(
            town.ctx(), centre=town.centre, lines=("Stuhl",), contact=Contact("Mia", "02931 12")
        )

    client = Client() if path == "warenhaus/" else staff
    fill()
    client.get(f"{HOUSE}{path}")
    with django_assert_max_num_queries(queries) as one:
        client.get(f"{HOUSE}{path}")
    fill()
    fill()
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(f"{HOUSE}{path}")
