"""Asking for reference facts as they hold on a day. Each selector says its number of queries."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wesprint.engines.footprint import Factor, Per, Range, Share
from wesprint.kernel.errors import Invalid
from wesprint.platform.reference.facts import (
    CategoryFacts,
    ExtraUseFacts,
    FootprintInputs,
    GateFacts,
    GroupFacts,
    Limit,
    ServiceFacts,
)
from wesprint.platform.reference.holidays_de import closed_on as closed_on
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
    RateBasis,
    SafetyGate,
    ServiceInput,
    Source,
    TestLimit,
    WasteCode,
)

D = TypeVar("D", bound=Dated)


def holding(model: type[D], on: date) -> QuerySet[D]:
    """The rows of `model` that hold on this day."""
    return model._default_manager.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)


def groups(on: date) -> tuple[GroupFacts, ...]:
    """The tree of what is taken on this day, in its order. Four queries."""
    return _tree(_facts(on), taken=True)


def not_taken(on: date) -> tuple[CategoryFacts, ...]:
    """What is refused on this day, with the reason in `note_*`. Four queries."""
    found, _parents = _facts(on)
    return tuple(one for one in found if not one.taken)


def category(slug: str, on: date) -> CategoryFacts:
    """One leaf. Raises Invalid for an unknown one. Four queries."""
    leaves, _parents = _facts(on, slug)
    if not leaves:
        raise Invalid(
            _("We do not know this category."),
            kept=_("Nothing was saved yet."),
            next=_("Please choose one of the pictures."),
            field="category",
            code="unknown-category",
        )
    return leaves[0]


def categories_by_id(on: date) -> dict[int, CategoryFacts]:
    """All leaves with facts on this day, by row number. Four queries."""
    leaves, _parents = _facts(on)
    return {leaf.id: leaf for leaf in leaves}


def groups_and_leaves(on: date) -> tuple[tuple[GroupFacts, ...], tuple[CategoryFacts, ...]]:
    """What is taken on this day as a tree, and all leaves with facts. Four queries."""
    found = _facts(on)
    return _tree(found, taken=True), tuple(found[0])


_Found = tuple[list[CategoryFacts], list[Category]]


def _facts(on: date, slug: str = "") -> _Found:
    """Leaves (all, or the one of this slug) with an acceptance rule on this day, and the groups
    among the rows read."""
    rows = Category.objects.select_related("parent")
    rows = rows.filter(slug=slug) if slug else rows
    rules = _values(AcceptanceRule, on, slug, "taken", "note_de", "note_en", "note_ar")
    masses = _values(
        MassEstimate, on, slug,
        "min_plausible_g", "low_g", "central_g", "high_g", "max_plausible_g",
    )  # fmt: skip
    prices = _values(
        PriceGuide, on, slug, "per", "grade_a_ct", "grade_b_ct", "grade_c_ct", "grade_d_ct"
    )
    leaves = [
        _leaf(row, rules[row.pk], masses.get(row.pk, _NO_MASS), prices.get(row.pk, _NO_PRICE))
        for row in rows
        if row.pk in rules
    ]
    return leaves, [row for row in rows if row.parent is None]


_NO_MASS = (0, 0, 0, 0, 0)
_NO_PRICE = ("piece", 0, 0, 0, 0)
_Values = tuple[Any, ...]


def _values(model: type[Dated], on: date, slug: str, *fields: str) -> dict[int, _Values]:
    """By category: plain values, because building a hundred models costs more than the query."""
    rows = holding(model, on)
    rows = rows.filter(Q(category__slug=slug)) if slug else rows
    return {
        category: tuple(values) for category, *values in rows.values_list("category_id", *fields)
    }


def _leaf(row: Category, rule: _Values, mass: _Values, price: _Values) -> CategoryFacts:
    least, low, typical, high, most = mass
    per, *prices = price
    taken, note_de, note_en, note_ar = rule
    return CategoryFacts(
        id=row.pk,
        slug=row.slug,
        group=row.parent.slug if row.parent else "",
        name_de=row.name_de,
        name_en=row.name_en,
        synonyms_de=_words(row.synonyms_de),
        synonyms_en=_words(row.synonyms_en),
        icon=row.icon,
        electrical=row.electrical,
        batch=row.batch,
        taken=taken,
        note_de=note_de,
        note_en=note_en,
        note_ar=note_ar,
        low_g=low,
        typical_g=typical,
        high_g=high,
        max_plausible_g=most,
        min_plausible_g=least,
        price_per=per,
        prices=tuple(prices),
        name_uk=row.name_uk,
        name_ar=row.name_ar,
        name_tr=row.name_tr,
        google_id=row.google_id,
        waste_code=row.waste_code,
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(";")))


def _tree(found: _Found, *, taken: bool) -> tuple[GroupFacts, ...]:
    leaves, parents = found
    by_group: dict[str, list[CategoryFacts]] = defaultdict(list)
    for leaf in leaves:
        if leaf.taken is taken:
            by_group[leaf.group].append(leaf)
    return tuple(
        GroupFacts(
            one.slug,
            one.name_de,
            one.name_en,
            one.icon,
            tuple(by_group[one.slug]),
            one.name_uk,
            one.name_ar,
            one.name_tr,
        )
        for one in parents
        if one.slug in by_group
    )


def footprint_inputs(on: date) -> FootprintInputs:
    """Factors, displacement rates, lifetimes and costs of this day. Six queries."""
    emitted = emission_factors(on)
    return FootprintInputs(
        _factors(on),
        _shares(holding(DisplacementRate, on), "category__slug", "source__slug", "basis"),
        _shares(holding(LifetimeShare, on), "grade", "grade", "source__slug"),
        _services(on, emitted),
        _extra_uses(on),
        {activity: _grams(factor) for activity, factor in emitted.items()},
    )


def _services(on: date, emitted: dict[str, EmissionFactor]) -> dict[str, ServiceFacts]:
    """What has no factor on this day is left out."""
    rows = holding(ServiceInput, on).select_related("source").order_by("kind")
    return {
        row.kind: ServiceFacts(
            row.kind,
            row.activity,
            row.unit,
            Range(row.low, row.central, row.high),
            _grams(emitted[row.activity]),
            row.source.slug,
            emitted[row.activity].source.slug,
        )
        for row in rows
        if row.activity in emitted
    }


def _grams(factor: EmissionFactor) -> Range:
    return Range(factor.low_g, factor.central_g, factor.high_g)


def _extra_uses(on: date) -> dict[str, ExtraUseFacts]:
    rows = holding(ExtraUse, on).select_related("category", "source")
    return {
        row.category.slug: ExtraUseFacts(
            Range(row.low_wh, row.central_wh, row.high_wh), row.years, row.source.slug
        )
        for row in rows
    }


def _factors(on: date) -> dict[str, tuple[Factor, ...]]:
    rows = holding(FootprintFactor, on).order_by("key")
    found: dict[str, list[Factor]] = defaultdict(list)
    for slug, source, per, *grams in rows.values_list(
        "category__slug", "source__slug", "per", "low_g", "central_g", "high_g"
    ):
        found[slug].append(Factor(source, Per(per), Range(*grams)))
    return {slug: tuple(factors) for slug, factors in found.items()}


def _shares(rows: QuerySet[D], key: str, name: str, basis: str) -> dict[str, Share]:
    """Shares by `key`. What is no survey is an assumption, and is named so."""
    return {
        about: Share(named, Range(*permille), assumed=resting_on != RateBasis.SURVEY)
        for about, named, resting_on, *permille in rows.values_list(
            key, name, basis, "low_permille", "central_permille", "high_permille"
        )
    }


def emission_factors(on: date) -> dict[str, EmissionFactor]:
    """What a unit of each activity emits on this day, with its source. One query."""
    rows = holding(EmissionFactor, on).select_related("source").order_by("activity")
    return {row.activity: row for row in rows}


def footprint_rows(slug: str, on: date) -> tuple[FootprintFactor, ...]:
    """The factors of one category with source, boundary and method, for "how is this
    computed". One query."""
    rows = holding(FootprintFactor, on).filter(category__slug=slug)
    return tuple(rows.select_related("source").order_by("key"))


def waste_codes(on: date) -> tuple[WasteCode, ...]:
    """The waste catalogue of this day. One query."""
    return tuple(holding(WasteCode, on).order_by("code"))


def safety_gates(on: date) -> tuple[GateFacts, ...]:
    """The gates that hold everywhere on this day. One query."""
    rows = holding(SafetyGate, on).select_related("category", "source").order_by("kind", "slug")
    return tuple(_gate(row) for row in rows)


def _gate(row: SafetyGate) -> GateFacts:
    category = row.category
    is_group = category is not None and category.parent_id is None
    return GateFacts(
        slug=row.slug,
        kind=row.kind,
        category=category.slug if category and not is_group else "",
        group=category.slug if category and is_group else "",
        electrical=row.electrical,
        words=_words(row.words),
        reason_de=row.reason_de,
        reason_en=row.reason_en,
        source=row.source.citation,
    )


def test_limits(on: date) -> dict[tuple[str, str], Limit]:
    """By protection class and measure. One query."""
    rows = holding(TestLimit, on).values_list("protection_class", "measure", "least", "most")
    return {(kind, measure): Limit(least, most) for kind, measure, least, most in rows}


def sources() -> tuple[Source, ...]:
    """All sources with licences, for the page that names them. One query."""
    return tuple(Source.objects.order_by("slug"))
