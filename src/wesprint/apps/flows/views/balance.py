"""The mass balance of any period, by house, group, kind or material: page, CSV, XLSX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wesprint.apps.flows import balance, words
from wesprint.apps.flows.balance import Line
from wesprint.apps.flows.presenters import balance as show
from wesprint.apps.flows.selectors.picture import Picture
from wesprint.apps.flows.selectors.places import PlaceBalance, by_group, place_balances
from wesprint.apps.flows.views.common import Asked, address, address_of, asked, period_chips
from wesprint.kernel.errors import NotFound
from wesprint.web.sheets import csv_answer, xlsx_answer

CUT = "nach"
PLACE = "ort"  # as a cut: place by place; as a parameter: this one alone
_OF_HOUSE = ("gruppe", "art", "stoff", PLACE)
_OF_REGION = ("haus", "gruppe", "art", "stoff")


@dataclass(frozen=True, slots=True)
class Balance:
    """What a page or a file of the balance shows."""

    asked: Asked
    cut: str
    picture: Picture
    lines: tuple[Line, ...]
    total: Line
    places: tuple[PlaceBalance, ...] = ()
    place: PlaceBalance | None = None

    @property
    def closes(self) -> bool:
        return self.gap == 0 and not any(line.difference for line in self.lines)

    @property
    def gap(self) -> int:
        if self.place is not None:
            return self.place.gap
        return self.picture.gap or sum(abs(one.gap) for one in self.places)

    @property
    def place_id(self) -> str:
        return _key(self.place) if self.place else ""


def _balance(request: HttpRequest, slug: str) -> Balance:
    wanted = asked(request, slug)
    cuts = _cuts(slug)
    cut = request.GET.get(CUT, "")
    cut = cut if cut in cuts else cuts[0]
    picture = wanted.picture()
    places, place = _places(wanted, slug, cut, request.GET.get(PLACE, ""))
    if place is not None and cut == PLACE:
        cut = cuts[0]
    lines = _lines(wanted, picture, cut, places, place)
    total = balance.summed("sum", "Summe", "Sum", lines)
    return Balance(wanted, cut, picture, lines, total, places, place)


def _places(
    wanted: Asked, slug: str, cut: str, asked_for: str
) -> tuple[tuple[PlaceBalance, ...], PlaceBalance | None]:
    """Place by place, where that is asked for. Raises NotFound for a place with nothing in it."""
    if not slug or (cut != PLACE and not asked_for):
        return (), None
    places = place_balances(wanted.houses[0], wanted.choice.period)
    if not asked_for:
        return places, None
    for one in places:
        if _key(one) == asked_for:
            return (), one
    raise NotFound(
        _("Nothing stood there in these days."),
        next=_("Please choose another place or other days."),
    )


NOWHERE = "ohne"


def _key(one: PlaceBalance) -> str:
    return one.place.ident or NOWHERE


def _cuts(slug: str) -> tuple[str, ...]:
    return _OF_HOUSE if slug else _OF_REGION


def _lines(
    wanted: Asked,
    picture: Picture,
    cut: str,
    places: Sequence[PlaceBalance],
    place: PlaceBalance | None,
) -> tuple[Line, ...]:
    known = words.declared()
    kinds = place.groups if place else picture.kinds
    match cut:
        case "haus":
            return _by_house(wanted)
        case "ort":
            return tuple(_of_place(one) for one in places)
        case "art":
            return balance.lines_of(kinds, known)
        case "stoff":
            return balance.by_material(balance.lines_of(kinds, known))
    return balance.lines_of(by_group(kinds) if place else picture.groups, known)


def _of_place(one: PlaceBalance) -> Line:
    lines, name = balance.lines_of(one.groups, words.declared()), show.place_name(one.place)
    return balance.summed(_key(one), name, name, lines)


def _by_house(wanted: Asked) -> tuple[Line, ...]:
    known = words.declared()
    found = []
    for house in wanted.houses:
        picture = Asked([house], wanted.choice).picture()
        groups = balance.lines_of(picture.groups, known)
        found.append(balance.summed(house.slug, house.name, house.name, groups))
    return tuple(found)


@require_safe
def page(request: HttpRequest, slug: str = "") -> HttpResponse:
    found = _balance(request, slug)
    names, path = show.cut_names(), address_of("flows_balance", slug)
    choice = found.asked.choice
    context = {
        "choice": choice,
        "path": path,
        "cut": found.cut,
        "chips": period_chips(found.asked, path, nach=found.cut, ort=found.place_id),
        "cuts": [
            {
                "label": names[cut],
                "url": address(path, choice, nach=cut, ort=found.place_id),
                "current": cut == found.cut,
            }
            for cut in _cuts(slug)
            if not (found.place and cut == PLACE)
        ],
        "place": show.place_name(found.place.place) if found.place else "",
        "all_places": address(path, choice, nach=PLACE),
        "equation": show.equation(found.total),
        "closes": found.closes,
        "gap": found.gap,
        "difference": found.total.difference,
        "count": len(found.lines),
        "chart": show.chart(found.lines),
        "table": show.table(found.lines, found.total, names[found.cut], _links(found, slug)),
        "by_material": found.cut == "stoff",
        "empty": not found.lines,
        "csv": _file(found, slug, "flows_balance_csv"),
        "xlsx": _file(found, slug, "flows_balance_xlsx"),
        "back": address(address_of("flows", slug), choice),
        "title": _("Mass balance"),
    }
    return render(request, "flows/balance.html", context)


def _file(found: Balance, slug: str, name: str) -> str:
    more = {CUT: found.cut, PLACE: found.place_id}
    return address(address_of(name, slug), found.asked.choice, **more)


def _links(found: Balance, slug: str) -> Mapping[str, str]:
    """From a line to what stands behind it: a house's own balance, or the list of entries."""
    choice = found.asked.choice
    if found.cut == "haus":
        return {
            line.slug: address(reverse("flows_balance", args=[line.slug]), choice)
            for line in found.lines
        }
    if found.cut == PLACE:
        path = address_of("flows_balance", slug)
        return {
            line.slug: address(path, choice, nach="stoff", ort=line.slug) for line in found.lines
        }
    if found.cut == "stoff" or found.place is not None:
        return {}
    path = address_of("flows_list", slug)
    return {line.slug: address(path, choice, art=line.slug) for line in found.lines}


@require_safe
def as_csv(request: HttpRequest, slug: str = "") -> HttpResponseBase:
    found = _balance(request, slug)
    return csv_answer(_rows(found), f"stoffbilanz-{found.asked.file_name}.csv")


@require_safe
def as_xlsx(request: HttpRequest, slug: str = "") -> HttpResponseBase:
    found = _balance(request, slug)
    name = f"stoffbilanz-{found.asked.file_name}.xlsx"
    return xlsx_answer(_rows(found), _("Mass balance"), name)


def _rows(found: Balance) -> Any:
    place = found.asked.slug or "region"
    if found.place is not None:
        place = f"{place}/{found.place.place.code or NOWHERE}"
    return show.file_rows(found.asked.choice, place, found.lines, found.total)
