"""Compute every figure of the public account again, from an unpacked package of open data alone.

    python docs/recompute.py FOLDER [--json]

Needs Python 3.11 and nothing of WeSprint. Only the likely range of the avoided emissions needs
numpy, for its random numbers; without numpy that one line is left out.

How the likely range is drawn (method footprint-2). Each uncertain input has a stream of its own:
numpy's PCG64, seeded by [seed, first 8 bytes of SHA-256 of the stream's name as a big-endian
number], gives `draws` places between 0 and 1. Names are "production:CATEGORY",
"displacement:NAME" and "lifetime:grade-unknown". A place becomes a value by the quantile of the
triangular distribution over low, central (mode) and high. Draw by draw, production x displacement
x lifetime is summed over the categories in the order of the alphabet; the likely range reaches
from the 5th to the 95th percentile.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ENOUGH = 30  # answers from which on a survey counts
Z = 1.96
INWARD = ("came-in", "made")
AWAY = ("used-again", "recycled", "disposed", "left", "lent", "reworked", "corrected")


def main(arguments: list[str]) -> int:
    folder = Path(next(word for word in arguments if not word.startswith("-")))
    figures = recompute(folder)
    if "--json" in arguments:
        sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    else:
        for name, value in figures.items():
            sys.stdout.write(f"{name} = {value}\n")
    return 0


def recompute(folder: Path) -> dict:
    """Name -> figure. Whole numbers are grams; texts are as the German page shows them."""
    data = Package(folder)
    sums = balance(data)
    avoided = footprint(data, reused(data))
    return {**sums, **avoided, **own(data), **shown(data, sums, avoided)}


class Package:
    """The tables of a package as lists of rows."""

    def __init__(self, folder: Path) -> None:
        self.about = json.loads((folder / "datapackage.json").read_text())["wesprint"]
        self.tables = {path.stem: self._read(path) for path in folder.glob("*.csv")}
        self.fates = {row["flow"]: row["fate"] for row in self["flows"]}

    def __getitem__(self, name: str) -> list[dict]:
        return self.tables[name]

    @staticmethod
    def _read(path: Path) -> list[dict]:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


# -- grams -----------------------------------------------------------------------------------
def sign(data: Package, row: dict) -> int:
    """What came in, or out of the workshop, counts as it is, the rest the other way round."""
    return 1 if data.fates[row["flow"]] in INWARD else -1


def balance(data: Package) -> dict:
    """Stock before and after, each flow, what was weighed, and what is missing."""
    flows, weighed = defaultdict(int), defaultdict(int)
    for row in data["movements"]:
        grams = sign(data, row) * int(row["grams"])
        flows[row["flow"]] += grams
        if row["basis"] == "measured":
            weighed[row["flow"]] += grams
    fates = defaultdict(int)
    for flow, grams in flows.items():
        fates[data.fates[flow]] += grams
    start = sum(int(row["start_g"]) for row in data["stock"])
    end = sum(int(row["end_g"]) for row in data["stock"])
    out = sum(fates[fate] for fate in AWAY) - fates["made"]
    return {
        "start_g": start,
        "came_in_g": fates["came-in"],
        **{f"flow.{flow}_g": flows[flow] for flow in data.fates if flows[flow]},
        **{f"weighed.{flow}_g": weighed[flow] for flow in data.fates if flows[flow]},
        **{f"fate.{fate}_g": fates[fate] for fate in ("made", *AWAY)},
        "went_out_g": out,
        "end_g": end,
        "difference_g": start + fates["came-in"] - out - end,
        "gap_g": sum(abs(int(row["gap_g"])) for row in data["houses"]),
        **by_group(data),
        **by_month(data),
    }


def by_group(data: Package) -> dict:
    group_of = {row["kind"]: row["group"] for row in data["kinds"]}
    found = defaultdict(int)
    for row in data["stock"]:
        found[f"group.{group_of[row['kind']]}.start_g"] += int(row["start_g"])
        found[f"group.{group_of[row['kind']]}.end_g"] += int(row["end_g"])
    for row in data["movements"]:
        name = f"group.{group_of[row['kind']]}.{row['flow']}_g"
        found[name] += sign(data, row) * int(row["grams"])
    return {name: grams for name, grams in sorted(found.items()) if grams}


def by_month(data: Package) -> dict:
    found = defaultdict(int)
    for row in data["movements"]:
        fate = data.fates[row["flow"]]
        found[f"month.{row['day'][:7]}.{fate}_g"] += sign(data, row) * int(row["grams"])
    return {name: grams for name, grams in sorted(found.items()) if grams}


# -- what was used again ---------------------------------------------------------------------
def reused(data: Package) -> dict[str, list[int]]:
    """Category -> grams, grams of those that were weighed, number of things."""
    kinds = {row["kind"] for row in data["kinds"] if row["category"] == "true"}
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in data["movements"]:
        if data.fates[row["flow"]] == "used-again" and row["kind"] in kinds:
            sums, grams = found[row["kind"]], -int(row["grams"])
            sums[0] += grams
            sums[1] += grams if row["basis"] == "measured" else 0
            sums[2] += int(row["entries"])
    for row in data["corrections"]:
        # a mistake and its correction are two entries and no thing at all
        if data.fates[row["flow"]] == "used-again" and row["kind"] in kinds:
            found[row["kind"]][2] -= 2 * int(row["entries"])
    return {kind: sums for kind, sums in sorted(found.items()) if sums[0] > 0}


# -- ranges: (low, central, high), whole numbers, rounded outwards ---------------------------
def scaled(one: tuple, numerator: int, denominator: int) -> tuple:
    low, central, high = one
    return (
        low * numerator // denominator,
        half_up(central * numerator, denominator),
        -(-high * numerator // denominator),
    )


def half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def added(ranges: list[tuple]) -> tuple:
    return tuple(sum(ends) for ends in zip((0, 0, 0), *ranges, strict=True))


def ends(row: dict, unit: str) -> tuple:
    return tuple(int(row[f"{end}_{unit}"]) for end in ("low", "central", "high"))


def root(number: int, degree: int) -> int:
    """The whole root, rounded down."""
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle - 1)
    return low


# -- avoided emissions -----------------------------------------------------------------------
def footprint(data: Package, things: dict[str, list[int]]) -> dict:
    lifetime = any_grade(data)
    parts, mass, weighed_mass, count = {}, 0, 0, 0
    displaced = {row["category"]: row for row in data["displacement"]}
    for category, (grams, weighed, number) in things.items():
        if category not in displaced:
            continue
        share = displacement(data, category, displaced[category])
        for part in (weighed, grams - weighed):
            if part > 0:
                made = production(data, category, part, grams, number)
                costs = thing_costs(data, category, part, grams, number, lifetime)
                parts.setdefault((category, *share), []).append((made, costs))
                count += 1
        mass, weighed_mass = mass + grams, weighed_mass + weighed
    common = common_costs(data)
    nets = [net(one, key[2], lifetime) for key, several in parts.items() for one in several]
    bounds = less(added(nets), added(list(common.values())))
    found = {f"avoided.bounds.{name}_g": end for name, end in zip(NAMES, bounds, strict=True)}
    costs = all_costs(parts, common)
    for cost, one in costs.items():
        found |= {f"cost.{cost}.{name}_g": end for name, end in zip(NAMES, one, strict=True)}
    likely = simulated(data, parts, costs, lifetime, bounds)
    found |= {f"avoided.likely.{name}_g": end for name, end in zip(NAMES, likely, strict=False)}
    found["avoided.weighed_permille"] = half_up(1000 * weighed_mass, mass) if mass else 0
    for category in sorted({key[0] for key in parts}):
        own_parts = [
            net(one, key[2], lifetime)
            for key, several in parts.items()
            if key[0] == category
            for one in several
        ]
        for name, end in zip(NAMES, added(own_parts), strict=True):
            found[f"avoided.{category}.{name}_g"] = end
    return found


NAMES = ("low", "central", "high")


def any_grade(data: Package) -> tuple:
    """The sums do not know each thing's condition: from "needs a hand" to "like new"."""
    rows = {row["grade"]: ends(row, "permille") for row in data["lifetime"]}
    return rows["C"][0], rows["B"][1], rows["A"][2]


def production(data: Package, category: str, part: int, grams: int, number: int) -> tuple:
    """Making `part` grams anew: widest ends over all sources, geometric mean of the centres."""
    ranges = []
    for row in data["factors"]:
        if row["category"] != category:
            continue
        if row["per"] == "item":
            ranges.append(scaled(ends(row, "g"), max(number, 1) * part, grams))
        else:
            ranges.append(scaled(ends(row, "g"), part, 1000))
    if not ranges:
        return 0, 0, 0
    centre = root(math.prod(one[1] for one in ranges), len(ranges))
    return min(one[0] for one in ranges), centre, max(one[2] for one in ranges)


def displacement(data: Package, category: str, fallback: dict) -> tuple[str, tuple]:
    """(name, per mille): answers for the group, else for all things, else the labelled rate.
    All things together outdo an assumption, but no survey that was published."""
    group = next(row["group"] for row in data["kinds"] if row["kind"] == category)
    of_group = [row for row in data["answers"] if row["group"] == group]
    sets = [(group, of_group), ("all", data["answers"])]
    for name, rows in sets if fallback["assumed"] == "true" else sets[:1]:
        yes, perhaps, no = (sum(int(row[key]) for row in rows) for key in ("yes", "perhaps", "no"))
        count = yes + perhaps + no
        if count >= ENOUGH:
            low = math.floor(1000 * wilson(yes, count)[0])
            high = min(1000, math.ceil(1000 * wilson(yes + perhaps, count)[1]))
            return f"survey:{name}", (low, half_up(1000 * (2 * yes + perhaps), 2 * count), high)
    return fallback["name"], ends(fallback, "permille")


def wilson(successes: int, count: int) -> tuple[float, float]:
    middle = successes + Z * Z / 2
    spread = Z * math.sqrt(Z * Z / 4 + successes * (count - successes) / count)
    whole = count + Z * Z
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def net(one: tuple, displaced: tuple, lifetime: tuple) -> tuple:
    """One part of a category: (production, its costs) -> what it avoided."""
    made, costs = one
    return less(product((made, displaced, lifetime), 10**6), added(list(costs.values())))


def product(ranges: tuple, denominator: int) -> tuple:
    low, central, high = (math.prod(ends) for ends in zip(*ranges, strict=True))
    return low // denominator, half_up(central, denominator), -(-high // denominator)


def less(one: tuple, other: tuple) -> tuple:
    return one[0] - other[2], one[1] - other[1], one[2] - other[0]


# -- what is taken off -------------------------------------------------------------------------
COSTS = ("repair", "transport", "extra-use")


def thing_costs(
    data: Package, category: str, part: int, grams: int, number: int, lifetime: tuple
) -> dict[str, tuple]:
    """The ways of the buyers, and the current that old devices take more than new ones."""
    pieces, found = (max(number, 1),) * 3, {}
    for row in data["services"]:
        if row["kind"] == "customer-trip":
            ways = product((pieces, plain(row), ends(row, "g")), 1000)
            found["transport"] = scaled(ways, part, grams)
    current = next(row for row in data["emissions"] if row["means"] == "electricity")
    for row in data["extra_use"]:
        if row["category"] == category:
            years = tuple(one * int(row["years"]) for one in pieces)
            extra = product((years, ends(row, "wh"), lifetime, ends(current, "g")), 10**6)
            found["extra-use"] = scaled(extra, part, grams)
    return found


def common_costs(data: Package) -> dict[str, tuple]:
    """What the workshop used and what the house drove, for all things together."""
    services = {row["kind"]: row for row in data["services"]}
    emissions = {row["means"]: row for row in data["emissions"]}
    found = dict.fromkeys(COSTS, (0, 0, 0))
    for row in data["spent"]:
        quantity, cost = (int(row["quantity"]),) * 3, COSTS[row["repair"] != "true"]
        if row["means"] in emissions:
            grams = product((quantity, ends(emissions[row["means"]], "g")), 1000)
        elif not row["means"] and row["kind"] in services:
            takes = services[row["kind"]]
            grams = product((quantity, plain(takes), ends(takes, "g")), 1000 * int(row["per"]))
        else:
            continue
        found[cost] = added([found[cost], grams])
    return found


def plain(row: dict) -> tuple:
    return tuple(int(row[end]) for end in NAMES)


def all_costs(parts: dict, common: dict[str, tuple]) -> dict[str, tuple]:
    things = [costs for several in parts.values() for _made, costs in several]
    return {
        cost: added([common[cost], *(one[cost] for one in things if cost in one)]) for cost in COSTS
    }


def simulated(data: Package, parts: dict, costs: dict, lifetime: tuple, bounds: tuple) -> tuple:
    """The likely range; nothing without numpy."""
    if not parts and not any(one[2] for one in costs.values()):
        return 0, 0, 0
    try:
        import numpy as np
    except ImportError:
        return ()

    def stream(name: str, shape: tuple) -> np.ndarray:
        digest = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
        place = np.random.Generator(np.random.PCG64([data.about["seed"], digest])).random(
            data.about["draws"]
        )
        low, mode, high = shape
        if low == high:
            return np.full_like(place, low)
        rising = low + np.sqrt(place) * math.sqrt((high - low) * (mode - low))
        falling = high - np.sqrt(1 - place) * math.sqrt((high - low) * (high - mode))
        return np.where(place < (mode - low) / (high - low), rising, falling)

    total = np.zeros(data.about["draws"])
    for category, name, share in sorted(parts):
        all_made = added([made for made, _costs in parts[category, name, share]])
        made = stream(f"production:{category}", all_made)
        kept = stream(f"displacement:{name}", share) / 1000
        total += made * kept * (stream("lifetime:grade-unknown", lifetime) / 1000)
    for cost, one in costs.items():
        total -= stream(f"cost:{cost}", one)
    low, high = (float(one) for one in np.percentile(total, [5, 95]))
    centre = bounds[1]
    return (
        min(centre, max(bounds[0], math.floor(low))),
        centre,
        max(centre, min(bounds[2], math.ceil(high))),
    )


# -- the houses' own footprint: shown beside, never set off ----------------------------------
def own(data: Package) -> dict:
    sums = defaultdict(lambda: (0, 0, 0))
    for row in data["own"]:
        emitted = scaled(ends(row, "g"), int(row["thousandths"]), 1000)
        sums[row["activity"]] = added([sums[row["activity"]], emitted])
    found = {"own": added(list(sums.values())), **{f"own.{key}": sums[key] for key in sums}}
    return {
        f"{key}.{name}_g": end
        for key, one in sorted(found.items())
        for name, end in zip(NAMES, one, strict=True)
    }


# -- as the German page shows it -------------------------------------------------------------
def shown(data: Package, sums: dict, avoided: dict) -> dict:
    again, gone = sums["fate.used-again_g"], sums["fate.recycled_g"] + sums["fate.disposed_g"]
    weighed = sum(
        grams
        for name, grams in sums.items()
        if name.startswith("weighed.") and data.fates[name[8:-2]] == "came-in"
    )
    found = {
        "shown.came_in": rough(sums["came_in_g"]),
        "shown.used_again": rough(again),
        "shown.recycled_or_disposed": rough(gone),
        "shown.end": rough(sums["end_g"]),
        "shown.start_exact": exact(sums["start_g"]),
        "shown.end_exact": exact(sums["end_g"]),
        "shown.avoided_bounds": co2e(avoided, "avoided.bounds"),
        "shown.weighed_in_avoided": percent(avoided["avoided.weighed_permille"] / 1000),
        "shown.own": co2e(own(data), "own"),
    }
    if "avoided.likely.low_g" in avoided:
        found["shown.avoided_likely"] = co2e(avoided, "avoided.likely")
    if sums["came_in_g"]:
        found["shown.weighed"] = percent(weighed / sums["came_in_g"])
    for name, grams in sums.items():
        if name.startswith("flow."):
            found[f"shown.{name[:-2]}"] = exact(grams)
    return found


def number(value: Decimal | int, decimals: int = 0) -> str:
    step = Decimal(1).scaleb(-decimals)
    text = f"{Decimal(value).quantize(step, ROUND_HALF_UP):,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,"))


def rough(grams: int) -> str:
    """ "4.374 kg", "31,5 kg", "850 g"; from ten tonnes on "18,4 t"."""
    grams = round(grams, -3) if abs(grams) >= 100_000 else grams
    if abs(grams) < 1000:
        return f"{number(grams)} g"
    unit, step = ("t", 10**6) if abs(grams) >= 10**7 else ("kg", 1000)
    tenths = (Decimal(grams) * 10 / step).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{number(tenths / 10, 0 if tenths % 10 == 0 else 1)} {unit}"


def exact(grams: int) -> str:
    return f"{number(Decimal(grams) / 1000, 3)} kg"


def percent(share: float) -> str:
    return f"{number(Decimal(str(share)) * 100)} %"


def co2e(figures: dict, name: str) -> str:
    """Each end with two digits: "20–70 kg CO₂e"."""
    low, high = figures[f"{name}.low_g"], figures[f"{name}.high_g"]
    unit, step = ("t", 10**6) if max(abs(low), abs(high)) >= 10**7 else ("kg", 1000)
    both = [two_digits(Decimal(end) / step) for end in (low, high)]
    between = " bis " if "-" in "".join(both) else "–"
    joined = both[0] if both[0] == both[1] else between.join(both)
    return f"{joined} {unit} CO₂e"


def two_digits(value: Decimal) -> str:
    if value == 0:
        return "0"
    exponent = value.adjusted() - 1
    rounded = value.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP)
    decimals = max(0, -exponent)
    if decimals and rounded == rounded.to_integral_value():
        decimals = 0
    return number(Decimal(f"{rounded:f}"), decimals)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
