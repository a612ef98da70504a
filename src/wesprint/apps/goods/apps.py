from django.apps import AppConfig


class GoodsConfig(AppConfig):
    name = "wesprint.apps.goods"
    label = "goods"
