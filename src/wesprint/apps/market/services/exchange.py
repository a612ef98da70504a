"""Material from business to business: an entry, somebody's interest, and a yes from both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import (
    Contact,
    centre_day,
    check_choice,
    held,
    keep_photos,
    somebody,
    text_of,
)
from wesprint.apps.market import links
from wesprint.apps.market.models import (
    Approach,
    ApproachState,
    Entry,
    EntryKind,
    EntryState,
    Material,
    QuantityUnit,
)
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.kernel.ids import new_public_id
from wesprint.platform.commands.services import changed, command
from wesprint.platform.files.services import Prepared
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit
from wesprint.platform.people.models import Person
from wesprint.web.links import hash_for

NOTHING_SAVED = _("Nothing was saved yet.")
NOTHING_CHANGED = _("Nothing was changed.")
LONGEST = timedelta(days=366)
UNCONFIRMED_FOR = timedelta(days=7)
MOST_QUANTITY = 10**12


@dataclass(frozen=True, slots=True)
class Words:
    """What an entry says; quantity in whole steps of the unit."""

    kind: str
    material: str
    title: str
    quantity: int
    unit: str
    since: date
    until: date
    postcode: str
    town: str
    business: str
    text: str = ""


@command("market.write_entry")
def write_entry(
    ctx: Ctx, *, centre: Centre, words: Words, contact: Contact, photos: tuple[Prepared, ...] = ()
) -> Entry:
    """A business offers or seeks material. It is seen by others after its e-mail address was
    confirmed and somebody of the house has looked at it. Raises Invalid for what is missing."""
    values = _tidy(words)
    _check_days(words, centre_day(centre, ctx.occurred_at))
    person = _reachable(ctx, centre, contact)
    files = keep_photos(ctx, photos[:1], purpose="market.entry", public=True)
    public_id = new_public_id()
    made = Entry.objects.create(
        public_id=public_id,
        secret_hash=hash_for(public_id, links.ENTRY),
        centre=centre,
        person=person,
        photo=files[0] if files else None,
        written_at=ctx.occurred_at,
        **values,
    )
    changed(made, *values)
    emit(ctx, "market.entry_written", {"entry": public_id})
    return made


_MUST = {
    "title": (120, _("Please say what it is.")),
    "business": (120, _("Please give the name of the business.")),
    "postcode": (10, _("Please give the postcode.")),
    "town": (80, _("Please give the town.")),
}


def _tidy(words: Words) -> dict[str, object]:
    check_choice(words.kind, EntryKind.values, "kind")
    check_choice(words.material, Material.values, "material")
    check_choice(words.unit, QuantityUnit.values, "unit")
    if not 1 <= words.quantity <= MOST_QUANTITY:
        raise _invalid(_("Please say how much it is."), "quantity")
    values: dict[str, object] = {
        name: getattr(words, name)
        for name in ("kind", "material", "unit", "quantity", "since", "until")
    }
    values["text"] = text_of(words.text, 1000, "text")
    for field, (most, missing) in _MUST.items():
        values[field] = text_of(getattr(words, field), most, field)
        if not values[field]:
            raise _invalid(missing, field)
    return values


def _check_days(words: Words, today: date) -> None:
    if words.until < words.since:
        raise _invalid(_("The end lies before the beginning."), "until")
    if words.until < today:
        raise _invalid(_("This lies in the past."), "until")
    if words.until - today > LONGEST:
        raise _invalid(_("At most a year ahead, please."), "until")


def _reachable(ctx: Ctx, centre: Centre, contact: Contact) -> Person:
    """A yes is given through a letter, so an e-mail address is needed."""
    person = somebody(ctx, centre, contact)
    if person is None or not person.email:
        raise _invalid(_("Please give an e-mail address: we send a link there."), "email")
    return person


def _invalid(what: object, field: str) -> Invalid:
    return Invalid(what, kept=NOTHING_SAVED, field=field, code=f"entry-{field}")


@command("market.confirm_entry")
def confirm_entry(ctx: Ctx, *, entry: Entry) -> Entry:
    """Whoever holds the link from the letter says yes to it. Twice changes nothing."""
    entry = held(entry)
    if entry.state == EntryState.UNCONFIRMED:
        _turn(entry, EntryState.WAITING)
        emit(ctx, "market.entry_confirmed", {"entry": entry.public_id})
    return entry


def _turn(entry: Entry, state: EntryState) -> None:
    entry.state = state
    entry.save(update_fields=["state", "answer", "shown_at"])
    changed(entry, "state")


@command("market.decide_entry")
def decide_entry(ctx: Ctx, *, entry: Entry, shown: bool, text: str = "") -> Entry:
    """The house puts it on the board, declines it, or takes it down again; a no has a reason.
    Raises Conflict for what was not confirmed or has ended."""
    entry = held(entry)
    if entry.state not in (EntryState.WAITING, EntryState.SHOWN, EntryState.DECLINED):
        raise _ended()
    entry.answer = text_of(text, 500, "text")
    if not shown and not entry.answer:
        raise _invalid(_("Please say why."), "text")
    if shown:
        entry.shown_at = entry.shown_at or ctx.occurred_at
    _turn(entry, EntryState.SHOWN if shown else EntryState.DECLINED)
    emit(ctx, "market.entry_decided", {"entry": entry.public_id})
    return entry


def _ended() -> Conflict:
    return Conflict(
        _("This entry is not on the board any more."), kept=NOTHING_CHANGED, code="entry-ended"
    )


@command("market.end_entry")
def end_entry(ctx: Ctx, *, entry: Entry) -> Entry:
    """The business takes it down. Twice changes nothing."""
    entry = held(entry)
    if entry.state not in (EntryState.ENDED, EntryState.EXPIRED):
        _turn(entry, EntryState.ENDED)
    return entry


@command("market.approach")
def approach(ctx: Ctx, *, entry: Entry, contact: Contact, text: str = "") -> Approach:
    """Somebody is interested. First they confirm their own address; then the other side is
    asked. Raises Conflict for an entry that is not on the board."""
    entry = held(entry, "centre")
    if entry.state != EntryState.SHOWN:
        raise _ended()
    person = _reachable(ctx, entry.centre, contact)
    if person == entry.person:
        raise Refused(
            _("This is your own entry."), kept=NOTHING_CHANGED, field="email", code="own-entry"
        )
    public_id = new_public_id()
    made = Approach.objects.create(
        public_id=public_id,
        secret_hash=hash_for(public_id, links.APPROACH),
        entry=entry,
        person=person,
        text=text_of(text, 1000, "text"),
        made_at=ctx.occurred_at,
    )
    changed(made, "state")
    emit(ctx, "market.approach_made", {"approach": public_id})
    return made


@command("market.confirm_approach")
def confirm_approach(ctx: Ctx, *, approach: Approach) -> Approach:
    """The first yes: their address is theirs, and may be handed on if the other side agrees."""
    approach = held(approach, "entry")
    if approach.state == ApproachState.UNCONFIRMED:
        if approach.entry.state != EntryState.SHOWN:
            raise _ended()
        _set(ctx, approach, ApproachState.ASKED)
        emit(ctx, "market.approach_confirmed", {"approach": approach.public_id})
    return approach


@command("market.answer_approach")
def answer_approach(ctx: Ctx, *, approach: Approach, agreed: bool) -> Approach:
    """The second yes, or a no: with it both learn how to reach each other. Raises Conflict for
    one that was answered otherwise, or is not confirmed."""
    approach = held(approach)
    wanted = ApproachState.AGREED if agreed else ApproachState.DECLINED
    if approach.state == wanted:
        return approach
    if approach.state != ApproachState.ASKED:
        raise Conflict(
            _("This was already answered."), kept=NOTHING_CHANGED, code="approach-answered"
        )
    _set(ctx, approach, wanted)
    emit(ctx, "market.approach_answered", {"approach": approach.public_id})
    return approach


def _set(ctx: Ctx, approach: Approach, state: ApproachState) -> None:
    approach.state, approach.decided_at = state, ctx.occurred_at
    approach.save(update_fields=["state", "decided_at"])
    changed(approach, "state")


@command("market.expire_entries")
def expire_entries(ctx: Ctx) -> int:
    """Take down what has run out, and forget what nobody confirmed; how many."""
    ended = 0
    for centre in Centre.objects.all():
        rows = Entry.objects.filter(
            centre=centre,
            until__lt=centre_day(centre, ctx.occurred_at),
            state__in=(EntryState.WAITING, EntryState.SHOWN),
        )
        ended += rows.update(state=EntryState.EXPIRED)
    old = ctx.occurred_at - UNCONFIRMED_FOR
    Approach.objects.filter(state=ApproachState.UNCONFIRMED, made_at__lt=old).delete()
    Entry.objects.filter(state=EntryState.UNCONFIRMED, written_at__lt=old).delete()
    return ended
