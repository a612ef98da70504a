"""What senders bring and take as files: a list of parcels in, events and statements out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wesprint.apps.delivery import forms, links, manifest, services
from wesprint.apps.delivery.models import Sender
from wesprint.apps.delivery.selectors import house, shipments
from wesprint.apps.delivery.views.common import month_asked
from wesprint.apps.goods.public import attempt, mended
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import DomainError, Invalid
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.web.errors import localise
from wesprint.web.handling import enter_work
from wesprint.web.http import ctx_of
from wesprint.web.sheets import Cell, csv_answer

WORK, MANAGE = "delivery.work", "delivery.manage"
SALT = "delivery.manifest"
PREVIEW_LIVES = timedelta(hours=2)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the file, look at its rows, then all that can be announced at once."""
    centre = enter_work(request, slug, WORK, WORK)
    form = forms.ManifestForm(request.POST or None, request.FILES or None)
    if request.POST.get("rows"):
        return _announce_all(request, centre)
    found = attempt(form, lambda: _read(form)) if form.is_bound else None
    lines = found or []
    context: dict[str, Any] = {
        "senders": [one for one in house.senders(centre) if one.kind != "house"],
        "today": now().astimezone(centre.tz).date(),
        "lines": lines,
        "good": sum(not one.fault for one in lines),
        "sender": request.POST.get("sender", ""),
        "day": request.POST.get("day", ""),
        "rows": signing.dumps(
            [asdict(one) for one in lines if not one.fault], salt=SALT, compress=True
        )
        if lines
        else "",
    }
    return mended(request, "delivery/manifest.html", context, form)


def _read(form: forms.ManifestForm) -> list[manifest.Line]:
    return manifest.read(form.cleaned_data["file"].read(manifest.LARGEST + 1))


def _announce_all(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Row by row, each a command with a key of its own: sent twice, nothing is there twice."""
    try:
        rows = signing.loads(request.POST["rows"], salt=SALT, max_age=PREVIEW_LIVES)
        day = date.fromisoformat(request.POST.get("day", ""))
    except (signing.BadSignature, ValueError):
        raise Invalid(
            _("This preview is too old."),
            kept=_("Nothing was announced."),
            next=_("Please bring the file once more."),
        ) from None
    sender = house.sender_by_id(centre, request.POST.get("sender", "")[:10])
    ctx, refused = ctx_of(request, centre), []
    for row in rows:
        try:
            _announce(ctx.sub(str(row["number"])), sender, manifest.Line(**row), day)
        except DomainError as error:
            refused.append(f"{row['barcode']}: {localise(error.what)}")
    text = _("%(count)s parcels are announced.") % {"count": len(rows) - len(refused)}
    messages.success(request, text)
    for words in refused[:20]:
        messages.warning(request, words)
    response = redirect("delivery_day", slug=centre.slug)
    response["Location"] += f"?tag={day.isoformat()}"
    return response


def _announce(ctx: Ctx, sender: Sender, line: manifest.Line, day: date) -> None:
    services.announce(
        ctx,
        sender=sender,
        to=services.Recipient(line.name, line.phone, line.email),
        at=services.door(sender.centre, line.address),
        day=day,
        size=line.size,
        parcels=[services.ParcelDraft(line.barcode, line.mass_g)],
        reference=line.reference,
        note=line.note,
    )


# -- out again ----------------------------------------------------------------------------------
@never_cache
@require_safe
def events(request: HttpRequest, secret: str, kind: str) -> HttpResponse | StreamingHttpResponse:
    """Every handover of the sender's parcels since a time, oldest first: for their own system."""
    sender = house.sender_by_secret(secret, links.SENDER, now())
    rows = shipments.events_of(sender, _since(request))
    found = [
        {
            "barcode": one.parcel.barcode,
            "reference": one.parcel.shipment.reference,
            "event": one.kind,
            "at": one.at.isoformat(),
            "recorded_at": one.recorded_at.isoformat(),
            "outcome": one.parcel.shipment.stop.outcome,
            "damage": one.parcel.damage,
        }
        for one in rows
    ]
    if kind == "csv":
        head = ["barcode", "reference", "event", "at", "recorded_at", "outcome", "damage"]
        return csv_answer([head, *(list(one.values()) for one in found)], "status.csv")
    return JsonResponse({"provider": sender.provider_number, "events": found})


def _since(request: HttpRequest) -> datetime:
    try:
        asked = parse_datetime(request.GET.get("seit", "").replace(" ", "+"))
    except ValueError:
        asked = None
    if asked is None or asked.tzinfo is None:
        return now() - timedelta(days=7)
    return asked


@require_safe
def statement(request: HttpRequest, slug: str, public_id: str) -> StreamingHttpResponse:
    """What a sender owes for a month: each shipment that ended in it, and the sum."""
    centre = enter_work(request, slug, MANAGE)
    sender = house.sender_by_id(centre, public_id)
    start, end = month_asked(request, centre)
    rows = shipments.billed(sender, start, end)
    head = [
        _("Day"),
        _("Shipment"),
        _("Reference"),
        _("Size"),
        _("Parcels"),
        _("Net price in cents"),
    ]
    lines = [
        [one.closed_at.date() if one.closed_at else None, one.public_id, one.reference, one.size,
         one.count, one.price_cents]  # type: ignore[attr-defined]  # annotated
        for one in rows
    ]  # fmt: skip
    total = sum(one.price_cents or 0 for one in rows)
    foot: list[Cell] = [_("Sum"), "", "", "", sum(one.count for one in rows), total]  # type: ignore[attr-defined]  # annotated
    name = f"{sender.public_id}-{start:%Y-%m}.csv"
    return csv_answer([head, *lines, foot], name)
