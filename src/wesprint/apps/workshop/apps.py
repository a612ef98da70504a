from django.apps import AppConfig


class WorkshopConfig(AppConfig):
    name = "wesprint.apps.workshop"
    label = "workshop"
