"""The pages of daily work in a store with years behind it, read by 16 users at once.

`.venv/bin/python bench/bench_large.py [--items 20000] [--users 16] [--seconds 10]`. Builds a demo
of that size (`wesprint demo --items`), or takes one that is there (`--var FOLDER`, on PostgreSQL
with its DATABASE_URL). Ten entries in the ledger for each item. Beside the pages stands the health
page of the same server in the same run, and the full recount of all entries against the sums. What
the server's processes spent on a page and the load of the machine stand with each figure: where
others use the machine too, the first says more than the time that somebody waited.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "wesprint.config.settings"
os.environ["WESPRINT_DEMO"] = "1"
os.environ["WESPRINT_LOG"] = "ERROR"

from bench.databases import new_database  # noqa: E402
from bench.load import cpu_seconds, read_pages, report  # noqa: E402
from tests.processes import Server, serving, wesprint  # noqa: E402

PUBLIC = {
    "health": ["/health"],
    "catalogue": ["/z/kaufhaus/warenhaus/"],
    "catalogue search": ["/z/kaufhaus/warenhaus/?q=komode", "/z/kaufhaus/warenhaus/?q=stuhl"],
    "item pass": ["/p/{item}"],
    "transparency over a year": ["/z/kaufhaus/wirkung/?zeitraum={year}"],
}
WORK = {
    "intake page": ["/z/kaufhaus/annahme/"],
    "intake suggestion": ["/z/kaufhaus/annahme/vorschlag/?category=chair&grade=B&status=product"],
    "daily desk": ["/z/kaufhaus/heute/"],
    "week": ["/z/kaufhaus/woche/"],
    "list of items": ["/z/kaufhaus/artikel/"],
}


@contextmanager
def own_database() -> Iterator[None]:
    """A new database beside the given PostgreSQL one; SQLite lies in the folder anyway."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield
        return
    with new_database(given) as url:
        os.environ["DATABASE_URL"] = url
        yield


def sign_in(url: str, role: str) -> str:
    """Through the demo's door; the session's cookie."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(f"{url}/konto/demo/").read().decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
    form = {"csrfmiddlewaretoken": token, "centre": "kaufhaus", "role": role}
    opener.open(f"{url}/konto/demo/", urllib.parse.urlencode(form).encode()).read()
    return "; ".join(f"{one.name}={one.value}" for one in jar)


def some_item() -> str:
    from wesprint.apps.goods.models import Item

    return Item.objects.order_by("pk").values_list("public_id", flat=True)[100]


def recount(conditions: dict[str, object]) -> None:
    from wesprint.platform.ledger.models import EconomicEvent
    from wesprint.platform.ledger.recounting import wrong_grains
    from wesprint.platform.organisations.models import Centre

    started, worked = time.perf_counter(), time.process_time()
    wrong = [grain for centre in Centre.objects.all() for grain in wrong_grains(centre)]
    seconds = round(time.perf_counter() - started, 2)
    own = round(time.process_time() - worked, 2)
    assert wrong == []
    counted = conditions | {"events": EconomicEvent.objects.count(), "own_cpu_s": own}
    report("full recount against the roll-ups", seconds, "s", **counted)


def measure(server: Server, wish: argparse.Namespace, conditions: dict[str, object]) -> None:
    from wesprint.platform.base.clock import now

    url, process = server.url, server.process.pid
    cookie = sign_in(url, "staff")
    words = {"item": some_item(), "year": now().year - 1}
    for jobs, signed in ((PUBLIC, ""), (WORK, cookie)):
        for job, paths in jobs.items():
            wanted = [path.format(**words) for path in paths]
            read_pages(url, wanted, users=2, seconds=1, cookie=signed)
            before = cpu_seconds(process)
            answers = read_pages(url, wanted, users=wish.users, seconds=wish.seconds, cookie=signed)
            spent = 1000 * (cpu_seconds(process) - before) / len(answers.latencies)
            figures = {
                "p50_ms": answers.percentile(0.5),
                "pages_per_s": answers.rate,
                "server_cpu_ms_per_page": round(spent, 1),
            }
            report(f"{job} p95", answers.percentile(0.95), "ms", **conditions, **figures)
            report(f"{job} errors", answers.errors, "answers", **conditions)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--users", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--var", type=Path, help="a demo of full size that is there already")
    wish = parser.parse_args()
    if wish.var:
        os.environ["WESPRINT_VAR"] = str(wish.var.resolve())
        run(wish)
        return
    with tempfile.TemporaryDirectory(prefix="wesprint-bench-") as folder, own_database():
        os.environ["WESPRINT_VAR"] = folder
        started = time.perf_counter()
        built = wesprint("demo", "--items", str(wish.items), env=dict(os.environ))
        assert built.returncode == 0, built.stderr
        report("demo of full size", round(time.perf_counter() - started, 1), "s", items=wish.items)
        run(wish)


def run(wish: argparse.Namespace) -> None:
    import django

    django.setup()
    from django.db import connection, connections

    from wesprint.apps.goods.models import Item

    conditions = {"database": connection.vendor, "items": Item.objects.count()}
    connections.close_all()
    with serving(dict(os.environ)) as server:
        measure(server, wish, conditions | {"users": wish.users})
    recount(conditions)
    connections.close_all()


if __name__ == "__main__":
    main()
