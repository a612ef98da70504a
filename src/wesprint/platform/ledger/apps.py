from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "wesprint.platform.ledger"
    label = "ledger"

    def ready(self) -> None:
        from wesprint.platform.jobs import schedule
        from wesprint.platform.ledger import tasks
        from wesprint.platform.ledger.triggers import after_migrate

        # Not bound to our own migrations: whoever remakes one of our tables drops its triggers.
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="ledger.append_only")
        schedule.register("ledger.seal", tasks.seal, timedelta(minutes=10))
        schedule.register("ledger.fold", tasks.fold, timedelta(minutes=1))
