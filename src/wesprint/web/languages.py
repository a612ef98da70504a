"""The languages of readers: all pages speak some of them, the visitors' pages speak more."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import operators_at
from wesprint.web.rooms import rooms

# As its speakers write it, whatever the language of the page.
OWN_NAMES = {
    "de": "Deutsch",
    "de-informal": "Deutsch (du)",
    "en": "English",
    "ar": "العربية",
    "tr": "Türkçe",
    "uk": "Українська",
}
NOT_YET_READ = _(
    "This translation has not yet been read by a native speaker. If something is wrong or hard "
    "to understand, please tell us:"
)
NOT_THIS_PAGE = _("This page is not in your language yet. You see it in German.")
TELL_US = _("at the counter of the house")


def base_of(code: str) -> str:
    """What HTML calls it: "de" for both ways of addressing people."""
    return code.split("-")[0]


def choices() -> list[dict[str, Any]]:
    """For the switch at the foot of every page."""
    now = translation.get_language() or settings.LANGUAGE_CODE
    return [
        {"code": code, "lang": base_of(code), "name": OWN_NAMES[code], "current": code == now}
        for code, _name in settings.LANGUAGES
    ]


def spoken_on(language: str, path: str) -> bool:
    """Whether the page at this address is complete in this language."""
    return language not in settings.VISITOR_LANGUAGES or _is_for_visitors(path)


def _is_for_visitors(path: str) -> bool:
    try:
        name = resolve(path).url_name
    except Resolver404:
        return True  # what is said then, is said in every language
    return name in {"preferences", *(name for room in rooms() for name in room.for_visitors)}


def note_of(request: HttpRequest) -> dict[str, Any] | None:
    """What stands above the page of a reader whose language we speak only in part."""
    chosen = getattr(request, "chosen_language", "")
    if chosen not in settings.VISITOR_LANGUAGES:
        return None
    spoken = getattr(request, "spoken_language", chosen) == chosen
    with translation.override(chosen):
        return {
            "text": str(NOT_YET_READ if spoken else NOT_THIS_PAGE),
            "contact": _contact(getattr(request, "centre", None)) if spoken else "",
            "tell_us": str(TELL_US),
            "lang": chosen,
            "dir": "rtl" if translation.get_language_bidi() else "ltr",
            "spoken": spoken,
        }


def _contact(centre: Centre | None) -> str:
    """Who runs the house hears of errors; "" where nobody has a mailbox."""
    if centre is None:
        return ""
    mails = (one.email for one in operators_at(centre, timezone.localtime(now()).date()))
    return next(filter(None, mails), "")
