"""What may happen to organisations and houses. Every verb is a command."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, NotFound
from wesprint.platform.agents.models import Agent, AgentKind
from wesprint.platform.base.words import Words
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.organisations.contrast import (
    DARK_PARTNERS,
    LIGHT_PARTNERS,
    MINIMUM,
    weakest,
)
from wesprint.platform.organisations.models import (
    Centre,
    CentreKind,
    CentreRelation,
    ClosedDay,
    Floor,
    FloorWorld,
    LegalForm,
    OpeningHours,
    Organisation,
    RelationKind,
    Space,
)
from wesprint.platform.organisations.selectors import STATES, Span

M = TypeVar("M", bound=Model)

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COLOUR = re.compile(r"#[0-9a-f]{6}")
NOTHING_CHANGED = _("Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a house stands. state: ISO 3166-2:DE without "DE-"; lat and lon in WGS 84."""

    town: str
    state: str
    street: str = ""
    postcode: str = ""
    lat: float | None = None
    lon: float | None = None
    zone: str = "Europe/Berlin"


@dataclass(frozen=True, slots=True)
class WorldOn:
    """A floor's world: always, or on one weekday (0 is Monday)."""

    world: str
    weekday: int | None = None


@command("organisations.found_organisation")
def found_organisation(
    ctx: Ctx,
    *,
    name: str,
    slug: str,
    legal_form: str = LegalForm.FOUNDING_GROUP,
    charitable_since: date | None = None,
    email: str = "",
) -> Organisation:
    """A new tenant with its agent in the ledger. Invalid or Conflict for name and address."""
    name = _required(name, "name")
    _checked_slug(slug)
    if legal_form not in LegalForm.values:
        raise Invalid(_("This legal form is not known here."), field="legal_form")
    if Organisation.objects.filter(slug=slug).exists():
        raise _slug_taken()
    organisation = Organisation.objects.create(
        agent=Agent.objects.create(kind=AgentKind.ORGANIZATION),
        name=name,
        slug=slug,
        legal_form=legal_form,
        charitable_since=charitable_since,
        email=email.strip(),
        created_at=running_command().recorded_at,
    )
    changed(organisation, "name", "slug", "legal_form", "charitable_since", "email")
    return organisation


@command("organisations.change_organisation")
def change_organisation(
    ctx: Ctx,
    *,
    organisation: Organisation,
    name: str,
    legal_form: str,
    charitable_since: date | None,
    email: str,
) -> Organisation:
    if legal_form not in LegalForm.values:
        raise Invalid(_("This legal form is not known here."), field="legal_form")
    return _update(
        organisation,
        name=_required(name, "name"),
        legal_form=legal_form,
        charitable_since=charitable_since,
        email=email.strip(),
    )


@command("organisations.open_centre")
def open_centre(
    ctx: Ctx,
    *,
    name: str,
    slug: str,
    address: Address,
    kind: str = CentreKind.URBAN,
    claim: Words | str = "",
) -> Centre:
    """A house without relations yet: `relate` says who owns and who runs it."""
    name = _required(name, "name")
    _checked_slug(slug)
    _checked_address(address)
    if kind not in CentreKind.values:
        raise Invalid(_("This kind of house is not known here."), field="kind")
    if Centre.objects.filter(slug=slug).exists():
        raise _slug_taken()
    centre = Centre.objects.create(
        name=name,
        slug=slug,
        kind=kind,
        claim=_words(claim, 200, "claim"),
        created_at=running_command().recorded_at,
        **_address_fields(address),
    )
    changed(centre, "name", "slug", "kind", "address")
    return centre


@command("organisations.change_centre")
def change_centre(
    ctx: Ctx, *, centre: Centre, name: str, address: Address, claim: Words | str = ""
) -> Centre:
    _checked_address(address)
    return _update(
        centre,
        name=_required(name, "name"),
        claim=_words(claim, 200, "claim"),
        **_address_fields(address),
    )


@command("organisations.relate")
def relate(
    ctx: Ctx, *, centre: Centre, organisation: Organisation, kind: str, since: date
) -> CentreRelation:
    """Owner, operator or tenant from a day on. Conflict while the same relation is open."""
    if kind not in RelationKind.values:
        raise Invalid(_("This relation is not known here."), field="kind")
    same = CentreRelation.objects.filter(centre=centre, organisation=organisation, kind=kind)
    if same.filter(until__isnull=True).exists() or same.filter(until__gt=since).exists():
        raise Conflict(_("This relation exists already."), kept=NOTHING_CHANGED)
    relation = CentreRelation.objects.create(
        centre=centre, organisation=organisation, kind=kind, since=since
    )
    changed(centre, f"relation.{kind}")
    return relation


@command("organisations.end_relation")
def end_relation(ctx: Ctx, *, relation: CentreRelation, until: date) -> CentreRelation:
    """`until` is the first day on which the relation no longer holds."""
    if until <= relation.since:
        raise Invalid(_("It cannot end before it began."), field="until")
    changed(relation.centre, f"relation.{relation.kind}")
    return _update(relation, until=until)


@command("organisations.set_opening_hours")
def set_opening_hours(ctx: Ctx, *, centre: Centre, spans: tuple[Span, ...]) -> Centre:
    """Replace the whole week. Invalid for a span that ends before it starts or overlaps."""
    ordered = sorted(spans, key=lambda span: (span.weekday, span.opens))
    _checked_spans(ordered)
    OpeningHours.objects.filter(centre=centre).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(centre=centre, weekday=span.weekday, opens=span.opens, closes=span.closes)
        for span in ordered
    )
    changed(centre, "opening_hours")
    return centre


def _checked_spans(ordered: list[Span]) -> None:
    for span in ordered:
        if not 0 <= span.weekday <= 6 or span.closes <= span.opens:
            raise Invalid(_("A house cannot close before it opens."), kept=NOTHING_CHANGED)
    for one, other in pairwise(ordered):
        if one.weekday == other.weekday and other.opens < one.closes:
            raise Invalid(_("Two opening times of one day overlap."), kept=NOTHING_CHANGED)


@command("organisations.close_on_day")
def close_on_day(ctx: Ctx, *, centre: Centre, day: date, reason: Words | str = "") -> ClosedDay:
    """Saying it again changes the reason."""
    closed, _created = ClosedDay.objects.update_or_create(
        centre=centre, day=day, defaults={"reason": _words(reason, 120, "reason")}
    )
    changed(centre, "closed_days")
    return closed


@command("organisations.open_on_day")
def open_on_day(ctx: Ctx, *, centre: Centre, day: date) -> Centre:
    """Take a closed day back."""
    ClosedDay.objects.filter(centre=centre, day=day).delete()
    changed(centre, "closed_days")
    return centre


@command("organisations.set_colours")
def set_colours(ctx: Ctx, *, centre: Centre, light: str, dark: str) -> Centre:
    """The house's own colour for what one can do, in both themes; two empty texts take it
    back. Refuses (Invalid, with the ratio reached) what could not be read everywhere."""
    light, dark = light.strip().lower(), dark.strip().lower()
    if light or dark:
        _checked_colour(light, LIGHT_PARTNERS, "colour_light")
        _checked_colour(dark, DARK_PARTNERS, "colour_dark")
    return _update(centre, colour_light=light, colour_dark=dark)


def _checked_colour(colour: str, partners: tuple[str, ...], field: str) -> None:
    if not COLOUR.fullmatch(colour):
        raise Invalid(_("Please give a colour like #1f5a48."), kept=NOTHING_CHANGED, field=field)
    reached = weakest(colour, partners)
    if reached < MINIMUM:
        raise Invalid(
            _("This colour reaches a contrast of only %(reached)s : 1; it needs 4.5 : 1.")
            % {"reached": f"{reached:.2f}"},
            kept=NOTHING_CHANGED,
            next=_("Please take a darker colour for the light pages, a lighter one for the dark."),
            field=field,
            code="contrast",
        )


@command("organisations.set_floor")
def set_floor(
    ctx: Ctx,
    *,
    centre: Centre,
    level: int,
    name: Words | str = "",
    worlds: tuple[WorldOn, ...] = (),
) -> Floor:
    """A floor with its worlds; saying it again changes both. Level 0 is the ground floor."""
    if not -5 <= level <= 40:
        raise Invalid(_("This floor is too high or too low."), field="level")
    floor, _created = Floor.objects.update_or_create(
        centre=centre, level=level, defaults={"name": _words(name, 60, "name")}
    )
    floor.worlds.all().delete()
    rows = [FloorWorld(floor=floor, world=on.world, weekday=on.weekday) for on in set(worlds)]
    _without_violation(lambda: FloorWorld.objects.bulk_create(rows))
    changed(centre, f"floor.{level}")
    return floor


@command("organisations.remove_floor")
def remove_floor(ctx: Ctx, *, floor: Floor) -> Centre:
    centre = floor.centre
    changed(centre, f"floor.{floor.level}")
    floor.delete()
    return centre


@command("organisations.set_space")
def set_space(
    ctx: Ctx,
    *,
    floor: Floor,
    name: Words | str = "",
    room: str = "",
    note: Words | str = "",
    weekday: int | None = None,
    position: int = 0,
    space: Space | None = None,
) -> Space:
    """A new room on a floor, or (`space` given) another word for an existing one."""
    if space is not None and space.floor.centre_id != floor.centre_id:
        raise NotFound(_("This room does not exist."))
    target = space or Space(floor=floor)
    fields = {
        "floor": floor,
        "name": _words(name, 60, "name"),
        "room": room.strip(),
        "note": _words(note, 120, "note"),
        "weekday": weekday,
        "position": position,
    }
    for field, value in fields.items():
        setattr(target, field, value)
    target.save()
    changed(floor.centre, "spaces")
    return target


@command("organisations.remove_space")
def remove_space(ctx: Ctx, *, space: Space) -> Centre:
    centre = space.floor.centre
    changed(centre, "spaces")
    space.delete()
    return centre


def _words(given: Words | str, longest: int, field: str) -> Words:
    words = Words.of(given).stripped()
    if words.longest > longest:
        raise Invalid(
            _("This text is too long: at most %(longest)s characters.") % {"longest": longest},
            kept=NOTHING_CHANGED,
            field=field,
        )
    return words


def _update(row: M, **values: object) -> M:
    """Save what really changed, and name it in the audit row."""
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    if different:
        row.save(update_fields=different)
        changed(row, *different)
    return row


def _without_violation(write: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        raise Invalid(_("This world is not known here."), kept=NOTHING_CHANGED) from error


def _required(text: str, field: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid(_("Please give a name."), kept=NOTHING_CHANGED, field=field)
    return text


def _checked_slug(slug: str) -> None:
    if not SLUG.fullmatch(slug) or len(slug) > 40:
        raise Invalid(
            _("The short name in the address has small letters, digits and dashes only."),
            kept=NOTHING_CHANGED,
            field="slug",
        )


def _slug_taken() -> Conflict:
    return Conflict(
        _("This short name in the address is taken."),
        kept=NOTHING_CHANGED,
        next=_("Please choose another one."),
        field="slug",
    )


def _checked_address(address: Address) -> None:
    if not address.town.strip():
        raise Invalid(_("Please give the town."), kept=NOTHING_CHANGED, field="town")
    if address.state not in STATES:
        raise Invalid(_("Please choose the federal state."), kept=NOTHING_CHANGED, field="state")
    if address.zone not in available_timezones():
        raise Invalid(_("This time zone is not known."), kept=NOTHING_CHANGED, field="zone")
    if not (-90 <= (address.lat or 0) <= 90 and -180 <= (address.lon or 0) <= 180):
        raise Invalid(_("This place is not on earth."), kept=NOTHING_CHANGED, field="lat")


def _address_fields(address: Address) -> dict[str, Any]:
    return {
        "street": address.street.strip(),
        "postcode": address.postcode.strip(),
        "town": address.town.strip(),
        "state": address.state,
        "zone": address.zone,
        "lat": address.lat,
        "lon": address.lon,
    }
