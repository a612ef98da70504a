"""Labels: choose what, choose the paper, look, print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wesprint.apps.goods import labels, services
from wesprint.apps.goods.models import Item, Place, PriceTag
from wesprint.apps.goods.presenters import labels as rows
from wesprint.apps.goods.presenters import places
from wesprint.apps.goods.selectors import labels as ask
from wesprint.apps.goods.selectors.places import place_by_id
from wesprint.apps.goods.views.common import enter_work
from wesprint.kernel.errors import Invalid
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.web.http import ctx_of, viewer_of

READ, WRITE = "goods.view_counter", "goods.take_in"
ITEMS, PLACES, TAGS = "items", "places", "tags"
MOST_COPIES = 100

_LABEL: Mapping[str, Callable[[Any], labels.Label]] = {
    ITEMS: labels.of_item,
    PLACES: labels.of_place,
    TAGS: labels.of_tag,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be printed on which paper, beginning where, how many of each."""

    kind: str
    listed: Sequence[Item | Place | PriceTag]
    chosen: Sequence[Item | Place | PriceTag]
    paper: labels.Paper
    start: int
    copies: int

    @property
    def labels(self) -> list[labels.Label]:
        """Raises Invalid for more than anybody wants at once."""
        if len(self.chosen) * self.copies > labels.MOST_LABELS:
            raise Invalid(
                _("At most %(most)s labels at once, please.") % {"most": labels.MOST_LABELS},
                kept=_("Nothing was printed."),
                field="copies",
            )
        made = [_LABEL[self.kind](row) for row in self.chosen]
        return [one for one in made for _copy in range(self.copies)]


def _choice(centre: Centre, data: QueryDict) -> Choice:
    kind = data.get("was", "")
    kind = kind if kind in _LABEL else ITEMS
    numbers = [number[:10] for number in data.getlist("nr")[: ask.LISTED * 10]]
    listed = _listed(centre, kind, data, numbers)
    picked = (
        set(numbers) if "nr" in data or "gewaehlt" in data else {row.public_id for row in listed}
    )
    papers = labels.papers()
    return Choice(
        kind,
        listed,
        [row for row in listed if row.public_id in picked],
        papers.get(data.get("papier", ""), papers[labels.USUAL_SHEET]),
        _number(data.get("ab", ""), 100),
        _number(data.get("je", ""), MOST_COPIES),
    )


def _listed(
    centre: Centre, kind: str, data: QueryDict, numbers: Sequence[str]
) -> Sequence[Item | Place | PriceTag]:
    if kind == PLACES:
        return ask.places_to_label(centre)
    if kind == TAGS:
        return ask.tags_to_label(centre)
    where = data.get("ort", "")[:10]
    place = place_by_id(centre, where) if where else None
    listed = ask.items_to_label(
        centre, place=place, visit=data.get("besuch", "")[:10], every=bool(data.get("alle"))
    )
    known = {row.public_id for row in listed}
    asked_for = ask.items_by_number(centre, [n for n in numbers if n not in known])
    return (*asked_for, *listed)


def _number(text: str, most: int) -> int:
    return max(1, min(int(text), most)) if text.isascii() and text.isdigit() else 1


@require_safe
def sheets(request: HttpRequest, slug: str) -> HttpResponse:
    """The page: what is ticked is shown as it will be printed."""
    centre = enter_work(request, slug, READ)
    choice = _choice(centre, request.GET)
    context = {
        "tabs": places.tabs(slug, "labels"),
        "may_print": may(viewer_of(request), WRITE, centre),
        "kinds": rows.kinds(slug, choice.kind),
        "kind": choice.kind,
        "rows": rows.to_choose(choice.listed, {row.pk for row in choice.chosen}),
        "papers": rows.papers(choice.paper),
        "paper": choice.paper,
        "start": choice.start,
        "copies": choice.copies,
        "every": bool(request.GET.get("alle")),
        "chosen": [row.public_id for row in choice.chosen],
        "summary": rows.summary(len(choice.chosen) * choice.copies, choice.paper, choice.start),
        "preview": rows.preview_url(request, slug) if choice.chosen else "",
        "keep": {name: request.GET.get(name, "") for name in ("ort", "besuch")},
    }
    return render(request, "goods/labels.html", context)


@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, READ)
    choice = _choice(centre, request.GET)
    image = labels.preview(choice.labels, choice.paper, start=choice.start)
    answer = HttpResponse(image, content_type="image/png")
    answer["Cache-Control"] = "private, max-age=60"
    return answer


@require_POST
def print_labels(request: HttpRequest, slug: str) -> HttpResponse:
    """The PDF; that it was made is noted, so that a second label is known to be one."""
    centre = enter_work(request, slug, READ, WRITE)
    choice = _choice(centre, request.POST)
    if not choice.chosen:
        raise Invalid(_("Please choose what the labels are for."), kept=_("Nothing was printed."))
    drawn = labels.pdf(choice.labels, choice.paper, start=choice.start)
    services.note_labels(
        ctx_of(request, centre),
        centre=centre,
        paper=choice.paper.slug,
        copies=choice.copies,
        **{choice.kind: choice.chosen},  # type: ignore[arg-type]  # named after the parameters
    )
    answer = HttpResponse(drawn, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{_("labels")}.pdf"'
    return answer
