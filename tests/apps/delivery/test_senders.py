"""What senders bring and take: lists with mistakes, orders of the shelf, events, statements."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.apps.delivery import things
from tests.apps.goods import things as goods
from tests.world import Town

from wesprint.apps.delivery import links, manifest, services
from wesprint.apps.delivery.models import Bike, Parcel, Sender, Shipment, Stop, Tour
from wesprint.apps.goods.public import Contact, reserve, wish_delivery
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Invalid
from wesprint.platform.jobs.worker import work_off
from wesprint.web.links import secret_for

LIST = """Sendungsnummer;Empfänger;Straße;PLZ;Ort;Gewicht
00340434;Ada Adler;Birkenstraße 4;95463;Bindlach;12,5
00340435;Bo Bär;Eichenweg 2;95463;Bindlach;0,8
00340435;Cem Can;Eichenweg 2;95463;Bindlach;1
;Dora;Eichenweg 3;95463;Bindlach;1
00340436;Eli;Eichenweg 4;95463;Bindlach;schwer
"""


def test_a_list_is_read_row_by_row_and_every_fault_is_named() -> None:
    lines = manifest.read(LIST.encode("cp1252"))
    assert [(one.barcode, one.mass_g, bool(one.fault)) for one in lines] == [
        ("00340434", 12_500, False),
        ("00340435", 800, False),
        ("00340435", 1_000, True),
        ("", 1_000, True),
        ("00340436", 0, True),
    ]
    assert lines[0].address == "Birkenstraße 4, 95463 Bindlach"


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\x01", b"a;b\n1;2\n", b"[1, 2]", b"{", b"[" * 100_000, b'{"parcels": 3}'],
)
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        manifest.read(data)


def test_json_says_the_same() -> None:
    rows = [{"barcode": "1", "name": "Ada", "address": "Weg 1", "weight_kg": 2, "extra": [1]}]
    (line,) = manifest.read(json.dumps({"parcels": rows}).encode())
    assert (line.barcode, line.name, line.mass_g, line.fault) == ("1", "Ada", 2_000, "")


def signed_in(town: Town, role: str) -> Client:
    user = town.people[role].user
    assert user is not None
    client = Client(HTTP_ACCEPT_LANGUAGE="de")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def brought(client: Client, sender: Sender) -> Any:
    """The file with its preview."""
    file = SimpleUploadedFile("liste.csv", LIST.encode())
    fields = {"sender": sender.public_id, "day": things.DAY.isoformat(), "file": file}
    return client.post("/z/kaufhaus/lieferung/liste/", fields)


def test_nothing_is_announced_before_the_preview_is_confirmed(town: Town) -> None:
    sender, client = things.carrier(town), signed_in(town, "dispatcher")
    page = brought(client, sender)
    assert (page.context["good"], Shipment.objects.count()) == (2, 0)
    sent = {
        "rows": page.context["rows"],
        "sender": sender.public_id,
        "day": things.DAY.isoformat(),
        "command_key": "once",
    }
    for _twice in range(2):
        assert client.post("/z/kaufhaus/lieferung/liste/", sent).status_code == 302
    codes = Parcel.objects.order_by("barcode").values_list("barcode", "mass_g")
    assert list(codes) == [("00340434", 12_500), ("00340435", 800)]


def test_a_sender_hears_of_every_handover_and_pays_for_what_was_brought(
    town: Town, bike: Bike, clock: FixedClock
) -> None:
    sender = things.carrier(town)
    services.set_price(town.ctx(), centre=town.centre, size="S", cents=320, since=things.DAY)
    things.shipment(town, sender, "Birkenstraße 4", parcels=things.parcels("A1"), reference="R-1")
    services.scan_in(town.ctx(), centre=town.centre, code="A1")
    services.plan_day(town.ctx(), things.board(town), things.QUICK)
    tour = Tour.objects.select_related("board__centre", "rider").get()
    services.take_tour(town.ctx("rider"), tour=tour, rider=town.people["rider"])
    services.load_all(town.ctx("rider"), tour=tour)
    services.depart(town.ctx("rider"), tour=tour)
    services.finish_stop(town.ctx("rider"), stop=Stop.objects.get(), outcome="person")
    secret = secret_for(sender.public_id, links.SENDER)
    answer = Client().get(f"/versand/{secret}/status.json").json()
    said = [(one["barcode"], one["reference"], one["event"]) for one in answer["events"]]
    assert said == [("A1", "R-1", "in"), ("A1", "R-1", "out"), ("A1", "R-1", "delivered")]
    assert Client().get("/versand/falsch/status.json").status_code == 404
    bill = signed_in(town, "dispatcher").get(
        f"/z/kaufhaus/lieferung/abrechnung/{sender.public_id}/?monat=2026-11"
    )
    *_head, row, foot = b"".join(bill.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert row.split(",")[2:] == ["R-1", "S", "1", "320"]
    assert foot.split(",")[4:] == ["1", "320"]


def test_an_order_of_the_shelf_arrives_by_itself(town: Town) -> None:
    item = goods.sideboard(town)
    contact = Contact("Mia Muster", "0921 123456", "mia@example.org")
    reservation = reserve(town.ctx(), item=item, contact=contact)
    wish_delivery(town.ctx(), reservation=reservation, address="Birkenstraße 4, Bindlach")
    work_off()
    shipment = Shipment.objects.select_related("sender", "recipient").get()
    assert (shipment.reservation, shipment.sender.kind, shipment.match) == (
        reservation.public_id,
        "house",
        "exact",
    )
    assert (shipment.day.isoformat(), Parcel.objects.get().mass_g) == ("2026-11-25", item.mass_g)
