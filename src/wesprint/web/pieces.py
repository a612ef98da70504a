"""Pieces of a page that are the same for all who may see the same, made once for as long as the
database is unchanged (platform.base.unchanged).

A template marks them with `{% kept "list" %} … {% endkept %}`; the view hands over what makes the
context, which is asked for only when a piece is missing. What belongs to one reader or one form
(tokens, keys, messages, names) stays outside: inside it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import Context
from django.template.base import NodeList
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from wesprint.platform.base.unchanged import kept
from wesprint.platform.people.viewer import Viewer

PIECES = "kept_pieces"
INSIDE = "inside_kept"


class NotInHere:
    """Stands for what belongs to one reader while something is rendered for all."""

    def __bool__(self) -> bool:
        raise RuntimeError("A form's token belongs to one reader: keep it out of {% kept %}.")

    __str__ = __bool__  # type: ignore[assignment]  # it never answers


class Pieces:
    """By name, as HTML. `whole`: a page was rendered with them to its end."""

    def __init__(self) -> None:
        self._made: dict[str, SafeString] = {}
        self.whole = False

    def piece(self, name: str, nodes: NodeList, context: Context) -> SafeString:
        found = self._made.get(name)
        if found is not None:
            return found
        if self.whole:
            raise RuntimeError(f"The piece {name!r} of a page was not there the first time.")
        with context.push(csrf_token=NotInHere(), **{INSIDE: True}):
            made = nodes.render(context)
        self._made[name] = made
        return made


def pieces(request: HttpRequest, key: Hashable) -> Pieces:
    """Those that were made under this key in the reader's language. The key names all else that
    they depend on: the house, what the viewer may see, what was asked for."""
    at = getattr(request, "state_at_start", None)
    return kept(at, ("pieces", get_language(), key), Pieces)


def rights(viewer: Viewer) -> Hashable:
    """Two viewers with the same rights may see the same (relations of houses are data)."""
    return (
        viewer.actor.kind,
        bool(viewer.actor.via),
        viewer.grants,
        viewer.is_operator,
        viewer.device_centre_id,
        viewer.pin,
    )


def render_kept(
    request: HttpRequest,
    template: str,
    key: Hashable,
    make: Callable[[], Mapping[str, Any]],
    **own: Any,
) -> HttpResponse:
    """A page whose context (`make`) only its pieces need. own: what stands outside of them."""
    mine = pieces(request, (template, key))
    context = {} if mine.whole else dict(make())
    page = render_to_string(template, {**context, **own, PIECES: mine}, request)
    mine.whole = True
    return HttpResponse(page)
