from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "wesprint.platform.search"
    label = "search"

    def ready(self) -> None:
        from wesprint.platform.search.after_migrate import restore_triggers

        post_migrate.connect(restore_triggers, sender=self, dispatch_uid="search.triggers")
