"""What the pages of this room are about: a baker with bread, something reserved, things sold for
a potter with a statement and a payout list, and entries of the exchange."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.apps.goods.things import photo
from tests.world import Town

from wesprint.apps.goods.public import Contact, Weight, hand_over
from wesprint.apps.market import links, services
from wesprint.apps.market.models import (
    Approach,
    ConsignedItem,
    Consignment,
    Entry,
    Listing,
    Supplier,
)
from wesprint.apps.market.services.exchange import Words
from wesprint.apps.market.services.suppliers import Firm
from wesprint.apps.market.wares import Ware
from wesprint.kernel.clock import FixedClock
from wesprint.platform.base.clock import now, use_clock
from wesprint.platform.files.services import prepare
from wesprint.web.links import secret_for

BAKER = Firm("Backstube Korn", "Ruhrstraße 3", "59821", "Arnsberg", "korn@example.org")
MIA = Contact("Mia Muster", "02931 1234", "mia@example.org")
TOM = Contact("Tom Tischler", "", "tom@example.org")
EVA = Contact("Eva Hotel", "", "eva@example.org")
BREAD = Ware("Roggenbrot", 520, stock=6, kind="food", made_within_km=12, text="Aus dem Holzofen.")
IBAN = "DE89370400440532013000"


def baker(town: Town, *, approved: bool = True) -> Supplier:
    made = services.apply_as_supplier(town.ctx(), centre=town.centre, firm=BAKER)
    if approved:
        services.approve_supplier(town.ctx(), supplier=made)
    made.refresh_from_db()
    return made


def bread(town: Town, supplier: Supplier, **values: object) -> Listing:
    ware = replace(BREAD, **values)  # type: ignore[arg-type]
    return services.list_ware(town.ctx(), supplier=supplier, ware=ware)


def consignment(town: Town, **values: object) -> Consignment:
    usual: dict[str, object] = {
        "since": date(2026, 1, 1),
        "per_mille": 350,
        "afterwards": "back",
        "contact": Contact("Petra Töpfer", "02931 5555"),
        "iban": IBAN,
    }
    given = usual | values
    return services.agree_consignment(town.ctx(), centre=town.centre, **given)  # type: ignore[arg-type]


def bowl(town: Town, consignment: Consignment, **values: object) -> ConsignedItem:
    usual: dict[str, object] = {
        "category": "dishes",
        "grade": "A",
        "price_cents": 2999,
        "weight": Weight(800, "measured"),
        "title": "Schale aus Steinzeug",
    }
    given = usual | values
    return services.consign(town.ctx(), consignment=consignment, **given)  # type: ignore[arg-type]


def words(kind: str = "offer", **values: object) -> Words:
    today = now().date()
    made = Words(
        kind=kind,
        material="wood",
        title="Eichenbretter, Reste",
        quantity=40,
        unit="piece",
        since=today,
        until=today + timedelta(days=30),
        postcode="59821",
        town="Arnsberg",
        business="Tischlerei Tom",
    )
    return replace(made, **values)  # type: ignore[arg-type]


def entry(town: Town, kind: str = "offer", contact: Contact = TOM, **values: object) -> Entry:
    made = services.write_entry(
        town.ctx(), centre=town.centre, words=words(kind, **values), contact=contact
    )
    services.confirm_entry(town.ctx(), entry=made)
    return services.decide_entry(town.ctx(), entry=made, shown=True)


def asked(town: Town, about: Entry) -> Approach:
    made = services.approach(town.ctx(), entry=about, contact=EVA, text="Wir nehmen alle.")
    return services.confirm_approach(town.ctx(), approach=made)


def _sold_last_month(town: Town) -> ConsignedItem:
    at = now().replace(day=1) - timedelta(days=3)
    with use_clock(FixedClock(at)):
        gone = bowl(town, consignment(town, since=date(2020, 1, 1)))
        hand_over(town.ctx("cashier"), item=gone.item, price_cents=2999, consideration="cash")
        services.true_up(town.ctx(), item=gone.item.public_id)
    return gone


def fill(town: Town) -> None:
    supplier = baker(town)
    listing = services.list_ware(
        town.ctx(), supplier=supplier, ware=BREAD, photos=(prepare(photo(50)),)
    )
    booking = services.book(town.ctx(), listing=listing, contact=MIA)
    gone = _sold_last_month(town)
    held = bowl(town, gone.consignment)
    month = (now().replace(day=1) - timedelta(days=3)).date().replace(day=1)
    (settlement,) = services.draw_up_month(town.ctx(), centre=town.centre, month=month)
    payout = services.draw_up_payout(town.ctx(), centre=town.centre)
    board = services.write_entry(
        town.ctx(),
        centre=town.centre,
        words=words(),
        contact=TOM,
        photos=(prepare(photo(70)),),
    )
    services.confirm_entry(town.ctx(), entry=board)
    services.decide_entry(town.ctx(), entry=board, shown=True)
    entry(town, "request", EVA, title="Eichenbretter gesucht", business="Hotel Eva")
    approach = asked(town, board)
    assert board.photo is not None
    town.things["market"] = {
        "supplier": supplier.public_id,
        "supplier_secret": secret_for(supplier.public_id, links.SUPPLIER),
        "listing": listing.public_id,
        "photo": listing.pictures.get().file.public_id,
        "booking": booking.public_id,
        "booking_secret": secret_for(booking.public_id, links.BOOKING),
        "consignment": gone.consignment.public_id,
        "consigned": held.item.public_id,
        "settlement": settlement.public_id,
        "payout": payout.public_id,
        "entry": board.public_id,
        "entry_photo": board.photo.public_id,
        "entry_secret": secret_for(board.public_id, links.ENTRY),
        "approach": approach.public_id,
        "approach_secret": secret_for(approach.public_id, links.APPROACH),
    }
