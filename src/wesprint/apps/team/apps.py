from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TeamConfig(AppConfig):
    name = "wesprint.apps.team"
    label = "team"

    def ready(self) -> None:
        from wesprint.apps.team.after_migrate import load_after_migrate

        post_migrate.connect(load_after_migrate, sender=self, dispatch_uid="team.load")
