"""What the pages of this room are about: a sideboard, a chair that is reserved, a lamp that is
gone, an offer with its photo."""

from __future__ import annotations

import io
from datetime import time

from PIL import Image
from tests.world import Town

from wesprint.apps.goods import links, services
from wesprint.apps.goods.models import Item, Offer, Place
from wesprint.apps.goods.services.ageing import Fall
from wesprint.apps.goods.services.clearances import Thing
from wesprint.apps.goods.services.contacts import Contact
from wesprint.apps.goods.services.weight import Weight
from wesprint.apps.goods.testing import ElectricalReport
from wesprint.apps.goods.wanted import Wanted
from wesprint.platform.base.clock import now
from wesprint.platform.files.services import prepare
from wesprint.platform.imports import services as imports

MIA = Contact("Mia Muster", "02931 1234")


REPORT = ElectricalReport("II", "Prüfgerät 1", "EB", insulation_kohm=20_000, leakage_ua=40)


def photo(shade: int = 90) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (120, shade, 60)).save(out, "JPEG")
    return out.getvalue()


def sideboard(town: Town, **values: object) -> Item:
    """On the shelf for 55 €, weighed, with a photo."""
    usual: dict[str, object] = {
        "category": "chest-of-drawers",
        "grade": "B",
        "weight": Weight(31_500, "measured"),
        "route": "sell",
        "price_cents": 5500,
        "title": "Sideboard aus Eiche",
    }
    given = usual | values
    return services.take_in(town.ctx(), centre=town.centre, **given)  # type: ignore[arg-type]


def batch(town: Town, **values: object) -> Item:
    """10 kg of clothing on the shelf for 40 €, weighed."""
    usual: dict[str, object] = {
        "category": "clothing",
        "weight": Weight(10_000, "measured"),
        "price_cents": 4000,
        "title": "Kleidung gemischt",
    }
    return sideboard(town, **(usual | values))


def shelf(town: Town) -> Place:
    """Shelf 1A on floor 1."""
    floor = services.add_place(
        town.ctx(), centre=town.centre, kind="floor", code="1", name="Erdgeschoss"
    )
    return services.add_place(
        town.ctx(), centre=town.centre, kind="shelf", code="1A", name="Regal links", parent=floor
    )


def household(town: Town, **values: object) -> Offer:
    """Three lines, to be fetched; the rest may go to the waste authority."""
    usual: dict[str, object] = {
        "things": (
            Thing("Kommode", "L", 1, "in gute Hände"),
            Thing("Stuhl", "M", 4),
            Thing("Matratze", "L", 2),
        ),
        "way": "fetch",
        "contact": MIA,
        "fetch_address": "Probeweg 1, Arnsberg",
        "rest_to_authority": True,
    }
    given = usual | values
    return services.offer_household(town.ctx(), centre=town.centre, **given)  # type: ignore[arg-type]


def fill(town: Town) -> None:
    item = sideboard(town, photos=(prepare(photo()),))
    chair = sideboard(town, category="chair", title="Stuhl", weight=Weight())
    book = sideboard(town, category="books", title="Krimis", weight=Weight(4000, "measured"))
    kept = services.reserve(town.ctx(), item=chair, contact=MIA)
    waits = services.join_waiting_list(
        town.ctx(), item=chair, contact=Contact("Paul Platz", "0170 123456")
    )
    lamp = sideboard(town, title="Nachtschrank")
    services.wish_delivery(
        town.ctx(),
        reservation=services.reserve(town.ctx(), item=lamp, collection=waits.collection),
        address="Probeweg 1, Arnsberg",
    )
    search = services.save_search(
        town.ctx(),
        centre=town.centre,
        wanted=Wanted(words="Sofa"),
        email=f"mia@{town.centre.slug}.example",
    )
    assert waits.collection is not None
    gone = services.hand_over(
        town.ctx("cashier"), item=book, price_cents=5500, consideration="cash"
    )
    offer = services.offer_goods(
        town.ctx(), centre=town.centre, lines=("Wasserkocher",), photos=(prepare(photo(60)),)
    )
    social = services.set_social_rule(
        town.ctx("board"),
        centre=town.centre,
        terms=services.SocialTerms("Stadtpass", 40, 100),
    )
    gate = services.add_gate(
        town.ctx(), centre=town.centre, kind="never-sell", words="GX 200", reason="zurückgerufen"
    ).gate
    kettle = sideboard(
        town, category="kettle", title="Kocher", route="", price_cents=None, weight=Weight()
    )
    services.change_to_waste(town.ctx(), item=kettle)
    broken = sideboard(town, title="Regal, gebrochen", price_cents=None)
    load = services.send_load(town.ctx(), centre=town.centre, items=[broken], waste_code="20 01 38")
    clothes, rack = batch(town), shelf(town)
    services.add_tag(town.ctx(), item=clothes, price_cents=200, piece_g=250, name="Hemd")
    services.move_items(town.ctx(), items=[item], place=rack)
    finished = services.begin_stocktake(town.ctx(), centre=town.centre, place=rack)
    services.count_item(town.ctx(), stocktake=finished, item=item)
    services.finish_stocktake(town.ctx(), stocktake=finished)
    count = services.begin_stocktake(town.ctx(), centre=town.centre, place=rack)
    services.count_item(town.ctx(), stocktake=count, item=clothes)
    services.set_ageing_rule(town.ctx(), centre=town.centre, fall=Fall(30, 20, 3))
    slot = services.open_slot(
        town.ctx("board"),
        centre=town.centre,
        way="bring",
        weekday=2,
        starts=time(10),
        ends=time(12),
        capacity=2,
        at_once=True,
    )
    clearance = household(town)
    services.choose_lines(town.ctx(), offer=clearance, taken=(0,))
    services.pass_on_rest(town.ctx(), offer=clearance)
    offer_photo, item_photo = offer.photos.get(), item.photos.get()
    table = imports.bring(
        town.ctx(),
        centre=town.centre,
        kind="goods",
        name="bestand.csv",
        blocks=iter([b"Kategorie;Zustand;Preis\nStuhl;B;12,00\n"]),
    )
    town.things["goods"] = {
        "table": table.public_id,
        "item": item.public_id,
        "gate": gate.public_id,
        "social": social.public_id,
        "batch": clothes.public_id,
        "place": rack.public_id,
        "stocktake": count.public_id,
        "finished": finished.public_id,
        "visit": item.intake.public_id,
        "photo": item_photo.file.public_id,
        "month": f"{now().astimezone(town.centre.tz):%Y-%m}",
        "waiting": waits.public_id,
        "collection_secret": links.secret_for(waits.collection.public_id, links.COLLECTION),
        "search_secret": links.secret_for(search.public_id, links.SEARCH),
        "slot": slot.public_id,
        "clearance": clearance.public_id,
        "rest_secret": links.secret_for(clearance.public_id, links.CLEARANCE),
        "hand_over": gone.public_id,
        "load": load.public_id,
        "offer": offer.public_id,
        "offer_secret": links.secret_for(offer.public_id, links.OFFER),
        "offer_photo": offer_photo.file.public_id,
        "reservation_secret": links.secret_for(kept.public_id, links.RESERVATION),
    }
