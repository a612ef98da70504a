"""Everything to take away: the package, and what is in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from wesprint.apps.flows import tables
from wesprint.apps.flows.open_data import LICENCE, write_package
from wesprint.apps.flows.views.common import address, address_of, asked, period_chips
from wesprint.platform.base.clock import now
from wesprint.web.sheets import file_answer


@require_safe
def page(request: HttpRequest, slug: str = "") -> HttpResponse:
    wanted = asked(request, slug)
    path = address_of("flows_open_data", slug)
    found = tables.of(wanted.picture(), wanted.houses, now().date())
    context = {
        "choice": wanted.choice,
        "path": path,
        "chips": period_chips(wanted, path),
        "tables": [{"name": one.name, "title": one.title, "fields": one.fields} for one in found],
        "licence": LICENCE,
        "zip": address(address_of("flows_open_data_zip", slug), wanted.choice),
        "back": address(
            reverse("flows", args=[slug]) if slug else reverse("flows_region"), wanted.choice
        ),
    }
    return render(request, "flows/open_data.html", context)


@require_safe
def download(request: HttpRequest, slug: str = "") -> StreamingHttpResponse:
    wanted, day = asked(request, slug), now().date()
    return file_answer(
        lambda file: write_package(file, wanted.houses, wanted.choice, day),
        f"offene-daten-{wanted.file_name}.zip",
        "application/zip",
    )
