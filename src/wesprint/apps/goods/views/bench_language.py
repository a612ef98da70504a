"""The counter's words in the language of whoever stands there, apart from the page's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_POST

from wesprint.apps.goods.views.common import enter_work
from wesprint.web.http import path_back

COOKIE = "ws_counter_language"
YEAR = 365 * 24 * 3600
# Each by its own name: whoever needs it finds it.
NAMES = {
    "de": "Deutsch",
    "en": "English",
    "uk": "Українська",
    "ar": "العربية",
    "tr": "Türkçe",
}

View = Callable[..., HttpResponse]


def in_counter_language(view: View) -> View:
    """Answer in the language chosen at the counter; without a choice in the reader's own."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = request.COOKIES.get(COOKIE, "")
        if chosen not in NAMES:
            return view(request, *args, **kwargs)
        with translation.override(_code(chosen)):
            response = view(request, *args, **kwargs)
            response.headers["Content-Language"] = chosen
        return response

    return answer


def _code(chosen: str) -> str:
    """German as the installation speaks it, formal or not."""
    return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE.startswith(chosen) else chosen


def languages() -> list[dict[str, Any]]:
    """For the switch at the counter."""
    now = (translation.get_language() or "de").split("-")[0]
    return [
        {
            "code": code,
            "name": name,
            "current": code == now,
            "dir": "rtl" if code in settings.LANGUAGES_BIDI else "ltr",
        }
        for code, name in NAMES.items()
    ]


@require_POST
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the choice on this device, and go back to the bench."""
    enter_work(request, slug, "goods.view_counter")
    response = redirect(_back(request, slug))
    chosen = request.POST.get("language", "")
    if chosen in NAMES:
        response.set_cookie(
            COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    return response


def _back(request: HttpRequest, slug: str) -> str:
    home = reverse("goods_intake", args=[slug])
    return path_back(request, request.POST.get("next", ""), home)
