"""The avoided emissions of 100,000 hand-overs with 10,000 draws: one JSON line for each way.

`.venv/bin/python bench/bench_footprint.py [--things N] [--draws N]`. No database: the things are
made up with the shipped factors. "each" takes every hand-over as a thing of its own; "by category"
is what the pages do: sums of a category, as the roll-ups give them; "reference" is the plain loop
beside the fast kernel, with 1,000 things and 200 draws.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "src")]

from bench.load import report  # noqa: E402 - needs the path above

from wesprint.engines.footprint import Factor, Item, Per, Range, Share, reference, total  # noqa: E402
from wesprint.platform.reference.tables import read  # noqa: E402

HALF = Share("assumption", Range(200, 500, 800), assumed=True)
ASKED = Share("survey:all", Range(377, 452, 531))
LIFE = {
    row["grade"]: Share(
        f"grade-{row['grade']}",
        Range(*(int(row[f"{end}_permille"]) for end in ("low", "central", "high"))),
    )
    for row in read("lifetime_shares")
}


def hand_overs(amount: int, rng: random.Random) -> list[Item]:
    factors: dict[str, list[Factor]] = {}
    for row in read("footprint_factors"):
        width = Range(*(int(row[f"{end}_g"]) for end in ("low", "central", "high")))
        factors.setdefault(row["category"], []).append(
            Factor(row["source"], Per(row["per"]), width)
        )
    known = {slug: tuple(several) for slug, several in factors.items()}
    slugs = sorted(known)
    return [_item(rng.choice(slugs), known, rng) for _number in range(amount)]


def _item(slug: str, known: dict[str, tuple[Factor, ...]], rng: random.Random) -> Item:
    return Item(
        slug,
        rng.randint(100, 40_000),
        rng.random() < 0.85,
        known[slug],
        rng.choice((HALF, ASKED)),
        LIFE[rng.choice("ABCD")],
    )


def by_category(items: list[Item]) -> list[Item]:
    """Sums as the roll-ups know them."""
    sums: dict[tuple[str, bool], list[int]] = {}
    for item in items:
        row = sums.setdefault((item.category, item.weighed), [0, 0])
        row[0], row[1] = row[0] + item.mass, row[1] + 1
    factors = {item.category: item.factors for item in items}
    return [
        Item(slug, mass, weighed, factors[slug], HALF, LIFE["B"], count=count)
        for (slug, weighed), (mass, count) in sums.items()
    ]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--things", type=int, default=100_000)
    parser.add_argument("--draws", type=int, default=10_000)
    given = parser.parse_args()
    rng = random.Random(1)
    made: list[Item] = []
    making = seconds(lambda: made.extend(hand_overs(given.things, rng)))
    sums, few = by_category(made), made[:1_000]
    jobs: dict[str, tuple[Callable[[], object], int, int]] = {
        "each": (lambda: total(made, draws=given.draws), given.things, given.draws),
        "by category": (lambda: total(sums, draws=given.draws), given.things, given.draws),
        "reference": (lambda: reference.likely(few, draws=200, seed=2026), 1_000, 200),
    }
    for name, (work, things, draws) in jobs.items():
        taken = seconds(work) + (making if name == "each" else 0)
        report(
            f"footprint, {name}",
            round(taken, 3),
            "s",
            things=things,
            draws=draws,
            processes=1,
            with_making=name == "each",
        )


if __name__ == "__main__":
    main()
