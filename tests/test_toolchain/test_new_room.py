"""`make room` writes a room that passes every check before a line of it was changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from repository import files

from .conftest import ROOT

BIN = Path(sys.executable).parent
NAME = "till"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """This repository as a clone would have it."""
    for path in files():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, target)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return tmp_path


def run(house: Path, *command: str | Path) -> tuple[int, str]:
    """Exit code and output of a program in the copied house."""
    # On SQLite: on PostgreSQL its tests would drop the database that these are using.
    settings = {"PYTHONPATH": str(house / "src"), "WESPRINT_VAR": str(house / "var")}
    settings["DATABASE_URL"] = ""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=house,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def make_room(house: Path, *arguments: str) -> tuple[int, str]:
    return run(house, sys.executable, "scripts/new_room.py", *arguments)


@pytest.mark.heavy
def test_a_new_room_passes_every_check_at_once(house: Path) -> None:
    room, tests = f"src/wesprint/apps/{NAME}", f"tests/apps/{NAME}"
    assert make_room(house, NAME, "--title", "Till", "--german", "Kasse") == (
        0,
        f"{room}\n{tests}\n",
    )
    assert make_room(house, NAME) == (2, f"make room: {room} exists already\n")
    messages = [sys.executable, "scripts/messages.py", "check", room]
    django = [sys.executable, "-m", "django", "makemigrations", "--check", NAME]
    assert run(house, BIN / "ruff", "check", "--quiet", room, tests) == (0, "")
    assert run(house, BIN / "ruff", "format", "--check", "--quiet", room, tests) == (0, "")
    assert run(house, *messages) == (0, "")
    assert run(house, sys.executable, "scripts/check_templates.py") == (0, "")
    assert run(house, *django, "--settings", "wesprint.config.settings") == (
        0,
        f"No changes detected in app '{NAME}'\n",
    )
    for command in [
        [BIN / "lint-imports", "--no-logo"],
        [BIN / "mypy"],
        [sys.executable, "-m", "pytest", "-q", tests, "tests/test_order.py"],
    ]:
        code, output = run(house, *command)
        assert code == 0, output


def test_a_room_without_a_place_in_the_house_is_refused(house: Path) -> None:
    code, output = make_room(house, "casino")
    assert (code, output.split(";")[0]) == (2, 'make room: the house has no place for "casino"')
    assert not (house / "src/wesprint/apps/casino").exists()
