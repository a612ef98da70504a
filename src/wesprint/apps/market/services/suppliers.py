"""Who may show goods in the window: an application, and the house's yes or no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import Contact, centre_day, held, operator_for, somebody, text_of
from wesprint.apps.market import links
from wesprint.apps.market.models import Listing, Supplier, SupplierState
from wesprint.apps.market.services.shown import refresh
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid
from wesprint.kernel.ids import new_public_id
from wesprint.platform.agents.models import Agent, AgentKind
from wesprint.platform.commands.services import changed, command
from wesprint.platform.fetch.addresses import target_of
from wesprint.platform.organisations.models import Centre, Organisation
from wesprint.platform.outbox.services import emit
from wesprint.web.links import hash_for

NOTHING_SAVED = _("Nothing was saved yet.")


@dataclass(frozen=True, slots=True)
class Firm:
    """Name and address as every offer shows them; the e-mail may be the firm's own."""

    name: str
    street: str
    postcode: str
    town: str
    email: str
    about: str = ""


@command("market.apply_as_supplier")
def apply_as_supplier(
    ctx: Ctx,
    *,
    centre: Centre,
    firm: Firm,
    contact: Contact = Contact(),  # noqa: B008 - frozen
    organisation: Organisation | None = None,
) -> Supplier:
    """A maker or shop would like to show its goods. contact: whom the house speaks with; empty
    where the firm's e-mail is enough. Raises Invalid for an address that is not complete."""
    operator_for(ctx, centre)
    values = _tidy(firm)
    public_id = new_public_id()
    made = Supplier.objects.create(
        public_id=public_id,
        secret_hash=hash_for(public_id, links.SUPPLIER),
        centre=centre,
        organisation=organisation,
        agent=organisation.agent
        if organisation
        else Agent.objects.create(kind=AgentKind.ORGANIZATION),
        contact=somebody(ctx, centre, contact),
        applied_at=ctx.occurred_at,
        **values,
    )
    changed(made, *values, "state")
    emit(ctx, "market.supplier_applied", {"supplier": made.public_id})
    return made


_MUST = {
    "name": (120, _("Please give the name of the business.")),
    "street": (120, _("Please give street and number.")),
    "postcode": (10, _("Please give the postcode.")),
    "town": (80, _("Please give the town.")),
    "email": (200, _("Please give an e-mail address.")),
}


def _tidy(firm: Firm) -> dict[str, str]:
    values = {"about": text_of(firm.about, 500, "about")}
    for field, (most, words) in _MUST.items():
        values[field] = text_of(getattr(firm, field), most, field)
        if not values[field] or (field == "email" and "@" not in values[field]):
            raise Invalid(words, kept=NOTHING_SAVED, field=field, code=f"no-{field}")
    return values


@command("market.approve_supplier")
def approve_supplier(
    ctx: Ctx, *, supplier: Supplier, agreed_on: date | None = None, text: str = ""
) -> Supplier:
    """The house says yes, as agreed on that day (left out: today): its goods can be seen now."""
    supplier = _decided(supplier, SupplierState.APPROVED, text)
    today = centre_day(supplier.centre, ctx.occurred_at)
    if agreed_on is not None and agreed_on > today:
        raise Invalid(
            _("The agreement cannot lie in the future."),
            kept=NOTHING_SAVED,
            field="agreed_on",
            code="agreed-later",
        )
    supplier.agreed_on = agreed_on or today
    return _keep(ctx, supplier)


@command("market.decline_supplier")
def decline_supplier(ctx: Ctx, *, supplier: Supplier, text: str) -> Supplier:
    """A friendly no, with its reason."""
    supplier = _decided(supplier, SupplierState.DECLINED, text)
    if not supplier.answer:
        raise Invalid(_("Please say why."), kept=NOTHING_SAVED, field="text", code="no-reason")
    return _keep(ctx, supplier)


@command("market.end_supplier")
def end_supplier(ctx: Ctx, *, supplier: Supplier) -> Supplier:
    """The agreement ends: nothing of it is shown any more. What is reserved stays reserved."""
    supplier = held(supplier, "centre")
    supplier.state = SupplierState.ENDED
    return _keep(ctx, supplier)


_AFTER = {
    SupplierState.APPLIED: {SupplierState.APPROVED, SupplierState.DECLINED},
    SupplierState.APPROVED: set[SupplierState](),
    SupplierState.DECLINED: {SupplierState.APPROVED},
    SupplierState.ENDED: {SupplierState.APPROVED},
}


def _decided(supplier: Supplier, state: SupplierState, text: str) -> Supplier:
    supplier = held(supplier, "centre")
    if state not in _AFTER[SupplierState(supplier.state)]:
        raise Conflict(
            _("This was already decided."),
            kept=_("Nothing was changed."),
            next=_("Please load the page again to see how it stands."),
            code="decided",
        )
    supplier.state, supplier.answer = state, text_of(text, 500, "text")
    return supplier


def _keep(ctx: Ctx, supplier: Supplier) -> Supplier:
    supplier.decided_at = ctx.occurred_at
    supplier.save(update_fields=["state", "answer", "agreed_on", "decided_at"])
    changed(supplier, "state", "agreed_on")
    refresh(ctx, list(Listing.objects.filter(supplier=supplier)), supplier)
    emit(ctx, f"market.supplier_{supplier.state}", {"supplier": supplier.public_id})
    return supplier


@command("market.set_feed")
def set_feed(ctx: Ctx, *, supplier: Supplier, url: str) -> Supplier:
    """Where its product feed lies; empty: none. What it brought stays. Raises Invalid or
    Refused for what is no address on the public web."""
    supplier = held(supplier)
    url = url.strip()
    supplier.feed_url = target_of(url).url[:500] if url else ""
    supplier.feed_etag, supplier.feed_read_at, supplier.feed_note = "", None, ""
    supplier.save(update_fields=["feed_url", "feed_etag", "feed_read_at", "feed_note"])
    changed(supplier, "feed_url")
    return supplier
