"""All addresses: every room brings its own."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from wesprint.web.api.build import make_api
from wesprint.web.api.views import documentation, unknown
from wesprint.web.rooms import rooms

api = make_api(rooms())

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/zugang/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("api/", documentation(api), name="api_documentation"),
    path("api/<path:rest>", unknown),
    path("", include("wesprint.web.urls")),
]
for _room in rooms():
    _module = import_module(f"wesprint.apps.{_room.name}.urls")
    urlpatterns.append(path("", include(_module)))

if settings.DEVELOPMENT:
    urlpatterns.append(path("design/", include("wesprint.web.gallery")))

handler404 = "wesprint.web.errors.page_not_found"
handler403 = "wesprint.web.errors.permission_denied"
handler400 = "wesprint.web.errors.bad_request"
handler500 = "wesprint.web.errors.server_error"
