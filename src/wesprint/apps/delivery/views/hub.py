"""At the hub: scanning in, typing what a label says, damage, who fetches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.delivery import forms, links, services
from wesprint.apps.delivery.models import Parcel, Sender, Shipment, Size
from wesprint.apps.delivery.presenters import days as show
from wesprint.apps.delivery.presenters import labels as stickers
from wesprint.apps.delivery.selectors import days as ask
from wesprint.apps.delivery.selectors import house, shipments
from wesprint.apps.delivery.views.common import near_hub, told
from wesprint.apps.goods.public import attempt, mended
from wesprint.kernel.errors import DomainError
from wesprint.platform.base.clock import now
from wesprint.platform.files.services import Prepared, prepare
from wesprint.platform.files.serving import serve
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.web import formats
from wesprint.web.camera import with_camera
from wesprint.web.errors import localise
from wesprint.web.handling import enter_work, show_house
from wesprint.web.http import ctx_of, not_found, viewer_of
from wesprint.web.throttle import throttle

SEE, WORK = "delivery.view_board", "delivery.work"


@never_cache
@with_camera
@require_http_methods(["GET", "HEAD", "POST"])
def hub(request: HttpRequest, slug: str) -> HttpResponse:
    """Scan after scan, each answered at once in large letters."""
    centre = enter_work(request, slug, SEE, WORK)
    answer = _scanned(request, centre) if request.method == "POST" else {}
    day = now().astimezone(centre.tz).date()
    board = ask.board_of(centre, day)
    context = {
        "answer": answer,
        "counts": shipments.counts(board) if board else None,
        "missing": show.missing(shipments.missing(board)) if board else [],
        "fetched": [_to_fetch(one) for one in shipments.to_be_fetched(centre)],
        "hub": house.hub_of(centre),
        "may_work": may(viewer_of(request), WORK, centre),
    }
    status = 422 if answer.get("kind") == "error" else 200
    return render(request, "delivery/hub.html", context, status=status)


def _scanned(request: HttpRequest, centre: Centre) -> dict[str, Any]:
    code = request.POST.get("code", "").strip()[:200]
    try:
        done = services.scan_in(ctx_of(request, centre), centre=centre, code=code)
    except DomainError as error:
        words = f"{localise(error.what)} {localise(error.next)}"
        surplus = code if error.code == "surplus" else ""
        return {"kind": "error", "text": words, "surplus": surplus}
    parcel = done.parcel
    tour = parcel.shipment.stop.tour
    return {
        "kind": "again" if done.again else "done",
        "text": _("%(code)s was here already.") % {"code": parcel.barcode}
        if done.again
        else _("%(code)s is here.") % {"code": parcel.barcode},
        "box": _("Tour %(number)s") % {"number": tour.number} if tour else _("no tour yet"),
        "to": parcel.shipment.address,
        "mass": formats.kilos(parcel.mass_g),
        "heavy": show.heavy(parcel.mass_g),
        "parcel": parcel.public_id,
    }


def _to_fetch(parcel: Parcel) -> dict[str, Any]:
    person = parcel.shipment.recipient
    return {"id": parcel.public_id, "code": parcel.barcode, "who": person.name if person else ""}


@with_camera
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A shipment typed from its label; here it is announced and, in the hub, taken in as well."""
    centre = enter_work(request, slug, WORK, WORK)
    today = now().astimezone(centre.tz).date()
    start = {"day": today, "size": "M", "barcodes": request.GET.get("code", "")[:64]}
    form = forms.ShipmentForm(request.POST or None, initial=start)
    near_hub(form, centre)
    if form.is_bound:
        shipment = attempt(form, lambda: _announce(request, centre, form))
        if shipment is not None:
            return _announced(request, centre, shipment)
    known = house.senders(centre)
    context = {
        "senders": known,
        "sender": request.POST.get("sender") or request.GET.get("sender", ""),
        "sizes": sizes(str(form["size"].value() or "M")),
    }
    return mended(request, "delivery/new.html", context, form)


def sizes(chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": one.value, "label": one.value, "note": one.label, "icon": "box",
         "checked": one.value == chosen}
        for one in Size
    ]  # fmt: skip


def _announce(request: HttpRequest, centre: Centre, form: forms.ShipmentForm) -> Shipment:
    sender = _sender(request, centre)
    return announce(request, sender, form)


def announce(request: HttpRequest, sender: Sender, form: forms.ShipmentForm) -> Shipment:
    data = form.cleaned_data
    return services.announce(
        ctx_of(request, sender.centre),
        sender=sender,
        to=form.recipient(),
        at=services.door(sender.centre, data["address"]),
        day=data["day"],
        size=data["size"],
        parcels=form.parcels(),
        window=form.window(sender.centre.tz),
        note=data["note"],
    )


def _sender(request: HttpRequest, centre: Centre) -> Sender:
    chosen = request.POST.get("sender", "")[:10]
    if chosen:
        return house.sender_by_id(centre, chosen)
    return services.own_sender(ctx_of(request, centre).sub("sender"), centre=centre)


def _announced(request: HttpRequest, centre: Centre, shipment: Shipment) -> HttpResponse:
    here = request.POST.get("here") == "yes"
    ctx = ctx_of(request, centre)
    if here:
        for parcel in shipment.parcels.order_by("pk"):
            told(request, lambda: _in(ctx.sub(parcel.public_id), centre, parcel))  # noqa: B023 - called at once
    if not shipment.match:
        messages.warning(request, _("This address is not in the town: please clarify it."))
    messages.success(request, _("The shipment is on the board."))
    return redirect("delivery_shipment", slug=centre.slug, public_id=shipment.public_id)


def _in(ctx: Any, centre: Centre, parcel: Parcel) -> str:
    services.scan_in(ctx, centre=centre, code=parcel.barcode)
    return ""


@never_cache
@require_safe
def shipment(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Everything about one shipment: its parcels, and every hand they passed through."""
    centre = enter_work(request, slug, SEE)
    found = shipments.shipment_by_id(centre, public_id)
    form = forms.AddressForm(initial={"address": found.address})
    return _shipment(request, centre, found, form)


def _shipment(
    request: HttpRequest, centre: Centre, found: Shipment, form: forms.AddressForm
) -> HttpResponse:
    near_hub(form, centre)
    parcels = list(found.parcels.prefetch_related("scans__tour").order_by("pk"))
    context = {
        "shipment": found,
        "parcels": [_parcel(one) for one in parcels],
        "window": show.window(found.window_from, found.window_until),
        "tracking": links.tracking_path(found),
        "stop": show.stop_card(found.stop.board, found.stop, _with(parcels, found)),
        "price": formats.money(found.price_cents) if found.price_cents is not None else "",
        "may_work": may(viewer_of(request), WORK, centre),
        "may_move": found.closed_at is None and may(viewer_of(request), WORK, centre),
    }
    return mended(request, "delivery/shipment.html", context, form)


def _with(parcels: list[Parcel], found: Shipment) -> list[Parcel]:
    for one in parcels:
        one.shipment = found
    return parcels


def _parcel(parcel: Parcel) -> dict[str, Any]:
    events = [
        {
            "title": scan.get_kind_display(),
            "when": scan.at,
            "icon": "check",
            "text": _("Tour %(number)s") % {"number": scan.tour.number} if scan.tour else "",
        }
        for scan in parcel.scans.all()
    ]
    return {
        "id": parcel.public_id,
        "code": parcel.barcode,
        "mass": formats.kilos(parcel.mass_g),
        "heavy": show.heavy(parcel.mass_g),
        "state": parcel.get_state_display(),
        "here": parcel.state == "here",
        "damage": parcel.damage,
        "damage_photo": reverse(
            "delivery_damage_photo", args=[parcel.centre.slug, parcel.public_id]
        )
        if parcel.damage_photo_id
        else "",
        "events": events,
    }


@require_POST
def change_shipment(request: HttpRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    centre = enter_work(request, slug, WORK)
    found = shipments.shipment_by_id(centre, public_id)
    if verb == "anschrift":
        return _correct(request, centre, found)

    def work() -> str:
        services.cancel(ctx_of(request, centre), shipment=found)
        return _("Called off.")

    told(request, work)
    return redirect("delivery_shipment", slug=slug, public_id=public_id)


def _correct(request: HttpRequest, centre: Centre, found: Shipment) -> HttpResponse:
    """Which of several is meant is asked on the page itself."""
    form = forms.AddressForm(request.POST)
    near_hub(form, centre)
    if not form.is_valid():
        return _shipment(request, centre, found, form)

    def work() -> str:
        at = services.door(centre, form.cleaned_data["address"])
        services.correct_address(ctx_of(request, centre), shipment=found, at=at)
        return _("The address is corrected.") if at.match else _("This door is unknown too.")

    told(request, work)
    return redirect("delivery_shipment", slug=centre.slug, public_id=found.public_id)


@require_POST
def change_parcel(request: HttpRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    """Damage, handed out at the centre, back to the sender."""
    centre = enter_work(request, slug, WORK)
    found = shipments.parcel_by_id(centre, public_id)
    ctx = ctx_of(request, centre)

    def work() -> str:
        if verb == "schaden":
            text = request.POST.get("text", "")
            services.note_damage(ctx, parcel=found, text=text, photo=photo_of(request, "photo"))
            return _("The damage is noted, the sender hears of it.")
        if verb == "ausgeben":
            services.hand_out(ctx, parcel=found)
            return _("Handed out.")
        services.give_back(ctx, parcel=found)
        return _("It goes back to its sender.")

    told(request, work)
    return redirect("delivery_shipment", slug=slug, public_id=found.shipment.public_id)


@require_safe
def labels(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, SEE)
    return _labels(shipments.shipment_by_id(centre, public_id))


@never_cache
@require_safe
def sender_labels(request: HttpRequest, secret: str, public_id: str) -> HttpResponse:
    """A shop prints what it sent itself."""
    found = house.sender_by_secret(secret, links.SENDER, now())
    shipment = shipments.shipment_by_id(found.centre, public_id)
    if shipment.sender_id != found.pk:
        raise not_found()
    return _labels(shipment)


def _labels(found: Shipment) -> HttpResponse:
    rows = found.parcels.select_related("shipment__recipient", "shipment__sender").order_by("pk")
    answer = HttpResponse(stickers.pdf(rows), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.public_id}.pdf"'
    return answer


@require_safe
def damage_photo(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    centre = enter_work(request, slug, SEE)
    photo = shipments.parcel_by_id(centre, public_id).damage_photo
    if photo is None:
        raise not_found()
    return serve(photo, 960, request=request)


def photo_of(request: HttpRequest, name: str) -> Prepared | None:
    upload = request.FILES.get(name)
    return prepare(upload) if upload and upload.size else None


# -- a shop's own page ----------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sender(request: HttpRequest, secret: str) -> HttpResponse:
    """A new shipment without an account: who got one is remembered, the rest is taps."""
    found = house.sender_by_secret(secret, links.SENDER, now())
    show_house(request, found.centre)
    today = now().astimezone(found.centre.tz).date()
    last = shipments.last_of(found)
    form = forms.ShipmentForm(request.POST or None, initial=_again(request, last, today))
    near_hub(form, found.centre)
    if form.is_bound:
        throttle(request, "offer")
        made = attempt(form, lambda: announce(request, found, form))
        if made is not None:
            messages.success(request, _("Announced. Please put its number on the parcel."))
            return redirect("delivery_sender", secret=secret)
    context = {
        "sender": found,
        "secret": secret,
        "sizes": sizes(str(form["size"].value() or "M")),
        "last": [_sent(one) for one in last],
        "usual": formats.money(found.usual_cents) if found.usual_cents is not None else "",
    }
    return mended(request, "delivery/sender.html", context, form)


def _again(request: HttpRequest, last: Sequence[Shipment], today: date) -> dict[str, Any]:
    start: dict[str, Any] = {"day": today, "size": "M"}
    wanted = request.GET.get("wieder", "")
    for one in last:
        if one.public_id == wanted and one.recipient is not None:
            person = one.recipient
            known = {"name": person.name, "phone": person.phone, "email": person.email}
            return start | known | {"address": one.address, "size": one.size, "note": one.note}
    return start


def _sent(one: Shipment) -> dict[str, Any]:
    over = one.closed_at is not None
    state = one.stop.get_outcome_display() if one.stop.outcome else ""
    return {
        "id": one.public_id,
        "who": one.recipient.name if one.recipient else "",
        "address": one.address,
        "day": formats.short_date(one.day),
        "state": state or (_("ended") if over else _("under way")),
        "price": formats.money(one.price_cents) if one.price_cents is not None else "",
        "codes": ", ".join(parcel.barcode for parcel in one.parcels.all()),
        "tracking": links.tracking_path(one),
    }
