"""`wesprint town`: streets, addresses and the map of a town from an OpenStreetMap extract."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wesprint.config.cli import output
from wesprint.config.cli.main import with_django
from wesprint.config.cli.users import cli_ctx
from wesprint.kernel.errors import Invalid

if TYPE_CHECKING:
    from wesprint.engines.extracts import Box
    from wesprint.platform.geo.models import Town


def add(commands: Any) -> None:
    parser = commands.add_parser("town", help="bring a town's streets, addresses and map")
    verbs = parser.add_subparsers(required=True, metavar="import | list | find | remove")
    taken = verbs.add_parser(
        "import",
        help="make it from an extract (.osm.pbf)",
        description="Makes the streets, the addresses and the map of a town. The same town again "
        "replaces it. A larger extract is cut by --box first.",
    )
    taken.add_argument("file", type=Path)
    taken.add_argument("--name", help="default: the name of the file")
    taken.add_argument("--slug", help="short name, default: made from the name")
    taken.add_argument(
        "--box", metavar="SOUTH,WEST,NORTH,EAST", help="degrees; only what is inside"
    )
    taken.set_defaults(run=with_django(_import))
    listed = verbs.add_parser("list", help="the towns that are there")
    listed.set_defaults(run=with_django(_list))
    find = verbs.add_parser("find", help="where an address is")
    find.add_argument("slug")
    find.add_argument("query", nargs="+")
    find.set_defaults(run=with_django(_find))
    gone = verbs.add_parser("remove", help="take a town off the map")
    gone.add_argument("slug")
    gone.set_defaults(run=with_django(_remove))
    for one in (taken, listed, find, gone):
        one.add_argument("--json", action="store_true")


def _import(given: argparse.Namespace) -> int:
    from wesprint.config.cli.founding import slug_of
    from wesprint.platform.geo.making import make
    from wesprint.platform.geo.services import forget_unused, take_town

    name = given.name or given.file.name.split(".")[0].replace("_", " ").title()
    slug = given.slug or slug_of(name)
    if not slug or slug != slug_of(slug):
        raise Invalid(f"{slug or name!r} is no short name: letters, digits and hyphens.")
    with output.progress(name, quiet=given.json) as step:
        made = make(given.file, box=_box(given.box), step=step)
        town = take_town(cli_ctx("taken in on the command line"), slug=slug, name=name, made=made)
        forget_unused()
    output.report(_answer(town), _line(town), as_json=given.json)
    return 0


def _box(text: str | None) -> Box | None:
    from wesprint.engines.extracts import Box, ExtractError

    if not text:
        return None
    try:
        south, west, north, east = (float(one) for one in text.split(","))
        return Box(south, west, north, east)
    except (ExtractError, ValueError):
        raise Invalid(f"--box {text}: south,west,north,east in degrees, in this order.") from None


def _list(given: argparse.Namespace) -> int:
    from wesprint.platform.geo.models import Town

    towns = list(Town.objects.all())
    text = "\n".join(_line(one) for one in towns) or "no town yet: wesprint town import FILE"
    output.report({"towns": [_answer(one) for one in towns]}, text, as_json=given.json)
    return 0


def _find(given: argparse.Namespace) -> int:
    from wesprint.platform.geo.selectors import find, town_named

    found = find(town_named(given.slug), " ".join(given.query))
    lines = [f"{one}  {one.lat:.6f} {one.lon:.6f}  {one.match}" for one in found]
    answer = {"found": [asdict(one) for one in found]}
    output.report(answer, "\n".join(lines) or "nothing like it", as_json=given.json)
    return 0 if found else 1


def _remove(given: argparse.Namespace) -> int:
    from wesprint.platform.geo.selectors import town_named
    from wesprint.platform.geo.services import forget_unused, let_go_of_town

    town = town_named(given.slug)
    let_go_of_town(cli_ctx("removed on the command line"), town=town)
    forget_unused()
    output.report({"removed": given.slug}, f"{town.name} is off the map.", as_json=given.json)
    return 0


def _answer(town: Town) -> dict[str, Any]:
    return {
        "slug": town.slug,
        "name": town.name,
        "extract": town.extract,
        "box": [town.south, town.west, town.north, town.east],
        "junctions": town.junctions,
        "streets": town.streets,
        "doors": town.doors,
    }


def _line(town: Town) -> str:
    return f"{town.name} ({town.slug}): {town.streets} streets, {town.doors} doors, {town.extract}"
