"""Taking things in, and putting right what was entered wrongly."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import (
    Intake,
    Item,
    ItemPhoto,
    ItemState,
    Offer,
    OfferState,
    Route,
    Status,
)
from wesprint.apps.goods.selectors.house import (
    centre_day,
    facts_of,
    full_of,
)
from wesprint.apps.goods.services import books, shelf_books
from wesprint.apps.goods.services.checks import (
    NOTHING_SAVED,
    check_choice,
    check_price,
    text_of,
)
from wesprint.apps.goods.services.entries import Entry, check_entry, item_of, mass_of
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.photos import keep_photos
from wesprint.apps.goods.services.selling import list_for_sale, refresh_search
from wesprint.apps.goods.services.weight import UNWEIGHED
from wesprint.apps.goods.services.weight import Weight as Weight
from wesprint.apps.goods.services.workshop_books import was_worked_on
from wesprint.apps.goods.states import check_item, check_offer
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Refused
from wesprint.platform.agents.models import Agent
from wesprint.platform.commands.services import changed, command
from wesprint.platform.files.models import StoredFile
from wesprint.platform.files.services import Prepared
from wesprint.platform.ledger import services as ledger
from wesprint.platform.ledger.models import EconomicResource
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import relations_at
from wesprint.platform.outbox.services import emit
from wesprint.platform.people.models import Person
from wesprint.platform.reference.facts import CategoryFacts
from wesprint.platform.reference.models import Category, GateKind, Grade


@command("goods.start_intake")
def start_intake(
    ctx: Ctx,
    *,
    centre: Centre,
    giver: Person | None = None,
    offer: Offer | None = None,
    fetched_g: int | None = None,
    fetched_photo: StoredFile | None = None,
) -> Intake:
    """One visit of a giver. An offer that comes with it has arrived, and names the giver.

    fetched_g, fetched_photo: what a tour fetched it with, as weighed and seen at the door."""
    if offer is not None:
        offer = _arrived(offer, centre)
        giver = giver or offer.giver
    _check_giver(giver, ctx, centre)
    return Intake.objects.create(
        centre=centre,
        giver=giver,
        offer=offer,
        started_at=ctx.occurred_at,
        fetched_g=fetched_g,
        fetched_photo=fetched_photo,
    )


def _arrived(offer: Offer, centre: Centre) -> Offer:
    offer = held(offer)
    if offer.centre_id != centre.pk:
        raise _foreign()
    if offer.state != OfferState.ARRIVED:
        check_offer(offer, OfferState.ARRIVED)
        offer.state = OfferState.ARRIVED
        offer.save(update_fields=["state"])
        changed(offer, "state")
    return offer


def _check_giver(giver: Person | None, ctx: Ctx, centre: Centre) -> None:
    if giver is not None and not _belongs(giver, ctx, centre):
        raise _foreign()


def _belongs(giver: Person, ctx: Ctx, centre: Centre) -> bool:
    day = centre_day(centre, ctx.occurred_at)
    return relations_at(centre, day).filter(organisation=giver.organisation_id).exists()


def _foreign() -> Refused:
    return Refused(
        _("This belongs to another house."), kept=_("Nothing was recorded."), code="foreign"
    )


@command("goods.take_in")
def take_in(
    ctx: Ctx,
    *,
    centre: Centre,
    category: str,
    grade: str,
    weight: Weight = UNWEIGHED,
    status: str = Status.PRODUCT,
    route: str = "",
    price_cents: int | None = None,
    per_kg: bool = False,
    title: str = "",
    note: str = "",
    photos: tuple[Prepared, ...] = (),
    giver: Person | None = None,
    offer: Offer | None = None,
    intake: Intake | None = None,
    over_capacity: str = "",
    owner: Agent | None = None,
) -> Item:
    """One thing comes into the house: an item, its ledger resource and the intake event.

    category: slug. weight: grams, or the typical weight as an estimate. route: as suggested
    when left out. With route "sell" and a price it stands in the catalogue at once; per_kg: the
    price is that of a kilogram, for a batch. giver,
    offer: begin a new visit; in a running one (`intake`) its own giver counts. over_capacity:
    why it is taken although the house is full; what an offer announced needs no reason.
    owner: whose it stays, while the house sells it for them.

    Raises Invalid for an unknown category, grade or an absurd weight, Refused for what the
    house never takes or never sells, for what it has no room for today, and for waste
    electricals without the certificate.
    """
    entry = Entry(category, grade, weight, status, route, price_cents, title, note)
    checked = check_entry(ctx, centre, entry)
    if intake is not None and intake.centre_id != centre.pk:
        raise _foreign()
    reason = text_of(over_capacity, 120, "over_capacity")
    announced = offer or (intake.offer if intake else None)
    if not reason and announced is None:
        check_room(ctx, centre, checked.facts)
    intake = intake or start_intake(ctx, centre=centre, giver=giver, offer=offer)
    item = item_of(checked, intake, ctx.occurred_at)
    item.over_capacity = reason
    item.resource = _receive(ctx, item, checked.facts, intake.giver, owner)
    item.save()
    keep(ctx, item, photos)
    if checked.route == Route.SELL and price_cents is not None:
        by_weight = per_kg and checked.facts.price_per != "piece"
        _price(ctx, item, price_cents * item.mass_g // 1000 if by_weight else price_cents)
    changed(item, "category", "grade", "mass_g", "status", "route", "state")
    emit(ctx, "goods.item_taken_in", {"item": item.public_id})
    return item


def check_room(ctx: Ctx, centre: Centre, facts: CategoryFacts) -> None:
    full = full_of(centre, facts, centre_day(centre, ctx.occurred_at))
    if full is not None:
        raise Refused(
            _("We have no room for this today."),
            kept=NOTHING_SAVED,
            next=_("Please ask the giver to keep it, or write why it is taken all the same."),
            field="over_capacity",
            code="full",
        )


def _price(ctx: Ctx, item: Item, price_cents: int) -> None:
    """Onto the shelf at once; where only product data are missing it waits with its price."""
    if item.barred != GateKind.NEEDS_DATA:
        list_for_sale(ctx, item, price_cents)
        return
    check_price(price_cents)
    item.price_cents = price_cents
    item.save(update_fields=["price_cents"])


def _receive(
    ctx: Ctx, item: Item, facts: CategoryFacts, giver: Person | None, owner: Agent | None
) -> EconomicResource:
    return books.receive(
        ctx,
        centre=item.centre,
        category=Category(pk=facts.id, slug=facts.slug, name_en=facts.name_en),
        giver=giver,
        mass_g=item.mass_g,
        basis=item.basis,
        label=item.public_id,
        is_waste=item.status == Status.WASTE,
        owner=owner,
    )


def keep(ctx: Ctx, item: Item, photos: tuple[Prepared, ...]) -> None:
    files = keep_photos(ctx, photos, purpose="goods.item", public=True)
    ItemPhoto.objects.bulk_create(
        ItemPhoto(item=item, file=file, position=position) for position, file in enumerate(files)
    )


@command("goods.describe_item")
def describe_item(
    ctx: Ctx,
    *,
    item: Item,
    title: str | None = None,
    note: str | None = None,
    grade: str | None = None,
    photos: tuple[Prepared, ...] = (),
) -> Item:
    """Change what the shelf says; photos are added. Left out: stays as it is."""
    item = held(item, "centre")
    if title is not None:
        item.title = text_of(title, 120, "title") or item.title
    if note is not None:
        item.note = text_of(note, 500, "note")
    if grade is not None:
        check_choice(grade, Grade.values, "grade")
        item.grade = grade
    item.save(update_fields=["title", "note", "grade"])
    _add_photos(ctx, item, photos)
    changed(item, "title", "note", "grade")
    refresh_search(item)
    return item


def _add_photos(ctx: Ctx, item: Item, photos: tuple[Prepared, ...]) -> None:
    first = item.photos.count()
    files = keep_photos(ctx, photos, purpose="goods.item", public=True)
    ItemPhoto.objects.bulk_create(
        ItemPhoto(item=item, file=file, position=position)
        for position, file in enumerate(files, start=first)
    )


@command("goods.correct_weight")
def correct_weight(ctx: Ctx, *, item: Item, weight: Weight) -> Item:
    """The item weighs something else than was entered. Both ledger entries stay readable.
    Raises Conflict when the item has left the house."""
    item = held(item, "centre", "category", "resource")
    _check_weighable(item)
    mass_g = mass_of(
        item.centre, facts_of(item.centre, item.category.slug, ctx.occurred_at), weight
    )
    if (mass_g, weight.basis) == (item.mass_g, item.basis):
        return item
    shelf_books.weigh_anew(ctx, item, mass_g=mass_g, basis=weight.basis)
    item.mass_g, item.basis = mass_g, weight.basis
    item.save(update_fields=["mass_g", "basis"])
    changed(item, "mass_g", "basis")
    return item


def _check_weighable(item: Item) -> None:
    if item.state not in (ItemState.RESERVED, ItemState.IN_WORKSHOP):
        check_item(item, ItemState.WITHDRAWN)
    _check_from_intake(item)


def _check_from_intake(item: Item) -> None:
    """What the workshop weighed is held together with all that went into the work."""
    if was_worked_on(item):
        raise Refused(
            _("The weight of this item comes from the workshop, so it is not changed here."),
            kept=NOTHING_SAVED,
            next=_("If it is wrong, send the item to the workshop again and weigh what comes out."),
            code="weighed-in-workshop",
        )


@command("goods.withdraw_item")
def withdraw_item(ctx: Ctx, *, item: Item) -> Item:
    """Undo an intake that was a mistake: the ledger takes it back, the label leads to a page
    that says so. Raises Conflict when the item is reserved or gone, Refused when some of it
    left or was weighed anew since."""
    item = held(item, "centre", "resource")
    check_item(item, ItemState.WITHDRAWN)
    _check_from_intake(item)
    _check_whole(item)
    ledger.correct(ctx, event=books.intake_event(item))
    item.state = ItemState.WITHDRAWN
    item.left_at, item.for_sale_since = ctx.occurred_at, None
    item.save(update_fields=["state", "left_at", "for_sale_since"])
    changed(item, "state")
    refresh_search(item)
    emit(ctx, "goods.item_withdrawn", {"item": item.public_id})
    return item


def _check_whole(item: Item) -> None:
    if not shelf_books.is_as_taken_in(item):
        raise Refused(
            _("Something has happened to this item since it came, so the entry stands."),
            kept=_("Nothing was changed."),
            next=_("Please correct its weight, or enter how it left the house."),
            code="not-as-taken-in",
        )
