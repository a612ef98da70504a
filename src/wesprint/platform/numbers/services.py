"""Numbers for people: without gaps, one after the other within a scope."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from wesprint.kernel.context import Ctx
from wesprint.platform.numbers.codes import code_of

_NEXT = """
INSERT INTO numbers_counter (series, scope, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (series, scope, year) DO UPDATE SET last = numbers_counter.last + 1
RETURNING last
"""


@dataclass(frozen=True, slots=True)
class Number:
    """`str()` is what is printed: A-2026-00042, or L-00042 for a series without years."""

    series: str
    year: int
    value: int

    def __str__(self) -> str:
        year = f"{self.year}-" if self.year else ""
        return f"{self.series}-{year}{self.value:05}"

    @property
    def code(self) -> str:
        """The value as a short code with a check character, for labels and the telephone."""
        return code_of(self.value)


def next_number(ctx: Ctx, *, series: str, scope: str = "", year: int = 0) -> Number:
    """The next number of `series` (at most 10 characters), counted in `scope` (default: the
    command's) and `year`.

    Gapless: it belongs to the transaction under way, and a rollback gives it back. The price is
    that whoever wants the next one waits until this transaction ends; so ask for it late in a
    command. Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number belongs to the transaction of the thing it names")
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [series, scope or ctx.scope, year])
        (value,) = cursor.fetchone()
    return Number(series, year, value)
