from django.apps import AppConfig


class GeoConfig(AppConfig):
    name = "wesprint.platform.geo"
    label = "geo"
