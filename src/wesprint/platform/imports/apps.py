from datetime import timedelta

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "wesprint.platform.imports"
    label = "imports"

    def ready(self) -> None:
        from wesprint.platform.imports import tasks
        from wesprint.platform.jobs import schedule

        schedule.register("imports.tidy", tasks.tidy, timedelta(hours=6))
