"""`wesprint demo`: a region with some months of life, to look around in."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wesprint.config.cli import output
from wesprint.config.cli.main import with_django
from wesprint.kernel.errors import Conflict, Invalid

if TYPE_CHECKING:
    from wesprint.config.demo import Region

MONTHS = range(1, 37)
MARK = "demo.json"  # as in wesprint.web.demo, which needs Django


def add(commands: Any) -> None:
    parser = commands.add_parser(
        "demo",
        help="fill an empty installation with a demo region",
        description="Plays some months of a town house and a rural house. The same seed gives "
        "the same region.",
    )
    parser.add_argument("--seed", type=int, default=1, help="which region (1)")
    parser.add_argument("--months", type=int, default=3, help="how many months (3)")
    parser.add_argument(
        "--items",
        type=int,
        default=0,
        metavar="N",
        help="instead of playing months: three years of a town store with N items, ten entries "
        "each (1000000 takes a while and about 15 GB)",
    )
    parser.add_argument(
        "--if-missing", action="store_true", help="do nothing where something is there already"
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    if given.months not in MONTHS:
        raise Invalid(
            f"A demo of {given.months} months cannot be played: choose 1 to {MONTHS[-1]}."
        )
    os.environ["WESPRINT_DEMO"] = "1"
    return int(with_django(_demo)(given) or 0)


def _demo(given: argparse.Namespace) -> int:
    from wesprint.config.cli import database
    from wesprint.platform.organisations.models import Organisation
    from wesprint.web.demo import mark

    database.make_ready(may_migrate=True)
    if Organisation.objects.exists():
        if given.if_missing:
            return 0
        raise Conflict(
            "This installation is not empty.",
            kept="Nothing was changed.",
            next="Set WESPRINT_VAR (or DATABASE_URL) to an empty place for a demo.",
        )
    region = _build(given)
    _bring_town()
    mark(seed=given.seed, months=0 if given.items else given.months, **_counts())
    output.say("The demo region is ready: wesprint serve")
    for line in _where_to_look(region):
        output.say(line)
    return 0


def _bring_town() -> None:
    """Its map is made by the worker once the pages are open: nobody waits for it."""
    from wesprint.config import demo
    from wesprint.platform.base.db import write_transaction
    from wesprint.platform.geo.tasks import import_town

    extract = Path(demo.__path__[0]) / "towns" / "kaiserslautern_2013.osm.pbf"
    with write_transaction():
        import_town.enqueue(str(extract), "kaiserslautern", "Kaiserslautern")


def _counts() -> dict[str, int]:
    """What there is now, as the mark of the demo says it."""
    from wesprint.apps.goods.public import Item
    from wesprint.platform.ledger.models import EconomicEvent

    return {"items": Item.objects.count(), "entries": EconomicEvent.objects.count()}


def _build(given: argparse.Namespace) -> Region:
    from wesprint.config.demo import build, build_large

    with output.progress("Building the demo region") as step:
        if given.items:
            return build_large(items=given.items, seed=given.seed, progress=step)
        return build(seed=given.seed, months=given.months, progress=step)


def _where_to_look(region: Region) -> Iterator[str]:
    from django.conf import settings

    yield f"  {settings.BASE_URL}/ shows the houses, /konto/demo/ has a door for each role."
    for role, code in region.badges.items():
        yield f"  Badge for the counter: {code} ({role}, PIN {region.pin})"


def is_demo(var: Path) -> bool:
    """`wesprint demo` left its mark in this folder. Whether the database is that region too,
    `wesprint.web.demo` asks before it opens a door."""
    return (var / MARK).exists()
