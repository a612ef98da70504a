"""Short codes that people read aloud and type: with a check character at the end.

The check is ISO 7064's hybrid system (MOD 31,30) over the alphabet of our ids: every single
wrong character is noticed, and nearly every swap of two neighbours.
"""

from __future__ import annotations

from wesprint.kernel.ids import ALPHABET, normalise_id

_SIZE = len(ALPHABET)


def check_character(body: str) -> str:
    """The character that belongs behind `body`, which holds characters of ALPHABET only."""
    remainder = _SIZE
    for char in body:
        total = (remainder + ALPHABET.index(char)) % _SIZE or _SIZE
        remainder = total * 2 % (_SIZE + 1)
    return ALPHABET[(_SIZE + 1 - remainder) % _SIZE]


def code_of(number: int, width: int = 4) -> str:
    """`number` (>= 0) in base 30, at least `width` characters, with its check character."""
    digits = ""
    while number:
        number, digit = divmod(number, _SIZE)
        digits = ALPHABET[digit] + digits
    body = digits.rjust(width, ALPHABET[0])
    return body + check_character(body)


def number_of(code: str) -> int | None:
    """What somebody typed or scanned, as the number again; None when a character is wrong.
    Lower case, blanks and dashes, and O, I, L for 0, 1, 1 are forgiven."""
    cleaned = normalise_id(code)
    if len(cleaned) < 2 or any(char not in ALPHABET for char in cleaned):
        return None
    body, check = cleaned[:-1], cleaned[-1]
    if check_character(body) != check:
        return None
    number = 0
    for char in body:
        number = number * _SIZE + ALPHABET.index(char)
    return number
