"""The transparency pages of one house and of the region, and their figures for machines."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from wesprint.apps.flows import export
from wesprint.apps.flows.how import category_tables, costs_table, how_computed, survey_table
from wesprint.apps.flows.periods import Choice, choices
from wesprint.apps.flows.presenters import account as presenter
from wesprint.apps.flows.presenters import records as records_shown
from wesprint.apps.flows.selectors import picture as selectors
from wesprint.apps.flows.selectors import records
from wesprint.apps.flows.views.common import Asked, address, address_of, chips, of_house, of_region
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre


@require_safe
def centre(request: HttpRequest, slug: str) -> HttpResponse:
    asked = of_house(request, slug)
    account = _account(asked, reverse("flows", args=[slug]), gettext("What the house achieves"))
    return render(request, "flows/centre.html", {"account": account})


@require_safe
def region(request: HttpRequest) -> HttpResponse:
    asked = of_region(request)
    heading = gettext("What the houses of the region achieve")
    account = _account(asked, reverse("flows_region"), heading)
    return render(request, "flows/region.html", {"account": account})


@require_safe
def how(request: HttpRequest, slug: str) -> HttpResponse:
    """Category by category, for those who want to compute it again."""
    asked = of_house(request, slug)
    picture = asked.picture()
    context = {
        "choice": asked.choice,
        "how": how_computed(picture),
        "tables": category_tables(picture),
        "costs": costs_table(picture),
        "survey": survey_table(picture),
        "back": address(reverse("flows", args=[slug]), asked.choice),
    }
    return render(request, "flows/how.html", context)


@require_safe
def table_json(request: HttpRequest, slug: str) -> JsonResponse:
    asked = of_house(request, slug)
    houses = [house.slug for house in asked.houses]
    return JsonResponse(export.as_json(asked.choice, asked.picture(), houses))


def _account(asked: Asked, path: str, heading: str) -> SafeString:
    """The account as HTML. Nobody's page differs from another's, so it is made once for each
    state of the ledger: its tables cost more time than everything else on the page."""
    seals = tuple(selectors.latest_seals(asked.houses))
    state = (selectors.version(), tuple(seal.hash for seal in seals), now().date(), get_language())
    return _made(state, tuple(asked.houses), asked.slug, asked.choice, path, heading)


@lru_cache(maxsize=128)
def _made(
    _state: tuple[object, ...],
    houses: tuple[Centre, ...],
    slug: str,
    choice: Choice,
    path: str,
    heading: str,
) -> SafeString:
    context = _context(Asked(houses, choice, slug), path) | {"heading": heading}
    # The house's own links need its address; the region has none.
    context["centre"] = houses[0] if slug else None
    return render_to_string("flows/account.html", context)


def _context(asked: Asked, path: str) -> dict[str, Any]:
    picture, months = asked.picture(), selectors.months(asked.houses)
    link_to = _links(asked)
    return {
        "choice": asked.choice,
        "path": path,
        "chips": chips(asked.choice, choices(months), path),
        "picture": picture,
        "figures": presenter.figures(picture, "#so-gerechnet"),
        "sankey": presenter.sankey(picture, link_to),
        "sankey_table": presenter.group_table(picture, link_to),
        "summary": presenter.summary(picture),
        "months": presenter.month_chart(months),
        "months_table": presenter.month_table(months),
        "show_months": not asked.choice.key and len(months) > 1,
        "balance": presenter.balance_table(picture),
        "how": how_computed(picture),
        "seals": [presenter.seal_card(seal) for seal in selectors.latest_seals(asked.houses)],
        "houses": asked.houses,
        "query": address("", asked.choice),
        **_beside(asked, picture),
    }


def _links(asked: Asked) -> presenter.LinkTo:
    """From a band of the picture to the list of entries behind it."""
    path = address_of("flows_list", asked.slug)

    def link_to(flow: str, group: str) -> str:
        return "" if group == presenter.REST else address(path, asked.choice, fluss=flow, art=group)

    return link_to


def _beside(asked: Asked, picture: selectors.Picture) -> dict[str, Any]:
    """What stands beside the figures and is never added to them."""
    lines = records.own_lines(asked.houses, asked.choice.period)
    ranges = presenter.footprint_ranges(picture)
    return {
        "ranges": ranges,
        "ranges_table": presenter.footprint_table(picture),
        "own": records_shown.own_by_use(lines),
        "own_total": records_shown.range_text(records_shown.total(lines)),
        "own_table": records_shown.own_table(lines),
        "baselines": records_shown.baseline_cards(records.baselines(asked.houses)),
        "balance_url": address(address_of("flows_balance", asked.slug), asked.choice),
        "list_url": address(address_of("flows_list", asked.slug), asked.choice),
        "data_url": address(address_of("flows_open_data", asked.slug), asked.choice),
    }
