"""Catalogue and transparency pages of a house with 100,000 items, read by 16 users at once.

`.venv/bin/python bench/bench_pages.py [--items 100000] [--users 16] [--seconds 12]`. The server
is a real `wesprint serve` in a process of its own; the readers share the machine with it, so the
figures hold for both together. Beside them stands the health page of the same server in the
same run: what the way through the server alone costs.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import uuid
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
FOLDER = tempfile.TemporaryDirectory(prefix="wesprint-bench-")
os.environ |= {"WESPRINT_VAR": FOLDER.name, "WESPRINT_LOG": "ERROR"}
os.environ["DJANGO_SETTINGS_MODULE"] = "wesprint.config.settings"


def _own_database(url: str) -> str:
    """A new database beside the given PostgreSQL one; SQLite lies in the folder anyway."""
    if not url.startswith("postgres"):
        return ""
    import psycopg

    name = f"wesprint_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as maintenance:
        maintenance.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


GIVEN = os.environ.get("DATABASE_URL", "")
os.environ["DATABASE_URL"] = OWN = _own_database(GIVEN)

import django  # noqa: E402 - the environment above decides the database

django.setup()

from bench.load import read_pages, report  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from tests.processes import serving  # noqa: E402
from tests.world import make_town  # noqa: E402

from wesprint.apps.goods.models import Intake, Item, ItemState, Route  # noqa: E402
from wesprint.apps.goods.selectors.catalogue import SEARCH_KIND  # noqa: E402
from wesprint.apps.goods.services import books  # noqa: E402
from wesprint.kernel.context import Ctx, job_ctx  # noqa: E402
from wesprint.kernel.ids import new_public_id  # noqa: E402
from wesprint.kernel.quantity import grams  # noqa: E402
from wesprint.platform.base.clock import now  # noqa: E402
from wesprint.platform.commands.services import command  # noqa: E402
from wesprint.platform.ledger import services as ledger  # noqa: E402
from wesprint.platform.ledger.models import ResourceSpecification  # noqa: E402
from wesprint.platform.ledger.rollups import fold  # noqa: E402
from wesprint.platform.organisations.models import Centre  # noqa: E402
from wesprint.platform.reference.models import Category  # noqa: E402
from wesprint.platform.search.services import Entry, index_many  # noqa: E402

CHUNK = 2_000
SOLD = 0.7  # of all items have left the house again
DICE = random.Random(7)
Kind = tuple[Category, ResourceSpecification]


@command("bench.fill")
def fill(ctx: Ctx, *, centre: Centre, count: int) -> int:
    """`count` items through the ledger's own posting, in bulk: intake, and most of them sold."""
    kinds = [
        (category, books.kind_of_goods(ctx, category))
        for category in Category.objects.filter(parent__isnull=False).order_by("slug")
    ]
    intake = Intake.objects.create(centre=centre, started_at=ctx.occurred_at)
    items = _take_in(ctx, intake, [DICE.choice(kinds) for _ in range(count)])
    _sell(ctx, centre, items[: int(count * SOLD)])
    _list(centre, items[int(count * SOLD) :])
    return count


def _take_in(ctx: Ctx, intake: Intake, kinds: list[Kind]) -> list[Item]:
    centre = intake.centre
    public, house = books.agent_of(None, centre), books.operator_agent(ctx, centre)
    drafts = [
        ledger.EventDraft(
            action="transfer",
            flow=books.INTAKE,
            provider=public,
            receiver=house,
            to_resource=ledger.NewResource(specification),
            resource_quantity=grams(DICE.randrange(300, 40_000)),
            basis=DICE.choice([ledger.Basis.MEASURED, ledger.Basis.ESTIMATED]),
            occurred_at=ctx.occurred_at - timedelta(minutes=DICE.randrange(500_000)),
        )
        for _category, specification in kinds
    ]
    events = ledger.post(ctx, centre=centre, events=drafts)
    return [
        Item(
            public_id=new_public_id(),
            centre=centre,
            intake=intake,
            category=category,
            title=category.name_de,
            grade=DICE.choice("ABC"),
            route=Route.SELL,
            state=ItemState.FOR_SALE,
            resource=event.to_resource_inventoried_as,
            mass_g=event.resource_quantity,
            basis=event.basis,
            price_cents=DICE.randrange(100, 9_000),
            taken_in_at=event.occurred_at,
        )
        for (category, _specification), event in zip(kinds, events, strict=True)
    ]


def _sell(ctx: Ctx, centre: Centre, items: list[Item]) -> None:
    house, public = books.operator_agent(ctx, centre), books.agent_of(None, centre)
    drafts = [
        ledger.EventDraft(
            action="transfer",
            flow=books.SOLD,
            provider=house,
            receiver=public,
            resource=item.resource,
            resource_quantity=grams(item.mass_g),
            basis=ledger.Basis(item.basis),
        )
        for item in items
    ]
    ledger.post(ctx, centre=centre, events=drafts)
    for item in items:
        item.state, item.left_at = ItemState.HANDED_OVER, ctx.occurred_at
        item.first_for_sale_at = item.taken_in_at
    Item.objects.bulk_create(items, batch_size=500)


def _list(centre: Centre, items: list[Item]) -> None:
    for item in items:
        item.for_sale_since = item.first_for_sale_at = item.taken_in_at
    Item.objects.bulk_create(items, batch_size=500)
    index_many(
        [
            Entry(SEARCH_KIND, item.public_id, centre.scope, item.title, item.category.name_en)
            for item in items
        ]
    )


def prepare(count: int) -> Centre:
    call_command("migrate", verbosity=0)
    centre = make_town("kaufhaus").centre
    for start in range(0, count, CHUNK):
        ctx = job_ctx("bench", scope=centre.scope, key=f"fill-{start}", occurred_at=now())
        fill(ctx, centre=centre, count=min(CHUNK, count - start))
    fold(job_ctx("bench", scope="installation", key="fold", occurred_at=now()))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connections.close_all()
    return centre


PAGES = {
    "health": ["/health"],
    "catalogue": ["/z/{slug}/warenhaus/"],
    "catalogue search": ["/z/{slug}/warenhaus/?q=komode", "/z/{slug}/warenhaus/?q=stuhl"],
    "transparency": ["/z/{slug}/wirkung/"],
    "house": ["/z/{slug}/"],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--users", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=12)
    wish = parser.parse_args()
    database = connection.vendor
    centre = prepare(wish.items)
    try:
        with serving(dict(os.environ)) as server:
            for job, paths in PAGES.items():
                _measure(
                    server.url, job, [p.format(slug=centre.slug) for p in paths], wish, database
                )
    finally:
        _drop()


def _measure(url: str, job: str, paths: list[str], wish: argparse.Namespace, database: str) -> None:
    read_pages(url, paths, users=2, seconds=1)
    answers = read_pages(url, paths, users=wish.users, seconds=wish.seconds)
    conditions = {"database": database, "items": wish.items, "users": wish.users}
    report(f"{job} p95", answers.percentile(0.95), "ms", **conditions)
    report(f"{job} rate", answers.rate, "pages/s", **conditions)
    report(f"{job} errors", answers.errors, "answers", **conditions)


def _drop() -> None:
    if not OWN:
        return
    import psycopg

    connections.close_all()
    name = urlsplit(OWN).path.lstrip("/")
    with psycopg.connect(GIVEN, autocommit=True) as maintenance:
        maintenance.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


if __name__ == "__main__":
    main()
