"""One person, one phone: a whole day of 25 drops with one bike, from the first scan to the report,
by whoever is dispatcher and rider at once."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.apps.delivery import things
from tests.world import START, Town

from wesprint.apps.delivery import links
from wesprint.apps.delivery.models import Parcel, Scan, Shipment, Stop, Tour
from wesprint.platform.base.clock import now
from wesprint.platform.jobs.worker import work_off
from wesprint.platform.people.models import Role

pytestmark = pytest.mark.browser

DROPS = 25
STREETS = ("Birkenstraße", "Erlenstraße", "Brunnenstraße", "Hügelstraße", "Alte Bahnhofstraße")
NUMBERS = ("1", "3", "4", "5", "6", "7", "9", "11")


def tomorrow(town: Town) -> date:
    """The whole day lies ahead, whenever the test runs."""
    return now().astimezone(town.centre.tz).date() + timedelta(days=1)


def announced(town: Town) -> None:
    """By the shop; real doors, one parcel each, a bike."""
    things.hub(town, things.bindlach(town))
    things.bike(town, starts=time(8), ends=time(18))
    sender = things.shop(town)
    doors = [f"{street} {number}" for number in NUMBERS for street in STREETS][:DROPS]
    day = tomorrow(town)
    for number, door in enumerate(doors):
        things.shipment(
            town,
            sender,
            door,
            name=f"Haushalt {number}",
            day=day,
            parcels=things.parcels(f"T{number:02}"),
        )


def phone(town: Town) -> None:
    """The dispatcher rides too."""
    Role.objects.create(
        person=town.people["dispatcher"],
        role="rider",
        organisation=town.organisation,
        centre=town.centre,
        since=START,
    )


def test_a_whole_day_from_one_phone(visit: Any, towns: tuple[Town, Town]) -> None:
    town, _other = towns
    announced(town)
    phone(town)
    rider = visit(width=360)
    rider.sign_in(town, "dispatcher")
    page: Page = rider.open("/z/kaufhaus/lieferung/hub/")
    for number in range(DROPS):
        page.get_by_label("Strichcode").fill(f"T{number:02}")
        page.get_by_role("button", name="Es ist da").click()
        expect(page.get_by_text(f"T{number:02} ist da.")).to_be_visible()
    board = f"/z/kaufhaus/lieferung/?tag={tomorrow(town)}"
    rider.open(board)
    page.get_by_role("button", name="Tag planen").click()
    work_off()
    rider.open(board)
    load = page.get_by_role("link", name="Laden")
    expect(load.first).to_be_visible()
    load.first.click()
    page.get_by_role("button", name="Ich fahre sie").click()
    page.get_by_role("button", name="Alle 25, die hier liegen").click()
    page.get_by_role("link", name="Fahren", exact=True).last.click()
    page.get_by_role("button", name="Das Rad fährt los").click()
    tour = Tour.objects.get()
    for stop in Stop.objects.filter(tour=tour, kind="drop").order_by("position")[: DROPS - 1]:
        expect(page.locator("[data-ws-next]")).to_have_attribute("data-ws-next", stop.public_id)
        page.get_by_role("button", name="Übergeben").first.click()
    page.get_by_text("Es hat nicht geklappt").click()
    page.get_by_role("button", name="niemand da").click()
    expect(page.get_by_text("Alle Halte sind erledigt")).to_be_visible()
    page.get_by_role("button", name="Zurück im Mikrodepot").click()
    rider.open(f"/z/kaufhaus/lieferung/zahlen/?monat={tomorrow(town):%Y-%m}")
    expect(page.get_by_text("Halte erledigt")).to_be_visible()
    assert Parcel.objects.filter(state="delivered").count() == DROPS - 1
    assert Scan.objects.count() == 3 * DROPS
    again = Shipment.objects.get(closed_at=None)
    rider.open(links.tracking_path(again))
    expect(page.get_by_text("Es kommt am")).to_be_visible()
