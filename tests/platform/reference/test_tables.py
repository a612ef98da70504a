"""The shipped tables fit together."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from wesprint.engines.footprint import Range
from wesprint.engines.footprint.pedigree import around
from wesprint.platform.reference.derive import derived_rows
from wesprint.platform.reference.tables import DATA, read

CATEGORIES = read("categories")
GROUPS = {row["slug"] for row in CATEGORIES if not row["parent"]}
TAKEN = {row["category"] for row in read("acceptance_rules") if row["taken"] == "1"}
REFUSED = {row["category"] for row in read("acceptance_rules") if row["taken"] == "0"}


def categories_of(table: str) -> set[str]:
    return {row["category"] for row in read(table)}


def test_every_leaf_is_either_taken_or_refused() -> None:
    leaves = {row["slug"] for row in CATEGORIES if row["parent"]}
    assert leaves == TAKEN | REFUSED
    assert set() == TAKEN & REFUSED
    assert (len(GROUPS), len(TAKEN), len(REFUSED)) == (13, 82, 17)


def test_what_is_taken_has_all_facts() -> None:
    for table in (
        "typical_masses", "price_guides", "footprint_factors", "displacement_rates",
        "material_mixes",
    ):  # fmt: skip
        assert categories_of(table) == TAKEN, table


def test_places_and_names_are_unique_and_parents_are_groups() -> None:
    for column in ("slug", "position", "name_de", "name_en", "name_uk", "name_ar", "name_tr"):
        values = [row[column] for row in CATEGORIES]
        assert len(values) == len(set(values)), column
    assert {row["parent"] for row in CATEGORIES} == GROUPS | {""}


def test_what_is_taken_is_mapped_to_the_google_product_taxonomy() -> None:
    paths: dict[str, set[str]] = {}
    for row in CATEGORIES:
        if row["slug"] in TAKEN | GROUPS - {"not-taken"}:
            assert row["google_id"].isdecimal(), row["slug"]
            paths.setdefault(row["google_id"], set()).add(row["google_path"])
    assert all(len(found) == 1 and found != {""} for found in paths.values())


def test_what_is_taken_has_a_waste_code_that_exists() -> None:
    known = {row["avv_code"] for row in read("waste_codes")}
    assert {row["waste_code"] for row in CATEGORIES if row["slug"] in TAKEN} <= known


def test_every_leaf_that_is_taken_has_a_picture_of_its_own() -> None:
    icons = [row["icon"] for row in CATEGORIES if row["parent"]]
    assert len(icons) == len(set(icons))


def test_every_gate_says_what_it_is_about_and_why() -> None:
    rows = read("safety_gates")
    assert len({row["slug"] for row in rows}) == len(rows) > 0
    for row in rows:
        assert row["category"] or row["words"] or row["electrical"] == "1", row
        assert row["reason_de"] and row["reason_en"], row


def test_what_is_refused_has_ten_everyday_names_at_least() -> None:
    """In both languages together; a name that a kind has which is taken is none of its."""
    taken = {
        name.lower()
        for row in CATEGORIES
        if row["parent"] != "not-taken"
        for name in f"{row['synonyms_de']};{row['synonyms_en']}".split(";")
    }
    for row in CATEGORIES:
        if row["parent"] == "not-taken":
            german, english = (row[f"synonyms_{code}"].split(";") for code in ("de", "en"))
            assert len(german) >= 9 and len(english) >= 9, row["slug"]
            assert not taken & {name.lower() for name in (*german, *english)}, row["slug"]


def test_worse_grades_cost_less() -> None:
    for row in read("price_guides"):
        prices = [int(row[f"grade_{grade}_ct"]) for grade in "abcd"]
        assert all(better > worse > 0 for better, worse in pairwise(prices)), row


def test_plausible_weights() -> None:
    for row in read("typical_masses"):
        names = ("min_plausible_g", "low_g", "central_g", "high_g", "max_plausible_g")
        least, low, central, high, most = (int(row[name]) for name in names)
        assert 0 < least < low < central < high < most, row
        assert 8 * least <= low <= 10 * least + 10, row  # as SOURCES.md says


def test_material_shares_are_complete() -> None:
    sums: dict[str, int] = {}
    for row in read("material_mixes"):
        sums[row["category"]] = sums.get(row["category"], 0) + int(row["share_permille"])
    assert set(sums.values()) == {1000}


def test_every_row_names_a_known_source() -> None:
    known = {row["slug"] for row in read("sources")}
    for path in sorted(DATA.glob("*.csv")):
        rows = read(path.stem)
        assert {row["source"] for row in rows if "source" in row} <= known, path.name


def test_footprint_factors_follow_from_the_published_figures() -> None:
    assert read("footprint_factors") == derived_rows()


def test_the_kettle_by_hand() -> None:
    # ADEME: 9.907 kg per item, marks 2,2,2,3,3: a factor of 1.2204; UK: 5647.94563 kg per tonne
    # of small electricals, marks 1,3,1,3,4: a factor of 1.5095
    found = [
        (row["key"], row["per"], row["low_g"], row["central_g"], row["high_g"])
        for row in read("footprint_factors")
        if row["category"] == "kettle"
    ]
    assert found == [
        ("bouilloire", "item", "8118", "9907", "12091"),
        ("materials", "kg", "3741", "5648", "8526"),
    ]


def test_every_production_factor_is_as_wide_as_its_pedigree_says() -> None:
    for row in read("footprint_factors"):
        ends = (int(row[f"{end}_g"]) for end in ("low", "central", "high"))
        assert Range(*ends) == around(int(row["central_g"]), row["pedigree"]), row


def test_forty_nine_categories_rest_on_two_sources() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for row in read("footprint_factors"):
        found[row["category"]].add(row["source"])
    assert (len(found), sum(len(one) > 1 for one in found.values())) == (82, 49)


def test_what_a_service_takes_has_a_factor_and_a_price_in_words() -> None:
    activities = {row["activity"]: row["unit"] for row in read("emission_factors")}
    for row in read("service_inputs"):
        assert activities[row["activity"]] == row["unit"], row
        assert int(row["low"]) <= int(row["central"]) <= int(row["high"]), row
        assert row["boundary"] and row["method"] and row["pedigree"], row
