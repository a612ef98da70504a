"""Addresses that belong to no room: health, language, theme, a centre's colours."""

from __future__ import annotations

from django.urls import path

from wesprint.web import views

urlpatterns = [
    path("health", views.health, name="health"),
    path("einstellungen/ansicht", views.preferences, name="preferences"),
    path("z/<slug:slug>/colours.css", views.colours, name="centre_colours"),
]
