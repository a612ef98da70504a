"""A small repository of its own for each test of the checks."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

Check = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """An empty git repository with this project's scripts."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("__*"))
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return tmp_path


@pytest.fixture
def check(tree: Path) -> Check:
    """Runs one of the scripts there: its exit code and the lines it printed."""

    def run(script: str, *arguments: str) -> tuple[int, list[str]]:
        done = subprocess.run(
            [sys.executable, str(tree / "scripts" / script), *arguments],
            cwd=tree,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        return done.returncode, done.stdout.splitlines()

    return run
