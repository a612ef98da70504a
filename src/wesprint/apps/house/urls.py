from __future__ import annotations

from django.urls import path

from wesprint.apps.house import views, views_maps

urlpatterns = [
    path("", views.region, name="region"),
    path("z/<slug:slug>/", views.centre, name="house"),
    path("z/<slug:slug>/app.webmanifest", views.manifest, name="house_manifest"),
    path("z/<slug:slug>/heute/", views.desk, name="house_desk"),
    path("karten/", views_maps.maps, name="maps"),
    path("impressum/", views.imprint, name="imprint"),
    path("datenschutz/", views.privacy, name="privacy"),
    path("barrierefreiheit/", views.accessibility, name="accessibility"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-seiten.xml", views.sitemap_pages, name="sitemap_pages"),
]
