"""What a supplier tells of one of its goods, by form, table or product feed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import check_choice, check_price, text_of
from wesprint.apps.market.models import Kind, Place
from wesprint.kernel.errors import Invalid

NOTHING_SAVED = _("Nothing was saved yet.")
MOST_STOCK = 100_000
FARTHEST = 1000  # kilometres: beyond it nobody speaks of the region
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LENGTHS = {
    "ref": 80,
    "title": 120,
    "text": 2000,
    "maker_name": 120,
    "maker_address": 200,
    "maker_email": 200,
    "identification": 120,
    "warnings": 500,
    "image_url": 1000,
}


@dataclass(frozen=True, slots=True)
class Ware:
    """Fields as in `Listing`. An empty ref: it has no number of its own."""

    title: str
    price_cents: int
    stock: int = 1
    ref: str = ""
    text: str = ""
    kind: str = Kind.OTHER
    place: str = Place.SUPPLIER
    made_within_km: int | None = None
    maker_name: str = ""
    maker_address: str = ""
    maker_email: str = ""
    identification: str = ""
    warnings: str = ""
    image_url: str = ""


def checked(ware: Ware) -> Ware:
    """Tidied. Raises Invalid, naming the field, for what cannot be shown."""
    texts: dict[str, Any] = {
        name: text_of(getattr(ware, name), most, name) for name, most in _LENGTHS.items()
    }
    ware = replace(ware, **texts)
    if not ware.title:
        raise _invalid(_("Please say what it is."), "title")
    check_price(ware.price_cents)
    if ware.price_cents == 0:
        raise _invalid(_("Please give a price above zero."), "price")
    if not 0 <= ware.stock <= MOST_STOCK:
        raise _invalid(_("Please say how many there are, at most 100,000."), "stock")
    check_choice(ware.kind, Kind.values, "kind")
    check_choice(ware.place, Place.values, "place")
    if ware.made_within_km is not None and not 0 <= ware.made_within_km <= FARTHEST:
        raise _invalid(
            _("Please give the distance in kilometres, at most 1,000."), "made_within_km"
        )
    _check_maker(ware)
    return ware


def _check_maker(ware: Ware) -> None:
    """Art. 19 of the product safety regulation wants all three, or the supplier is the maker."""
    maker = (ware.maker_name, ware.maker_address, ware.maker_email)
    if any(maker) and not all(maker):
        raise _invalid(
            _("Please give the maker's name, address and e-mail, or leave all three empty."),
            "maker_name",
        )
    if ware.maker_email and not _is_reachable(ware.maker_email):
        raise _invalid(_("Please give an e-mail or web address of the maker."), "maker_email")


def _is_reachable(text: str) -> bool:
    return bool(_EMAIL.fullmatch(text)) or text.startswith(("https://", "http://"))


def _invalid(what: object, field: str) -> Invalid:
    return Invalid(what, kept=NOTHING_SAVED, field=field, code=f"ware-{field}")
