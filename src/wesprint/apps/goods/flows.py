"""The ways of goods in the ledger, for the transparency page."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from wesprint.apps.goods.flow_names import (
    BOUGHT,
    BUILT_IN,
    DISPOSED,
    FOUND,
    FROM_WORKSHOP,
    GIVEN,
    HEAVIER,
    INTAKE,
    INTO_WORKSHOP,
    LIGHTER,
    LOST,
    MOVED,
    RECYCLED,
    RETURNED,
    SOLD,
    SPLIT,
    WORKSHOP_LOSS,
    WORN_PARTS,
)
from wesprint.web.rooms import Fate, Flow

FLOWS = (
    Flow(INTAKE, pgettext_lazy("flow", "Brought in"), Fate.CAME_IN),
    Flow(BOUGHT, pgettext_lazy("flow", "Bought for the workshop"), Fate.CAME_IN),
    Flow(WORN_PARTS, pgettext_lazy("flow", "Worn parts of customers"), Fate.CAME_IN),
    Flow(FROM_WORKSHOP, pgettext_lazy("flow", "Out of the workshop"), Fate.MADE),
    Flow(INTO_WORKSHOP, pgettext_lazy("flow", "Into the workshop"), Fate.REWORKED),
    Flow(SOLD, pgettext_lazy("flow", "Sold"), Fate.USED_AGAIN),
    Flow(GIVEN, pgettext_lazy("flow", "Given away"), Fate.USED_AGAIN),
    Flow(BUILT_IN, pgettext_lazy("flow", "Built into customers' things"), Fate.LEFT),
    Flow(RECYCLED, pgettext_lazy("flow", "Recycled"), Fate.RECYCLED),
    Flow(RETURNED, pgettext_lazy("flow", "Given back to its owner"), Fate.LEFT),
    Flow(DISPOSED, pgettext_lazy("flow", "Disposed of"), Fate.DISPOSED),
    Flow(WORKSHOP_LOSS, pgettext_lazy("flow", "Dust of the workshop"), Fate.DISPOSED),
    Flow(MOVED, pgettext_lazy("flow", "Moved"), Fate.MOVED),
    Flow(SPLIT, pgettext_lazy("flow", "Taken out of a batch"), Fate.MOVED),
    Flow(LOST, pgettext_lazy("flow", "Lost"), Fate.CORRECTED),
    Flow(LIGHTER, pgettext_lazy("flow", "Weighed lighter"), Fate.CORRECTED),
    Flow(FOUND, pgettext_lazy("flow", "Found again"), Fate.CORRECTED),
    Flow(HEAVIER, pgettext_lazy("flow", "Weighed heavier"), Fate.CORRECTED),
)
