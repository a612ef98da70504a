"""The flows that the rooms declare, and words for what nobody declared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import get_language, gettext, pgettext_lazy

from wesprint.platform.reference.models import Category
from wesprint.web.rooms import Fate, Flow, Room, rooms

INWARD = (Fate.CAME_IN, Fate.MADE)


def direction(fate: Fate) -> int:
    """By which sign an entry's change of the stock counts for its flow."""
    return 1 if fate in INWARD else -1


def declared() -> Mapping[str, Flow]:
    return {flow.name: flow for room in rooms() for flow in room.flows}


def driving() -> tuple[Room, ...]:
    """The rooms that say what they drove."""
    return tuple(room for room in rooms() if room.journeys is not None)


def with_places() -> tuple[Room, ...]:
    return tuple(room for room in rooms() if room.places is not None)


def flow_of(name: str, change: int, known: Mapping[str, Flow]) -> Flow:
    """What is known of a flow; an undeclared one speaks for itself by its direction."""
    fallback = Fate.CAME_IN if change > 0 else Fate.LEFT
    return known.get(name) or Flow(name, _UNDECLARED.get(name, name), fallback)


# Written by rooms in both directions, so that no one fate could be declared for it.
_UNDECLARED = {"corrected": pgettext_lazy("flow", "Weighed anew")}


@lru_cache(maxsize=8)
def names(language: str) -> Mapping[str, str]:
    """Kinds and groups by slug, where the language is neither German nor English."""
    rows = Category.objects.values_list("slug", f"name_{language}")
    return {slug: name for slug, name in rows if name}


def name_in(slug: str, german: str, english: str) -> str:
    """What a kind or a group is called in the reader's language."""
    language = (get_language() or "de")[:2]
    if language in ("de", "en"):
        return german if language == "de" else english
    if german == english:  # a name, of a house for example
        return names(language).get(slug) or english
    # What lies in no category is a text like any other.
    return names(language).get(slug) or gettext(english)
