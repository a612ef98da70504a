"""Goods in the workshop: what another room may do with items, offcuts and supplies.

These are called by the workshop inside its own commands; called alone each is one.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import (
    Basis,
    FractionStock,
    Item,
    ItemState,
    Material,
    Recipient,
    Route,
    Status,
)
from wesprint.apps.goods.selectors.house import facts_of
from wesprint.apps.goods.services import books, outflows
from wesprint.apps.goods.services import workshop_books as entries
from wesprint.apps.goods.services.barring import bar
from wesprint.apps.goods.services.checks import NOTHING_SAVED, check_choice, check_taken, text_of
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.intake import Weight, keep
from wesprint.apps.goods.services.selling import list_for_sale, refresh_search
from wesprint.apps.goods.states import check_item
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid, Refused
from wesprint.kernel.ids import new_public_id
from wesprint.platform.commands.services import changed, command
from wesprint.platform.files.services import Prepared
from wesprint.platform.ledger import services as ledger
from wesprint.platform.ledger.models import EconomicResource, Process
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit
from wesprint.platform.reference.models import Category, Grade
from wesprint.platform.reference.weights import check_mass

MOST_GRAMS = 5_000_000  # five tonnes: beyond it somebody forgot the comma


@command("goods.send_to_workshop")
def send_to_workshop(ctx: Ctx, *, item: Item) -> Item:
    """From the store room or the shelf onto the bench. Raises Refused for waste, Conflict
    when it is reserved, gone, or in the workshop already."""
    item = held(item, "centre", "category")
    check_item(item, ItemState.IN_WORKSHOP)
    if item.status == Status.WASTE:
        raise Refused(
            _("This was taken in as waste, so it is not repaired."),
            kept=NOTHING_SAVED,
            next=_("It goes to recycling or disposal."),
            code="is-waste",
        )
    item.state, item.route, item.for_sale_since = ItemState.IN_WORKSHOP, Route.WORKSHOP, None
    item.save(update_fields=["state", "route", "for_sale_since"])
    changed(item, "state", "route")
    refresh_search(item)
    return item


@command("goods.leave_workshop")
def leave_workshop(ctx: Ctx, *, item: Item, route: str = Route.WORKSHOP) -> Item:
    """Back into the store room untouched: nothing was done with it."""
    check_choice(route, list(Route.values), "route")
    return _into_store_room(held(item, "centre"), route)


def _into_store_room(item: Item, route: str) -> Item:
    check_item(item, ItemState.TAKEN_IN)
    item.state, item.route = ItemState.TAKEN_IN, route
    item.save(update_fields=["state", "route"])
    changed(item, "state", "route")
    return item


@command("goods.back_from_workshop")
def back_from_workshop(
    ctx: Ctx,
    *,
    item: Item,
    process: Process,
    mass_g: int,
    basis: str = Basis.MEASURED,
    route: str = Route.SELL,
    grade: str = "",
) -> Item:
    """The same thing comes out of the process, perhaps lighter or heavier than it went in. It
    waits in the store room for its price. Raises Invalid for an absurd weight."""
    item = held(item, "centre", "category", "resource")
    _check_weight(ctx, item.centre, item.category.slug, mass_g, basis)
    entries.through(ctx, item, process, mass_g, basis)
    item.mass_g, item.basis = mass_g, basis
    if grade:
        check_choice(grade, Grade.values, "grade")
        item.grade = grade
    if item.category.electrical:  # what was opened is tested again; the old report stays on file
        item.tested_at = item.test_passed = None
    bar(item, ctx)
    item.save(update_fields=["mass_g", "basis", "grade", "tested_at", "test_passed", "barred"])
    changed(item, "mass_g", "grade", "tested_at")
    return _into_store_room(item, route)


@command("goods.consume_in_workshop")
def consume_in_workshop(ctx: Ctx, *, item: Item, process: Process) -> Item:
    """It is used up: its mass goes into the process, and it is an item no more."""
    item = held(item, "centre", "resource")
    check_item(item, ItemState.USED_UP)
    draft = entries.into(ctx, process, item.resource, item.mass_g, item.basis, "consume")
    entries.post(ctx, item.centre, draft)
    item.state, item.left_at = ItemState.USED_UP, ctx.occurred_at
    item.save(update_fields=["state", "left_at"])
    changed(item, "state")
    emit(ctx, "goods.item_used_up", {"item": item.public_id})
    return item


@command("goods.make_item")
def make_item(
    ctx: Ctx,
    *,
    process: Process,
    category: str,
    weight: Weight,
    title: str = "",
    note: str = "",
    grade: str = Grade.A,
    price_cents: int | None = None,
    photos: tuple[Prepared, ...] = (),
) -> Item:
    """What a process made: an item of its own, with its own pass, on the shelf at once when it
    has a price and no gate is closed. Raises Invalid for an unknown kind or an absurd weight."""
    centre = process.centre
    facts = facts_of(centre, category, ctx.occurred_at)
    check_taken(facts, ctx.locale)
    check_choice(grade, Grade.values, "grade")
    mass_g = weight.grams or 0
    check_mass(facts, mass_g)
    public_id = new_public_id()
    kind = books.kind_of_goods(ctx, Category(pk=facts.id, slug=facts.slug, name_en=facts.name_en))
    made = ledger.NewResource(kind, tracking_identifier=public_id)
    (posted,) = entries.post(ctx, centre, entries.out_of(ctx, process, made, mass_g, weight.basis))
    item = Item.objects.create(
        public_id=public_id,
        centre=centre,
        resource=entries.begun(posted.resource_inventoried_as),
        category_id=facts.id,
        title=text_of(title, 120, "title") or facts.name("de"),
        note=text_of(note, 500, "note"),
        grade=grade,
        route=Route.SELL,
        is_batch=facts.batch,
        mass_g=mass_g,
        basis=weight.basis,
        taken_in_at=ctx.occurred_at,
    )
    gate = bar(item, ctx)
    item.save(update_fields=["barred"])
    keep(ctx, item, photos)
    if price_cents is not None and gate is None:
        list_for_sale(ctx, item, price_cents)
    changed(item, "category", "grade", "mass_g", "state")
    emit(ctx, "goods.item_made", {"item": item.public_id})
    return item


@command("goods.to_fraction")
def to_fraction(
    ctx: Ctx, *, process: Process, material: str, mass_g: int, of_customer: bool = False
) -> FractionStock:
    """Offcuts and removed parts, weighed into the box of their material."""
    check_choice(material, Material.values, "material")
    check_grams(mass_g)
    box = entries.put_into_box(ctx, process, material, mass_g, of_customer=of_customer)
    changed(process.centre, f"fraction.{material}")
    return box


@command("goods.empty_fraction")
def empty_fraction(
    ctx: Ctx,
    *,
    box: FractionStock,
    mass_g: int,
    waste_code: str,
    route: str = Route.RECYCLE,
    recipient: Recipient | None = None,
    slip_number: str = "",
) -> FractionStock:
    """A box, or a part of it, went to recycling or disposal under its key of the waste
    catalogue, as a load. Raises Refused when there is less in it or for a recipient that does
    not take it that way, Invalid for an unknown key, Conflict for a slip entered before."""
    check_choice(route, [Route.RECYCLE, Route.DISPOSE], "route")
    check_grams(mass_g)
    box = held(box, "centre", "resource")
    outflows.check_code(box.centre, ctx, waste_code)
    load = outflows.keep_offcuts(
        ctx,
        box,
        mass_g,
        waste_code=waste_code,
        route=route,
        recipient=recipient,
        slip_number=slip_number,
    )
    entries.empty_box(ctx, box, load)
    changed(box.centre, f"fraction.{box.material}")
    return box


@command("goods.lose_in_workshop")
def lose_in_workshop(ctx: Ctx, *, process: Process, mass_g: int) -> None:
    """Dust and vapour that nobody can weigh: whoever closes the work declares it."""
    if mass_g:
        check_grams(mass_g)
        entries.sweep(ctx, process, mass_g)


@command("goods.buy_supply")
def buy_supply(ctx: Ctx, *, centre: Centre, mass_g: int, lot: str = "") -> EconomicResource:
    """Parts and materials bought for the workshop; each lot is a resource of its own."""
    check_grams(mass_g)
    return entries.buy(ctx, centre, mass_g, text_of(lot, 60, "lot"))


@command("goods.use_supply")
def use_supply(
    ctx: Ctx,
    *,
    process: Process,
    resource: EconomicResource,
    mass_g: int,
    name: str,
    into_custody: bool = False,
) -> None:
    entries.use_supply(ctx, process, resource, mass_g, name=name, into_custody=into_custody)


def check_grams(mass_g: int) -> None:
    if not 0 < mass_g <= MOST_GRAMS:
        raise Invalid(
            _("A weight must be more than zero and at most 5 tonnes."),
            kept=NOTHING_SAVED,
            field="mass",
            code="mass-not-plausible",
        )


def _check_weight(ctx: Ctx, centre: Centre, category: str, mass_g: int, basis: str) -> None:
    check_mass(facts_of(centre, category, ctx.occurred_at), mass_g)
    check_choice(basis, Basis.values, "basis")
