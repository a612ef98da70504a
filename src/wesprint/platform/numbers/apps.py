from django.apps import AppConfig


class NumbersConfig(AppConfig):
    name = "wesprint.platform.numbers"
    label = "numbers"
