from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "wesprint.web"
    label = "web"

    def ready(self) -> None:
        from wesprint.web.rooms import open_rooms

        open_rooms()
