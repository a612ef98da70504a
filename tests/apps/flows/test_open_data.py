"""What is given away is whole, valid, nobody's secret, and enough to compute each figure again."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.apps.flows.world import DRIVING, leave, take_in, work
from tests.world import Town, make_town

from wesprint.apps.flows import services, words
from wesprint.apps.flows.open_data import write_package
from wesprint.apps.flows.periods import choice_of
from wesprint.kernel.clock import FixedClock
from wesprint.platform.ledger.services import correct
from wesprint.web.rooms import Answered

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[3]
OCTOBER = datetime(2026, 10, 5, 10, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 9, 10, tzinfo=UTC)
ZIP = "/z/kaufhaus/wirkung/offene-daten.zip"


@pytest.fixture
def town(clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Two months of a store: things weighed and estimated, a mistake taken back, forty answers
    about furniture, electricity, two hours and a half at the bench, parts, ways, and a baseline
    that a spreadsheet would take for a formula."""
    monkeypatch.setattr(words, "rooms", lambda: (DRIVING,))
    town = make_town()
    for number, category in enumerate(("chair", "kettle", "clothing", "table", "books")):
        mass = 1_003 + 977 * number
        thing = take_in(town, category, mass, OCTOBER, weighed=number % 2 == 0)
        if category != "books":
            leave(town, thing, mass, NOVEMBER, "sold", weighed=number % 2 == 0)
    broken = take_in(town, "kettle", 1_200, OCTOBER)
    leave(town, broken, 1_200, NOVEMBER, "recycled")
    again = take_in(town, "chair", 5_000, NOVEMBER)
    correct(town.ctx(at=NOVEMBER), event=leave(town, again, 5_000, NOVEMBER, "sold"))
    for mass in (40_000, 35_000):
        leave(town, take_in(town, "fridge", mass, OCTOBER), mass, NOVEMBER, "sold")
    supplies = take_in(town, "material.supply", 2_000, OCTOBER)
    leave(town, supplies, 1_250, NOVEMBER, "built-in")
    correct(town.ctx(at=NOVEMBER), event=work(town, 3_600, NOVEMBER))
    work(town, 9_000, NOVEMBER)
    answers = [Answered(date(2026, 10, 1), "table", yes=14, perhaps=9, no=17)]
    services.keep_answers(town.ctx(at=NOVEMBER), centre=town.centre, found=answers)
    services.record_use(
        town.ctx("board"),
        centre=town.centre,
        month=date(2026, 10, 1),
        activity="electricity",
        quantity=1_234_500,
    )
    services.record_baseline(
        town.ctx("board"),
        centre=town.centre,
        kind="vans",
        unit="am Tag",
        value=180_000,
        as_of=date(2026, 1, 1),
        source="=HYPERLINK(1)",
    )
    return town


def unpack(client: Client, folder: Path, query: str = "") -> Path:
    answer = client.get(ZIP + query)
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as package:
        package.extractall(folder)
    return folder


def recomputed(folder: Path) -> dict[str, Any]:
    command = [sys.executable, str(ROOT / "docs/recompute.py"), str(folder), "--json"]
    run = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def page_text(client: Client, query: str) -> str:
    html = client.get(f"/z/kaufhaus/wirkung/{query}", headers={"accept-language": "de"})
    body = re.sub(r"<script.*?</script>|<svg.*?</svg>", "", html.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split()).replace("\N{NO-BREAK SPACE}", " ")


PERIODS = ("", "?zeitraum=2026", "?zeitraum=2026-11", "?von=2026-10-20&bis=2026-11-20")


@pytest.mark.parametrize("query", PERIODS)
def test_the_script_finds_every_figure_of_the_page(
    town: Town, client: Client, tmp_path: Path, query: str
) -> None:
    found = recomputed(unpack(client, tmp_path, query))
    text = page_text(client, query)
    for name, value in found.items():
        if name.startswith("shown.") and name != "shown.own":
            assert value.replace("\N{NO-BREAK SPACE}", " ") in text, name
    assert (found["difference_g"], found["gap_g"]) == (0, 0)


@pytest.mark.parametrize("query", PERIODS)
def test_the_script_finds_every_gram_of_the_figures_for_machines(
    town: Town, client: Client, tmp_path: Path, query: str
) -> None:
    found = recomputed(unpack(client, tmp_path, query))
    answer = client.get(f"/z/kaufhaus/wirkung/stoffbilanz.json{query}").json()
    avoided = answer["avoided_co2e"]
    ends = ("low", "central", "high")
    assert {key: found[f"{key}_g"] for key in ("start", "came_in", "went_out", "end")} == {
        key: answer[key] for key in ("start", "came_in", "went_out", "end")
    }
    assert {end: found[f"avoided.bounds.{end}_g"] for end in ends} == avoided["bounds"]
    assert {end: found[f"avoided.likely.{end}_g"] for end in ends} == avoided["likely"]
    assert found["avoided.weighed_permille"] == avoided["weighed_permille"]
    assert avoided["draws"] == 10_000


def test_costs_are_taken_off_and_never_the_own_footprint(
    town: Town, client: Client, tmp_path: Path
) -> None:
    found = recomputed(unpack(client, tmp_path))
    # 2.5 hours of 0.2 .. 1 .. 3 kWh at 322 .. 363 .. 409 g, and 1.25 kg of parts at 269 .. 9116 g
    assert cost(found, "repair") == [161 + 336, 908 + 3_966, 3_068 + 11_395]
    # 2 x 10 km and 8 km of the van, 4.2 km of the bicycle, six things bought at 3 km each
    van, bicycle, buyers = (2 * 10 + 8) * 238, 4 * 5 + 1, 6 * 3 * 185
    assert abs(cost(found, "transport")[1] - (van + bicycle + buyers)) <= 3
    # two fridges, 40 kWh a year over 0.7 of 10 years at 363 g
    assert abs(cost(found, "extra-use")[1] - 2 * 40 * 7 * 363) <= 1
    assert found["shown.own"] == "400–500 kg CO₂e"


def cost(found: dict[str, Any], name: str) -> list[int]:
    return [found[f"cost.{name}.{end}_g"] for end in ("low", "central", "high")]


def test_the_own_footprint_is_recomputed_too(town: Town, client: Client, tmp_path: Path) -> None:
    found = recomputed(unpack(client, tmp_path))
    # 1,234.5 kWh at 322 .. 363 .. 409 g
    assert [found[f"own.electricity.{end}_g"] for end in ("low", "central", "high")] == [
        397_509, 448_124, 504_911,
    ]  # fmt: skip
    assert found["shown.own"] == "400–500 kg CO₂e"
    assert found["shown.own"] in page_text(client, "")


def test_forty_answers_about_furniture_speak_for_furniture_and_for_all(
    town: Town, client: Client, tmp_path: Path
) -> None:
    text = page_text(client, "so-gerechnet/")
    # (14 + 9 / 2) / 40; Wilson's ends of 14 and of 23 in 40
    assert "0,46 (0,22–0,72) hier gefragt" in text


def test_frictionless_finds_no_fault(town: Town, client: Client, tmp_path: Path) -> None:
    folder = unpack(client, tmp_path)
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    report = json.loads(run.stdout)
    faults = [error["message"] for task in report["tasks"] for error in task["errors"]]
    assert (run.returncode, report["valid"], faults) == (0, True, [])
    assert len(report["tasks"]) == 17


def test_no_formula_gets_out(town: Town, client: Client, tmp_path: Path) -> None:
    with (unpack(client, tmp_path) / "baselines.csv").open() as file:
        [row] = csv.DictReader(file)
    assert row["source"] == "'=HYPERLINK(1)"


def test_no_person_is_in_the_package(town: Town, client: Client, tmp_path: Path) -> None:
    folder = unpack(client, tmp_path)
    text = "".join(path.read_text() for path in folder.iterdir())
    agents = [
        town.organisation.agent.public_id,
        *(one.agent.public_id for one in town.people.values()),
    ]
    assert [ident for ident in [*agents, "Muster"] if ident in text] == []


def test_the_region_is_given_away_as_well(town: Town, client: Client, tmp_path: Path) -> None:
    other = make_town("bahnhof")
    take_in(other, "chair", 1_000, NOVEMBER)
    with zipfile.ZipFile(
        io.BytesIO(b"".join(client.get("/wirkung/offene-daten.zip").streaming_content))
    ) as package:
        package.extractall(tmp_path)
    found = recomputed(tmp_path)
    html = client.get("/wirkung/", headers={"accept-language": "de"}).content.decode()
    assert found["shown.came_in"] in html.replace("\N{NO-BREAK SPACE}", " ")


def test_a_package_tells_whether_anybody_wrote_meanwhile(town: Town) -> None:
    file = io.BytesIO()
    written = write_package(file, [town.centre], choice_of(""), date(2026, 11, 24))
    assert (written.files, written.at_rest) == (18, True)
