"""The page of the day for the people of a house: what waits, as the rooms declare it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.viewer import Viewer
from wesprint.web import formats
from wesprint.web.rooms import DESK_COUNTS_TO, DeskCard, Room, rooms


def cards(
    centre: Centre, viewer: Viewer, at: datetime, *, of: Iterable[Room] | None = None
) -> tuple[DeskCard, ...]:
    """What runs out today first, then in the order of the rooms' positions."""
    declared = rooms() if of is None else of
    found = [card for room in declared if room.desk for card in room.desk(centre, viewer, at)]
    return tuple(sorted(found, key=lambda card: (not _runs_out(card), card.position)))


def _runs_out(card: DeskCard) -> bool:
    return card.urgent and card.count > 0


def page(found: Sequence[DeskCard]) -> dict[str, Any]:
    """Cards with something in them, and in one quiet list those with nothing."""
    return {
        "waiting": [_shown(card) for card in found if card.count],
        "quiet": [card for card in found if not card.count],
    }


def _shown(card: DeskCard) -> dict[str, Any]:
    return {
        "title": card.title,
        "number": count_words(card.count),
        "url": card.url,
        "icon": card.icon,
        "rows": card.rows,
        "more": card.count - len(card.rows),
        "more_number": count_words(card.count - len(card.rows), card.count),
        "urgent": card.urgent,
    }


def count_words(count: int, of: int | None = None) -> str:
    """ "7"; what was not counted to its end: "99+"."""
    cut = (count if of is None else of) >= DESK_COUNTS_TO
    return f"{formats.number(count - 1)}+" if cut else formats.number(count)
