"""Items as cards, facts, timelines and machine-readable data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wesprint.apps.goods import suggest, words
from wesprint.apps.goods.links import absolute
from wesprint.apps.goods.models import Basis, Item, ItemState, Route, Status
from wesprint.apps.goods.presenters.giving import until_words
from wesprint.apps.goods.presenters.social import shelf_price
from wesprint.apps.goods.selectors.catalogue import Card
from wesprint.apps.goods.selectors.counter import Suggestion
from wesprint.apps.goods.selectors.items import Step
from wesprint.apps.goods.selectors.social import SocialPrices
from wesprint.engines.footprint import Avoided, Driver, Note
from wesprint.platform.reference.facts import GateFacts
from wesprint.platform.reference.models import GateKind, Grade
from wesprint.platform.reference.weights import MassBasis
from wesprint.web import formats
from wesprint.web.words import Translated

STATE_KINDS = {
    ItemState.TAKEN_IN: "plain",
    ItemState.IN_WORKSHOP: "info",
    ItemState.FOR_SALE: "",
    ItemState.RESERVED: "now",
    ItemState.HANDED_OVER: "line",
    ItemState.DISPOSED: "line",
    ItemState.USED_UP: "line",
    ItemState.WITHDRAWN: "line",
    ItemState.RETURNED: "line",
    ItemState.LOST: "now",
}
ROUTE_ICONS = {
    Route.SELL: "route-sell",
    Route.WORKSHOP: "route-workshop",
    Route.LEND: "route-lend",
    Route.SPARE_PARTS: "route-parts",
    Route.RECYCLE: "route-recycle",
    Route.DISPOSE: "route-dispose",
}


def _language() -> str:
    return get_language() or "de"


def photo_url(public_id: str, size: int) -> str:
    return reverse("goods_photo", args=[public_id, size])


def facts_line(item: Item) -> str:
    """ "31,5 kg · Zustand B, gut" """
    grade = _("Condition %(grade)s, %(words)s") % {
        "grade": item.grade,
        "words": words.GRADE[Grade(item.grade)],
    }
    return f"{formats.kilos(item.mass_g)} · {grade}"


def card(one: Card, slug: str, prices: SocialPrices) -> dict[str, Any]:
    """For components/good.html."""
    item = one.item
    reserved = item.state == ItemState.RESERVED
    return {
        "url": reverse("goods_shelf_item", args=[slug, item.public_id]),
        "title": title(item),
        "photo": photo_url(one.photo, 320) if one.photo else "",
        "icon_name": item.category.icon,
        "facts": facts_line(item),
        "cents": item.price_cents,
        "tag": _("reserved") if reserved else "",
        "tag_kind": "now",
        "less": shelf_price(prices, item),
    }


def cards(found: Iterable[Card], slug: str, prices: SocialPrices) -> list[dict[str, Any]]:
    return [card(one, slug, prices) for one in found]


def title(item: Item) -> str:
    """What somebody wrote for the shelf; a plain category name in the reader's language."""
    category = item.category
    if item.title == category.name_de:
        return Translated(category.name(_language()))
    return item.title


def state_tag(item: Item) -> dict[str, str]:
    state = ItemState(item.state)
    text = str(state.label)
    if state is ItemState.TAKEN_IN and item.status == Status.WASTE:
        text = _("waste, to be collected")
    return {"text": text, "kind": STATE_KINDS[state]}


def item_facts(item: Item) -> list[dict[str, Any]]:
    """For components/facts.html."""
    weight = f"{formats.kilos(item.mass_g)}{formats.comma()}{Basis(item.basis).label}"
    grade = f"{item.grade} – {words.GRADE[Grade(item.grade)]}"
    rows = [
        {"label": _("Kind"), "value": item.category.name(_language())},
        {"label": _("Condition"), "value": grade},
        {"label": _("Weight"), "value": weight},
    ]
    if item.category.electrical:
        rows.append({"label": _("Electrical test"), "value": _tested(item)})
    return rows


def _tested(item: Item) -> str:
    if item.tested_at is None:
        return _("not yet made")
    day = formats.short_date(item.tested_at)
    text = _("passed on %(day)s") if item.test_passed else _("failed on %(day)s")
    return text % {"day": day}


_STEPS: dict[str, tuple[str, Callable[[], str]]] = {
    "taken-in": ("give", lambda: _("Brought by a neighbour")),
    "made": ("route-workshop", lambda: _("Made in the workshop")),
    "repaired": ("route-workshop", lambda: _("Was in the workshop")),
    "used-up": ("route-workshop", lambda: _("Became something else in the workshop")),
    "weighed-again": ("scale", lambda: _("Weighed again")),
    "tested": ("state-done", lambda: _("Passed the electrical test")),
    "test-failed": ("alert", lambda: _("Failed the electrical test")),
    "for-sale": ("route-sell", lambda: _("Put on the shelf")),
    "handed-over": ("hand", lambda: _("Went to a new owner")),
    "disposed": ("route-recycle", lambda: _("Went to recycling or disposal")),
    "withdrawn": ("undo", lambda: _("Entry withdrawn: it was a mistake")),
    "returned": ("undo", lambda: _("Given back to its owner")),
    "lost": ("search", lambda: _("Not found at a count")),
}


def timeline(steps: Iterable[Step], item: Item) -> list[dict[str, Any]]:
    """For components/timeline.html: without names."""
    events = [_event(step) for step in steps]
    if item.state == ItemState.RESERVED:
        sign = {"title": _("Reserved for a neighbour"), "icon": "state-reserved", "state": "now"}
        events.append(sign)
    elif item.state == ItemState.IN_WORKSHOP:
        sign = {"title": _("In the workshop"), "icon": "route-workshop", "state": "now"}
        events.append(sign)
    return events


def _event(step: Step) -> dict[str, Any]:
    icon, text = _STEPS[step.name]
    grams = formats.kilos(step.grams) if step.grams is not None else ""
    return {"title": text(), "when": step.at, "icon": icon, "text": grams}


_DRIVERS = {
    Driver.PRODUCTION: lambda: _("how much making a new one emits"),
    Driver.DISPLACEMENT: lambda: _("whether it replaces a new one at all"),
    Driver.LIFETIME: lambda: _("how long it will still last"),
    Driver.REPAIR: lambda: _("the repair"),
    Driver.TRANSPORT: lambda: _("the transport"),
    Driver.EXTRA_USE: lambda: _("the power that an old appliance needs"),
}
_NOTES = {
    Note.COULD_BE_ZERO: lambda: _("It may also be zero."),
    Note.MASS_ESTIMATED: lambda: _("The weight is estimated."),
    Note.DISPLACEMENT_ASSUMED: lambda: _(
        "How often it replaces a new one is assumed; our question at the counter will replace that."
    ),
    Note.SOURCES_DISAGREE: lambda: _("The published sources differ widely."),
}


def footprint(found: Avoided | None) -> dict[str, Any] | None:
    """The range in words, what widens it most, and the notes."""
    if found is None:
        return None
    net = found.net
    return {
        "range": formats.co2e(max(0, net.low), max(0, net.high)),
        "production": formats.co2e(found.production.low, found.production.high),
        "driver": _DRIVERS[found.driver]() if found.driver in _DRIVERS else "",
        "notes": [_NOTES[note]() for note in found.notes if note in _NOTES],
        "method": found.method,
    }


def structured_data(item: Item, photo: str) -> dict[str, Any]:
    """schema.org Product with an Offer while it is for sale."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": title(item),
        "productID": item.public_id,
        "category": item.category.name(_language()),
        "itemCondition": "https://schema.org/UsedCondition",
        "url": shelf_address(item) if item.is_listed else _pass_address(item),
        "sameAs": _pass_address(item),
        "weight": {"@type": "QuantitativeValue", "value": item.mass_g, "unitCode": "GRM"},
    }
    if photo:
        data["image"] = absolute(photo_url(photo, 960))
    if item.is_listed and item.price_cents is not None:
        data["offers"] = _offer(item)
    return data


def shelf_address(item: Item) -> str:
    return absolute(reverse("goods_shelf_item", args=[item.centre.slug, item.public_id]))


def _pass_address(item: Item) -> str:
    return absolute(reverse("goods_pass", args=[item.public_id]))


def open_graph(item: Item, photo: str, address: str) -> list[tuple[str, str]]:
    """What a messenger shows beside the link; the picture belongs to the thing itself."""
    rows = [
        ("og:type", "product"),
        ("og:title", title(item)),
        ("og:description", f"{price_words(item)} · {facts_line(item)}"),
        ("og:url", address),
        ("og:site_name", item.centre.name),
        ("og:image", absolute(photo_url(photo, 960)) if photo else ""),
        ("product:condition", "used"),
    ]
    return [(name, text) for name, text in rows if text]


def feed_entry(one: Card) -> dict[str, Any]:
    """One thing of an Atom feed."""
    item = one.item
    return {
        "title": title(item),
        "url": shelf_address(item),
        "pass": _pass_address(item),
        "updated": item.for_sale_since,
        "published": item.first_for_sale_at,
        "summary": f"{price_words(item)} · {facts_line(item)}",
        "photo": absolute(photo_url(one.photo, 960)) if one.photo else "",
    }


def price_words(item: Item) -> str:
    return formats.money(item.price_cents) if item.price_cents else _("free")


def _offer(item: Item) -> dict[str, Any]:
    free = item.state == ItemState.FOR_SALE
    return {
        "@type": "Offer",
        "price": f"{(item.price_cents or 0) / 100:.2f}",
        "priceCurrency": "EUR",
        "availability": f"https://schema.org/{'InStoreOnly' if free else 'Reserved'}",
        "itemCondition": "https://schema.org/UsedCondition",
        "url": shelf_address(item),
        "seller": {"@type": "Organization", "name": item.centre.name},
        "availableDeliveryMethod": "https://schema.org/OnSitePickup",
    }


_WAY_REASONS = {
    suggest.RouteReason.NEEDS_TEST: lambda: _("electrical: tested before it is sold"),
    suggest.RouteReason.READY: lambda: _("in good order, straight to the shelf"),
    suggest.RouteReason.REPAIR: lambda: _("a small repair first"),
    suggest.RouteReason.PARTS: lambda: _("its parts help others"),
    suggest.RouteReason.WASTE: lambda: _("handed over as waste"),
    suggest.RouteReason.NEVER_SOLD: lambda: _("this is never sold here"),
    suggest.RouteReason.PARTS_NEED_CERTIFICATE: lambda: _(
        "only certified places may take parts out of it"
    ),
}


def advice(found: Suggestion) -> dict[str, Any]:
    """The suggestion panel: each part in words with its reason."""
    route = Route(found.way.route)
    return {
        "route": route.value,
        "route_name": route.label,
        "route_icon": ROUTE_ICONS[route],
        "route_reason": _WAY_REASONS[found.way.reason](),
        "price": _price_words(found.price),
        "price_reason": _price_reason(found.price),
        "price_value": _price_value(found.per_kg or found.price),
        "per_kg": found.per_kg is not None,
        "per_kg_price": _price_words(found.per_kg) if found.per_kg else "",
        "gate": _gate(found.gate),
        "full": until_words(found.full) if found.full else "",
        "mass": formats.kilos(found.typical.grams),
        "mass_reason": _mass_reason(found),
        "footprint": footprint(found.footprint),
        "estimated": not found.weighed,
        "primary": words.DO_ROUTE[route],
        "others": [
            {"value": other.value, "label": words.DO_ROUTE[other], "icon": ROUTE_ICONS[other]}
            for other in _others(found, route)
        ],
    }


# Lending has no room of its own yet, so the counter offers no way to it.
_USUAL = (Route.SELL, Route.WORKSHOP, Route.SPARE_PARTS, Route.RECYCLE)


def _others(found: Suggestion, route: Route) -> list[Route]:
    """Ways that nothing forbids; a thing without a price yet is not offered for sale."""
    if found.way.reason is suggest.RouteReason.WASTE:
        return [Route.DISPOSE]
    never = found.way.reason is suggest.RouteReason.NEVER_SOLD
    closed = {Route.SELL} if never else set()
    if found.facts.electrical:
        closed.add(Route.SELL)
    if not found.certified:
        closed.add(Route.SPARE_PARTS)
    ways = (*_USUAL, Route.DISPOSE) if never or not found.certified else _USUAL
    return [way for way in ways if way != route and way not in closed]


def _gate(gate: GateFacts | None) -> dict[str, str] | None:
    """What the bench says beside the suggestion; the test has its own words there."""
    if gate is None or gate.kind == GateKind.NEEDS_TEST:
        return None
    return {"kind": gate.kind, "reason": gate.reason(_language())}


def _price_words(price: suggest.Price) -> str:
    if price.basis is suggest.PriceBasis.NONE:
        return ""
    if price.high < 1000:
        return f"{formats.money(price.low)} – {formats.money(price.high)}"
    return formats.money_range(price.low, price.high)


def _price_reason(price: suggest.Price) -> str:
    if price.basis is suggest.PriceBasis.OWN_SALES:
        text = ngettext("from %(count)s own sale", "from %(count)s own sales", price.sales)
        return text % {"count": price.sales}
    return _("from our price table") if price.basis is suggest.PriceBasis.GUIDE else ""


def _price_value(price: suggest.Price) -> str:
    """As it stands in the field: "55,00"."""
    return amount(price.central) if price.basis is not suggest.PriceBasis.NONE else ""


def amount(cents: int | None) -> str:
    if cents is None:
        return ""
    return formats.number(cents // 100) if cents % 100 == 0 else plain_amount(cents)


def plain_amount(cents: int) -> str:
    euros, rest = divmod(cents, 100)
    comma = "," if _language().startswith("de") else "."
    return f"{euros}{comma}{rest:02d}"


def _mass_reason(found: Suggestion) -> str:
    if found.typical.basis is MassBasis.OWN_WEIGHINGS:
        text = ngettext(
            "from %(count)s own weighing", "from %(count)s own weighings", found.typical.n
        )
        return text % {"count": found.typical.n}
    return _("usual weight")
