"""Reuse before bulky waste: a household's many things in one offer. The store chooses first,
the waste authority hears of the rest, and what was really kept is counted and billed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods import links
from wesprint.apps.goods.kinds import guess
from wesprint.apps.goods.models import (
    Clearance,
    DiversionRate,
    Offer,
    OfferLine,
    OfferPhoto,
    OfferState,
    Size,
    Source,
    Way,
)
from wesprint.apps.goods.selectors.house import centre_day, tree
from wesprint.apps.goods.services.appointments import Time, book
from wesprint.apps.goods.services.checks import NOTHING_SAVED, check_choice, text_of, where_of
from wesprint.apps.goods.services.contacts import Contact, somebody
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.offers import (
    LINK_LIVES,
    accept_offer,
    check_fetchable,
    decline_offer,
    next_number,
    put_address,
)
from wesprint.apps.goods.services.photos import keep_photos
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.kernel.ids import new_public_id
from wesprint.platform.commands.services import changed, command
from wesprint.platform.files.services import Prepared
from wesprint.platform.geo.locating import NOWHERE, Where
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit
from wesprint.platform.people.models import Person

MOST_LINES = 40
MOST_OF_ONE = 99
AUTHORITY_LINK_LIVES = timedelta(days=60)
NOTHING_CHANGED = _("Nothing was changed.")
SIZES = list(Size.values)


@dataclass(frozen=True, slots=True)
class Thing:
    """One line: what, how big, how many of it, and what the giver would like to become of it."""

    what: str
    size: str = Size.M
    count: int = 1
    wish: str = ""


@command("goods.offer_household")
def offer_household(
    ctx: Ctx,
    *,
    centre: Centre,
    things: tuple[Thing, ...],
    way: str = Way.BRING,
    contact: Contact = Contact(),  # noqa: B008 - frozen
    person: Person | None = None,
    fetch_address: Where | str = "",
    note: str = "",
    photos: tuple[Prepared, ...] = (),
    time: Time | None = None,
    rest_to_authority: bool = False,
) -> Offer:
    """A clearance of up to 40 lines. What the house never takes may stand among them: it is
    simply not chosen. rest_to_authority: the waste authority may hear of the rest, with the
    address. time: taken together with the offer, where the house allows it before it has answered.

    Raises Invalid for missing or overlong entries and without a way to reach the giver, Conflict
    for a time that is full.
    """
    check_choice(way, Way.values, "way")
    lines = _lines(things)
    where = where_of(fetch_address, 200, "fetch_address")
    giver = person or somebody(ctx, centre, contact)
    _check_giver(giver)
    if way == Way.FETCH or rest_to_authority:
        check_fetchable(where.text, contact, giver)
    offer = _create(ctx, centre, giver, way, lines)
    offer.note = text_of(note, 500, "note")
    put_address(offer, where if way == Way.FETCH or rest_to_authority else NOWHERE)
    offer.save(update_fields=["fetch_address", "lat", "lon", "confidence", "note"])
    _keep(ctx, offer, lines, photos)
    Clearance.objects.create(
        offer=offer,
        centre=centre,
        secret_hash=links.hash_for(offer.public_id, links.CLEARANCE),
        rest_to_authority=rest_to_authority,
    )
    changed(offer, "lines", "way", "giver", "photos")
    emit(ctx, "goods.offer_made", {"offer": offer.public_id})
    if time is not None:
        book(ctx, offer=offer, slot=time.slot, day=time.day)
    return offer


def _lines(things: tuple[Thing, ...]) -> list[Thing]:
    lines = [_line(thing) for thing in things if thing.what.strip()]
    if not lines:
        raise Invalid(
            _("Please tell us what it is."),
            kept=NOTHING_SAVED,
            next=_("One word is enough, for example: sideboard."),
            code="nothing-offered",
        )
    if len(lines) > MOST_LINES:
        raise Invalid(
            _("That is very much at once: at most %(most)s lines.") % {"most": MOST_LINES},
            kept=NOTHING_SAVED,
            next=_("Put things of a kind into one line with their number, or call us."),
            code="too-many-lines",
        )
    return lines


def _line(thing: Thing) -> Thing:
    check_choice(thing.size, SIZES, "size")
    if not 1 <= thing.count <= MOST_OF_ONE:
        raise Invalid(
            _("Please give a number from 1 to %(most)s.") % {"most": MOST_OF_ONE},
            kept=NOTHING_SAVED,
            code="count",
        )
    what, wish = text_of(thing.what, 120, "what"), text_of(thing.wish, 120, "wish")
    return Thing(what, thing.size, thing.count, wish)


def _check_giver(giver: Person | None) -> None:
    if giver is None:
        raise Invalid(
            _("Please tell us who you are and how we reach you."),
            kept=NOTHING_SAVED,
            field="name",
            code="no-contact",
        )


def _create(ctx: Ctx, centre: Centre, giver: Person | None, way: str, lines: list[Thing]) -> Offer:
    public_id = new_public_id()
    return Offer.objects.create(
        public_id=public_id,
        secret_hash=links.hash_for(public_id, links.OFFER),
        centre=centre,
        number=next_number(centre),
        giver=giver,
        way=way,
        source=Source.WEB,
        size=max((line.size for line in lines), key=SIZES.index),
        offered_at=ctx.occurred_at,
        link_until=ctx.occurred_at + LINK_LIVES,
    )


def _keep(ctx: Ctx, offer: Offer, lines: list[Thing], photos: tuple[Prepared, ...]) -> None:
    kinds = tree(centre_day(offer.centre, ctx.occurred_at))
    guesses = [guess(kinds, line.what) for line in lines]
    OfferLine.objects.bulk_create(
        OfferLine(
            offer=offer,
            position=place,
            what=line.what,
            size=line.size,
            count=line.count,
            wish=line.wish,
            category_id=kind.id if kind else None,
        )
        for place, (line, kind) in enumerate(zip(lines, guesses, strict=True))
    )
    files = keep_photos(ctx, photos, purpose="goods.offer", public=False)
    OfferPhoto.objects.bulk_create(
        OfferPhoto(offer=offer, file=file, position=place) for place, file in enumerate(files)
    )


@command("goods.choose_lines")
def choose_lines(ctx: Ctx, *, offer: Offer, taken: tuple[int, ...], text: str = "") -> Offer:
    """The store says of each line whether it takes it: with any the offer is accepted, with none
    declined (with a reason). Once more while it is expected changes the choice.

    Raises Invalid for a line that does not exist, Refused for no clearance.
    """
    clearance = _held_clearance(offer)
    offer = held(offer)
    places = set(offer.lines.values_list("position", flat=True))
    if not set(taken) <= places:
        raise Invalid(_("This line does not exist."), kept=NOTHING_CHANGED, code="no-line")
    _decide(ctx, offer, bool(taken), text)
    offer.lines.update(taken=False)
    offer.lines.filter(position__in=taken).update(taken=True)
    clearance.chosen_at = clearance.chosen_at or ctx.occurred_at
    clearance.save(update_fields=["chosen_at"])
    changed(offer, "lines.taken")
    return Offer.objects.get(pk=offer.pk)


def _held_clearance(offer: Offer) -> Clearance:
    found = Clearance.objects.filter(offer=offer).first()
    if found is None:
        raise Refused(
            _("This offer is no household clearance."), kept=NOTHING_CHANGED, code="no-clearance"
        )
    return held(found, "offer")


def _decide(ctx: Ctx, offer: Offer, any_taken: bool, text: str) -> None:
    if offer.state == OfferState.ACCEPTED and any_taken:
        return
    if any_taken:
        accept_offer(ctx, offer=offer, text=text)
    else:
        decline_offer(ctx, offer=offer, text=text)


@command("goods.pass_on_rest")
def pass_on_rest(ctx: Ctx, *, offer: Offer) -> Clearance:
    """What the store does not take becomes the authority's list, behind a link of its own.
    Twice renews the link's life.

    Raises Refused when nobody chose yet, nothing is left, or the giver does not want it.
    """
    clearance = _held_clearance(offer)
    _check_rest(offer, clearance)
    clearance.passed_on_at = clearance.passed_on_at or ctx.occurred_at
    clearance.link_until = ctx.occurred_at + AUTHORITY_LINK_LIVES
    clearance.save(update_fields=["passed_on_at", "link_until"])
    changed(offer, "rest")
    return clearance


def _check_rest(offer: Offer, clearance: Clearance) -> None:
    if not clearance.rest_to_authority:
        raise Refused(
            _("The giver did not agree that the waste authority hears of it."),
            kept=NOTHING_CHANGED,
            code="rest-not-wanted",
        )
    if clearance.chosen_at is None:
        raise Refused(
            _("Please choose first what the store takes."),
            kept=NOTHING_CHANGED,
            code="not-chosen",
        )
    if not offer.lines.filter(taken=False).exists():
        raise Conflict(
            _("The store takes everything: nothing is left."),
            kept=NOTHING_CHANGED,
            code="nothing-left",
        )


@command("goods.set_diversion_rate")
def set_diversion_rate(
    ctx: Ctx, *, centre: Centre, cents_per_tonne: int, since: date, source: str
) -> DiversionRate:
    """What the waste authority pays per tonne from a day on; `source` names the agreement."""
    if not 0 <= cents_per_tonne <= 1_000_000:
        raise Invalid(_("Please give an amount up to 10,000 €."), kept=NOTHING_SAVED, field="rate")
    name = text_of(source, 160, "source")
    if not name:
        raise Invalid(
            _("Please name the agreement."), kept=NOTHING_SAVED, field="source", code="no-source"
        )
    row, _new = DiversionRate.objects.update_or_create(
        centre=centre,
        since=since,
        defaults={"cents_per_tonne": cents_per_tonne, "source": name},
    )
    changed(centre, "diversion_rate")
    return row
