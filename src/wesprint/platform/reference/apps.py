from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReferenceConfig(AppConfig):
    name = "wesprint.platform.reference"
    label = "reference"

    def ready(self) -> None:
        from wesprint.platform.reference.after_migrate import load_after_migrate

        post_migrate.connect(load_after_migrate, sender=self, dispatch_uid="reference.load")
