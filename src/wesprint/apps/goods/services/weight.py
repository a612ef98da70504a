"""What somebody says a thing, or a whole load, weighs."""

from __future__ import annotations

from dataclasses import dataclass

from wesprint.apps.goods.models import Basis


@dataclass(frozen=True, slots=True)
class Weight:
    """Grams and whether they were on the scale; without grams the typical weight is meant."""

    grams: int | None = None
    basis: str = Basis.ESTIMATED

    def __post_init__(self) -> None:
        if self.grams is None:  # nobody weighed what has no weight
            object.__setattr__(self, "basis", Basis.ESTIMATED)


UNWEIGHED = Weight()
