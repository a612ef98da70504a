"""The hub, its bikes and its senders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery.models import Bike, Hub, PriceRule, Sender
from wesprint.engines.streets import Matrix, Streets
from wesprint.kernel.errors import NotFound, Refused
from wesprint.platform.geo.models import Town
from wesprint.platform.geo.selectors import streets_of
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.secrets import secret_hash

PROFILE, WITH_TRAILER = "cargo-bike", "cargo-bike-trailer"


def hub_of(centre: Centre) -> Hub | None:
    """One query."""
    return Hub.objects.select_related("town", "centre").filter(centre=centre).first()


def hub_or_refuse(centre: Centre) -> Hub:
    hub = hub_of(centre)
    if hub is None:
        raise Refused(
            _("This house has no hub yet."),
            kept=_("Nothing was saved."),
            next=_("Please say first where the bikes load: Delivery, Set up."),
            code="no-hub",
        )
    return hub


def bikes(centre: Centre) -> tuple[Bike, ...]:
    """One query."""
    return tuple(Bike.objects.filter(centre=centre, gone_at=None).order_by("name"))


def bike_by_id(centre: Centre, public_id: str) -> Bike:
    found = Bike.objects.filter(centre=centre, public_id=public_id, gone_at=None).first()
    if found is None:
        raise NotFound(_("This bike does not exist here."))
    return found


def senders(centre: Centre) -> tuple[Sender, ...]:
    """One query."""
    return tuple(Sender.objects.filter(centre=centre, gone_at=None).order_by("kind", "name"))


def sender_by_id(centre: Centre, public_id: str) -> Sender:
    rows = Sender.objects.filter(centre=centre, public_id=public_id, gone_at=None)
    found = rows.select_related("centre", "agent").first()
    if found is None:
        raise NotFound(_("This sender does not exist here."))
    return found


def sender_by_secret(secret: str, purpose: str, moment: datetime) -> Sender:
    rows = Sender.objects.filter(
        secret_hash=secret_hash(secret, purpose), link_until__gt=moment, gone_at=None
    )
    found = rows.select_related("centre", "agent").first()
    if found is None:
        raise NotFound(
            _("This link leads to no sender, or it has run out."),
            next=_("Please ask the house for a new one."),
            code="no-sender",
        )
    return found


def price_of(sender: Sender, size: str, metres: int, *, window: bool, day: date) -> int | None:
    """Net cents of one parcel: a contract before the general price, the nearest zone that reaches
    so far, the latest of its rows. None where the house has no price. One query."""
    rows = PriceRule.objects.filter(
        Q(sender=sender) | Q(sender=None),
        centre=sender.centre_id,
        size=size,
        within_m__gte=metres,
        since__lte=day,
    )
    found = sorted(
        rows, key=lambda one: (one.sender_id is None, one.within_m, -one.since.toordinal())
    )
    if not found:
        return None
    return found[0].cents + (found[0].window_cents if window else 0)


def prices(centre: Centre) -> tuple[PriceRule, ...]:
    """One query."""
    rows = PriceRule.objects.filter(centre=centre).select_related("sender")
    return tuple(rows.order_by("sender", "size", "within_m", "-since"))


def midnight(centre: Centre, day: date) -> datetime:
    return datetime.combine(day, time.min, centre.tz)


def matrix_of(town: Town, profile: str, points: Sequence[tuple[float, float]]) -> Matrix:
    """Ways between all of them. Some milliseconds a point; the last few answers are kept."""
    return _matrix(town.pk, town.folder, profile, tuple(points))


@lru_cache(maxsize=16)
def _matrix(
    town: int, folder: str, profile: str, points: tuple[tuple[float, float], ...]
) -> Matrix:
    streets: Streets = streets_of(Town.objects.get(pk=town), profile)
    return streets.matrix(points)
