"""Measured displacement, the pedigree's width, and a footprint that knows no sum with the other."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.footprint.test_footprint import HALF, KETTLE, items

from wesprint.engines.footprint import (
    Answers,
    Costs,
    Item,
    OwnFootprint,
    Range,
    Share,
    Use,
    avoided,
    displacement,
    measured,
    own_of,
    own_total,
    reference,
    total,
)
from wesprint.engines.footprint.pedigree import around, factor_of, marks_of
from wesprint.engines.footprint.survey import wilson

counts = st.builds(Answers, st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))


def test_wilson_by_hand() -> None:
    # Newcombe 1998, table I, method 3: 81 of 263 and 0 of 20
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert (wilson(0, 20)[0], round(wilson(0, 20)[1], 4)) == (0.0, 0.1611)


def test_perhaps_counts_half_and_widens_to_both_sides() -> None:
    assert displacement(Answers(yes=20, perhaps=0, no=20)) == Range(351, 500, 649)
    assert displacement(Answers(yes=15, perhaps=10, no=15)) == Range(242, 500, 758)
    with pytest.raises(ValueError, match="no answers"):
        displacement(Answers())


def test_thirty_answers_replace_the_assumption_the_nearest_set_first() -> None:
    few, many = Answers(10, 5, 14), Answers(100, 50, 150)
    assert (few.enough, few.count) == (False, 29)
    asked = (("furniture", few), ("all", many))
    assert measured(asked, HALF) == Share("survey:all", displacement(many), assumed=False)
    one_more = (("furniture", few + Answers(no=1)), ("all", many))
    assert measured(one_more, HALF).name == "survey:furniture"
    assert measured((("furniture", few), ("all", few)), HALF) is HALF


def test_answers_about_all_things_do_not_outdo_a_published_survey_of_clothes() -> None:
    few, many = Answers(1, 1, 1), Answers(100, 50, 150)
    published = Share("wrap", Range(500, 646, 800))
    assert measured((("clothing", few), ("all", many)), published) is published
    own = Share("survey:clothing", displacement(many))
    assert measured((("clothing", many), ("all", many)), published) == own


@given(counts.filter(lambda answers: answers.count))
def test_the_interval_holds_the_rate_and_is_a_share(answers: Answers) -> None:
    rate = displacement(answers)
    assert 0 <= rate.low <= rate.central <= rate.high <= 1000


@given(counts.filter(lambda answers: answers.enough))
def test_more_of_the_same_answers_say_it_more_surely(answers: Answers) -> None:
    once, often = displacement(answers), displacement(Answers(*(10 * n for n in _of(answers))))
    assert once.low <= often.low + 1
    assert often.high <= once.high + 1


def _of(answers: Answers) -> tuple[int, int, int]:
    return answers.yes, answers.perhaps, answers.no


def test_own_use_times_its_factor() -> None:
    power, way = Use("electricity", 1_500, Range(322, 363, 409)), Use("van", 999, Range.exact(238))
    assert own_of(power) == OwnFootprint(Range(483, 545, 614))
    assert own_of(way) == OwnFootprint(Range(237, 238, 238))
    assert own_total([power, way]) == OwnFootprint(Range(720, 783, 852))
    with pytest.raises(ValueError, match="not negative"):
        Use("electricity", -1, Range.exact(1))


def test_what_the_house_emits_and_what_was_avoided_cannot_be_added() -> None:
    own, net, sums = own_total([]), avoided(KETTLE), total([KETTLE], draws=100)
    values: list[Any] = [own, net, sums, net.net]
    for one, other in permutations(values, 2):
        if OwnFootprint in (type(one), type(other)):
            with pytest.raises(TypeError):
                one + other
            with pytest.raises(TypeError):
                one - other


def test_the_types_refuse_the_sum_before_anything_runs(tmp_path: Path) -> None:
    code = tmp_path / "sum.py"
    code.write_text(
        "from wesprint.engines.footprint import OwnFootprint, Range\n"
        "reveal_type(OwnFootprint() + OwnFootprint())\n"
        "OwnFootprint() + Range(0, 0, 0)\n"
        "Range(0, 0, 0) - OwnFootprint()\n"
    )
    command = [
        *(sys.executable, "-m", "mypy", "--config-file=", "--no-error-summary"),
        *("--follow-imports=silent", f"--cache-dir={tmp_path}/cache", str(code)),
    ]
    run = subprocess.run(command, capture_output=True, text=True)
    found = [line.split(":")[1:3] for line in run.stdout.splitlines()]
    assert [(line, kind.strip()) for line, kind in found] == [
        ("2", "note"), ("3", "error"), ("4", "error"),
    ]  # fmt: skip


def test_the_width_of_one_published_figure() -> None:
    assert marks_of("2,2,2,3,3") == (2, 2, 2, 3, 3)
    assert factor_of("1,1,1,1,1") == pytest.approx(1.05)
    # sqrt(ln 1.05^2 + ln 1.05^2 + ln 1.5^2 + ln 1.02^2) = 0.4118
    assert factor_of("1,3,1,3,4") == pytest.approx(1.5095, abs=0.0001)
    assert around(1_000, "1,3,1,3,4") == Range(662, 1_000, 1_510)
    for wrong in ("1,2,3", "0,1,1,1,1", "1,1,1,1,6", ""):
        with pytest.raises(ValueError, match=r"pedigree|invalid literal"):
            factor_of(wrong)


costs = st.builds(
    lambda one, two: Costs(
        repair=Range(one, one + two, one + 3 * two), transport=Range(0, two, two)
    ),
    st.integers(0, 9_999),
    st.integers(0, 9_999),
)


@settings(deadline=None)
@given(st.lists(items, max_size=6), costs, st.integers(0, 99))
def test_the_fast_way_is_the_readable_one_to_the_last_gram(
    things: list[Item], common: Costs, seed: int
) -> None:
    fast = total(things, common=common, draws=40, seed=seed).likely
    assert fast == reference.likely(things, common=common, draws=40, seed=seed)


def as_rows(item: Item) -> dict[str, Any]:
    def ends(one: Range) -> list[int]:
        return [one.low, one.central, one.high]

    return {
        "category": item.category,
        "mass": item.mass,
        "weighed": item.weighed,
        "factors": [
            {"source": one.source, "per": one.per, "grams": ends(one.grams)} for one in item.factors
        ],
        "displacement": {"name": "assumption", "permille": ends(HALF.permille), "assumed": True},
        "lifetime": {"name": item.lifetime.name, "permille": ends(item.lifetime.permille)},
    }


def run(path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wesprint.engines.footprint", str(path), *more]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_command_line_answers_as_the_engine_does(tmp_path: Path) -> None:
    file = tmp_path / "things.json"
    file.write_text(json.dumps({"things": [as_rows(KETTLE)] * 2}))
    answer = json.loads(run(file, "--json", "--draws", "500", "--seed", "7").stdout)
    expected = total([KETTLE] * 2, draws=500, seed=7)
    likely = expected.likely
    assert answer["likely"] == {
        "low": likely.low, "central": likely.central, "high": likely.high,
    }  # fmt: skip
    assert (answer["draws"], answer["seed"], answer["method"]) == (500, 7, "footprint-3")
    assert "main driver displacement" in run(file).stdout


@pytest.mark.parametrize("text", ["", "[]", '{"things": [{"category": "x"}]}', '{"things": 3}'])
def test_a_file_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "things.json"
    file.write_text(text)
    done = run(file)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{file}: ")
    assert "Traceback" not in done.stderr
    assert run(tmp_path / "none.json").returncode == 2
