from datetime import timedelta

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "wesprint.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        from wesprint.platform.jobs import schedule, tasks

        schedule.register("jobs.prune", tasks.prune, timedelta(hours=6))
