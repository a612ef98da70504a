"""From "would you take this?" to "yes, gladly" or a friendly no."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods import links
from wesprint.apps.goods.kinds import guess, is_named
from wesprint.apps.goods.models import (
    Offer,
    OfferLine,
    OfferMessage,
    OfferPhoto,
    OfferState,
    Size,
    Source,
    Way,
)
from wesprint.apps.goods.selectors.house import centre_day, tree
from wesprint.apps.goods.services.appointments import Time, book
from wesprint.apps.goods.services.checks import NOTHING_SAVED, check_choice, text_of, where_of
from wesprint.apps.goods.services.contacts import Contact, check_phone, somebody
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.photos import keep_photos
from wesprint.apps.goods.states import check_offer
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid, Refused
from wesprint.kernel.ids import new_public_id
from wesprint.platform.commands.services import changed, command
from wesprint.platform.files.services import Prepared
from wesprint.platform.geo.locating import NOWHERE, Where
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit
from wesprint.platform.people.models import Person
from wesprint.platform.reference.facts import CategoryFacts

MOST_LINES = 12
LINK_LIVES = timedelta(days=120)


@command("goods.offer_goods")
def offer_goods(
    ctx: Ctx,
    *,
    centre: Centre,
    lines: tuple[str, ...],
    size: str = Size.M,
    way: str = Way.BRING,
    contact: Contact = Contact(),  # noqa: B008 - frozen
    person: Person | None = None,
    fetch_address: Where | str = "",
    note: str = "",
    photos: tuple[Prepared, ...] = (),
    time: Time | None = None,
    source: str = Source.WEB,
    anyway: bool = False,
) -> Offer:
    """Somebody would like to give things away; one line each. Bringing them needs no name,
    fetching needs an address and a telephone number. anyway: they read why the house refuses
    such things and still think that theirs is another one. time: taken together with the offer,
    where the house allows it before it has answered.

    Raises Invalid for missing or overlong entries, Refused with the reason where a line
    clearly names what the house never takes, Conflict for a time that is full.
    """
    for value, known, field in (
        (size, Size, "size"),
        (way, Way, "way"),
        (source, Source, "source"),
    ):
        check_choice(value, known.values, field)
    whats = _whats(lines)
    kinds = [_kind(ctx, centre, what) for what in whats]
    if not anyway:
        _check_taken(ctx, whats, kinds, by_giver=source == Source.WEB)
    where = where_of(fetch_address, 200, "fetch_address")
    giver = person or somebody(ctx, centre, contact)
    if way == Way.FETCH:
        check_fetchable(where.text, contact, giver)
    public_id = new_public_id()
    offer = Offer(
        public_id=public_id,
        secret_hash=links.hash_for(public_id, links.OFFER),
        centre=centre,
        number=next_number(centre),
        giver=giver,
        way=way,
        source=source,
        size=size,
        note=text_of(note, 500, "note"),
        offered_at=ctx.occurred_at,
        link_until=ctx.occurred_at + LINK_LIVES,
    )
    put_address(offer, where if way == Way.FETCH else NOWHERE)
    offer.save(force_insert=True)
    _add_lines(offer, whats, kinds)
    files = keep_photos(ctx, photos, purpose="goods.offer", public=False)
    OfferPhoto.objects.bulk_create(
        OfferPhoto(offer=offer, file=file, position=place) for place, file in enumerate(files)
    )
    changed(offer, "lines", "size", "way", "giver", "photos")
    emit(ctx, "goods.offer_made", {"offer": public_id})
    if time is not None:
        book(ctx, offer=offer, slot=time.slot, day=time.day)
    return offer


@command("goods.offer_instead")
def offer_instead(ctx: Ctx, /, *, earlier: Offer, **words: Any) -> Offer:
    """The giver thought again: the earlier offer is withdrawn and this one stands, or neither.
    Takes and raises what `offer_goods` does, and Conflict where the earlier one is past that."""
    withdraw_offer(ctx, offer=earlier)
    return offer_goods(ctx, **words)


@command("goods.offer_by_telephone")
def offer_by_telephone(
    ctx: Ctx,
    *,
    centre: Centre,
    lines: tuple[str, ...],
    contact: Contact,
    size: str = Size.M,
    way: str = Way.BRING,
    fetch_address: Where | str = "",
    note: str = "",
    source: str = Source.TELEPHONE,
    anyway: bool = False,
) -> Offer:
    """The same offer, entered for somebody who calls or stands at the counter."""
    return offer_goods(
        ctx,
        centre=centre,
        lines=lines,
        size=size,
        way=way,
        contact=contact,
        fetch_address=fetch_address,
        note=note,
        source=source,
        anyway=anyway,
    )


def _whats(lines: tuple[str, ...]) -> list[str]:
    whats = [text for line in lines if (text := text_of(line, 120, "what"))]
    if not whats:
        raise Invalid(
            _("Please tell us what it is."),
            kept=NOTHING_SAVED,
            next=_("One word is enough, for example: sideboard."),
            field="what",
            code="nothing-offered",
        )
    if len(whats) > MOST_LINES:
        raise Invalid(
            _("That is very much at once: at most %(most)s things per offer.")
            % {"most": MOST_LINES},
            kept=NOTHING_SAVED,
            next=_("Please send the rest as a second offer, or call us."),
            field="what",
            code="too-many-lines",
        )
    return whats


def _kind(ctx: Ctx, centre: Centre, what: str) -> CategoryFacts | None:
    kinds = tree(centre_day(centre, ctx.occurred_at))
    facts = guess(kinds, what)
    if facts is None or facts.taken or is_named(kinds, facts, what):
        return facts
    return guess(kinds, what, taken=True)


def _check_taken(
    ctx: Ctx, whats: list[str], kinds: list[CategoryFacts | None], *, by_giver: bool
) -> None:
    """Raises Refused with the line and the reason for what the house never takes."""
    for what, facts in zip(whats, kinds, strict=True):
        if facts is not None and not facts.taken:
            raise Refused(
                _("“%(what)s”: we cannot take this. %(reason)s")
                % {"what": what, "reason": facts.note(ctx.locale)},
                kept=NOTHING_SAVED,
                next=_("If yours is something else, tick the box below.")
                if by_giver
                else _("If theirs is something else, tick the box below."),
                field="anyway",
                code="not-taken",
            )


def put_address(offer: Offer, where: Where) -> None:
    """Where its things are fetched; the caller saves it."""
    offer.fetch_address = where.text
    offer.lat, offer.lon, offer.confidence = where.lat, where.lon, where.confidence


def check_fetchable(address: str, contact: Contact, person: Person | None) -> None:
    if not address:
        raise Invalid(
            _("To fetch it we need the address."),
            kept=NOTHING_SAVED,
            field="fetch_address",
            code="no-address",
        )
    phone = check_phone(contact.phone) or (person.phone if person else "")
    if not phone:
        raise Invalid(
            _("To agree on a time we need your telephone number."),
            kept=NOTHING_SAVED,
            field="phone",
            code="no-phone",
        )


def next_number(centre: Centre) -> int:
    """Short numbers that people say on the telephone. The centre's row is held, so that two
    offers at once do not get the same."""
    held(centre)
    highest = Offer.objects.filter(centre=centre).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _add_lines(offer: Offer, whats: list[str], kinds: list[CategoryFacts | None]) -> None:
    OfferLine.objects.bulk_create(
        OfferLine(offer=offer, position=place, what=what, category_id=kind.id if kind else None)
        for place, (what, kind) in enumerate(zip(whats, kinds, strict=True))
    )


@command("goods.ask_back")
def ask_back(ctx: Ctx, *, offer: Offer, text: str) -> Offer:
    """A question to the giver; the answer comes by the secret link."""
    return _say(ctx, offer, text, OfferState.ASKED, from_giver=False)


@command("goods.answer")
def answer(ctx: Ctx, *, offer: Offer, text: str) -> Offer:
    """The giver's answer; the offer waits for a decision again."""
    return _say(ctx, offer, text, OfferState.OFFERED, from_giver=True)


def _say(ctx: Ctx, offer: Offer, text: str, state: OfferState, *, from_giver: bool) -> Offer:
    words = text_of(text, 1000, "text")
    if not words:
        raise Invalid(
            _("Please write a few words."), kept=NOTHING_SAVED, field="text", code="empty"
        )
    offer = held(offer)
    if offer.state != state:
        check_offer(offer, state)
    OfferMessage.objects.create(
        offer=offer, from_giver=from_giver, text=words, sent_at=ctx.occurred_at
    )
    _set(offer, state)
    event = "goods.offer_answered" if from_giver else "goods.offer_asked"
    emit(ctx, event, {"offer": offer.public_id})
    return offer


@command("goods.accept_offer")
def accept_offer(ctx: Ctx, *, offer: Offer, text: str = "") -> Offer:
    """Yes, gladly. Raises Conflict when it was decided or withdrawn before."""
    return _decide(ctx, offer, OfferState.ACCEPTED, text)


@command("goods.decline_offer")
def decline_offer(ctx: Ctx, *, offer: Offer, text: str) -> Offer:
    """No, with a friendly reason that helps. Raises Invalid without one."""
    if not text.strip():
        raise Invalid(
            _("Please give a reason: it helps the giver to go on."),
            kept=NOTHING_SAVED,
            field="text",
            code="no-reason",
        )
    return _decide(ctx, offer, OfferState.DECLINED, text)


@command("goods.withdraw_offer")
def withdraw_offer(ctx: Ctx, *, offer: Offer) -> Offer:
    """The giver needs it after all, or found somebody else. Twice changes nothing."""
    offer = held(offer)
    if offer.state == OfferState.WITHDRAWN:
        return offer
    return _decide(ctx, offer, OfferState.WITHDRAWN, "")


def _decide(ctx: Ctx, offer: Offer, state: OfferState, text: str) -> Offer:
    offer = held(offer)
    check_offer(offer, state)
    offer.answer, offer.decided_at = text_of(text, 500, "text"), ctx.occurred_at
    offer.save(update_fields=["answer", "decided_at"])
    _set(offer, state)
    emit(ctx, f"goods.offer_{state}", {"offer": offer.public_id})
    return offer


def _set(offer: Offer, state: OfferState) -> None:
    offer.state = state
    offer.save(update_fields=["state"])
    changed(offer, "state")
