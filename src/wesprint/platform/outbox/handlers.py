"""Who wants to hear of which event. Filled at start from the rooms' declarations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Handler = Callable[[Any], None]

_handlers: dict[str, dict[str, Handler]] = defaultdict(dict)


def subscribe(event: str, handler: Handler, *, by: str) -> None:
    """`handler` takes the OutboxEvent. It is short: long work becomes a job of its own, because
    other writers wait while it runs. What it does outside the database may happen twice."""
    _handlers[event][by] = handler


def unsubscribe(event: str, *, by: str) -> None:
    _handlers[event].pop(by, None)


def handlers_of(event: str) -> dict[str, Handler]:
    return dict(_handlers.get(event, {}))


def names_with_handlers() -> dict[str, tuple[str, ...]]:
    return {name: tuple(by) for name, by in _handlers.items() if by}
