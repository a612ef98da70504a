"""Offers as the staff sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wesprint.apps.goods.models import Offer, OfferState, Source, Way
from wesprint.apps.goods.presenters import giving
from wesprint.apps.goods.presenters.giving import FullBy, group_ids, until_words
from wesprint.apps.goods.selectors.house import Tree
from wesprint.platform.organisations.models import Centre

_TAGS = {
    OfferState.OFFERED: "now",
    OfferState.ASKED: "info",
    OfferState.ACCEPTED: "",
    OfferState.DECLINED: "line",
    OfferState.ARRIVED: "plain",
    OfferState.WITHDRAWN: "line",
}
_SOURCES = {Source.WEB: "shop", Source.TELEPHONE: "phone", Source.COUNTER: "house"}


def state_tag(offer: Offer) -> dict[str, str]:
    state = OfferState(offer.state)
    return {"text": str(state.label), "kind": _TAGS[state]}


def row(offer: Offer) -> dict[str, Any]:
    """One offer: things with their pictures, first photo, who and how to reach them."""
    lines = list(offer.lines.all())
    photos = [photo.file.public_id for photo in offer.photos.all()]
    slug = offer.centre.slug
    return {
        "offer": offer,
        "url": reverse("goods_offer", args=[slug, offer.public_id]),
        "title": lines[0].what if lines else "",
        "more": len(lines) - 1,
        "lines": [
            {"what": one.what, "count": one.count, "icon": icon_of(one), "kind": _kind(one)}
            for one in lines
        ],
        "icon": icon_of(lines[0]) if lines else "box",
        "photos": [
            reverse("goods_offer_photo", args=[slug, offer.public_id, photo]) for photo in photos
        ],
        "status": state_tag(offer),
        "source_icon": _SOURCES[Source(offer.source)],
        "giver": offer.giver,
    }


def icon_of(line: Any) -> str:
    return line.category.icon if line.category else "box"


def _kind(line: Any) -> str:
    return line.category.name(get_language() or "de") if line.category else ""


def tabs(centre: Centre, box: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    here = reverse("goods_offers", args=[centre.slug])
    labels = {
        "waiting": _("To answer"),
        "expected": _("Expected"),
        "closed": _("Finished"),
    }
    return [
        {
            "label": label,
            "url": f"{here}?fach={name}",
            "current": name == box,
            "count": counts[name] if name != "closed" else 0,
        }
        for name, label in labels.items()
    ]


def more(centre: Centre, box: str, found: tuple[Offer, ...]) -> str:
    here = reverse("goods_offers", args=[centre.slug])
    return f"{here}?fach={box}&nach={found[-1].number}"


def ways(chosen: str) -> list[dict[str, Any]]:
    """Who writes down somebody else's words does not say "I"."""
    return giving.ways(chosen, {Way.BRING: _("Is brought"), Way.FETCH: _("Is fetched")})


def sources(chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": one.value, "label": one.label, "checked": one.value == chosen}
        for one in (Source.TELEPHONE, Source.COUNTER)
    ]


def kinds_to_choose(tree: Tree) -> list[dict[str, Any]]:
    """For a select: each group as a whole, then its kinds."""
    language = get_language() or "de"
    return [
        {
            "slug": group.slug,
            "name": group.name(language),
            "whole": _("%(group)s, all of it") % {"group": group.name(language)},
            "kinds": [{"slug": one.slug, "name": one.name(language)} for one in group.leaves],
        }
        for group in tree.groups
    ]


def full_rows(tree: Tree, full: FullBy) -> list[dict[str, Any]]:
    ids = group_ids(tree)
    language = get_language() or "de"
    names = {ids[group.slug]: (group.slug, group.name(language)) for group in tree.groups}
    names |= {facts.id: (facts.slug, facts.name(language)) for facts in tree.by_id.values()}
    return [
        {
            "slug": names[pk][0],
            "name": names[pk][1],
            "until": until_words(entry),
            "note": entry.note,
            "daily": entry.daily,
        }
        for pk, entry in full.items()
        if pk in names
    ]
