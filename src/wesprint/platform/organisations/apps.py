from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "wesprint.platform.organisations"
    label = "organisations"
