"""Batches by weight: sold in parts by price tag, and taken apart into smaller batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import (
    IN_HOUSE,
    Basis,
    Displaced,
    HandOver,
    Item,
    ItemState,
    PriceTag,
    PriceUnit,
)
from wesprint.apps.goods.services import books, shelf_books
from wesprint.apps.goods.services.barring import check_sellable
from wesprint.apps.goods.services.checks import NOTHING_SAVED, check_choice, check_price, text_of
from wesprint.apps.goods.services.contents import put_in, take_out
from wesprint.apps.goods.services.hand_over import check_consideration, settle_reservation
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.places import WITH, check_here
from wesprint.apps.goods.services.selling import list_for_sale, refresh_search
from wesprint.apps.goods.services.social import agreed_price
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid, Refused
from wesprint.kernel.ids import new_public_id
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.ledger import services as ledger
from wesprint.platform.outbox.services import emit
from wesprint.platform.people.models import Person
from wesprint.web import formats

MOST_PIECES = 500
MOST_PARTS = 30
NOTHING_CHANGED = _("Nothing was changed.")


@command("goods.add_tag")
def add_tag(
    ctx: Ctx,
    *,
    item: Item,
    price_cents: int,
    unit: str = PriceUnit.PIECE,
    piece_g: int | None = None,
    name: str = "",
) -> PriceTag:
    """Pieces of this batch cost so much each, or a kilogram of it does. piece_g: what a piece
    weighs as a rule. Raises Refused for what is no batch."""
    item = held(item, *WITH)
    check_here(item)
    _check_batch(item)
    check_price(price_cents)
    check_choice(unit, PriceUnit.values, "unit")
    piece = piece_g if unit == PriceUnit.PIECE else None
    if unit == PriceUnit.PIECE and not 0 < (piece or 0) <= item.mass_g:
        raise _no_piece_weight(item)
    name = text_of(name, 40, "name")
    tag = PriceTag.objects.create(
        item=item, name=name, unit=unit, price_cents=price_cents, piece_g=piece
    )
    changed(item, "tags")
    return tag


def _no_piece_weight(item: Item) -> Invalid:
    return Invalid(
        _("Please say what one piece weighs, at most the %(mass)s of the batch.")
        % {"mass": formats.kilos(item.mass_g)},
        kept=NOTHING_SAVED,
        next=_("Weigh ten of them and divide by ten."),
        field="piece",
        code="piece-weight",
    )


@command("goods.close_tag")
def close_tag(ctx: Ctx, *, tag: PriceTag) -> PriceTag:
    """No more pieces are sold at this price."""
    tag = held(tag, "item")
    if tag.closed_at is None:
        tag.closed_at = ctx.occurred_at
        tag.save(update_fields=["closed_at"])
        changed(tag.item, "tags")
    return tag


def _check_batch(item: Item) -> None:
    if not item.is_batch:
        raise Refused(
            _("This is a single thing, not a batch."), kept=NOTHING_CHANGED, code="no-batch"
        )


@command("goods.sell_part")
def sell_part(
    ctx: Ctx,
    *,
    item: Item,
    price_cents: int,
    consideration: str,
    mass_g: int | None = None,
    basis: str = Basis.MEASURED,
    tag: PriceTag | None = None,
    pieces: int | None = None,
    rest: bool = False,
    person: Person | None = None,
    displaced: str = "",
    social_pass: bool = False,
) -> HandOver:
    """Some of a batch goes to somebody: grams as weighed, or pieces of a tag at their usual
    weight, or all the rest. What remains stays for sale; an empty batch is closed.
    social_pass: as in `hand_over`.

    Raises Refused with the figures when less is there, Conflict when the batch is reserved or
    gone, Invalid for no quantity at all or a price that does not fit.
    """
    check_consideration(price_cents, consideration)
    if displaced:
        check_choice(displaced, Displaced.values, "displaced")
    item = held(item, "category", *WITH)
    check_here(item)
    _check_batch(item)
    check_sellable(item, ctx)
    settle_reservation(ctx, item, None)
    _check_tag(item, tag)
    part_g, basis = (
        (item.mass_g, item.basis) if rest else _part_of(item, mass_g, basis, tag, pieces)
    )
    agreed = agreed_price(ctx, item, price_cents, pass_seen=social_pass)
    person = None if agreed.rule else person
    agreement = books.exchange(
        ctx, item, person=person, price_cents=agreed.price_cents, part_g=part_g, basis=basis
    )
    done = HandOver.objects.create(
        centre=item.centre,
        item=item,
        person=person,
        agreement=agreement,
        price_cents=agreed.price_cents,
        full_cents=agreed.full_cents,
        social_rule=agreed.rule,
        consideration=consideration,
        displaced=displaced,
        handed_over_at=ctx.occurred_at,
        recorded_at=running_command().recorded_at,
        part_g=part_g,
        pieces=pieces,
        tag=tag,
    )
    take_out(ctx, item, part_g)
    emit(ctx, "goods.part_handed_over", {"item": item.public_id, "hand_over": done.public_id})
    return done


def _check_tag(item: Item, tag: PriceTag | None) -> None:
    if tag is None:
        return
    tag = held(tag)
    if tag.item_id != item.pk or tag.closed_at:
        raise Refused(
            _("This price tag is not one of this batch any more."),
            kept=NOTHING_CHANGED,
            next=_("Please choose one of the tags shown."),
            code="tag-closed",
        )


def _part_of(
    item: Item, mass_g: int | None, basis: str, tag: PriceTag | None, pieces: int | None
) -> tuple[int, str]:
    """Grams that leave and how they are known."""
    if pieces is not None and not 0 < pieces <= MOST_PIECES:
        raise _no_quantity()
    if mass_g is None and tag is not None and tag.piece_g and pieces:
        mass_g, basis = tag.piece_g * pieces, Basis.ESTIMATED
    if mass_g is None or mass_g <= 0:
        raise _no_quantity()
    check_choice(basis, Basis.values, "basis")
    if mass_g > item.mass_g:
        raise _less_is_there(item, mass_g)
    return mass_g, basis


def _no_quantity() -> Invalid:
    return Invalid(
        _("Please say how much of it goes: pieces or the weight."),
        kept=NOTHING_SAVED,
        field="pieces",
        code="no-quantity",
    )


def _less_is_there(item: Item, asked: int) -> Refused:
    return Refused(
        _("By the books only %(left)s are left of this batch, and this would be %(asked)s.")
        % {"left": formats.kilos(item.mass_g), "asked": formats.kilos(asked)},
        kept=_("Nothing was recorded."),
        next=_("If it is the last of it, choose “All the rest”; else weigh the batch anew first."),
        field="mass",
        code="less-is-there",
    )


@dataclass(frozen=True, slots=True)
class Part:
    """What a batch is taken apart into: grams, and what the shelf says where it differs."""

    grams: int
    title: str = ""
    price_cents: int | None = None
    basis: str = Basis.MEASURED


@command("goods.split_batch")
def split_batch(ctx: Ctx, *, item: Item, parts: Sequence[Part]) -> list[Item]:
    """Batches of their own out of one, each with its number and label; what is over stays.

    Raises Refused with the figures when the parts weigh as much as the batch or more, Conflict
    when it is reserved or gone.
    """
    item = held(item, "category", "intake", *WITH)
    check_here(item)
    _check_batch(item)
    _check_not_reserved(item)
    _check_parts(item, parts)
    made = [_split_off(ctx, item, part) for part in parts]
    put_in(item, -sum(part.grams for part in parts))
    emit(ctx, "goods.batch_split", {"item": item.public_id, "parts": [p.public_id for p in made]})
    return made


def _check_not_reserved(item: Item) -> None:
    if item.state == ItemState.RESERVED:
        raise Refused(
            _("This batch is reserved as it is."),
            kept=NOTHING_CHANGED,
            next=_("It can be taken apart when the reservation has ended."),
            code="reserved",
        )


def _check_parts(item: Item, parts: Sequence[Part]) -> None:
    whole = sum(part.grams for part in parts)
    if not 0 < len(parts) <= MOST_PARTS or any(part.grams <= 0 for part in parts):
        raise Invalid(
            _("Please say what each part weighs; at most %(most)s parts.") % {"most": MOST_PARTS},
            kept=NOTHING_SAVED,
            field="parts",
            code="parts",
        )
    if whole >= item.mass_g:
        raise Refused(
            _("The parts weigh %(parts)s together, and the batch %(batch)s.")
            % {"parts": formats.kilos(whole), "batch": formats.kilos(item.mass_g)},
            kept=NOTHING_CHANGED,
            next=_("Something must stay; if the batch turned out heavier, weigh it anew first."),
            field="parts",
            code="parts-too-heavy",
        )


def _split_off(ctx: Ctx, item: Item, part: Part) -> Item:
    check_choice(part.basis, Basis.values, "basis")
    public_id = new_public_id()
    resource = shelf_books.split_off(
        ctx, item, mass_g=part.grams, basis=part.basis, label=public_id
    )
    made = Item.objects.create(
        public_id=public_id,
        centre=item.centre,
        intake=item.intake,
        resource=resource,
        category=item.category,
        title=text_of(part.title, 120, "title") or item.title,
        grade=item.grade,
        route=item.route,
        status=item.status,
        is_batch=True,
        mass_g=part.grams,
        basis=part.basis,
        tested_at=item.tested_at,
        test_passed=item.test_passed,
        taken_in_at=item.taken_in_at,
        place=item.place,
        placed_at=item.placed_at and ctx.occurred_at,
    )
    if part.price_cents is not None:
        list_for_sale(ctx, made, part.price_cents)
    changed(made, "mass_g", "title", "state")
    return made


@command("goods.join_batch")
def join_batch(ctx: Ctx, *, part: Item) -> Item:
    """Undo: the part goes back into the batch it came from. Returns that batch. Raises Refused
    when something happened to either since."""
    part = held(part, "category", *WITH)
    event = shelf_books.split_event(part)
    if event is None or event.resource_inventoried_as is None:
        raise Refused(
            _("This was not taken out of a batch."), kept=NOTHING_CHANGED, code="not-split"
        )
    whole = held(event.resource_inventoried_as.item, "category", *WITH)
    if not _is_untouched(part, event.resource_quantity or 0) or whole.state not in IN_HOUSE:
        raise Refused(
            _("Something has happened to it since, so it cannot go back."),
            kept=NOTHING_CHANGED,
            code="not-untouched",
        )
    ledger.correct(ctx, event=event)
    put_in(whole, part.mass_g)
    part.state, part.left_at, part.for_sale_since = ItemState.WITHDRAWN, ctx.occurred_at, None
    part.save(update_fields=["state", "left_at", "for_sale_since"])
    changed(part, "state")
    refresh_search(part)
    return whole


def _is_untouched(part: Item, taken_out: int) -> bool:
    free = (ItemState.TAKEN_IN, ItemState.FOR_SALE)
    return part.state in free and part.mass_g == part.resource.onhand_quantity == taken_out
