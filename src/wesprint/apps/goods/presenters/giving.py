"""What we take, and an offer as its giver sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wesprint.apps.goods.models import Offer, OfferState, Size, Way
from wesprint.apps.goods.selectors.house import Full, Tree
from wesprint.platform.reference.facts import CategoryFacts
from wesprint.web import formats

FullBy = Mapping[int, Full]


def _language() -> str:
    return get_language() or "de"


def group_ids(tree: Tree) -> dict[str, int]:
    """Row numbers of groups: capacity may speak of a whole group."""
    from wesprint.platform.reference.models import Category

    return dict(Category.objects.filter(parent=None).values_list("slug", "pk"))


def fullness(facts: CategoryFacts, full: FullBy, groups: Mapping[str, int]) -> Full | None:
    return full.get(facts.id) or full.get(groups.get(facts.group, 0))


def until_words(full: Full) -> str:
    if full.daily:
        return _("full for today")
    if full.until is None:
        return _("full at the moment")
    return _("full until %(day)s") % {"day": formats.short_date(full.until)}


def groups(tree: Tree, full: FullBy) -> list[dict[str, Any]]:
    """Groups with their kinds, each with its condition or that it is full."""
    ids = group_ids(tree) if full else {}
    return [
        {
            "slug": group.slug,
            "name": group.name(_language()),
            "icon": group.icon,
            "kinds": [_kind(facts, fullness(facts, full, ids)) for facts in group.leaves],
        }
        for group in tree.groups
    ]


def _kind(facts: CategoryFacts, full: Full | None) -> dict[str, Any]:
    return {
        "name": facts.name(_language()),
        "note": facts.note(_language()),
        "icon": facts.icon,
        "full": until_words(full) if full else "",
    }


def full_list(tree: Tree, full: FullBy) -> list[dict[str, Any]]:
    """What is full this week, as short entries; a group counts as one."""
    ids = group_ids(tree) if full else {}
    names = {ids[group.slug]: group.name(_language()) for group in tree.groups if full}
    names |= {facts.id: facts.name(_language()) for facts in tree.by_id.values()}
    return [
        {"name": names[pk], "until": until_words(entry), "note": entry.note}
        for pk, entry in full.items()
        if pk in names
    ]


def no_room(
    found: Iterable[CategoryFacts | None], tree: Tree, full: FullBy
) -> list[dict[str, Any]]:
    """Of these kinds those without room: name, until, what the house says of it, and the first
    day with room again (empty: nobody knows)."""
    ids = group_ids(tree) if full else {}
    kinds = dict.fromkeys(facts for facts in found if facts is not None and facts.taken)
    entries = [(facts.name(_language()), fullness(facts, full, ids)) for facts in kinds]
    return [
        {
            "name": name,
            "until": until_words(entry),
            "note": entry.note,
            "again": formats.short_date(entry.until + timedelta(days=1)) if entry.until else "",
        }
        for name, entry in entries
        if entry is not None
    ]


def never(tree: Tree) -> list[dict[str, str]]:
    return [
        {"name": facts.name(_language()), "why": facts.note(_language()), "icon": facts.icon}
        for facts in tree.not_taken
    ]


def answers(found: Iterable[CategoryFacts], tree: Tree, full: FullBy) -> list[dict[str, Any]]:
    """ "Do you take this?": one line per kind that fits the words."""
    ids = group_ids(tree) if full else {}
    return [_answer(facts, fullness(facts, full, ids)) for facts in found]


def _answer(facts: CategoryFacts, full: Full | None) -> dict[str, Any]:
    name, note = facts.name(_language()), facts.note(_language())
    state = "never" if not facts.taken else "full" if full else "yes"
    words = {"never": _("We do not take this"), "yes": _("Yes, gladly")}
    tag = words.get(state) or (until_words(full) if full else "")
    return {"name": name, "note": note, "icon": facts.icon, "state": state, "tag": tag}


_SIZE_ICONS = {Size.S: "cat-bag", Size.M: "cat-chair", Size.L: "cat-sofa", Size.XL: "cat-wardrobe"}
_SIZE_NAMES = {Size.S: "S", Size.M: "M", Size.L: "L", Size.XL: "XL"}


def sizes(chosen: str) -> list[dict[str, Any]]:
    return [
        {
            "value": size.value,
            "label": _SIZE_NAMES[size],
            "note": size.label,
            "icon": _SIZE_ICONS[size],
            "checked": size.value == chosen,
        }
        for size in Size
    ]


def ways(chosen: str) -> list[dict[str, Any]]:
    icons = {Way.BRING: "give", Way.FETCH: "bike"}
    return [
        {
            "value": way.value,
            "label": way.label,
            "icon": icons[way],
            "checked": way.value == chosen,
        }
        for way in Way
    ]


def status(offer: Offer) -> dict[str, str]:
    """What the giver reads first: heading, words and the kind of notice."""
    return {
        OfferState.OFFERED: {
            "kind": "info",
            "title": _("We have your offer."),
            "text": _("Somebody of us looks at it, mostly within one opening day."),
        },
        OfferState.ASKED: {
            "kind": "attention",
            "title": _("We have a question."),
            "text": _("Please answer below, then we can decide."),
        },
        OfferState.ACCEPTED: {
            "kind": "success",
            "title": _("Yes, gladly!"),
            "text": offer.answer,
        },
        OfferState.DECLINED: {
            "kind": "info",
            "title": _("We cannot take it this time."),
            "text": offer.answer,
        },
        OfferState.ARRIVED: {
            "kind": "success",
            "title": _("It has arrived. Thank you!"),
            "text": _("It goes on its way to somebody who can use it."),
        },
        OfferState.WITHDRAWN: {
            "kind": "info",
            "title": _("You withdrew this offer."),
            "text": _("Nothing more happens. You are welcome to offer something else."),
        },
    }[OfferState(offer.state)]


_LAST = {
    OfferState.DECLINED: lambda: _("Declined"),
    OfferState.WITHDRAWN: lambda: _("Withdrawn"),
}


def offer_steps(offer: Offer) -> list[dict[str, str]]:
    """Where the offer is on its way."""
    state = OfferState(offer.state)
    if state in _LAST:
        return [
            {"label": _("Offered"), "state": "done"},
            {"label": _LAST[state](), "state": "now"},
        ]
    order = [OfferState.OFFERED, OfferState.ACCEPTED, OfferState.ARRIVED]
    labels = [_("Offered"), _("Accepted"), _("Arrived")]
    here = order.index(state) if state in order else 0
    return [
        {"label": label, "state": "done" if place < here else "now" if place == here else "next"}
        for place, label in enumerate(labels)
    ]
