"""A table of 100,000 things from CSV: brought, checked and imported, with its memory.

`.venv/bin/python bench/bench_import.py [--rows 100000] [--rate 300] [--writers 8] [--seconds 20]`.
First alone: the time from the file to the last row, and the most memory the process ever used.
Then intake commands (`goods.take_in`) of other processes that arrive at a fixed rate whether or
not the ones before are done (open loop), without an import and while one runs. Each figure on
SQLite and PostgreSQL; WESPRINT_TEST_POSTGRES names a role that may create databases.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import os
import random
import resource
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "wesprint.config.settings"
os.environ.setdefault("WESPRINT_LOG", "ERROR")

from bench.databases import DATABASES, books_close, on_each  # noqa: E402 - needs the path above
from bench.load import Answers, report  # noqa: E402 - needs the path above

BLOCK = 1 << 20


def write_table(path: Path, rows: int) -> None:
    dice = random.Random(7)
    with path.open("w", encoding="cp1252", newline="") as handle:
        out = csv.writer(handle, delimiter=";")
        out.writerow(["Kategorie", "Bezeichnung", "Zustand", "Gewicht kg", "Preis", "Datum"])
        for number in range(rows):
            kind = dice.choice(("Stuhl", "Kommode", "Tisch", "Regal", "Teppich", "Spiegel"))
            kilos = f"{dice.randrange(10, 90) / 10:.1f}".replace(".", ",")
            price = f"{dice.randrange(1, 90)},50"
            day = f"{dice.randrange(1, 29):02d}.{dice.randrange(1, 10):02d}.2025"
            out.writerow([kind, f"{kind} für Nr. {number}", dice.choice("ABC"), kilos, price, day])


# -- one writer, a process of its own ----------------------------------------------------------
def writer(number: int, pipe: Connection) -> None:
    """Waits for (rate, writers, until told to stop) and answers with latencies and errors."""
    import django

    django.setup()
    job = _intake(number)
    job()
    pipe.send("ready")
    while (plan := pipe.recv()) is not None:
        pipe.send(_open_loop(job, number, pipe, *plan))


def _open_loop(
    job: Callable[[], None], number: int, pipe: Connection, rate: float, writers: int, start: float
) -> tuple[list[float], list[str]]:
    latencies: list[float] = []
    errors: list[str] = []
    arrival = start + number / rate
    while not pipe.poll():
        time.sleep(max(0.0, arrival - time.monotonic()))
        try:
            job()
        except Exception as error:  # a benchmark counts whatever goes wrong
            errors.append(repr(error))
        latencies.append((time.monotonic() - arrival) * 1000)
        arrival += writers / rate
    pipe.recv()
    return latencies, errors


def _intake(number: int) -> Callable[[], None]:
    from wesprint.apps.goods import services
    from wesprint.apps.goods.services.intake import Weight
    from wesprint.kernel.context import Actor, ActorKind, Ctx
    from wesprint.platform.base.clock import now
    from wesprint.platform.organisations.models import Centre

    centre = Centre.objects.get()
    actor = Actor(ActorKind.DEVICE, f"BENCH{number}")

    def take_in() -> None:
        ctx = Ctx(actor, centre.scope, uuid.uuid4().hex, now())
        services.take_in(
            ctx, centre=centre, category="chair", grade="B", weight=Weight(4200, "measured")
        )

    return take_in


class Writers:
    def __init__(self, count: int) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.pipes: list[Any] = []
        self.processes = []
        for number in range(count):
            ours, theirs = spawn.Pipe()
            process = spawn.Process(target=writer, args=(number, theirs), daemon=True)
            process.start()
            self.pipes.append(ours)
            self.processes.append(process)
        for pipe in self.pipes:
            pipe.recv()

    def during(self, rate: float, work: Callable[[], None]) -> tuple[Answers, list[str]]:
        start = time.monotonic() + 0.2
        for pipe in self.pipes:
            pipe.send((rate, len(self.pipes), start))
        work()
        for pipe in self.pipes:
            pipe.send("stop")
        answers = [pipe.recv() for pipe in self.pipes]
        latencies = sorted(value for values, _errors in answers for value in values)
        errors = [error for _values, found in answers for error in found]
        return Answers(tuple(latencies), len(errors), time.monotonic() - start), errors

    def stop(self) -> None:
        for pipe, process in zip(self.pipes, self.processes, strict=True):
            pipe.send(None)
            process.join(10)


# -- the import ----------------------------------------------------------------------------------
def bring_in(path: Path) -> dict[str, float]:
    """Seconds of each step."""
    from wesprint.kernel.context import job_ctx
    from wesprint.platform.base.clock import now
    from wesprint.platform.imports import services
    from wesprint.platform.imports.models import ImportState
    from wesprint.platform.jobs.worker import work_off
    from wesprint.platform.organisations.models import Centre

    centre = Centre.objects.get()

    def ctx() -> Any:
        return job_ctx("bench", scope=centre.scope, key=uuid.uuid4().hex, occurred_at=now())

    times = [time.monotonic()]
    row = services.bring(ctx(), centre=centre, kind="goods", name=path.name, blocks=_blocks(path))
    times.append(time.monotonic())
    services.start_check(ctx(), of=row, mapping=row.mapping, defaults={})
    work_off()
    times.append(time.monotonic())
    services.confirm(ctx(), of=row)
    work_off()
    times.append(time.monotonic())
    row.refresh_from_db()
    assert row.state == ImportState.DONE, (row.state, row.faulty, row.why)
    steps = ("brought", "checked", "imported")
    return {name: round(b - a, 2) for name, a, b in zip(steps, times, times[1:], strict=False)}


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as handle:
        while block := handle.read(BLOCK):
            yield block


def measure(database: str, options: argparse.Namespace) -> bool:
    folder = Path(os.environ["WESPRINT_VAR"])
    table = folder / "table.csv"
    write_table(table, options.rows)
    _prepare()
    good = True
    if not options.only_load:
        steps = bring_in(table)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        common: dict[str, object] = {"database": database, "rows": options.rows}
        report("import from CSV, incl. preview", sum(steps.values()), "s", **common, **steps)
        report("import from CSV, most memory", round(memory), "MB", **common)
    writers = Writers(options.writers)
    try:
        for name, work in (
            ("intake, open loop, p95", lambda: time.sleep(options.seconds)),
            ("intake during an import, open loop, p95", lambda: bring_in(table) and None),
        ):
            answers, errors = writers.during(options.rate, work)
            _report(name, database, options, answers)
            for error in errors[:3]:
                print(error, file=sys.stderr)
            good = good and not errors
    finally:
        writers.stop()
    return good and books_close()


def _report(name: str, database: str, options: argparse.Namespace, found: Answers) -> None:
    report(
        name,
        found.percentile(0.95),
        "ms",
        database=database,
        writers=options.writers,
        per_second=options.rate,
        reached_per_second=found.rate,
        p50_ms=found.percentile(0.5),
        p99_ms=found.percentile(0.99),
        most_ms=found.percentile(1.0),
        errors=found.errors,
        commands=len(found.latencies),
        seconds=round(found.seconds, 1),
    )


def _prepare() -> None:
    import django
    from django.db import connections

    django.setup()
    from wesprint.config.cli.database import migrate

    migrate()
    from tests.world import make_town

    make_town("kaufhaus")
    connections.close_all()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rate", type=float, default=300)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--only", choices=DATABASES, help="(both)")
    parser.add_argument("--only-load", action="store_true", help="not the import alone")
    options = parser.parse_args()
    return on_each(measure, options)


if __name__ == "__main__":
    sys.exit(main())
