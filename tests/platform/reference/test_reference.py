from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from wesprint.engines.footprint import ZERO, Driver, Range, avoided
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.words import Said, Words
from wesprint.platform.reference import selectors
from wesprint.platform.reference.facts import CategoryFacts
from wesprint.platform.reference.models import AcceptanceRule, Category, MassEstimate, WasteCode
from wesprint.platform.reference.services import LoadReport, load_reference
from wesprint.platform.reference.tables import edition_start
from wesprint.platform.reference.weights import MassBasis, TypicalMass, check_mass, typical_mass

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 24)


def test_loading_again_changes_nothing() -> None:
    assert load_reference() == LoadReport(added=0, ended=0)


def test_a_changed_fact_becomes_a_new_dated_row() -> None:
    kettle = Category.objects.get(slug="kettle")
    MassEstimate.objects.filter(category=kettle).update(central_g=1_000)  # an older edition
    assert load_reference() == LoadReport(added=1, ended=1)
    start = edition_start()
    rows = MassEstimate.objects.filter(category=kettle).order_by("valid_from")
    assert list(rows.values_list("central_g", "valid_from", "valid_to")) == [
        (1_000, date(2025, 1, 1), start),
        (1_200, start, None),
    ]
    assert selectors.category("kettle", start - timedelta(days=1)).typical_g == 1_000
    assert selectors.category("kettle", start).typical_g == 1_200
    assert load_reference() == LoadReport(added=0, ended=0)


def test_a_second_change_in_one_edition_leaves_no_row_that_never_held() -> None:
    kettle = Category.objects.get(slug="kettle")
    MassEstimate.objects.filter(category=kettle).update(central_g=1_000)
    load_reference()
    MassEstimate.objects.filter(category=kettle, valid_to=None).update(central_g=1_100)
    assert load_reference() == LoadReport(added=1, ended=1)
    rows = MassEstimate.objects.filter(category=kettle).order_by("valid_from")
    assert list(rows.values_list("central_g", flat=True)) == [1_000, 1_200]


def test_a_fact_that_is_gone_is_ended_not_deleted() -> None:
    source = AcceptanceRule.objects.first()
    assert source is not None
    WasteCode.objects.create(
        code="99 99 99", hazardous=False, text_de="alt", source=source.source,
        valid_from=date(2025, 1, 1),
    )  # fmt: skip
    assert load_reference() == LoadReport(added=0, ended=1)
    assert len(selectors.waste_codes(edition_start())) == 59
    assert len(selectors.waste_codes(edition_start() - timedelta(days=1))) == 60


def test_the_tree(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(4):
        groups = selectors.groups(DAY)
    assert [(one.slug, len(one.leaves)) for one in groups] == [
        ("furniture", 14),
        ("light-decor", 7),
        ("kitchen-electrics", 7),
        ("household-electrics", 6),
        ("electronics", 14),
        ("kitchenware", 4),
        ("textiles", 7),
        ("books-media", 3),
        ("children", 4),
        ("sports-mobility", 4),
        ("tools-garden", 7),
        ("building", 5),
    ]
    assert (groups[0].name("de"), groups[0].name("en")) == ("Möbel", "Furniture")


def test_one_category(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(4):
        kettle = selectors.category("kettle", DAY)
    assert kettle == CategoryFacts(
        id=kettle.id,
        slug="kettle",
        group="kitchen-electrics",
        name_de="Wasserkocher",
        name_en="Kettle",
        synonyms_de=("Teekocher", "Wasserkessel elektrisch"),
        synonyms_en=("electric kettle", "water boiler"),
        icon="cat-kettle",
        electrical=True,
        batch=False,
        taken=True,
        note_de="entkalkt",
        note_en="descaled",
        low_g=800,
        typical_g=1_200,
        high_g=1_900,
        max_plausible_g=5_000,
        price_per="piece",
        prices=(1_800, 1_100, 600, 200),
        name_uk="Електрочайник",
        name_ar="غلاية ماء",
        name_tr="Su ısıtıcısı",
        google_id=751,
        waste_code="20 01 36",
        note_ar="خالية من الكلس",
        min_plausible_g=100,
    )
    assert kettle.guide_price("B", 1_200) == 1_100
    assert selectors.category("books", DAY).guide_price("A", 2_500) == 750  # 3 € per kg
    assert selectors.categories_by_id(DAY)[kettle.id] == kettle


def test_before_any_fact_held_there_is_nothing() -> None:
    assert selectors.groups(date(2020, 1, 1)) == ()
    with pytest.raises(Invalid, match=r".") as caught:
        selectors.category("kettle", date(2020, 1, 1))
    assert (caught.value.code, caught.value.field) == ("unknown-category", "category")


def test_a_group_or_an_unknown_slug_is_no_category() -> None:
    for slug in ("furniture", "spaceship"):
        with pytest.raises(Invalid) as caught:
            selectors.category(slug, DAY)
        assert caught.value.code == "unknown-category"


def test_what_is_refused_says_why() -> None:
    refused = {one.slug: one for one in selectors.not_taken(DAY)}
    assert len(refused) == 17
    assert refused["child-seat"].note("en") == (
        "A crash leaves no mark on a seat. When it matters, it may not hold."
    )
    assert refused["child-seat"].note("de").startswith("Einem Sitz sieht man")


def test_footprint_inputs_feed_the_engine(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(6):
        inputs = selectors.footprint_inputs(DAY)
    result = avoided(inputs.item("kettle", mass=1_200, weighed=True, grade="B"))
    # 448 .. 2868 .. 8706 of the kettle less the way of its buyer, 0 .. 555 .. 2380
    assert (result.net, result.driver) == (Range(-1_932, 2_313, 8_706), Driver.DISPLACEMENT)
    fridge = inputs.item("fridge", mass=40_000, weighed=True, grade="B")
    # 0 .. 40 .. 185 kWh a year for 0.5 .. 0.7 .. 0.9 of ten years at 322 .. 363 .. 409 g
    assert fridge.extra_use == Range(0, 101_640, 680_985)
    assert inputs.item("clothing", mass=1_000, weighed=True, grade="A").extra_use == ZERO


def test_the_sources_of_one_category_are_shown() -> None:
    assert [
        (row.source.slug, row.key, row.per) for row in selectors.footprint_rows("kettle", DAY)
    ] == [("ademe-impactco2", "bouilloire", "item"), ("uk-ghg-2025", "materials", "kg")]
    assert len(selectors.sources()) == 26


def test_what_we_say_of_a_source_stands_in_both_languages_and_its_title_in_its_own() -> None:
    """Who reads German must not meet an English sentence of ours, nor the other way round."""
    for source in selectors.sources():
        for text in (source.publisher, source.licence, source.boundary, source.note):
            assert bool(text.de) == bool(text.en), (source.slug, text)
        assert source.name.de or source.name.en
    by_slug = {source.slug: source for source in selectors.sources()}
    assert by_slug["wrap-displacement-2025"].citation == Words(
        "Displacement Rates Untangled (WRAP, Vereinigtes Königreich, 2025)",
        "Displacement Rates Untangled (WRAP, United Kingdom, 2025)",
    )
    assert by_slug["wesprint-estimate"].name == Words("Eigene Schätzung", "Own estimate")
    assert by_slug["avv-2026"].name.to("en") == Said(
        "Abfallverzeichnis-Verordnung (AVV), Fassung vom 19.08.2026", "de"
    )


@pytest.mark.parametrize(
    ("weighed", "expected"),
    [
        ([], TypicalMass(1_200, MassBasis.ESTIMATE, 0)),
        ([900, 900, 900, 900], TypicalMass(1_200, MassBasis.ESTIMATE, 4)),
        ([1_300, 900, 1_000, 5_000, 950], TypicalMass(1_000, MassBasis.OWN_WEIGHINGS, 5)),
        ([1, 2, 3, 4, 5, 6], TypicalMass(3, MassBasis.OWN_WEIGHINGS, 6)),
    ],
)
def test_own_weighings_replace_the_estimate_from_the_fifth_on(
    weighed: list[int], expected: TypicalMass
) -> None:
    assert typical_mass(weighed, 1_200) == expected


@pytest.mark.parametrize(
    ("grams", "code"),
    [(0, "mass-not-positive"), (-5, "mass-not-positive"), (2_000_000, "mass-implausible")],
)
def test_a_kettle_of_two_tonnes_is_refused(grams: int, code: str) -> None:
    kettle = selectors.category("kettle", DAY)
    with pytest.raises(Invalid) as caught:
        check_mass(kettle, grams)
    assert (caught.value.code, caught.value.field) == (code, "mass")
    check_mass(kettle, 5_000)


@pytest.mark.parametrize(
    ("grams", "says", "asks"),
    [
        (500, "0,5 kg ist zu leicht", "Sind 50 kg gemeint?"),
        (2, "0,002 kg ist zu leicht", "Bitte prüfen Sie"),
        (1_499, "1,499 kg ist zu leicht", "Sind 14,99 kg gemeint?"),
        (32, "0,032 kg ist zu leicht", "Sind 32 kg gemeint?"),
        (315, "0,315 kg ist zu leicht", "Sind 31,5 kg gemeint?"),
    ],
)
def test_a_chest_of_drawers_of_a_pound_is_asked_back(grams: int, says: str, asks: str) -> None:
    chest = selectors.category("chest-of-drawers", DAY)
    with override("de"), pytest.raises(Invalid) as caught:
        check_mass(chest, grams)
    assert (caught.value.code, caught.value.field) == ("mass-implausible", "mass")
    with override("de"):
        assert str(caught.value.what).startswith(says)
        assert "Weniger als 1,5 kg sind nicht plausibel" in str(caught.value.what)
        assert str(caught.value.next).startswith(asks)
        assert "andere Warengruppe" in str(caught.value.next)
    check_mass(chest, 1_500)


def test_the_gates_that_hold_everywhere(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found = selectors.safety_gates(DAY)
    assert [(gate.kind, gate.slug) for gate in found if gate.kind != "never-sell"] == [
        ("needs-data", "pram-data"),
        ("needs-test", "electrical-test"),
    ]
    helmet = next(gate for gate in found if gate.slug == "helmet-words")
    assert (helmet.group, helmet.category, helmet.words[:2]) == (
        "sports-mobility",
        "",
        ("helm", "fahrradhelm"),
    )
    assert helmet.reason("en") == "a fall damages it invisibly"
    assert helmet.source == Words(
        "Regeln des Hauses (WeSprint, 2026)", "Rules of the house (WeSprint, 2026)"
    )


def test_the_limits_of_the_electrical_test() -> None:
    limits = selectors.test_limits(DAY)
    assert len(limits) == 6
    assert limits["I", "conductor-mohm"].keeps(300)
    assert not limits["I", "conductor-mohm"].keeps(301)
    assert limits["II", "insulation-kohm"].keeps(2000)
    assert not limits["II", "insulation-kohm"].keeps(1999)
