from django.apps import AppConfig


class ComputeConfig(AppConfig):
    name = "wesprint.platform.compute"
    label = "compute"
