"""Write a new room in the one shape: ``make room NAME=till TITLE=Till GERMAN=Kasse``.

The room works at once: entries that staff of one house write down, with page, command, rights,
retention, German texts and tests. What it is really for replaces them.
"""

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from string import Template

from repository import ROOT

SHAPE = Path(__file__).parent / "room"
SETTINGS = ROOT / "src/wesprint/config/settings.py"


def order() -> list[str]:
    """All rooms that the house has a place for, lowest first."""
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(c["layers"] for c in tool["contracts"] if c["id"] == "rooms")
    return [name.strip("()") for name in reversed(layers)]


def refuse(why: str) -> None:
    sys.stderr.write(f"make room: {why}\n")
    sys.exit(2)


def target_of(template: Path, name: str) -> Path:
    """Where a file of the shape goes."""
    first, *rest = template.relative_to(SHAPE).with_suffix("").parts
    base = ROOT / ("tests/apps" if first == "tests" else "src/wesprint/apps") / name
    if rest[0] == "templates":
        rest.insert(1, name)
    return base.joinpath(*rest)


def write_files(name: str, words: dict[str, str]) -> None:
    for template in sorted(SHAPE.rglob("*.tmpl")):
        target = target_of(template, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Template(template.read_text()).substitute(words))


def move_in(name: str, rooms: list[str]) -> None:
    """Name the room in the settings, in its place."""
    text = SETTINGS.read_text()
    found = re.search(r"^ROOMS = \[\n(.*?)^\]", text, re.S | re.M)
    if found is None:
        refuse(f"no list ROOMS in {SETTINGS}")
        return
    present = {*re.findall(r'"wesprint\.apps\.(\w+)"', found[1]), name}
    lines = [f'    "wesprint.apps.{room}",\n' for room in rooms if room in present]
    SETTINGS.write_text(text.replace(found[0], f"ROOMS = [\n{''.join(lines)}]"))


def make_migration(name: str) -> None:
    settings = ["--settings", "wesprint.config.settings"]
    subprocess.run(
        [sys.executable, "-m", "django", "makemigrations", name, "--name", "first", *settings],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def tidy(*paths: Path) -> None:
    ruff = Path(sys.executable).with_name("ruff")
    for action in (["check", "--fix-only", "--quiet"], ["format", "--quiet"]):
        subprocess.run([ruff, *action, *map(str, paths)], cwd=ROOT, check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--title", default="", help="its English name")
    parser.add_argument("--german", default="", help="its German name")
    given = parser.parse_args()
    rooms, room = order(), ROOT / "src/wesprint/apps" / given.name
    if given.name not in rooms:
        refuse(
            f'the house has no place for "{given.name}"; rooms: {" ".join(rooms)}. An ADR may add '
            "one: to the contract in pyproject.toml and to ORDER in src/wesprint/web/rooms.py"
        )
    if room.exists():
        refuse(f"{room.relative_to(ROOT)} exists already")
    title = given.title or given.name.capitalize()
    words = {"name": given.name, "Name": given.name.capitalize(), "Title": title}
    write_files(given.name, words | {"German": given.german or title})
    move_in(given.name, rooms)
    make_migration(given.name)
    tests = ROOT / "tests/apps" / given.name
    tidy(room, tests, SETTINGS)
    sys.stdout.write(f"{room.relative_to(ROOT)}\n{tests.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
