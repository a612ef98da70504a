"""Ledger commands through the services, on SQLite and PostgreSQL: one JSON line per figure.

`.venv/bin/python bench/bench_ledger.py [--rate 300] [--writers 8] [--seconds 15] [--only ...]`.
For each database: commands that arrive at a fixed rate whether or not the ones before are done
(open loop: latency counts from the moment of arrival), then as fast as they go, then plain one-row
inserts by the same writers into the same database in the same run, as its ceiling.

Every second command takes a new item in (resource and event), every other one sells one
(agreement, goods out, money in). Each is one transaction with its idempotency row and its
audit row. WESPRINT_TEST_POSTGRES names a PostgreSQL role that may create databases.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wesprint.config.settings")

from bench.databases import DATABASES, books_close, on_each  # noqa: E402
from bench.load import Answers, report  # noqa: E402 - needs the path above


@dataclass(frozen=True)
class Plan:
    """What all writers do together: `rate` commands a second, or as many as go if it is 0."""

    what: str
    rate: float
    seconds: float
    writers: int


# -- one writer, a process of its own ----------------------------------------------------------
def writer(number: int, centre: int, pipe: Connection) -> None:
    """Waits for plans, carries out its share of each and answers with latencies and errors."""
    import django

    django.setup()
    jobs = {"commands": _commands(number, centre), "raw": _raw()}
    for job in jobs.values():
        job()
    pipe.send("ready")
    while (message := pipe.recv()) is not None:
        plan, start = message
        pipe.send(_carry_out(plan, number, start, jobs[plan.what]))


def _carry_out(
    plan: Plan, number: int, start: float, job: Callable[[], None]
) -> tuple[list[float], list[str]]:
    latencies: list[float] = []
    errors: list[str] = []
    arrival = start + (number / plan.rate if plan.rate else 0)
    while arrival < start + plan.seconds:
        time.sleep(max(0.0, arrival - time.monotonic()))
        try:
            job()
        except Exception as error:  # a benchmark counts whatever goes wrong
            errors.append(repr(error))
        latencies.append((time.monotonic() - arrival) * 1000)
        arrival = arrival + plan.writers / plan.rate if plan.rate else time.monotonic()
    return latencies, errors


def _commands(number: int, centre_id: int) -> Callable[[], None]:
    from wesprint.kernel.context import Actor, ActorKind, Ctx
    from wesprint.kernel.quantity import Quantity, Unit, grams
    from wesprint.platform.agents.models import Agent
    from wesprint.platform.base.clock import now
    from wesprint.platform.ledger import services
    from wesprint.platform.ledger.models import EconomicResource, ResourceSpecification
    from wesprint.platform.organisations.models import Centre

    centre = Centre.objects.get(pk=centre_id)
    house, person = Agent.objects.order_by("pk")[:2]
    kinds = {kind.code: kind for kind in ResourceSpecification.objects.all()}
    stock: list[EconomicResource] = []
    actor = Actor(ActorKind.DEVICE, f"BENCH{number}")

    def ctx() -> Ctx:
        return Ctx(actor, centre.scope, uuid.uuid4().hex, now())

    def take_in() -> None:
        item = services.NewResource(kinds["bench.chair"])
        draft = services.EventDraft(
            action="transfer",
            flow="intake",
            provider=person,
            receiver=house,
            to_resource=item,
            resource_quantity=grams(4_000),
        )
        [event] = services.post(ctx(), centre=centre, events=[draft])
        assert event.to_resource_inventoried_as is not None
        stock.append(event.to_resource_inventoried_as)

    def sell() -> None:
        sell_one(ctx(), stock.pop())

    from wesprint.platform.commands.services import command

    @command("bench.sell")
    def sell_one(ctx: Ctx, item: EconomicResource) -> None:
        agreement = services.open_agreement(ctx, centre=centre, name="sale")
        goods = services.EventDraft(
            action="transfer",
            flow="sold",
            provider=house,
            receiver=person,
            resource=item,
            resource_quantity=grams(4_000),
            realization_of=agreement,
        )
        money = services.EventDraft(
            action="transfer",
            flow="paid",
            provider=person,
            receiver=house,
            conforms_to=kinds["bench.money"],
            resource_quantity=Quantity(1_250, Unit.CENT),
            realization_of=agreement,
        )
        services.post(ctx, centre=centre, events=[goods, money])

    return lambda: sell() if stock else take_in()


def _raw() -> Callable[[], None]:
    from django.db import connection

    from wesprint.platform.base.db import write_transaction

    def insert() -> None:
        with write_transaction(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_raw (text) VALUES (%s)", ["x" * 400])

    return insert


# -- all writers ---------------------------------------------------------------------------------
class Writers:
    def __init__(self, count: int, centre: int) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.pipes: list[Any] = []
        self.processes = []
        for number in range(count):
            ours, theirs = spawn.Pipe()
            process = spawn.Process(target=writer, args=(number, centre, theirs), daemon=True)
            process.start()
            self.pipes.append(ours)
            self.processes.append(process)
        for pipe in self.pipes:
            pipe.recv()

    def carry_out(self, plan: Plan) -> tuple[Answers, list[str]]:
        start = time.monotonic() + 0.5
        for pipe in self.pipes:
            pipe.send((plan, start))
        answers = [pipe.recv() for pipe in self.pipes]
        seconds = time.monotonic() - start
        latencies = sorted(value for values, _errors in answers for value in values)
        errors = [error for _values, errors in answers for error in errors]
        return Answers(tuple(latencies), len(errors), seconds), errors

    def stop(self) -> None:
        for pipe, process in zip(self.pipes, self.processes, strict=True):
            pipe.send(None)
            process.join(10)


def measure(database: str, options: argparse.Namespace) -> bool:
    """All figures of one database; whether every command went through."""
    centre = _prepare()
    writers = Writers(options.writers, centre)
    try:
        steady = Plan("commands", options.rate, options.seconds, options.writers)
        flood = Plan("commands", 0, options.seconds / 2, options.writers)
        raw = Plan("raw", 0, options.seconds / 3, options.writers)
        results = {
            name: writers.carry_out(plan)
            for name, plan in (("steady", steady), ("flood", flood), ("raw", raw))
        }
    finally:
        writers.stop()
    _report(database, options, {name: answers for name, (answers, _errors) in results.items()})
    errors = [error for _answers, found in results.values() for error in found]
    for error in errors[:3]:
        print(error, file=sys.stderr)
    return not errors and books_close()


def _report(database: str, options: argparse.Namespace, found: dict[str, Answers]) -> None:
    steady, flood, raw = found["steady"], found["flood"], found["raw"]
    common: dict[str, object] = {"database": database, "writers": options.writers}
    report(
        "ledger commands, open loop, p95",
        steady.percentile(0.95),
        "ms",
        **common,
        per_second=options.rate,
        reached_per_second=steady.rate,
        p50_ms=steady.percentile(0.5),
        p99_ms=steady.percentile(0.99),
        errors=steady.errors,
        commands=len(steady.latencies),
    )
    report(
        "ledger commands, saturated",
        flood.rate,
        "commands/s",
        **common,
        p95_ms=flood.percentile(0.95),
        errors=flood.errors,
        raw_inserts_per_second=raw.rate,
        share_of_raw=round(flood.rate / raw.rate, 2),
    )
    report(
        "raw one-row inserts, saturated",
        raw.rate,
        "inserts/s",
        **common,
        p95_ms=raw.percentile(0.95),
        errors=raw.errors,
    )


def _prepare() -> int:
    """A migrated database with one centre, two agents and two kinds; the centre's row number."""
    import django
    from django.db import connection

    django.setup()
    from wesprint.config.cli.database import migrate

    migrate()
    from wesprint.kernel.quantity import Unit
    from wesprint.platform.agents.models import Agent, AgentKind
    from wesprint.platform.base.clock import now
    from wesprint.platform.ledger.models import ResourceSpecification
    from wesprint.platform.organisations.models import Centre, CentreKind

    for kind in (AgentKind.ORGANIZATION, AgentKind.PERSON):
        Agent.objects.create(kind=kind)
    for code, unit in (("bench.chair", Unit.GRAM), ("bench.money", Unit.CENT)):
        ResourceSpecification.objects.create(code=code, name=code, unit=unit.value)
    serial = "INTEGER PRIMARY KEY" if connection.vendor == "sqlite" else "BIGSERIAL PRIMARY KEY"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_raw (id {serial}, text TEXT)")
    centre = Centre.objects.create(
        slug="bench",
        name="Bench",
        kind=CentreKind.URBAN,
        town="Soest",
        state="NW",
        created_at=now(),
    )
    connection.close()
    return int(centre.pk)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=300)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--only", choices=DATABASES, help="(both)")
    return on_each(measure, parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
