from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "wesprint.apps.flows"
    label = "flows"
