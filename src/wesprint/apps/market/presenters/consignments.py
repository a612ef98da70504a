"""Agreements, what was brought, statements and payout lists as facts and rows."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.dateformat import format as dateformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wesprint.apps.goods.public import ItemState
from wesprint.apps.market.models import (
    Afterwards,
    CommissionRate,
    ConsignedItem,
    ConsignedState,
    Consignment,
    Payout,
    PayoutState,
    Settlement,
    SettlementLine,
)
from wesprint.apps.market.presenters.window import tag
from wesprint.apps.market.selectors.consignments import Brought, name_of
from wesprint.web import formats


def percent(per_mille: int) -> str:
    text = formats.number(Decimal(per_mille) / 10, 0 if per_mille % 10 == 0 else 1)
    return f"{text} %" if formats.is_german() else f"{text}%"


def period(consignment: Consignment) -> str:
    since = formats.short_date(consignment.since)
    if consignment.until is None:
        return _("from %(day)s") % {"day": since}
    return f"{since} – {formats.short_date(consignment.until)}"


def month_name(settlement: Settlement) -> str:
    return dateformat(settlement.month, "F Y")


def columns() -> list[dict[str, str]]:
    return [
        {"label": _("For")},
        {"label": _("Agreement")},
        {"label": _("Period")},
        {"label": _("House keeps"), "kind": "number"},
        {"label": _("Waiting"), "kind": "number"},
        {"label": _("Sold"), "kind": "number"},
    ]


def row(consignment: Consignment, slug: str) -> dict[str, Any]:
    return {
        "url": reverse("market_consignment", args=[slug, consignment.public_id]),
        "cells": [
            name_of(consignment.consignor) or "–",
            consignment.number,
            period(consignment),
            percent(list(consignment.rates.all())[-1].per_mille),
            formats.number(consignment.waiting),  # type: ignore[attr-defined]  # annotated
            formats.number(consignment.sold),  # type: ignore[attr-defined]  # annotated by the query
        ],
    }


def facts(consignment: Consignment) -> list[dict[str, Any]]:
    least = consignment.least_cents
    return [
        {"label": _("Period"), "value": period(consignment)},
        {"label": _("The house keeps"), "value": rates(consignment.rates.all())},
        {"label": _("Not below"), "value": formats.money(least) if least else _("no minimum")},
        {
            "label": _("What nobody buys"),
            "value": Afterwards(consignment.afterwards).label,
        },
        {"label": _("Paid out"), "value": _masked(consignment.consignor.iban)},
    ]


def _masked(iban: str) -> str:
    """Enough to compare; the whole number stands on statement and payout list alone."""
    return f"{iban[:4]} … {iban[-4:]}" if iban else _("at the counter")


def rates(found: Iterable[CommissionRate]) -> str:
    return ", ".join(
        _("%(percent)s from %(day)s")
        % {"percent": percent(one.per_mille), "day": formats.short_date(one.since)}
        for one in found
    )


def brought_line(one: Brought, slug: str) -> dict[str, Any]:
    item = one.consigned.item
    return {
        "url": reverse("goods_stock_item", args=[slug, item.public_id]),
        "item": item,
        "icon": item.category.icon,
        "state": _state(one.consigned),
        "price": item.price_cents,
        "due": one.due,
        "open": one.consigned.state == ConsignedState.HELD
        and item.state in (ItemState.TAKEN_IN, ItemState.FOR_SALE),
    }


def _state(consigned: ConsignedItem) -> dict[str, str]:
    if consigned.state != ConsignedState.HELD:
        return {"text": str(ConsignedState(consigned.state).label), "kind": "line"}
    state = ItemState(consigned.item.state)
    kinds = {ItemState.HANDED_OVER: "", ItemState.RESERVED: "now"}
    return {"text": str(state.label), "kind": kinds.get(state, "plain")}


def settlement_columns() -> list[dict[str, str]]:
    return [
        {"label": _("Statement")},
        {"label": _("Month")},
        {"label": _("For")},
        {"label": _("Sold for"), "kind": "number"},
        {"label": _("House"), "kind": "number"},
        {"label": _("Due"), "kind": "number"},
        {"label": _("State")},
    ]


def settlement_row(one: Settlement, slug: str) -> dict[str, Any]:
    return {
        "url": reverse("market_settlement", args=[slug, one.public_id]),
        "cells": [
            one.number,
            month_name(one),
            name_of(one.consignor) or "–",
            formats.money(one.price_cents),
            formats.money(one.house_cents),
            formats.money(one.due_cents),
            settlement_state(one),
        ],
    }


def settlement_state(one: Settlement) -> str:
    if one.payout is None:
        return tag(_("to be paid out"), "now") if one.due_cents else tag(_("nothing due"), "plain")
    words = f"{PayoutState(one.payout.state).label}, {one.payout.number}"
    return tag(words, "" if one.payout.state == PayoutState.PAID else "plain")


def line_columns() -> list[dict[str, str]]:
    return [
        {"label": _("Sold")},
        {"label": _("On")},
        {"label": _("Number")},
        {"label": _("Price"), "kind": "number"},
        {"label": _("Commission"), "kind": "number"},
        {"label": _("House"), "kind": "number"},
        {"label": _("Due"), "kind": "number"},
    ]


def line_cells(line: SettlementLine) -> list[str]:
    item = line.consigned.item
    title = item.title
    if item.title == item.category.name_de:
        title = item.category.name(get_language() or "de")
    if line.reverses_id is not None:
        title = _("%(title)s (taken back)") % {"title": title}
    return [
        title,
        formats.short_date(line.sold_on),
        item.public_id,
        formats.money(line.price_cents),
        percent(line.per_mille),
        formats.money(line.house_cents),
        formats.money(line.due_cents),
    ]


def foot(one: Settlement) -> list[str]:
    return [
        _("Together"),
        "",
        "",
        formats.money(one.price_cents),
        "",
        formats.money(one.house_cents),
        formats.money(one.due_cents),
    ]


def payout_line(one: Payout) -> dict[str, Any]:
    return {
        "payout": one,
        "cents": one.cents,  # type: ignore[attr-defined]  # annotated
        "statements": one.statements,  # type: ignore[attr-defined]  # annotated by the query
        "paid": one.state == PayoutState.PAID,
    }
