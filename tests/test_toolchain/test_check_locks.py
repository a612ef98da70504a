import json
import re
import tomllib
from pathlib import Path

import pytest
from check_locks import hosts_in

from .conftest import ROOT, Check


def test_hosts_are_read_from_settings_but_for_this_machine() -> None:
    settings = [
        "global.index-url='https://user:secret@packages.example/simple'",
        'registry = "http://npm.example:4873/"',
        "deb [arch=amd64] http://deb.example/debian bookworm main",
        "http://localhost:8000 http://127.0.0.1:3141/root file:///opt/wheels",
    ]
    assert hosts_in(settings) == {"packages.example", "npm.example", "deb.example"}


def test_addresses_in_lock_files_are_told(
    tree: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://packages.example/simple")
    (tree / "requirements").mkdir()
    (tree / "requirements/run.txt").write_text("--index-url http://lock.example\nsix==1.0\n")
    (tree / "README.md").write_text("# Set-up\n\nWe fetch from packages.example.\n")
    assert check("check_locks.py") == (
        1,
        [
            "requirements/run.txt:1: an address in a lock file: --index-url http://lock.example",
            "README.md:3: names a package registry's host",
            "lock files: 2 to mend",
        ],
    )


def test_strip_takes_addresses_out_of_the_lock_of_npm(tree: Path, check: Check) -> None:
    package = {"version": "1.0.0", "integrity": "sha512-abc"}
    noise = {"resolved": "http://lock.example/x.tgz", "funding": {"url": "http://lock.example"}}
    lock = tree / "package-lock.json"
    lock.write_text(json.dumps({"packages": {"node_modules/x": package | noise}}))
    assert check("check_locks.py", "--strip") == (0, [])
    assert json.loads(lock.read_text()) == {"packages": {"node_modules/x": package}}


@pytest.mark.parametrize("group", ["run", "dev", "tools"])
def test_every_locked_python_package_has_its_hashes(group: str) -> None:
    text = (ROOT / f"requirements/{group}.txt").read_text().replace("\\\n", " ")
    assert [
        line for line in text.splitlines() if "==" in line and "--hash=sha256:" not in line
    ] == []


def test_every_locked_npm_package_has_its_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    del packages[""]
    assert {name for name, package in packages.items() if "integrity" not in package} == set()


def names(requirements: list[str]) -> set[str]:
    """Project names as the lock files spell them, without extras and versions."""
    found = (re.match(r"[\w.-]+", line) for line in requirements)
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match}


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {"run": project["project"]["dependencies"]} | project["dependency-groups"]
    assert {
        group: names(asked) - names((ROOT / f"requirements/{group}.txt").read_text().splitlines())
        for group, asked in wanted.items()
    } == {group: set() for group in wanted}
    package = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"][""]
    kinds = ("dependencies", "devDependencies")
    assert [locked[kind] for kind in kinds] == [package[kind] for kind in kinds]
