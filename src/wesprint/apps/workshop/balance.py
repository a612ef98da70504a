"""The mass of one order: things and materials in, results and offcuts out, the rest is dust."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import Refused
from wesprint.web import formats

NOTHING_SAVED = _("Nothing was saved yet.")
LITTLE = 100  # grams that may be missing from the smallest job: what the scale and the broom lose


@dataclass(frozen=True, slots=True)
class Balance:
    """Whole grams."""

    things: int = 0
    materials: int = 0
    results: int = 0
    offcuts: int = 0

    @property
    def went_in(self) -> int:
        return self.things + self.materials

    @property
    def came_out(self) -> int:
        return self.results + self.offcuts

    @property
    def missing(self) -> int:
        return self.went_in - self.came_out

    def may_be_missing(self, percent: int) -> int:
        return max(LITTLE, self.went_in * percent // 100)


def check(balance: Balance, percent: int) -> None:
    """Raises Refused with the figures when more came out than went in, or when more is missing
    than can be dust."""
    figures = {
        "in": formats.kilos_exact(balance.went_in),
        "out": formats.kilos_exact(balance.came_out),
    }
    if balance.missing < 0:
        raise Refused(
            _("%(out)s come out, but only %(in)s went in: %(much)s too much.")
            % {**figures, "much": formats.kilos_exact(-balance.missing)},
            kept=NOTHING_SAVED,
            next=_(
                "Please weigh again. If a thing was only estimated when it came in, put it on "
                "the scale first; if a part is missing from the list, add it."
            ),
            field="results",
            code="heavier-than-inputs",
        )
    limit = balance.may_be_missing(percent)
    if balance.missing > limit:
        raise Refused(
            _("%(in)s went in and %(out)s come out: %(much)s are missing.")
            % {**figures, "much": formats.kilos_exact(balance.missing)},
            kept=NOTHING_SAVED,
            next=_("Please weigh the offcuts as well: at most %(limit)s count as dust.")
            % {"limit": formats.kilos_exact(limit)},
            field="results",
            code="mass-missing",
        )
