"""Offcuts of the workshop leave as loads: in the list of what left, and in the waste statement."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.apps.goods.things import sideboard
from tests.apps.workshop import things
from tests.world import Town

from wesprint.apps.goods import services as goods
from wesprint.apps.goods.models import FractionStock, Load
from wesprint.apps.goods.selectors.outflows import PAGE, outflows, statement
from wesprint.apps.goods.services.weight import Weight
from wesprint.apps.workshop import services
from wesprint.apps.workshop.services import Made, Offcut
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, Refused
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.ledger.selectors import stock_gap, unbalanced


@pytest.fixture
def box(town: Town) -> FractionStock:
    """22.5 kg of wood that fell off."""
    order = things.order(town, things.sideboard(town))
    services.weigh_out(
        town.ctx(),
        order=order,
        made=(Made("stool", 9_000),),
        offcuts=(Offcut("wood", 22_500),),
    )
    return FractionStock.objects.get()


def test_what_is_taken_away_is_a_load_with_recipient_and_slip(
    town: Town, box: FractionStock
) -> None:
    mill = goods.add_recipient(
        town.ctx(), centre=town.centre, name="Holzverwertung", party="recycler"
    )
    for grams, slip in ((10_000, "H-1"), (12_000, "H-2")):
        goods.empty_fraction(
            town.ctx(), box=box, mass_g=grams, waste_code="20 01 38", recipient=mill,
            slip_number=slip,
        )  # fmt: skip
    (row,) = statement(town.centre, 2026).rows
    assert (row.code, row.recipient, row.loads, row.pieces, row.grams, row.weighed_g) == (
        "20 01 38", "Holzverwertung", 2, 0, 22_000, 22_000,
    )  # fmt: skip
    shown = [(one.way, one.load.material, one.load.mass_g) for one in outflows(town.centre).rows
             if one.load is not None]  # fmt: skip
    assert shown == [("recycled", "wood", 12_000), ("recycled", "wood", 10_000)]
    assert EconomicEvent.objects.latest("pk").receiver == mill.agent
    assert (stock_gap(town.centre), unbalanced(town.centre)) == (0, [])


def test_a_load_that_cannot_be_leaves_nothing_behind(town: Town, box: FractionStock) -> None:
    disposer = goods.add_recipient(town.ctx(), centre=town.centre, name="Kippe", party="waste")
    with pytest.raises(Refused):
        goods.empty_fraction(
            town.ctx(), box=box, mass_g=1_000, waste_code="20 01 38", recipient=disposer
        )
    with pytest.raises(Refused):
        goods.empty_fraction(town.ctx(), box=box, mass_g=22_501, waste_code="20 01 38")
    assert not Load.objects.exists()
    mill = goods.add_recipient(town.ctx(), centre=town.centre, name="Mühle", party="recycler")
    for again in (False, True):
        values = {"mass_g": 100, "waste_code": "20 01 38", "recipient": mill, "slip_number": "1"}
        if again:
            with pytest.raises(Conflict):
                goods.empty_fraction(town.ctx(), box=box, **values)  # type: ignore[arg-type]
        else:
            goods.empty_fraction(town.ctx(), box=box, **values)  # type: ignore[arg-type]
    assert Load.objects.count() == 1


def test_things_and_offcuts_share_one_list_page_by_page(
    town: Town, box: FractionStock, clock: FixedClock
) -> None:
    """All at the same moment: nothing is shown twice, nothing is left out."""
    for number in range(PAGE):
        chair = sideboard(
            town, category="chair", title=f"Stuhl {number}", weight=Weight(4_000, "measured")
        )
        goods.hand_over(town.ctx("cashier"), item=chair, price_cents=100, consideration="cash")
        if number % 3 == 0:
            goods.empty_fraction(town.ctx(), box=box, mass_g=100, waste_code="20 01 38")
    seen, after, pages = [], "", 0
    while pages == 0 or after:
        page = outflows(town.centre, after=after)
        seen += [one.item.public_id if one.item else one.load.public_id for one in page.rows]
        after, pages = page.after, pages + 1
    assert (len(seen), len(set(seen)), pages) == (PAGE + 8, PAGE + 8, 2)
    assert {one.way for one in outflows(town.centre, state="handed-over").rows} == {"sold"}


def test_the_pages_show_it(town: Town, box: FractionStock, client: Client) -> None:
    mill = goods.add_recipient(
        town.ctx(), centre=town.centre, name="Holzverwertung", party="recycler"
    )
    town.ctx("workshop-lead")
    user = town.people["workshop-lead"].user
    assert user is not None
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/z/kaufhaus/werkstatt/reste/").content.decode()
    assert "Holzverwertung" in page
    data = {"command_key": "1", "material": "wood", "mass": "22,5", "waste_code": "20 01 38",
            "route": "recycle", "slip_number": "H-7", "recipient": mill.public_id}  # fmt: skip
    answer = client.post("/z/kaufhaus/werkstatt/reste/", data)
    assert answer.status_code == 302
    staff = town.ctx("staff") and town.people["staff"].user
    assert staff is not None
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    listed = client.get("/z/kaufhaus/ausgaenge/").content.decode()
    for words in ("Reste: Holz", "22,5 kg", "20 01 38", "H-7"):
        assert words in listed
    yearly = client.get("/z/kaufhaus/ausgaenge/bilanz/").content.decode()
    assert "22,500 kg" in yearly
