"""Short, opaque public ids that can be printed, scanned, spoken and put into an address.

The alphabet is upper case without I, L, O, U (misread) and without Y, Z and punctuation (a USB
scanner set to the US layout types them wrongly on a German keyboard).
"""

from __future__ import annotations

import base64
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWX"
LENGTH = 10


_POSSIBLE = len(ALPHABET) ** LENGTH
_PAIRS = [first + second for second in ALPHABET for first in ALPHABET]  # the lower digit first
_predictable: ContextVar[random.Random | None] = ContextVar("predictable_ids", default=None)


@contextmanager
def use_ids(source: random.Random) -> Iterator[None]:
    """Draw ids, salts and secrets from a seeded source, so that the same run gives the same
    ones. For the demo and for tests: whoever knows the seed knows them all."""
    token = _predictable.set(source)
    try:
        yield
    finally:
        _predictable.reset(token)


def random_bytes(count: int) -> bytes:
    """Nobody can guess them, unless `use_ids` says otherwise."""
    source = _predictable.get()
    return secrets.token_bytes(count) if source is None else source.randbytes(count)


def new_public_id() -> str:
    """Ten characters, 30^10 possibilities (49 bits)."""
    source = _predictable.get()
    if source is None:
        return _spelled(secrets.randbelow(_POSSIBLE))  # one question to the system, not ten
    return "".join(source.choices(ALPHABET, k=LENGTH))


def _spelled(number: int) -> str:
    """A number below 30^10 in the digits of the alphabet."""
    pairs = []
    for _place in range(LENGTH // 2):
        number, pair = divmod(number, len(_PAIRS))
        pairs.append(_PAIRS[pair])
    return "".join(pairs)


def many_public_ids(batch: int = 1_000) -> Iterator[str]:
    """The ids that `new_public_id` would give one after the other, drawn `batch` at a time."""
    source = _predictable.get()
    while source is None:
        yield new_public_id()
    while True:
        drawn = "".join(source.choices(ALPHABET, k=LENGTH * batch))
        yield from (drawn[start : start + LENGTH] for start in range(0, len(drawn), LENGTH))


def normalise_id(text: str) -> str:
    """What a person typed or a scanner sent, as an id: upper case, no blanks or dashes."""
    cleaned = "".join(text.split()).replace("-", "").upper()
    return cleaned.translate(str.maketrans("OIL", "011"))


def is_public_id(text: str) -> bool:
    return len(text) == LENGTH and all(char in ALPHABET for char in text)


def new_secret() -> str:
    """A link that only its holder knows: 192 bits, safe in an address."""
    return base64.urlsafe_b64encode(random_bytes(24)).decode()
