"""The board: who stands where, and the one step that comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wesprint.apps.goods.public import Item, hours, photo_url, title
from wesprint.apps.workshop.models import CustomerRepair, Kind, Order, OrderItem, OrderState
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.web import formats

READY = "ready"
KIND_ICONS = {Kind.REPAIR: "route-workshop", Kind.UPCYCLE: "star", Kind.CUSTOMER: "person"}
_TAGS = {
    OrderState.ASSESS: "info",
    OrderState.IN_WORK: "now",
    OrderState.WAITING: "plain",
    OrderState.DONE: "",
    OrderState.FAILED: "line",
}


def state_tag(order: Order) -> dict[str, str]:
    state = OrderState(order.state)
    if state is OrderState.IN_WORK and order.weighed_at:
        return {"text": _("waits for its test"), "kind": "now"}
    return {"text": str(state.label), "kind": _TAGS[state]}


def things_of(orders: Iterable[Order]) -> list[Item]:
    return [row.item for order in orders for row in order.bench.all()]


def columns(
    running: Sequence[Order], ready: Sequence[Order], photos: Mapping[int, str], *, named: bool
) -> list[dict[str, Any]]:
    """One for each state, and one for what customers may fetch."""
    names = (
        (OrderState.ASSESS, _("To assess"), _("New orders come here first.")),
        (OrderState.IN_WORK, _("In work"), _("Nobody is at work on anything.")),
        (OrderState.WAITING, _("Waiting for parts"), _("Nothing waits for parts.")),
    )
    found = [
        _column(state, label, empty, [one for one in running if one.state == state], photos, named)
        for state, label, empty in names
    ]
    fetch = _("Nothing waits to be fetched.")
    return [*found, _column(READY, _("To be fetched"), fetch, ready, photos, named)]


def _column(
    key: str,
    label: str,
    empty: str,
    orders: Sequence[Order],
    photos: Mapping[int, str],
    named: bool,
) -> dict[str, Any]:
    cards = [card(order, photos, named=named) for order in orders]
    return {"key": str(key), "label": label, "cards": cards, "empty": empty}


def repair_of(order: Order) -> CustomerRepair | None:
    return getattr(order, "repair", None)


def card(order: Order, photos: Mapping[int, str], *, named: bool) -> dict[str, Any]:
    slug = order.centre.slug
    rows = [] if order.kind == Kind.CUSTOMER else list(order.bench.all())
    return {
        "order": order,
        "url": reverse("workshop_order", args=[slug, order.public_id]),
        "photo": _photo(rows, photos),
        "icon": rows[0].item.category.icon if rows else KIND_ICONS[Kind(order.kind)],
        "kind": Kind(order.kind).label,
        "more": max(0, len(rows) - 1),
        "customer": _customer(order) if named else "",
        "hint": hint(order),
        "steps": steps(order),
        "change": reverse("workshop_change", args=[slug, order.public_id, "stand"]),
    }


def _photo(rows: Sequence[OrderItem], photos: Mapping[int, str]) -> str:
    known = [photos[row.item_id] for row in rows if row.item_id in photos]
    return photo_url(known[0], 320) if known else ""


def _customer(order: Order) -> str:
    repair = repair_of(order)
    person = repair.person if repair else None
    return str(person.name) if person else ""


def hint(order: Order) -> dict[str, str] | None:
    """What holds it up, in a few words; what only needs patience is said quietly."""
    repair = repair_of(order)
    if order.weighed_at and order.is_running:
        return {"text": _("Test missing"), "kind": "now"}
    if repair is None:
        return None
    if not order.is_running:
        return _quiet(_("told")) if repair.ready_at else {"text": _("not told yet"), "kind": "now"}
    if repair.declined_at:
        return {"text": _("declined by the customer"), "kind": "now"}
    if repair.estimated_at is None:
        return {"text": _("Estimate missing"), "kind": "now"}
    return _quiet(_("approved") if repair.approved_at else _("waits for the customer's yes"))


def _quiet(text: str) -> dict[str, str]:
    return {"text": text, "kind": "plain"}


def steps(order: Order) -> list[dict[str, str]]:
    """The moves that one tap makes on the board."""
    repair = repair_of(order)
    if order.weighed_at or not order.is_running:
        return []
    work = {"state": OrderState.IN_WORK, "label": _("Into work"), "icon": "arrow"}
    wait = {"state": OrderState.WAITING, "label": _("Waits for parts"), "icon": "hourglass"}
    if order.state == OrderState.IN_WORK:
        return [wait]
    ready = repair is None or repair.approved_at is not None
    return [work] if ready else []


def chosen(found: Sequence[Mapping[str, Any]], wanted: str) -> str:
    """On the phone one column is shown: the one asked for, else the first with something in it."""
    keys = [str(one["key"]) for one in found]
    if wanted in keys:
        return wanted
    return next((str(one["key"]) for one in found if one["cards"]), keys[0])


def tabs(centre: Centre, found: Sequence[Mapping[str, Any]], current: str) -> list[dict[str, Any]]:
    here = reverse("workshop_board", args=[centre.slug])
    return [
        {
            "label": one["label"],
            "url": f"{here}?spalte={one['key']}",
            "current": one["key"] == current,
            "count": len(one["cards"]),
        }
        for one in found
    ]


def waiting(item: Item, photos: Mapping[int, str]) -> dict[str, Any]:
    days = (now() - item.taken_in_at).days
    return {
        "id": item.public_id,
        "title": title(item),
        "photo": photo_url(photos[item.pk], 320) if item.pk in photos else "",
        "icon": item.category.icon,
        "note": formats.kilos(item.mass_g) if days < 1 else _days(days, item),
    }


def _days(days: int, item: Item) -> str:
    text = _("%(mass)s, here for %(days)s days") if days > 1 else _("%(mass)s, since yesterday")
    return text % {"mass": formats.kilos(item.mass_g), "days": formats.number(days)}


def choice(item: Item, photos: Mapping[int, str], picked: Sequence[str]) -> dict[str, Any]:
    return {**waiting(item, photos), "checked": item.public_id in picked}


def kinds(chosen_kind: str) -> list[dict[str, Any]]:
    notes = {
        Kind.REPAIR: _("the same thing, sound again"),
        Kind.UPCYCLE: _("something new, with its own pass"),
    }
    return [
        {
            "value": kind.value,
            "label": kind.label,
            "note": note,
            "icon": KIND_ICONS[kind],
            "checked": kind.value == chosen_kind,
        }
        for kind, note in notes.items()
    ]


def month_hours(seconds: int | None) -> str:
    return hours(seconds) if seconds else ""


def archive_columns() -> list[dict[str, str]]:
    return [
        {"label": _("Order")},
        {"label": _("Kind")},
        {"label": _("State")},
        {"label": _("Finished")},
        {"label": _("No."), "kind": "number"},
    ]


def archive_row(order: Order, slug: str) -> dict[str, Any]:
    return {
        "url": reverse("workshop_order", args=[slug, order.public_id]),
        "cells": [
            order.title,
            Kind(order.kind).label,
            OrderState(order.state).label,
            formats.short_date(order.closed_at) if order.closed_at else "",
            formats.number(order.number),
        ],
    }
