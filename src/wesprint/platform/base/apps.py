from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "wesprint.platform.base"
    label = "base"
