from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "wesprint.apps.account"
    label = "account_room"  # allauth's own app is called account

    def ready(self) -> None:
        from wesprint.apps.account import allauth_events  # noqa: F401 - connects them
