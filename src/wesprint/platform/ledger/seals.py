"""Sealing: from time to time a Merkle root over what is new, chained to the root before.

One chain per centre, not one for the installation: an export of one centre can be checked
without anybody else's events, a centre that moves takes its chain along, and centres are
sealed side by side.
"""

from __future__ import annotations

from django.db import models

from wesprint.kernel.canonical import Json
from wesprint.kernel.context import Ctx
from wesprint.kernel.merkle import tree_root
from wesprint.platform.commands.services import command, running_command
from wesprint.platform.ledger.chain import genesis, seal_hash
from wesprint.platform.ledger.leaf import utc_text
from wesprint.platform.ledger.models import EconomicEvent, Seal, SealLeaf
from wesprint.platform.organisations.models import Centre

MOST_LEAVES = 4_096  # a seal and its list fit into one line of an export


@command("ledger.seal")
def seal(ctx: Ctx, *, centre: Centre, most: int = MOST_LEAVES) -> Seal | None:
    """Seal up to `most` events of the centre that are in no seal yet; None if there are none.

    Safe to run twice and side by side: the second waits, then finds nothing left.
    """
    # No other command takes this lock; inserting events (which only share the key) goes on.
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    events = list(unsealed(centre).values_list("pk", "leaf_hash")[:most])
    if not events:
        return None
    made = _next_seal(centre, [leaf for _pk, leaf in events])
    made.save(force_insert=True)
    SealLeaf.objects.bulk_create(
        SealLeaf(seal=made, position=position, event_id=pk, leaf_hash=leaf)
        for position, (pk, leaf) in enumerate(events)
    )
    return made


def unsealed(centre: Centre) -> models.QuerySet[EconomicEvent]:
    """Events in no seal: by what the membership lacks, never by row number, because a lower
    number may be committed later."""
    return EconomicEvent.objects.filter(centre=centre, seal_leaf__isnull=True).order_by("pk")


def _next_seal(centre: Centre, leaves: list[str]) -> Seal:
    last = Seal.objects.filter(centre=centre).order_by("-number").first()
    made = Seal(
        centre=centre,
        number=last.number + 1 if last else 1,
        size=len(leaves),
        root=tree_root([bytes.fromhex(leaf) for leaf in leaves]).hex(),
        previous=last.hash if last else genesis(centre.public_id),
        sealed_at=running_command().recorded_at,
    )
    made.hash = seal_hash(head_of(made, centre.public_id))
    return made


def head_of(made: Seal, centre: str) -> dict[str, Json]:
    """The part of a seal that its hash covers."""
    return {
        "centre": centre,
        "number": made.number,
        "previous": made.previous,
        "root": made.root,
        "sealed_at": utc_text(made.sealed_at),
        "size": made.size,
    }
