"""Jobs of the ledger. Each works in short transactions and may run twice or side by side."""

from __future__ import annotations

from collections.abc import Iterator

from django_tasks import task

from wesprint.kernel.context import Ctx, job_ctx
from wesprint.kernel.ids import new_secret
from wesprint.platform.base.clock import now
from wesprint.platform.ledger import rollups, seals
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.organisations.models import Centre

FOLD_CHUNK = 2_000


@task()
def seal() -> int:
    """Seal every centre's new events; how many seals were made."""
    return sum(_seal_centre(centre) for centre in _centres_with_unsealed())


def _centres_with_unsealed() -> Iterator[Centre]:
    new = EconomicEvent.objects.filter(seal_leaf__isnull=True).values("centre")
    return Centre.objects.filter(pk__in=new).order_by("pk").iterator()


def _seal_centre(centre: Centre) -> int:
    made = 0
    while seals.seal(_ctx("ledger.seal", centre.scope), centre=centre) is not None:
        made += 1
    return made


@task()
def fold() -> int:
    """Fold the tail into the roll-ups; how many events were folded."""
    folded = 0
    while rollups.tail_size():
        moved = rollups.fold(_ctx("ledger.fold", "installation"), most=FOLD_CHUNK)
        folded += moved
        if moved < FOLD_CHUNK:
            break  # done, or another run holds the rest
    return folded


def _ctx(name: str, scope: str) -> Ctx:
    return job_ctx(name, scope=scope, key=f"{name}/{new_secret()}", occurred_at=now())
