"""The hub, bikes, senders and prices of a house."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery import links
from wesprint.apps.delivery.models import Bike, Hub, PriceRule, Sender, SenderKind, Size, Tour
from wesprint.apps.delivery.selectors.house import PROFILE, matrix_of
from wesprint.apps.goods.public import check_choice, check_price, held, operator_agent, text_of
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid
from wesprint.kernel.ids import new_public_id
from wesprint.platform.agents.models import Agent, AgentKind
from wesprint.platform.commands.services import changed, command
from wesprint.platform.geo.locating import Where, locate
from wesprint.platform.geo.models import Town
from wesprint.platform.organisations.models import Centre

NOTHING_SAVED = _("Nothing was saved yet.")
NOTHING_CHANGED = _("Nothing was changed.")
LINK_LIVES = timedelta(days=730)


def set_hub(ctx: Ctx, *, centre: Centre, town: Town, address: Where | str = "") -> Hub:
    """The hub at an address of the town; without one, where the house stands. Looked up before
    anything is written. Raises Invalid for a door nobody knows or one off the streets."""
    lat, lon = centre.lat, centre.lon
    if str(address).strip():
        found = address if isinstance(address, Where) else locate(town, address)
        lat, lon = found.lat, found.lon
        if lat is None:
            raise Invalid(
                _("This address is not in %(town)s.") % {"town": town.name},
                kept=NOTHING_SAVED,
                next=_("Please check the street, or import the town that the house stands in."),
                field="address",
                code="hub-unknown",
            )
    if lat is None or lon is None:
        raise Invalid(_("Please say where the bikes load."), kept=NOTHING_SAVED, field="address")
    if matrix_of(town, PROFILE, [(lat, lon)]).lost:
        raise Invalid(
            _("No street that a cargo bike can use leads to this place."),
            kept=NOTHING_SAVED,
            next=_("Please take the address of a door at a street."),
            field="address",
            code="hub-off-street",
        )
    return place_hub(ctx, centre=centre, town=town, lat=lat, lon=lon)


@command("delivery.place_hub")
def place_hub(ctx: Ctx, *, centre: Centre, town: Town, lat: float, lon: float) -> Hub:
    hub, _new = Hub.objects.update_or_create(
        centre=centre, defaults={"town": town, "lat": lat, "lon": lon}
    )
    changed(hub, "town", "lat", "lon")
    return hub


@command("delivery.add_bike")
def add_bike(
    ctx: Ctx,
    *,
    centre: Centre,
    name: str,
    capacity_g: int = 120_000,
    capacity_ml: int = 1_000_000,
    range_m: int = 50_000,
    trailer: bool = False,
    starts: time = time(9),
    ends: time = time(17),
) -> Bike:
    """Raises Invalid for a bike that carries nothing or whose day ends before it begins, Conflict
    for a name that is taken."""
    label = text_of(name, 40, "name")
    if not label or min(capacity_g, capacity_ml, range_m) <= 0 or starts >= ends:
        raise Invalid(
            _("A bike has a name, carries something, and its day ends after it begins."),
            kept=NOTHING_SAVED,
            field="name",
            code="bike",
        )
    held(centre)
    if Bike.objects.filter(centre=centre, name=label, gone_at=None).exists():
        raise Conflict(_("There is a bike of this name already."), kept=NOTHING_SAVED, field="name")
    bike = Bike.objects.create(
        centre=centre,
        name=label,
        capacity_g=capacity_g,
        capacity_ml=capacity_ml,
        range_m=range_m,
        trailer=trailer,
        starts=starts,
        ends=ends,
    )
    changed(bike, "name")
    return bike


@command("delivery.retire_bike")
def retire_bike(ctx: Ctx, *, bike: Bike) -> Bike:
    """It rides no more. Raises Conflict while a tour needs it."""
    bike = held(bike)
    if Tour.objects.filter(bike=bike).exclude(state="done").exists():
        raise Conflict(
            _("A tour of today needs this bike."),
            kept=NOTHING_CHANGED,
            next=_("Plan the tour without it first."),
            code="bike-needed",
        )
    bike.gone_at = bike.gone_at or ctx.occurred_at
    bike.save(update_fields=["gone_at"])
    changed(bike, "gone_at")
    return bike


@command("delivery.add_sender")
def add_sender(
    ctx: Ctx,
    *,
    centre: Centre,
    name: str,
    kind: str = SenderKind.SHOP,
    provider_number: str = "",
    usual_cents: int | None = None,
) -> Sender:
    """A shop or a carrier, with a link of its own. Raises Conflict for a name that is taken."""
    check_choice(kind, SenderKind.values, "kind")
    label = text_of(name, 80, "name")
    if not label:
        raise Invalid(_("Please say who sends."), kept=NOTHING_SAVED, field="name")
    if usual_cents is not None:
        check_price(usual_cents)
    held(centre)
    if Sender.objects.filter(centre=centre, name=label, gone_at=None).exists():
        raise Conflict(
            _("There is a sender of this name already."), kept=NOTHING_SAVED, field="name"
        )
    public_id = new_public_id()
    own = kind == SenderKind.HOUSE
    sender = Sender.objects.create(
        public_id=public_id,
        centre=centre,
        kind=kind,
        name=label,
        agent=operator_agent(ctx, centre)
        if own
        else Agent.objects.create(kind=AgentKind.ORGANIZATION),
        provider_number=text_of(provider_number, 40, "provider_number"),
        usual_cents=usual_cents,
        secret_hash=links.hash_of(public_id, links.SENDER),
        link_until=ctx.occurred_at + LINK_LIVES,
    )
    changed(sender, "name", "kind")
    return sender


@command("delivery.own_sender")
def own_sender(ctx: Ctx, *, centre: Centre) -> Sender:
    """The house itself as a sender: things of its own shelf, and whoever posts at its counter."""
    found = Sender.objects.filter(centre=centre, kind=SenderKind.HOUSE, gone_at=None).first()
    return found or add_sender(ctx, centre=centre, name=centre.name, kind=SenderKind.HOUSE)


@command("delivery.set_price")
def set_price(
    ctx: Ctx,
    *,
    centre: Centre,
    size: str,
    cents: int,
    since: date,
    sender: Sender | None = None,
    within_m: int = 100_000,
    window_cents: int = 0,
) -> PriceRule:
    """From a day on; the same day once more corrects it."""
    check_choice(size, Size.values, "size")
    check_price(cents)
    check_price(window_cents)
    held(centre)
    rule, _new = PriceRule.objects.update_or_create(
        centre=centre,
        sender=sender,
        size=size,
        within_m=within_m,
        since=since,
        defaults={"cents": cents, "window_cents": window_cents},
    )
    changed(rule, "cents")
    return rule
