"""`wesprint import` and `wesprint token`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.world import add_person, make_town

from wesprint.apps.goods.models import Item
from wesprint.config.cli import main
from wesprint.platform.imports.models import Import, ImportChunk, ImportState
from wesprint.platform.tokens.models import Token
from wesprint.platform.tokens.selectors import bearer_of

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]
TABLE = "Ware;Note;kg\nStuhl;B;4,2\nTisch;A;20\n"


@pytest.fixture
def table(tmp_path: Path, settings: Any) -> Path:
    settings.IMPORT_ROOT = tmp_path / "imports"
    make_town("kaufhaus")
    path = tmp_path / "bestand.csv"
    path.write_text(TABLE)
    return path


def bring(path: Path, *more: str) -> int:
    return main(["import", "goods", str(path), "--centre", "kaufhaus", "--json", *more])


def test_a_table_is_tried_first_and_then_brought(table: Path, capsys: Captured) -> None:
    assert bring(table, "--map", "category=Ware", "--dry-run") == 0
    tried = json.loads(capsys.readouterr().out)
    assert (tried["rows"], tried["faulty"], tried["faults"]) == (2, 0, [])
    assert (Item.objects.count(), ImportChunk.objects.count()) == (0, 0)
    assert bring(table, "--map", "category=Ware") == 0
    assert json.loads(capsys.readouterr().out)["state"] == "done"
    assert list(Item.objects.order_by("pk").values_list("mass_g", flat=True)) == [4200, 20_000]


def test_faulty_rows_are_named_and_nothing_comes_in(table: Path, capsys: Captured) -> None:
    table.write_text(TABLE + "Raumschiff;A;1\n")
    assert bring(table, "--map", "category=Ware") == 2
    [fault] = json.loads(capsys.readouterr().out)["faults"]
    assert (fault["row"], fault["column"]) == (4, "category")
    assert Item.objects.count() == 0
    assert Import.objects.get().state == ImportState.DISCARDED


def test_what_is_missing_is_said_in_one_line(table: Path, capsys: Captured) -> None:
    assert bring(table) == 2
    assert "Kind of thing" in capsys.readouterr().err
    assert bring(table, "--map", "category=Gibtsnicht") == 2
    assert bring(table.with_name("nirgends.csv")) == 4


def test_a_key_is_made_listed_and_taken_back(capsys: Captured) -> None:
    town = make_town("kaufhaus")
    add_person(town, "staff")
    make = ["token", "make", "--owner", "staff@kaufhaus.example", "--organisation", "kaufhaus-eg"]
    assert main([*make, "--name", "Portal", "--scope", "goods.read"]) == 0
    secret = capsys.readouterr().out.strip()
    token = Token.objects.get()
    day = town.ctx().occurred_at.date()
    found = bearer_of(secret, day)
    assert found is not None
    assert found.permissions == {"goods.view_items", "goods.view_offers"}
    assert main(["token", "list"]) == 0
    shown = capsys.readouterr().out
    assert (token.public_id in shown, secret in shown) == (True, False)
    assert main(["token", "revoke", token.public_id]) == 0
    assert bearer_of(secret, day) is None
    assert main([*make, "--name", "Portal", "--scope", "everything"]) == 2
