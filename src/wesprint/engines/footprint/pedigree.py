"""How wide a single published figure is, from the five marks of its pedigree.

Marks from 1 (best) to 5: reliability, completeness, time, place, technology. Each mark stands
for a factor (Weidema and Wesnaes 1996, with the factors of the ecoinvent report no. 1 of 2007);
they combine with a basic factor to the factor by which nineteen of twenty values lie apart.
"""

from __future__ import annotations

import math

from wesprint.engines.footprint.ranges import Range

BASIC = 1.05  # emissions of CO2 from burning and power, the best known of all
FACTORS = (
    (1.00, 1.05, 1.10, 1.20, 1.50),
    (1.00, 1.02, 1.05, 1.10, 1.20),
    (1.00, 1.03, 1.10, 1.20, 1.50),
    (1.00, 1.01, 1.02, 1.05, 1.10),
    (1.00, 1.10, 1.20, 1.50, 2.00),
)


def marks_of(text: str) -> tuple[int, ...]:
    """ "2,2,2,3,3" -> (2, 2, 2, 3, 3). Raises ValueError for anything else."""
    marks = tuple(int(part) for part in text.split(","))
    if len(marks) != len(FACTORS) or not all(1 <= mark <= 5 for mark in marks):
        raise ValueError(f"no pedigree of five marks from 1 to 5: {text}")
    return marks


def factor_of(pedigree: str) -> float:
    """The factor by which to divide and multiply."""
    single = [row[mark - 1] for row, mark in zip(FACTORS, marks_of(pedigree), strict=True)]
    return math.exp(math.sqrt(sum(math.log(one) ** 2 for one in (BASIC, *single))))


def around(central: int, pedigree: str) -> Range:
    """The range around one published figure >= 0, rounded outwards."""
    factor = factor_of(pedigree)
    return Range(math.floor(central / factor), central, math.ceil(central * factor))
