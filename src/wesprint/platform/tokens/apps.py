from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "wesprint.platform.tokens"
    label = "tokens"

    def ready(self) -> None:
        from wesprint.platform.people.privacy import register
        from wesprint.platform.tokens.personal import PERSONAL

        for data in PERSONAL:
            register(data)
