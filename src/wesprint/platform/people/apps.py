from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wesprint.platform.people"
    label = "people"
