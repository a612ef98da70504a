from datetime import timedelta

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "wesprint.platform.files"
    label = "files"

    def ready(self) -> None:
        from wesprint.platform.files import tasks
        from wesprint.platform.jobs import schedule

        schedule.register("files.collect_orphans", tasks.collect_orphans, timedelta(hours=6))
