"""Erasing a person leaves none of their words in this room, unless the law wants them kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import models
from tests.apps.goods.things import photo
from tests.apps.market import things
from tests.apps.market.things import BAKER, EVA
from tests.world import Town

from wesprint.apps.goods.public import Contact, hand_over
from wesprint.apps.market import services
from wesprint.apps.market.models import Approach, Booking, Consignor, Entry, Listing, Supplier
from wesprint.apps.market.personal import PERSONAL
from wesprint.kernel.clock import FixedClock
from wesprint.platform.base.clock import use_clock
from wesprint.platform.files.services import prepare
from wesprint.platform.people.models import Person
from wesprint.platform.people.services import erase_person

PROBE = Contact("Pia Probe", "0171 3920011", "probe@example.org")
WORDS = (models.CharField, models.TextField)


def stored_words() -> str:
    rows = [row for model in (Approach, Booking, Consignor, Entry, Supplier, Person)
            for row in model.objects.all()]  # fmt: skip
    return " ".join(
        str(getattr(row, field.name))
        for row in rows
        for field in row._meta.fields
        if isinstance(field, WORDS)
    )


def probe(town: Town, bread: Listing) -> Person:
    """Somebody who reserved, wrote an entry, asked about another and speaks for a supplier."""
    booking = services.book(
        town.ctx(), listing=bread, contact=PROBE, way="deliver", deliver_to="Probeweg 1"
    )
    services.apply_as_supplier(town.ctx(), centre=town.centre, firm=BAKER, contact=PROBE)
    services.write_entry(
        town.ctx(),
        centre=town.centre,
        words=things.words(title="Probebretter", business="Probe KG", text="Frau Probe fragen"),
        contact=PROBE,
        photos=(prepare(photo()),),
    )
    other = things.entry(town, "request", EVA)
    services.approach(town.ctx(), entry=other, contact=PROBE, text="Hier Probe")
    assert booking.person is not None
    return booking.person


def test_no_word_of_an_erased_person_stays(town: Town, bread: Listing) -> None:
    person = probe(town, bread)
    erase_person(town.ctx("board"), person=person)
    assert "probe" not in stored_words().lower()
    entry = Entry.objects.get(person=None)
    assert (entry.photo, entry.state, entry.material) == (None, "ended", "wood")


def test_my_data_has_all_of_it(town: Town, bread: Listing) -> None:
    person = probe(town, bread)
    names = {data.name for data in PERSONAL if data.export(person)}
    assert names == {"market.suppliers", "market.bookings", "market.entries", "market.approaches"}


def test_a_consignor_is_kept_as_long_as_things_or_statements_are(town: Town) -> None:
    bowl = things.bowl(town, things.consignment(town))
    person = bowl.consignment.consignor.person
    assert person is not None
    erase_person(town.ctx("board"), person=person)
    person.refresh_from_db()
    assert (person.erased_at, person.name) == (None, "Petra Töpfer")
    hand_over(town.ctx("cashier"), item=bowl.item, price_cents=2999, consideration="cash")
    services.true_up(town.ctx(), item=bowl.item.public_id)
    from tests.apps.market.test_consignment import DECEMBER, NOVEMBER

    with use_clock(FixedClock(DECEMBER)):
        services.draw_up_month(town.ctx(), centre=town.centre, month=NOVEMBER)
        erase_person(town.ctx("board"), person=person)
    person.refresh_from_db()
    assert (person.erased_at, person.blocked_until) == (None, date(2034, 12, 31))


@pytest.mark.parametrize("how", ["back", "donated"])
def test_who_took_everything_back_is_forgotten(town: Town, how: str) -> None:
    bowl = things.bowl(town, things.consignment(town))
    services.end_consigned(town.ctx(), consigned=bowl, how=how)
    person = bowl.consignment.consignor.person
    assert person is not None
    erase_person(town.ctx("board"), person=person)
    consignor = Consignor.objects.get()
    assert (consignor.person, consignor.iban) == (None, "")
