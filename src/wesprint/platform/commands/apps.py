from datetime import timedelta

from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "wesprint.platform.commands"
    label = "commands"

    def ready(self) -> None:
        from wesprint.platform.commands import tasks
        from wesprint.platform.jobs import schedule

        schedule.register("commands.prune", tasks.prune, timedelta(hours=12))
