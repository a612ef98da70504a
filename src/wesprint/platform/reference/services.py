"""Loading the tables that come with the software. Safe to run any number of times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from wesprint.kernel.context import Ctx
from wesprint.platform.base.db import write_transaction
from wesprint.platform.base.words import Words
from wesprint.platform.reference.models import (
    AcceptanceRule,
    Category,
    Dated,
    DisplacementRate,
    EmissionFactor,
    ExtraUse,
    FootprintFactor,
    LifetimeShare,
    MassEstimate,
    PriceGuide,
    SafetyGate,
    ServiceInput,
    Source,
    TestLimit,
    WasteCode,
)
from wesprint.platform.reference.tables import Row, edition_start, read
from wesprint.platform.reference.versions import Values, sync


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How many dated rows came new, and how many that held until now were ended."""

    added: int
    ended: int


@dataclass(frozen=True, slots=True)
class Table:
    """How one CSV file becomes dated rows of one model."""

    model: type[Dated]
    file: str
    convert: Callable[[Row], Values]
    source: str = ""  # of a file that rests on one source and has no column for it


def load_reference(ctx: Ctx | None = None) -> LoadReport:
    """Bring the database to the tables in `data/`, in one transaction.

    A fact that differs from its open row ends that row on the edition's first day and opens
    a new one; a fact that is gone is ended. Nothing is overwritten but names and places in the
    tree. Part of every `migrate`, therefore without a context; `ctx` is for a call by hand.
    """
    with write_transaction():
        fill = _Fill(_load_sources(), _load_categories(), _source_starts())
        day = edition_start()
        synced = [sync(table.model, fill.rows(table), change_on=day) for table in TABLES]
    return LoadReport(sum(one.added for one in synced), sum(one.ended for one in synced))


def _source_starts() -> dict[str, date]:
    return {row["slug"]: date.fromisoformat(row["valid_from"]) for row in read("sources")}


def _load_sources() -> dict[str, Source]:
    save_sources(read("sources"))
    return {source.slug: source for source in Source.objects.all()}


def save_sources(rows: Iterable[Row]) -> None:
    """Rows of a table `sources`, here or of a room; those already known are brought up to date."""
    Source.objects.bulk_create(
        [_source(row) for row in rows],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["year", "pedigree", *_SOURCE_TEXTS],
    )


_SOURCE_TEXTS = ("name", "publisher", "licence", "boundary", "note")


def _source(row: Row) -> Source:
    texts = {name: Words(row[f"{name}_de"], row[f"{name}_en"]) for name in _SOURCE_TEXTS}
    return Source(slug=row["slug"], year=int(row["year"]), pedigree=row["pedigree"], **texts)


_NOTES = ("note_de", "note_en", "note_ar")
_CATEGORY_TEXTS = (
    "name_de", "name_en", "name_uk", "name_ar", "name_tr", "synonyms_de", "synonyms_en", "icon",
    "google_path", "waste_code",
)  # fmt: skip
_CATEGORY_FIELDS = ("position", "electrical", "batch", "google_id", *_CATEGORY_TEXTS)


def _load_categories() -> dict[str, Category]:
    """Groups first, because leaves name them as parents."""
    rows = read("categories")
    groups = _save_categories([row for row in rows if not row["parent"]], {})
    return groups | _save_categories([row for row in rows if row["parent"]], groups)


def _save_categories(rows: list[Row], parents: dict[str, Category]) -> dict[str, Category]:
    Category.objects.bulk_create(
        [_category(row, parents) for row in rows],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["parent", *_CATEGORY_FIELDS],
    )
    slugs = [row["slug"] for row in rows]
    return {found.slug: found for found in Category.objects.filter(slug__in=slugs)}


def _category(row: Row, parents: dict[str, Category]) -> Category:
    return Category(
        slug=row["slug"],
        parent=parents[row["parent"]] if row["parent"] else None,
        position=int(row["position"]),
        electrical=row["electrical"] == "1",
        batch=row["batch"] == "1",
        google_id=_number(row["google_id"]),
        **{key: row[key] for key in _CATEGORY_TEXTS},
    )


def _number(text: str) -> int | None:
    return int(text) if text else None


def _pick(
    *texts: str, numbers: Iterable[str] = (), flags: Iterable[str] = ()
) -> Callable[[Row], Values]:
    """A converter that takes these columns over as texts, whole numbers and yes/no."""

    def convert(row: Row) -> Values:
        values: Values = {name: row[name] for name in texts}
        values |= {name: int(row[name]) for name in numbers}
        return values | {name: row[name] == "1" for name in flags}

    return convert


def _waste_code(row: Row) -> Values:
    return {
        "code": row["avv_code"],
        "hazardous": row["hazardous"] == "1",
        "text_de": row["text_de"],
    }


def _test_limit(row: Row) -> Values:
    limits = {name: _number(row[name]) for name in ("least", "most")}
    return {name: row[name] for name in ("protection_class", "measure")} | limits


def _extra_use(row: Row) -> Values:
    """How long a new one lasts is published with the product."""
    lives = {one["slug"]: one["default_lifetime_years"] for one in read("impactco2_products")}
    values: Values = {name: int(row[name]) for name in ("low_wh", "central_wh", "high_wh")}
    return values | {"years": int(lives[row["product"]]), "method": row["method"]}


_GRAMS = ("low_g", "central_g", "high_g")
_PERMILLE = ("low_permille", "central_permille", "high_permille")
_CENTS = ("grade_a_ct", "grade_b_ct", "grade_c_ct", "grade_d_ct")
TABLES = (
    Table(
        MassEstimate,
        "typical_masses",
        _pick(numbers=("min_plausible_g", *_GRAMS, "max_plausible_g")),
    ),
    Table(PriceGuide, "price_guides", _pick("per", numbers=_CENTS)),
    Table(AcceptanceRule, "acceptance_rules", _pick(*_NOTES, flags=("taken",))),
    Table(
        FootprintFactor,
        "footprint_factors",
        _pick("key", "per", "boundary", "method", "pedigree", numbers=(*_GRAMS, "year")),
    ),
    Table(
        EmissionFactor,
        "emission_factors",
        _pick("activity", "unit", "boundary", "method", "pedigree", numbers=(*_GRAMS, "year")),
    ),
    Table(
        ServiceInput,
        "service_inputs",
        _pick(
            *("kind", "activity", "unit", "boundary", "method", "pedigree"),
            numbers=("low", "central", "high", "year"),
        ),
    ),
    Table(ExtraUse, "extra_uses", _extra_use),
    Table(DisplacementRate, "displacement_rates", _pick("basis", "note", numbers=_PERMILLE)),
    Table(LifetimeShare, "lifetime_shares", _pick("grade", "note", numbers=_PERMILLE)),
    Table(WasteCode, "waste_codes", _waste_code, "avv-2026"),
    Table(
        SafetyGate,
        "safety_gates",
        _pick("slug", "kind", "words", "reason_de", "reason_en", flags=("electrical",)),
    ),
    Table(TestLimit, "test_limits", _test_limit),
)


@dataclass(frozen=True, slots=True)
class _Fill:
    """Rows of a CSV file as complete field values, with the row numbers of what they name."""

    sources: dict[str, Source]
    categories: dict[str, Category]
    starts: dict[str, date]

    def rows(self, table: Table) -> Iterator[Values]:
        for row in read(table.file):
            slug = row.get("source") or table.source
            values = table.convert(row)
            values |= {"source_id": self.sources[slug].pk, "valid_from": self.starts[slug]}
            if "category" in row:
                named = row["category"]
                values["category_id"] = self.categories[named].pk if named else None
            yield values
