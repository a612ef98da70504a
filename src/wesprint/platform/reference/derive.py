"""How `data/footprint_factors.csv` follows from the published figures.

`python -m wesprint.platform.reference.derive` writes it; a test recomputes it. Three kinds of
rows: one for the assumed materials of a category (UK government, per kg), one for each product of
a category that ADEME publishes (per item; per kg where a category is taken by the kilo, or where
only a like product is published: a kettle for a toaster), and one for each single figure that
somebody else publishes. All sources publish one figure without a range: how wide it is follows
from the pedigree of the row.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from wesprint.engines.footprint import Range, material_factor
from wesprint.engines.footprint.pedigree import around
from wesprint.platform.reference.tables import DATA, Row, read

COLUMNS = (
    "category", "key", "per", "low_g", "central_g", "high_g",
    "source", "year", "boundary", "method", "pedigree",
)  # fmt: skip


def derived_rows() -> list[dict[str, str]]:
    """All rows of the table, sorted; amounts in whole grams of CO2e."""
    rows = [*_from_materials(), *_from_products(), *_from_single_figures()]
    return sorted(rows, key=lambda row: (row["category"], row["key"]))


def _from_materials() -> Iterator[dict[str, str]]:
    source = _source("uk-ghg-2025")
    # kg per tonne is g per kg, kept in thousandths so that nothing is lost before the sum
    emission = {
        row["material"]: _whole(Decimal(row["Primary material production"]) * 1000)
        for row in read("uk_ghg_2025_material_use")
        if row["Primary material production"]
    }
    for category, mix in _mixes().items():
        thousandths = material_factor([(share, emission[name]) for name, share in mix.items()])
        central = _whole(Decimal(thousandths) / 1000)
        shares = " + ".join(f"{share / 10:g} % {name}" for name, share in mix.items())
        method = f"assumed materials: {shares}"
        yield _row(category, "materials", "kg", central, source, method)


def _mixes() -> dict[str, dict[str, int]]:
    mixes: dict[str, dict[str, int]] = defaultdict(dict)
    for row in read("material_mixes"):
        mixes[row["category"]][row["material"]] = int(row["share_permille"])
    return mixes


def _from_products() -> Iterator[dict[str, str]]:
    source = _source("ademe-impactco2")
    published = {row["slug"]: row for row in read("impactco2_products")}
    for match in read("product_matches"):
        product = published[match["product"]]
        per_item = Decimal(product["kgco2e_production_total"]) * 1000
        pieces = match["assumed_piece_g"]
        central = _whole(per_item * 1000 / int(pieces)) if pieces else _whole(per_item)
        method = f"published per item: {_french_name(product)}"
        if pieces:
            method += f"; divided by an assumed {pieces} g per piece"
        if match["like"] == "1":
            method += "; of a like product, made of like materials in a like way"
        per = "kg" if pieces else "item"
        pedigree = _of_a_like_product(source) if match["like"] == "1" else source["pedigree"]
        yield _row(match["category"], match["product"], per, central, source, method, pedigree)


def _from_single_figures() -> Iterator[dict[str, str]]:
    for row in read("published_figures"):
        source, central = _source(row["source"]), int(row["central_g"])
        pedigree = _of_a_like_product(source) if row["like"] == "1" else source["pedigree"]
        about = row["category"], row["key"], row["per"]
        yield _row(*about, central, source, row["method"], pedigree)


def _of_a_like_product(source: Row) -> str:
    """The technology is not the thing's own: worst mark in the last place."""
    return source["pedigree"][:-1] + "5"


def _french_name(product: Row) -> str:
    return " ".join(filter(None, (product["name_fr"], product["subtitle"]))) or product["slug"]


def _row(
    category: str, key: str, per: str, central: int, source: Row, method: str, pedigree: str = ""
) -> dict[str, str]:
    marks = pedigree or source["pedigree"]
    grams: Range = around(central, marks)
    values = (
        category, key, per, str(grams.low), str(grams.central), str(grams.high),
        source["slug"], source["year"], source["boundary_en"], method, marks,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _source(slug: str) -> Row:
    return next(row for row in read("sources") if row["slug"] == slug)


def _whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def write() -> None:
    with (DATA / "footprint_factors.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(derived_rows())


if __name__ == "__main__":
    write()
