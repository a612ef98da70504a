"""Entries of the exchange as cards and facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wesprint.apps.market.matching import Reason
from wesprint.apps.market.models import (
    Approach,
    ApproachState,
    Entry,
    EntryKind,
    EntryState,
    Material,
    QuantityUnit,
)
from wesprint.apps.market.selectors.exchange import Match
from wesprint.web import formats

ICONS = {
    Material.WOOD: "cat-shelf",
    Material.METAL: "cat-hand-tool",
    Material.TEXTILE: "cat-clothing",
    Material.FURNITURE: "cat-table",
    Material.PACKAGING: "cat-storage-box",
    Material.PLASTIC: "cat-flower-pot",
    Material.PAPER: "cat-books",
    Material.GLASS: "cat-glasses",
    Material.BUILDING: "cat-building-material",
    Material.DEVICES: "cat-monitor",
    Material.OTHER: "cat-other",
}
_REASONS = {
    Reason.MATERIAL: lambda: _("the same material"),
    Reason.WORDS: lambda: _("the same words"),
    Reason.ENOUGH: lambda: _("there is enough of it"),
    Reason.PART: lambda: _("covers a part of it"),
    Reason.DAYS: lambda: _("the days fit"),
    Reason.NEAR: lambda: _("close by"),
}


def quantity(entry: Entry) -> str:
    if entry.unit == QuantityUnit.GRAM:
        return formats.mass(entry.quantity)
    count = formats.number(entry.quantity)
    words = {
        QuantityUnit.PIECE: _("%(count)s pieces"),
        QuantityUnit.METRE: _("%(count)s m"),
    }
    return words[QuantityUnit(entry.unit)] % {"count": count}


def period(entry: Entry) -> str:
    return f"{formats.short_date(entry.since)} – {formats.short_date(entry.until)}"


def card(entry: Entry) -> dict[str, Any]:
    offer = entry.kind == EntryKind.OFFER
    return {
        "entry": entry,
        "url": reverse("market_entry", args=[entry.public_id]),
        "photo": photo_url(entry, 320) if entry.state == EntryState.SHOWN else "",
        "icon": ICONS[Material(entry.material)],
        "tag": _("offered") if offer else _("sought"),
        "tag_kind": "" if offer else "now",
        "quantity": quantity(entry),
        "period": period(entry),
    }


def cards(found: Iterable[Entry]) -> list[dict[str, Any]]:
    return [card(one) for one in found]


def photo_url(entry: Entry, size: int) -> str:
    if entry.photo is None:
        return ""
    return reverse("market_entry_photo", args=[entry.photo.public_id, size])


def facts(entry: Entry) -> list[dict[str, Any]]:
    return [
        {"label": _("Material"), "value": Material(entry.material).label},
        {"label": _("Quantity"), "value": quantity(entry)},
        {"label": _("When"), "value": period(entry)},
        {"label": _("Where"), "value": f"{entry.postcode} {entry.town}"},
        {"label": _("Business"), "value": entry.business},
    ]


def matches(found: Iterable[Match]) -> list[dict[str, Any]]:
    return [
        card(one.entry) | {"reasons": ", ".join(_REASONS[reason]() for reason in one.reasons)}
        for one in found
    ]


def status(entry: Entry) -> dict[str, str]:
    """What whoever wrote it reads first."""
    return {
        EntryState.UNCONFIRMED: {
            "kind": "attention",
            "title": _("Please confirm your entry."),
            "text": _("Then somebody of the house looks at it and puts it on the board."),
        },
        EntryState.WAITING: {
            "kind": "info",
            "title": _("We look at your entry."),
            "text": _("Mostly within one opening day. You need not do anything."),
        },
        EntryState.SHOWN: {
            "kind": "success",
            "title": _("Your entry is on the board."),
            "text": _("When somebody is interested, we write to you."),
        },
        EntryState.DECLINED: {
            "kind": "info",
            "title": _("We cannot show this entry."),
            "text": entry.answer,
        },
        EntryState.ENDED: {
            "kind": "info",
            "title": _("You have taken this entry down."),
            "text": _("You are welcome to write another one."),
        },
        EntryState.EXPIRED: {
            "kind": "info",
            "title": _("This entry has run out."),
            "text": _("You are welcome to write another one."),
        },
    }[EntryState(entry.state)]


def approach_line(one: Approach) -> dict[str, Any]:
    """What somebody wrote; who it is only after both have said yes."""
    agreed = one.state == ApproachState.AGREED
    return {
        "approach": one,
        "asked": one.state == ApproachState.ASKED,
        "agreed": agreed,
        "person": one.person if agreed else None,
    }


def approach_lines(entry: Entry) -> list[dict[str, Any]]:
    """Those that were confirmed, newest first."""
    found = [one for one in entry.approaches.all() if one.state != ApproachState.UNCONFIRMED]
    return [approach_line(one) for one in sorted(found, key=lambda one: -one.pk)]


def approach_status(one: Approach) -> dict[str, str]:
    return {
        ApproachState.UNCONFIRMED: {
            "kind": "attention",
            "title": _("Please confirm that you are interested."),
            "text": _("Then we ask the other side. Your address is handed on only if they agree."),
        },
        ApproachState.ASKED: {
            "kind": "info",
            "title": _("We have asked the other side."),
            "text": _("We write to you as soon as they have answered."),
        },
        ApproachState.AGREED: {
            "kind": "success",
            "title": _("Both have said yes."),
            "text": _("Now you can speak with each other."),
        },
        ApproachState.DECLINED: {
            "kind": "info",
            "title": _("This time it does not fit."),
            "text": _("Your address was not handed on. Look what else is on the board."),
        },
    }[ApproachState(one.state)]
