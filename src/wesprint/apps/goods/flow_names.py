"""How this room's flows are called in the ledger's events. A name that was written stays."""

from __future__ import annotations

INTAKE, SOLD, GIVEN, PAID = "intake", "sold", "given", "paid"
RECYCLED, DISPOSED, RETURNED = "recycled", "disposed", "returned"
BOUGHT, BUILT_IN, WORN_PARTS = "bought", "built-in", "worn-parts"
INTO_WORKSHOP, FROM_WORKSHOP, WORKSHOP_LOSS = "into-workshop", "from-workshop", "workshop-loss"
CORRECTED = "corrected"  # the scale says otherwise than the books
RIGHTS = "rights"  # ownership that passes while the thing stays where it is
MOVED, SPLIT = "moved", "split"
LOST, FOUND = "lost", "found"
HEAVIER, LIGHTER = "heavier", "lighter"
