"""What was a slip is taken back on the day itself, and a price keeps its history."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.apps.goods.test_outflows import ELECTRICAL, kettles, left_in_stock
from tests.apps.goods.test_views import HOUSE, client_of, post, text
from tests.world import Town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Item, PriceChange
from wesprint.apps.goods.selectors.outflows import cages, statement
from wesprint.apps.goods.services.weight import Weight
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Refused


def test_a_price_changed_by_hand_keeps_the_old_one(
    town: Town, sideboard: Item, clock: FixedClock
) -> None:
    listed = sideboard.for_sale_since
    clock.advance(timedelta(hours=2))
    services.set_price(town.ctx(), item=sideboard, price_cents=4000)
    services.set_price(town.ctx(), item=sideboard, price_cents=4000)  # nothing to remember
    rows = PriceChange.objects.values_list("old_cents", "new_cents", "at", "rule", "listed_since")
    assert list(rows) == [(5500, 4000, clock.now(), None, listed)]
    page = text(client_of(town, "staff").get(f"{HOUSE}artikel/{sideboard.public_id}/"))
    assert "von Hand geändert" in page


def test_a_thing_comes_out_of_the_cage_on_the_same_day(
    town: Town, sideboard: Item, clock: FixedClock
) -> None:
    services.change_to_waste(town.ctx(), item=sideboard)
    assert [cage.pieces for cage in cages(town.centre)] == [1]
    clock.advance(timedelta(hours=13, minutes=59))
    staff = client_of(town, "staff")
    path = f"{HOUSE}artikel/{sideboard.public_id}/"
    assert f'action="{path}aus-dem-kaefig/"' in text(staff.get(path))
    assert post(staff, f"{path}aus-dem-kaefig/").status_code == 302
    sideboard.refresh_from_db()
    found = (sideboard.status, sideboard.state, sideboard.route, sideboard.waste_code)
    assert found == ("product", "taken-in", "sell", "")
    assert (cages(town.centre), sideboard.caged_at) == ((), None)
    services.take_out_of_cage(town.ctx(), item=sideboard)  # twice changes nothing more
    services.put_up_for_sale(town.ctx(), item=sideboard, price_cents=5000)


def test_from_the_next_day_on_it_stays_in_the_cage(
    town: Town, sideboard: Item, clock: FixedClock
) -> None:
    services.change_to_waste(town.ctx(), item=sideboard)
    clock.advance(timedelta(hours=14))
    with pytest.raises(Refused) as caught:
        services.take_out_of_cage(town.ctx(), item=sideboard)
    assert caught.value.code == "too-late"
    page = text(client_of(town, "staff").get(f"{HOUSE}artikel/{sideboard.public_id}/"))
    assert "aus-dem-kaefig" not in page


def test_a_load_that_did_not_leave_is_taken_back_to_the_gram(town: Town, clock: FixedClock) -> None:
    first, second = kettles(town, 1_100, 900)
    recycler = services.add_recipient(
        town.ctx(), centre=town.centre, name="Verwertung Ruhr", party="recycler"
    )
    sent = services.send_load(
        town.ctx(),
        centre=town.centre,
        items=[first, second],
        waste_code=ELECTRICAL,
        recipient=recycler,
        slip_number="4711",
        weight=Weight(2_150, "measured"),
    )
    clock.advance(timedelta(hours=1))
    staff, path = client_of(town, "staff"), f"{HOUSE}ausgaenge/fuhre/{sent.public_id}/"
    assert "Fuhren von heute" in text(staff.get(f"{HOUSE}ausgaenge/"))
    assert post(staff, f"{path}zuruecknehmen/").status_code == 302
    services.take_back_load(town.ctx(), load=sent)  # twice changes nothing more
    sent.refresh_from_db()
    assert sent.cancelled_at == clock.now()
    assert [(cage.code, cage.pieces, cage.grams) for cage in cages(town.centre)] == [
        (ELECTRICAL, 2, 2_000)
    ]
    assert left_in_stock(town) == 2_000
    assert statement(town.centre, 2026).rows == ()
    assert "Fuhren von heute" not in text(staff.get(f"{HOUSE}ausgaenge/"))
    again = services.send_load(
        town.ctx(),
        centre=town.centre,
        items=[first],
        waste_code=ELECTRICAL,
        recipient=recycler,
        slip_number="4711",
    )
    clock.advance(timedelta(hours=13))
    with pytest.raises(Refused) as caught:
        services.take_back_load(town.ctx(), load=again)
    assert (caught.value.code, left_in_stock(town)) == ("too-late", 900)


def test_from_its_page_a_thing_goes_into_the_workshop(town: Town, sideboard: Item) -> None:
    path = f"{HOUSE}artikel/{sideboard.public_id}/"
    order = f"{HOUSE}werkstatt/neu/?q={sideboard.public_id}&stueck={sideboard.public_id}"
    link = f'href="{order.replace("&", "&amp;")}"'
    staff = client_of(town, "staff")
    assert link in text(staff.get(path))
    assert f'value="{sideboard.public_id}" checked' in text(staff.get(order))
    seen: list[Client] = [client_of(town, role) for role in ("cashier", "auditor")]
    assert [link in text(client.get(path)) for client in seen] == [False, False]
    services.change_to_waste(town.ctx(), item=sideboard)
    assert link not in text(staff.get(path))
