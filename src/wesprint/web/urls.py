"""Addresses that belong to no room: health, language, theme, a centre's colours, tiles of maps."""

from __future__ import annotations

from django.urls import path

from wesprint.web import views
from wesprint.web.maps.views import suggestions, tile

urlpatterns = [
    path("health", views.health, name="health"),
    path("einstellungen/ansicht", views.preferences, name="preferences"),
    path("z/<slug:slug>/colours.css", views.colours, name="centre_colours"),
    path("kacheln/<slug:folder>/<int:zoom>/<int:x>/<int:y>.mvt", tile, name="map_tile"),
    path("adressen/<slug:slug>/", suggestions, name="address_suggestions"),
]
