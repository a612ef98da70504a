from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "wesprint.apps.delivery"
    label = "delivery"
