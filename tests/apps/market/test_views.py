"""The pages, as a browser without any script sees them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.apps.goods.test_views import client_of, post, text
from tests.apps.market import things
from tests.world import Town, furnish

from wesprint.apps.market import links, services, statements
from wesprint.apps.market.models import Approach, Booking, Entry, Listing, Payout, Supplier
from wesprint.apps.market.selectors.consignments import settlement_by_id
from wesprint.apps.market.services.settlements import sums_of
from wesprint.web.links import secret_for

HOUSE = "/z/kaufhaus/"
FIRM = {
    "firm": "Backstube Korn",
    "street": "Ruhrstraße 3",
    "postcode": "59821",
    "town": "Arnsberg",
    "firm_email": "korn@example.org",
}


@pytest.fixture
def world(town: Town) -> Town:
    return furnish(town)


def thing(town: Town, name: str) -> str:
    return str(town.things["market"][name])


def csv(body: str, encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile("waren.csv", body.encode(encoding), "text/csv")


# -- suppliers -----------------------------------------------------------------------------
def test_asking_for_a_place_leads_to_the_secret_page(town: Town, client: Client) -> None:
    answer = post(client, f"{HOUSE}schaufenster/mitmachen/", **FIRM)
    supplier = Supplier.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, links.supplier_path(supplier))
    page = text(client.get(answer.headers["Location"]))
    assert "Das Haus sieht Ihre Anfrage an." in page


def test_what_is_missing_is_said_at_its_field(town: Town, client: Client) -> None:
    answer = post(client, f"{HOUSE}schaufenster/mitmachen/", **(FIRM | {"street": ""}))
    assert (answer.status_code, Supplier.objects.count()) == (422, 0)


def test_a_table_is_looked_at_before_it_is_taken_over(
    town: Town, baker: Supplier, client: Client
) -> None:
    path = f"{links.supplier_path(baker)}tabelle/"
    body = "titel;preis;nummer\nKörbe;12,50;1\nTassen;nichts;2\n"
    page = text(post(client, path, file=csv(body, "cp1252")))
    assert "Körbe" in page
    assert "Zeile 3 (Tassen): „nichts“ ist kein Preis in Euro." in page
    assert Listing.objects.count() == 0
    answer = post(client, path, table=body, sure="1")
    assert (answer.status_code, Listing.objects.get().title) == (302, "Körbe")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("nur;worte\n1;2\n", "Das ist kein Produktfeed"),
        ("titel;preis\n" + "x;1\n" * 200_000, "Diese Tabelle ist größer als 600 kB."),
        ("", "Bitte wählen Sie eine Tabelle."),
    ],
)
def test_what_is_no_table(
    town: Town, baker: Supplier, client: Client, body: str, words: str
) -> None:
    given = {"file": csv(body)} if body else {}
    answer = post(client, f"{links.supplier_path(baker)}tabelle/", **given)
    assert (answer.status_code, words in text(answer)) == (422, True)


def test_a_private_feed_address_brings_a_clear_note(
    town: Town, baker: Supplier, client: Client
) -> None:
    answer = post(client, links.supplier_path(baker), url="ftp://shop.example/")
    assert answer.status_code == 422
    assert "Das ist keine Adresse im Netz." in text(answer)


def test_another_suppliers_goods_are_not_found(town: Town, bread: Listing, client: Client) -> None:
    other = things.baker(town)
    for path in ("", "pausieren/"):
        answer = post(client, f"{links.supplier_path(other)}ware/{bread.public_id}/{path}")
        assert answer.status_code == 404


# -- the window ----------------------------------------------------------------------------
def test_reserving_takes_name_and_telephone_and_gives_a_link(
    town: Town, bread: Listing, client: Client
) -> None:
    path = f"{HOUSE}schaufenster/{bread.public_id}/"
    page = text(client.get(path))
    assert "Backstube Korn, Ruhrstraße 3, 59821 Arnsberg, korn@example.org" in page
    answer = post(client, path, count="2", way="collect", name="Mia", phone="02931 1234")
    made = Booking.objects.get()
    assert answer.headers["Location"] == links.booking_path(made)
    page = text(client.get(answer.headers["Location"]))
    assert "Für Sie reserviert bis Mittwoch, 25. November, 18:00 Uhr" in page
    post(client, f"{links.booking_path(made)}aufheben/")
    bread.refresh_from_db()
    assert bread.stock == 6


def test_what_is_not_shown_is_not_found(town: Town, bread: Listing, client: Client) -> None:
    services.hide_listing(town.ctx(), listing=bread)
    path = f"{HOUSE}schaufenster/{bread.public_id}/"
    assert client.get(path).status_code == 404
    assert post(client, path, count="1", way="collect").status_code == 404


def test_too_many_at_once_is_told_in_the_form(town: Town, bread: Listing, client: Client) -> None:
    path = f"{HOUSE}schaufenster/{bread.public_id}/"
    answer = post(client, path, count="9", way="collect", name="Mia", phone="02931 1234")
    assert (answer.status_code, Booking.objects.count()) == (422, 0)
    assert "Jemand war schneller" in text(answer)


def test_a_photo_of_what_was_taken_down_is_gone(world: Town, client: Client) -> None:
    path = f"/schaufenster/foto/{thing(world, 'photo')}/320/"
    services.hide_listing(world.ctx(), listing=Listing.objects.get())
    assert client.get(path).status_code == 404


# -- consignments --------------------------------------------------------------------------
def test_a_statement_as_paper_and_as_tables(world: Town) -> None:
    found = settlement_by_id(world.centre, thing(world, "settlement"))
    assert statements.pdf(found).startswith(b"%PDF")
    head, row = statements.statement_csv(found).lstrip("\ufeff").splitlines()
    assert head.endswith("per_mille,price_cents,house_cents,due_cents,taken_back")
    assert row.endswith("350,2999,1050,1949,0")


def test_a_name_that_looks_like_a_formula_is_harmless(world: Town) -> None:
    payout = Payout.objects.get()
    (consignor,) = sums_of(payout)
    assert consignor.person is not None
    consignor.person.name = "=HYPERLINK(1)"
    consignor.person.save()
    text_ = statements.payout_csv(payout, sums_of(payout))
    assert "'=HYPERLINK(1)" in text_.splitlines()[1]


def test_only_the_treasurer_and_the_board_pay_out(world: Town) -> None:
    path = f"{HOUSE}abrechnungen/auszahlung/{thing(world, 'payout')}/bezahlt/"
    for role, status in (("cashier", 403), ("staff", 403), ("treasurer", 302)):
        assert post(client_of(world, role), path).status_code == status
    assert Payout.objects.get().state == "paid"


def test_the_office_agrees_and_takes_in(town: Town) -> None:
    staff = client_of(town, "staff")
    given: dict[str, Any] = {
        "name": "Petra Töpfer",
        "phone": "02931 5555",
        "percent": "32,5",
        "since": "2026-11-01",
        "least": "10",
        "afterwards": "back",
    }
    answer = post(staff, f"{HOUSE}kommission/neu/", **given)
    page = answer.headers["Location"]
    assert "32,5 % ab 01.11.2026" in text(staff.get(page))
    ware = {"category": "dishes", "grade": "A", "mass": "0,8", "price": "9"}
    refused = post(staff, f"{page}annahme/", **ware)
    assert "Der Preis liegt unter dem vereinbarten Mindestpreis." in text(refused)
    assert post(staff, f"{page}annahme/", **(ware | {"price": "29,99"})).status_code == 302
    assert "29,99" in text(staff.get(page))


# -- the exchange --------------------------------------------------------------------------
def test_opening_the_link_alone_confirms_nothing(town: Town, client: Client) -> None:
    given = {
        "kind": "offer",
        "material": "wood",
        "title": "Eichenbretter",
        "amount": "1,2",
        "unit": "g",
        "since": "2026-11-24",
        "until": "2026-12-24",
        "postcode": "59821",
        "town": "Arnsberg",
        "business": "Tischlerei Tom",
        "name": "Tom",
        "email": "tom@example.org",
    }
    answer = post(client, f"{HOUSE}materialboerse/neu/", **given)
    assert answer.headers["Location"] == f"{HOUSE}materialboerse/post/"
    made = Entry.objects.get()
    secret = links.entry_path(made)
    client.get(secret)
    made.refresh_from_db()
    assert (made.state, made.quantity) == ("unconfirmed", 1200)
    post(client, f"{secret}bestaetigen/")
    made.refresh_from_db()
    assert made.state == "waiting"


def test_a_yes_by_link_shows_both_sides(world: Town, client: Client) -> None:
    made = Approach.objects.get()
    mine, theirs = links.approach_path(made), links.entry_path(made.entry)
    assert "tom@example.org" not in text(client.get(mine))
    assert "eva@example.org" not in text(client.get(theirs))
    post(client, f"{theirs}{made.public_id}/ja/")
    assert "tom@example.org" in text(client.get(mine))
    assert "eva@example.org" in text(client.get(theirs))


def test_links_of_one_purpose_open_nothing_else(world: Town, client: Client) -> None:
    secret = secret_for(thing(world, "entry"), links.SUPPLIER)
    for path in ("m", "l", "b", "mi"):
        assert client.get(f"/{path}/{secret}/").status_code == 404
        assert client.get(f"/{path}/{uuid4().hex}/").status_code == 404
