"""Whatever the workshop makes of things: the mass closes to the gram, in every order and in the
books of the house."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.apps.workshop import things
from tests.world import Town

from wesprint.apps.goods import services as goods
from wesprint.apps.goods.models import FractionStock, Item, ItemState
from wesprint.apps.goods.public import Weight
from wesprint.apps.workshop import services
from wesprint.apps.workshop.models import Lot, LotUnit, Order
from wesprint.apps.workshop.selectors.orders import balance_of, inputs_of, results_of
from wesprint.apps.workshop.services import Back, Made, Offcut
from wesprint.kernel.errors import Refused
from wesprint.kernel.period import Period
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.ledger.selectors import mass_balance, stock_gap, unbalanced

MATERIALS = ("wood", "metal", "textile", "mixed")
HERE = (ItemState.TAKEN_IN, ItemState.IN_WORKSHOP, ItemState.FOR_SALE, ItemState.RESERVED)
weights = st.integers(min_value=20_000, max_value=60_000)  # no part is too light for its kind


@st.composite
def jobs(draw: st.DrawFn) -> dict[str, object]:
    """Things, parts, and how the mass is shared among what comes out, what falls off and dust."""
    inputs = draw(st.lists(weights, min_size=1, max_size=3))
    back = draw(st.lists(st.booleans(), min_size=len(inputs), max_size=len(inputs)))
    return {
        "inputs": inputs,
        "back": back,
        "pieces": draw(st.integers(0, 3)),
        "oil": draw(st.integers(0, 400)),
        "made": draw(st.integers(0 if any(back) else 1, 2)),
        "shares": draw(st.lists(st.integers(600, 1000), min_size=8, max_size=8)),
        "too_much": draw(st.integers(1, 5_000)),
        "dust": draw(st.integers(0, 100)),
    }


def play(town: Town, job: dict[str, object], hinges: Lot, oil: Lot) -> Order:
    """First with more than went in, which is refused; then with shares that add up."""
    inputs: list[int] = job["inputs"]  # type: ignore[assignment]
    items = [things.sideboard(town, weight=Weight(grams, "measured")) for grams in inputs]
    order = things.order(town, *items)
    if job["pieces"]:
        services.use_lot(town.ctx(), order=order, lot=hinges, count=job["pieces"])
    if job["oil"]:
        services.use_lot(town.ctx(), order=order, lot=oil, count=job["oil"])
    whole = sum(inputs) + sum(order.uses.values_list("mass_g", flat=True))
    comes_back = [item for item, back in zip(items, job["back"], strict=True) if back]
    made = int(job["made"])  # type: ignore[call-overload]
    parts = len(comes_back) + made + 2
    grams = shared(whole - int(job["dust"]), job["shares"][:parts])  # type: ignore
    back = tuple(Back(item, mass) for item, mass in zip(comes_back, grams, strict=False))
    new = tuple(Made("chest-of-drawers", mass) for mass in grams[len(back) : len(back) + made])
    cuts = tuple(
        Offcut(material, mass) for material, mass in zip(MATERIALS, grams[-2:], strict=False)
    )
    more = (Offcut("mixed", int(job["dust"]) + int(job["too_much"])),)  # type: ignore
    try:
        services.weigh_out(town.ctx(), order=order, back=back, made=new, offcuts=(*cuts, *more))
    except Refused as error:
        assert error.code == "heavier-than-inputs"
    else:
        raise AssertionError("more came out than went in")
    return services.weigh_out(town.ctx(), order=order, back=back, made=new, offcuts=cuts)


def shared(whole: int, shares: list[int]) -> list[int]:
    """`whole` in parts of at least one gram."""
    rest = whole - len(shares)
    parts = [1 + rest * share // sum(shares) for share in shares]
    parts[-1] += whole - sum(parts)
    return parts


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(job=jobs())
def test_the_mass_closes_and_goods_and_ledger_agree(town: Town, job: dict[str, object]) -> None:
    hinges, oil = things.hinges(town), things.oil(town)
    order = play(town, job, hinges, oil)
    inside = balance_of(inputs_of(order), results_of(order))
    assert inside.went_in == inside.came_out + order.loss_g
    sums = {}
    for event in EconomicEvent.objects.filter(input_of=order.process, resource_unit="g"):
        sums["in"] = sums.get("in", 0) + event.resource_quantity
    for event in EconomicEvent.objects.filter(output_of=order.process, resource_unit="g"):
        sums["out"] = sums.get("out", 0) + event.resource_quantity
    assert sums["in"] == sums["out"]
    flows = {one.flow: one.change for one in mass_balance(town.centre, Period.year(2026)).flows}
    assert flows["into-workshop"] + flows["from-workshop"] == 0
    assert unbalanced(town.centre) == []
    assert stock_gap(town.centre) == 0
    for item in Item.objects.filter(centre=town.centre).select_related("resource"):
        there = item.mass_g if item.state in HERE else 0
        quantities = (item.resource.onhand_quantity, item.resource.accounting_quantity)
        assert quantities == (there, there)
    boxes = sum(box.resource.onhand_quantity for box in FractionStock.objects.all())
    lots = sum(lot.resource.onhand_quantity for lot in Lot.objects.all())
    things_here = sum(Item.objects.filter(state__in=HERE).values_list("mass_g", flat=True))
    assert mass_balance(town.centre, Period.year(2026)).end == boxes + lots + things_here
    for lot in Lot.objects.select_related("resource"):
        each = lot.grams_each if lot.unit == LotUnit.PIECE else 1
        assert lot.resource.onhand_quantity == lot.left * each


def test_a_box_is_emptied_with_its_code_and_no_further(town: Town) -> None:
    sideboard = things.sideboard(town)
    order = things.order(town, sideboard)
    services.weigh_out(
        town.ctx(),
        order=order,
        made=(Made("stool", 9_000),),
        offcuts=(Offcut("wood", 22_500),),
    )
    box = FractionStock.objects.get()
    try:
        goods.empty_fraction(town.ctx(), box=box, mass_g=22_501, waste_code="20 01 38")
    except Refused as error:
        assert error.code == "not-enough"
    goods.empty_fraction(town.ctx(), box=box, mass_g=22_500, waste_code="20 01 38")
    event = EconomicEvent.objects.latest("pk")
    assert (event.flow, event.resource_quantity, event.resource_classified_as) == (
        "recycled",
        22_500,
        ["20 01 38"],
    )
    box.resource.refresh_from_db()
    assert box.resource.onhand_quantity == 0
