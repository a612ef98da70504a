"""How much of a lot: pieces or a weight, as people type them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import typed_mass
from wesprint.kernel.errors import Invalid


def read_quantity(text: str, *, by_weight: bool) -> int:
    """Pieces, or grams ("200 g", "0,2"). Raises Invalid for anything else, and for a weight
    that can be read in two ways."""
    words = text.strip()
    if by_weight:
        try:
            return typed_mass(words)
        except Invalid as error:
            if error.code == "two-ways":
                raise Invalid(error.what, field="quantity", code=error.code) from error
            raise _unreadable(words, by_weight=True) from error
    digits = words.lower().removesuffix("stk").removesuffix("stück").removesuffix("x").strip(" .×")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 8):
        raise _unreadable(words, by_weight=False)
    return int(digits)


def _unreadable(text: str, *, by_weight: bool) -> Invalid:
    words = _("“%(text)s” is no number of pieces. Please write it like 2.")
    if by_weight:
        words = _("“%(text)s” is not a weight. Please write it like 200 g or 0,2 kg.")
    return Invalid(
        words % {"text": text[:40]},
        kept=_("Nothing was saved yet."),
        field="quantity",
        code="unreadable-quantity",
    )
