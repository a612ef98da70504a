from datetime import timedelta

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "wesprint.platform.outbox"
    label = "outbox"

    def ready(self) -> None:
        from wesprint.platform.jobs import schedule
        from wesprint.platform.outbox import tasks

        schedule.register("outbox.sweep", tasks.sweep, timedelta(hours=1))
        schedule.register("outbox.prune", tasks.prune, timedelta(hours=12))
