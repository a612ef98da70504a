from datetime import timedelta

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "wesprint.platform.notices"
    label = "notices"

    def ready(self) -> None:
        from wesprint.platform.jobs import schedule
        from wesprint.platform.notices import personal, tasks
        from wesprint.platform.people import privacy

        schedule.register("notices.sort_out", tasks.sort_out, timedelta(minutes=15))
        schedule.register("notices.purge_old", tasks.purge_old, timedelta(hours=12))
        privacy.register(personal.LETTERS)
