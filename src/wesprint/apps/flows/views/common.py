"""What all pages of the account ask for: which houses, which period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from wesprint.apps.flows.periods import Choice, asked_for, choices
from wesprint.apps.flows.selectors import picture as selectors
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import centres
from wesprint.web.http import centre_or_404

PARAMETER = "zeitraum"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which houses, which period. `slug`: of the one house, or empty for the region."""

    houses: Sequence[Centre]
    choice: Choice
    slug: str = ""

    def picture(self) -> selectors.Picture:
        return selectors.picture(self.houses, self.choice.period, now().date())

    @property
    def file_name(self) -> str:
        return f"{self.slug or 'region'}-{self.choice.key or 'alles'}"


def of_house(request: HttpRequest, slug: str) -> Asked:
    found = centre_or_404(slug)
    request.centre = found  # type: ignore[attr-defined]  # read by the page's context
    return Asked([found], asked_for(request.GET), slug)


def of_region(request: HttpRequest) -> Asked:
    return Asked(centres(), asked_for(request.GET))


def asked(request: HttpRequest, slug: str) -> Asked:
    """Of one house, or without a slug of all."""
    return of_house(request, slug) if slug else of_region(request)


def address_of(name: str, slug: str) -> str:
    """A page of one house, or the same page of the region."""
    return reverse(name, args=[slug]) if slug else reverse(f"{name}_region")


def address(path: str, choice: Choice, **more: str) -> str:
    query = {PARAMETER: choice.key, **more}
    kept = urlencode({name: value for name, value in query.items() if value})
    return f"{path}?{kept}" if kept else path


def chips(chosen: Choice, known: Sequence[Choice], path: str, **more: str) -> list[dict[str, Any]]:
    return [
        {"label": one.label, "url": address(path, one, **more), "current": one == chosen}
        for one in known
    ]


def period_chips(asked: Asked, path: str, **more: str) -> list[dict[str, Any]]:
    known = choices(selectors.months(asked.houses))
    return chips(asked.choice, known, path, **more)
