from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "wesprint.apps.house"
    label = "house"
