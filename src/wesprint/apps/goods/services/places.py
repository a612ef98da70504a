"""Places and what stands there: made, closed, and things moved between them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import IN_HOUSE, Item, ItemState, Place, PlaceKind, Status
from wesprint.apps.goods.services import shelf_books
from wesprint.apps.goods.services.checks import NOTHING_SAVED, check_choice, text_of
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.states import ITEM_NOW
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.kernel.ids import ALPHABET, normalise_id
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre

DEEPEST = 5
WITH = ("centre", "place", "resource__conforms_to")
LONGEST_CODE = 8
# What may hang below what; a cage stands anywhere.
_BELOW = {
    PlaceKind.FLOOR: (),
    PlaceKind.SHELF: (PlaceKind.FLOOR, PlaceKind.SHELF),
    PlaceKind.BOX: (PlaceKind.FLOOR, PlaceKind.SHELF, PlaceKind.BOX),
    PlaceKind.CAGE: (PlaceKind.FLOOR,),
}


@command("goods.add_place")
def add_place(
    ctx: Ctx, *, centre: Centre, kind: str, code: str, name: str, parent: Place | None = None
) -> Place:
    """A floor, or a shelf, box or cage below another place. code: one to eight letters and
    digits that people type and scanners read on every keyboard.

    Raises Invalid for a code that is none or taken, or a place below one where it cannot be.
    """
    check_choice(kind, PlaceKind.values, "kind")
    code = _checked_code(centre, code)
    _check_parent(centre, PlaceKind(kind), parent)
    name = text_of(name, 60, "name") or str(PlaceKind(kind).label)
    place = Place.objects.create(centre=centre, kind=kind, code=code, name=name, parent=parent)
    place.path = f"{parent.path if parent else '/'}{place.pk}/"
    place.save(update_fields=["path"])
    changed(place, "kind", "code", "name", "parent")
    return place


def _checked_code(centre: Centre, text: str) -> str:
    code = normalise_id(text)
    if not 0 < len(code) <= LONGEST_CODE or not set(code) <= set(ALPHABET):
        raise Invalid(
            _("A place's code has one to eight letters and digits, without L, U, Y and Z."),
            kept=NOTHING_SAVED,
            next=_("Scanners and eyes mistake those. For example: 1A3."),
            field="code",
            code="place-code",
        )
    if Place.objects.filter(centre=centre, code=code).exists():
        raise Invalid(
            _("Another place has the code %(code)s already.") % {"code": code},
            kept=NOTHING_SAVED,
            next=_("Please choose another one."),
            field="code",
            code="place-code-taken",
        )
    return code


def _check_parent(centre: Centre, kind: PlaceKind, parent: Place | None) -> None:
    if parent is not None and (parent.centre_id != centre.pk or parent.closed_at):
        raise _no_such_parent()
    fits = parent is None or parent.kind in _BELOW[kind]
    if not fits or (parent and parent.path.count("/") > DEEPEST):
        raise _no_such_parent()


def _no_such_parent() -> Invalid:
    return Invalid(
        _("It cannot be below this place."),
        kept=NOTHING_SAVED,
        next=_("Shelves stand on floors, boxes on shelves."),
        field="parent",
        code="place-parent",
    )


@command("goods.close_place")
def close_place(ctx: Ctx, *, place: Place) -> Place:
    """The place is no longer used; its code stays taken, because old labels still hang. Raises
    Refused while something stands there or below. Closing twice changes nothing."""
    place = held(place)
    standing = Item.objects.filter(
        place__centre=place.centre_id, place__path__startswith=place.path, state__in=IN_HOUSE
    )
    if count := standing.count():
        raise Refused(
            _("%(count)s things stand here.") % {"count": count},
            kept=_("Nothing was changed."),
            next=_("Please move them to another place first."),
            code="place-not-empty",
        )
    below = Place.objects.filter(centre=place.centre_id, path__startswith=place.path)
    if below.filter(closed_at=None).update(closed_at=ctx.occurred_at):
        changed(place, "closed_at")
        place.refresh_from_db()
    return place


@command("goods.move_items")
def move_items(ctx: Ctx, *, items: Sequence[Item], place: Place | None) -> list[Item]:
    """They stand in this place now; None: nobody knows where. What stands there already stays.

    Raises Conflict for one that is no longer in the house, Refused for a closed place and for
    a cage when it is no waste.
    """
    ordered = sorted({item.pk: item for item in items}.values(), key=lambda item: item.pk)
    return [_move(ctx, held(item, *WITH), place) for item in ordered]


def _move(ctx: Ctx, item: Item, place: Place | None) -> Item:
    check_here(item)
    if place is not None:
        _check_takes(place, item)
    return stand(ctx, item, place)


def stand(ctx: Ctx, item: Item, place: Place | None) -> Item:
    if item.place_id != (place.pk if place else None):
        shelf_books.shift(ctx, item, place)
        item.place, item.placed_at = place, ctx.occurred_at
        item.save(update_fields=["place", "placed_at"])
        changed(item, "place")
    return item


def check_here(item: Item) -> None:
    """Raises Conflict naming what became of a thing that is not in the house."""
    if item.state not in IN_HOUSE:
        raise Conflict(
            ITEM_NOW[ItemState(item.state)],
            kept=_("Nothing was changed."),
            next=_("If you hold it in your hands, tell the office: the books are wrong."),
            code=f"item-{item.state}",
        )


def _check_takes(place: Place, item: Item) -> None:
    if place.centre_id != item.centre_id or place.closed_at:
        raise Refused(
            _("This place is no longer used."), kept=_("Nothing was changed."), code="place-closed"
        )
    if place.kind == PlaceKind.CAGE and item.status != Status.WASTE:
        raise Refused(
            _("Only waste goes into the recycling cage, and this is a product."),
            kept=_("It stands where it stood."),
            next=_("If it is broken, say so on its page first: “It is no longer usable”."),
            code="cage-only-waste",
        )
