"""Which labels were made, so that a second one is known to be a second one."""

from __future__ import annotations

from collections.abc import Sequence

from wesprint.apps.goods.models import Item, LabelPrint, Place, PriceTag
from wesprint.kernel.context import Ctx
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre


@command("goods.note_labels")
def note_labels(
    ctx: Ctx,
    *,
    centre: Centre,
    paper: str,
    items: Sequence[Item] = (),
    places: Sequence[Place] = (),
    tags: Sequence[PriceTag] = (),
    copies: int = 1,
) -> int:
    """Labels of these were made on this paper, `copies` of each; how many labels."""
    of = (
        *(("item", item) for item in items),
        *(("place", place) for place in places),
        *(("tag", tag) for tag in tags),
    )
    made = LabelPrint.objects.bulk_create(
        LabelPrint(
            centre=centre, paper=paper, copies=copies, printed_at=ctx.occurred_at, **{name: row}
        )
        for name, row in of
    )
    changed(centre, "labels")
    return len(made) * copies
