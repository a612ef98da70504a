"""What the documents tell people to type exists, and every setting is explained."""

import re
import subprocess
from pathlib import Path

import pytest
from repository import files

from .conftest import ROOT

DOCUMENTS = [path for path in files("*.md") if path.parts[0] != "src"]
OPERATIONS = (ROOT / "docs/operations.md").read_text()
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
# Not for people: set by the tests, by `serve` for its children, or only with the Makefile's help.
INTERNAL = {"WESPRINT_PARENT", "WESPRINT_TEST_POSTGRES", "WESPRINT_REQUIRE_ALL"}


def block(language: str, containing: str) -> str:
    """The one code block of docs/operations.md that contains a text."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", OPERATIONS, re.S | re.M)
    (found,) = [text for text in blocks if containing in text]
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_every_make_target_that_is_named_exists(path: Path) -> None:
    named = re.findall(r"(?:`|^)make (?:-C \S+ )?([a-z-]+)", (ROOT / path).read_text(), re.M)
    assert set(named) - TARGETS == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_every_file_that_is_linked_exists(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / path).read_text())
    assert [link for link in links if not (ROOT / path.parent / link).exists()] == []


def test_every_setting_is_explained() -> None:
    code = "\n".join((ROOT / path).read_text() for path in files("src/**.py"))
    table = OPERATIONS.split("## Settings")[1].split("## systemd")[0]
    explained = set(re.findall(r"^\| `(\w+)`", table, re.M))
    assert explained - {"DATABASE_URL"} == set(re.findall(r"\bWESPRINT_[A-Z_]+", code)) - INTERNAL


def test_headings_of_the_handbook_can_be_jumped_to() -> None:
    headings = {h.lower().replace(" ", "-") for h in re.findall(r"^## (.+)$", OPERATIONS, re.M)}
    assert set(re.findall(r"\]\(#([^)]+)\)", OPERATIONS)) - headings == set()


def test_the_house_makes_its_own_certificate(tmp_path: Path) -> None:
    commands = block("sh", "ca.key").replace("/etc/wesprint/ca", str(tmp_path / "ca"))
    done = subprocess.run(
        ["bash", "-euc", commands], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, done.stdout) == (0, "wesprint.crt: OK\n")
    shown = subprocess.run(
        ["openssl", "x509", "-in", "ca/wesprint.crt", "-noout", "-ext", "subjectAltName"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert "DNS:kaufhaus.home.arpa" in shown.stdout


def test_the_scripts_of_ci_are_well_formed() -> None:
    subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=True)
