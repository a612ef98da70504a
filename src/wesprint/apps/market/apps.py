from django.apps import AppConfig


class MarketConfig(AppConfig):
    name = "wesprint.apps.market"
    label = "market"
