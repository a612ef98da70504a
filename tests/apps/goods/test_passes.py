"""Passes, labels and codes: what a thing tells about its way."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.apps.goods.test_views import HOUSE, client_of, text
from tests.apps.goods.things import REPORT
from tests.world import Town, add_person, make_town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(town: Town) -> Client:
    return client_of(town, "staff")


def test_the_pass_tells_the_way_without_names(town: Town, client: Client) -> None:
    giver = add_person(town, None)
    item = services.take_in(
        town.ctx(), centre=town.centre, category="kettle", grade="B", giver=giver
    )
    services.record_test(town.ctx(), item=item, passed=True, report=REPORT)
    services.put_up_for_sale(town.ctx(), item=item, price_cents=800)
    services.hand_over(town.ctx("cashier"), item=item, price_cents=800, consideration="cash")
    page = text(client.get(f"/p/{item.public_id}"))
    steps = [
        "Aus der Nachbarschaft gebracht",
        "Elektroprüfung bestanden",
        "Ins Regal gestellt",
        "An neue Hände übergeben",
    ]
    places = [page.index(step) for step in steps]
    assert places == sorted(places)
    assert giver.name not in page
    assert '"@type": "Product"' in page
    assert client.get(f"/p/{item.public_id.lower()}").status_code == 200
    assert client.get("/p/AAAAAAAAAA").status_code == 404


def test_label_and_sheet_are_pdfs_and_the_code_is_a_picture(
    town: Town, staff: Client, sideboard: Item
) -> None:
    label = staff.get(f"/p/{sideboard.public_id}/etikett.pdf")
    sheet = staff.get(f"{HOUSE}annahme/{sideboard.intake.public_id}/etiketten.pdf")
    for answer in (label, sheet):
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
    code = staff.get(f"/p/{sideboard.public_id}/qr.svg")
    assert b"<svg" in code.content


def test_another_house_shows_nothing_of_this_one(town: Town, sideboard: Item) -> None:
    other = make_town("nachbarort")
    stranger = client_of(other, "staff")
    for path in ("artikel", "uebergabe", "warenhaus"):
        found = stranger.get(f"/z/nachbarort/{path}/{sideboard.public_id}/")
        assert found.status_code == 404
    assert stranger.get(f"{HOUSE}annahme/").status_code == 404
