"""The component gallery: every component in all its states, only in development."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from wesprint.kernel.errors import Conflict, DomainError, NotFound, Refused, Unavailable
from wesprint.platform.geo.models import Town
from wesprint.web import gallery_samples
from wesprint.web.files_of_design import icon_names
from wesprint.web.maps.fields import AddressField


class SampleForm(forms.Form):
    """One field of each kind; sent without entries it shows every error."""

    name = forms.CharField(label="Ihr Name", max_length=80)
    email = forms.EmailField(
        label="E-Mail", help_text="Nur, um Ihnen zu antworten.", required=False
    )
    weight = forms.DecimalField(label="Gewicht", min_value=0)
    floor = forms.ChoiceField(
        label="Etage", choices=[("", "–"), ("0", "Erdgeschoss"), ("1", "1. Etage")]
    )
    words = forms.CharField(
        label="Was ist es?",
        widget=forms.Textarea,
        required=False,
        help_text="Ein paar Worte genügen.",
    )
    way = forms.ChoiceField(
        label="Wie kommt es her?",
        widget=forms.RadioSelect,
        choices=[("bring", "Ich bringe es"), ("fetch", "Bitte abholen")],
    )
    agreed = forms.BooleanField(label="Ich habe gelesen, was mit meinen Daten geschieht")


class SampleAddress(forms.Form):
    address = AddressField(label="Wo dürfen wir es abholen?", max_length=200)


def _address_form() -> SampleAddress:
    form = SampleAddress(auto_id="where_%s")
    field = form.fields["address"]
    assert isinstance(field, AddressField)  # noqa: S101 - declared above
    field.here(Town.objects.first())
    return form


@require_http_methods(["GET", "POST"])
def gallery(request: HttpRequest) -> HttpResponse:
    wrong = SampleForm(data={"email": "nobody"}, auto_id="wrong_%s")
    wrong.is_valid()
    context = {
        "form": SampleForm(auto_id="fine_%s"),
        "wrong": wrong,
        **_icons(),
        **gallery_samples.samples(),
        **gallery_samples.maps(),
        "address_form": _address_form(),
    }
    return _page(request, "web/gallery/gallery.html", context)


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """`?dir=rtl` shows how the page reads from the right."""
    frame = {
        "direction": "rtl" if request.GET.get("dir") == "rtl" else "ltr",
        "design_links": [_link(request, *way) for way in WAYS],
    }
    return render(request, template, frame | context)


WAYS = (
    ("Bausteine", "gallery", ()),
    ("Stadthaus", "gallery_house", ("stadt",)),
    ("Bahnhof", "gallery_house", ("station",)),
    ("Theke", "gallery_counter", ()),
)


def _link(request: HttpRequest, label: str, name: str, args: tuple[str, ...]) -> dict[str, Any]:
    href = reverse(name, args=args)
    return {"label": label, "href": href, "current": href == request.path}


def _icons() -> dict[str, list[str]]:
    names = icon_names()
    return {
        "pictures": [name for name in names if name.startswith("cat-")],
        "signs": [name for name in names if not re.match("cat-|picture-", name)],
    }


@require_http_methods(["GET"])
def counter(request: HttpRequest) -> HttpResponse:
    return _page(request, "web/gallery/counter.html", gallery_samples.counter())


@require_http_methods(["GET"])
def house(request: HttpRequest, kind: str) -> HttpResponse:
    return _page(request, "web/gallery/house.html", gallery_samples.house_page(kind))


ERRORS: dict[str, DomainError] = {
    "403": Refused("Ihre Rolle umfasst diese Seite nicht.", kept="Es wurde nichts geändert."),
    "404": NotFound("Diese Seite gibt es nicht.", next="Bitte prüfen Sie die Adresse."),
    "409": Conflict(
        "Jemand anderes war schneller.",
        kept="Ihre Eingaben stehen noch im Formular.",
        next="Bitte sehen Sie den neuen Stand an und entscheiden Sie noch einmal.",
    ),
    "503": Unavailable(
        "Das Haus erreicht seine Aufzeichnungen gerade nicht.",
        kept="Alles, was vorher gespeichert war, ist sicher.",
        next="Bitte versuchen Sie es in einer Minute noch einmal.",
    ),
}


@require_http_methods(["GET"])
def error(request: HttpRequest, code: str) -> HttpResponse:
    found = ERRORS.get(code, ERRORS["404"])
    context: dict[str, Any] = {
        "status": found.status,
        "kind": found.kind,
        "what": found.what,
        "kept": found.kept,
        "next": found.next,
    }
    return render(request, "web/errors/error.html", context, status=found.status)


urlpatterns = [
    path("", gallery, name="gallery"),
    path("theke/", counter, name="gallery_counter"),
    path("haus/<slug:kind>/", house, name="gallery_house"),
    path("fehler/<slug:code>/", error, name="gallery_error"),
]
