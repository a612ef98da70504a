from django.apps import AppConfig


class FetchConfig(AppConfig):
    name = "wesprint.platform.fetch"
    label = "fetch"
