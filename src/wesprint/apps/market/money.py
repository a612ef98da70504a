"""Who gets what of a sale, to the cent."""

from __future__ import annotations

import re
from dataclasses import dataclass

ALL = 1000
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


@dataclass(frozen=True, slots=True)
class Share:
    """price = due + house, always."""

    price: int
    due: int
    house: int


def share(price: int, per_mille: int, least: int = 0) -> Share:
    """What of `price` is the consignor's due and what stays with the house.

    The commission is `per_mille` of the price, half a cent up. Below the agreed minimum the
    consignor still gets what the minimum would have brought; the house bears the difference,
    so its share may be negative.
    """
    base = max(price, least)
    due = base - (base * per_mille + ALL // 2) // ALL
    return Share(price, due, price - due)


def is_iban(text: str) -> bool:
    """ISO 13616: two letters, two check digits, remainder 1 when divided by 97."""
    if not _IBAN.fullmatch(text):
        return False
    moved = text[4:] + text[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1
