"""Events: written with the change, delivered at least once, given up visibly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from wesprint.kernel.clock import FixedClock
from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.agents.models import Agent, AgentKind
from wesprint.platform.commands.services import command
from wesprint.platform.jobs.worker import work_off
from wesprint.platform.outbox import selectors, services
from wesprint.platform.outbox.handlers import subscribe, unsubscribe
from wesprint.platform.outbox.models import Delivery, Failure, OutboxEvent
from wesprint.platform.outbox.tasks import prune, sweep

pytestmark = pytest.mark.django_db

CTX = Ctx(Actor(ActorKind.PERSON, "ABC"), "centre:X", "k1", datetime(2026, 11, 24, 9, tzinfo=UTC))


@command("test.say")
def say(ctx: Ctx, *, item: str, fail: bool = False) -> None:
    services.emit(ctx, "test.said", {"item": item})
    if fail:
        raise Invalid("no")


@command("test.hear")
def hear(ctx: Ctx) -> Agent:
    return Agent.objects.create(kind=AgentKind.PERSON)


Listen = Callable[[str, Callable[[OutboxEvent], Any]], None]


@pytest.fixture
def listen() -> Iterator[Listen]:
    names: list[str] = []

    def add(by: str, handler: Callable[[OutboxEvent], Any]) -> None:
        names.append(by)
        subscribe("test.said", handler, by=by)

    yield add
    for name in names:
        unsubscribe("test.said", by=name)


def test_an_event_is_delivered_once_to_each_handler(listen: Listen, clock: FixedClock) -> None:
    heard: list[tuple[str, str, dict[str, Any]]] = []
    for room in ("flows", "goods"):
        listen(room, lambda event, room=room: heard.append((room, event.scope, event.payload)))
    say(CTX, item="KETTLE")
    assert work_off() == 1
    event = OutboxEvent.objects.get()
    services.deliver(event.public_id)
    assert heard == [
        ("flows", "centre:X", {"item": "KETTLE"}),
        ("goods", "centre:X", {"item": "KETTLE"}),
    ]
    assert (event.name, event.command, event.recorded_at) == ("test.said", "test.say", clock.at)
    assert sorted(Delivery.objects.values_list("handler", flat=True)) == ["flows", "goods"]


def test_a_command_that_fails_emits_nothing(listen: Listen) -> None:
    listen("flows", lambda event: None)
    with pytest.raises(Invalid):
        say(CTX, item="KETTLE", fail=True)
    assert (OutboxEvent.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_an_event_that_nobody_hears_costs_no_task() -> None:
    say(CTX, item="KETTLE")
    assert (OutboxEvent.objects.count(), DBTaskResult.objects.count()) == (1, 0)


def test_emitting_outside_a_command_is_a_mistake_of_ours() -> None:
    with pytest.raises(RuntimeError):
        services.emit(CTX, "test.said", {})


def test_what_a_failing_handler_wrote_is_taken_back_and_tried_again(
    listen: Listen, clock: FixedClock
) -> None:
    outcomes = [ValueError("Erika Muster, Markt 1"), None]
    # The queue goes by the machine's clock: the next attempt must lie ahead of it on any day.
    clock.at = datetime.now(UTC) + timedelta(hours=1)

    def handler(event: OutboxEvent) -> None:
        hear(services.handler_ctx(event, "flows"))
        if problem := outcomes.pop(0):
            raise problem

    listen("flows", handler)
    say(CTX, item="KETTLE")
    work_off()
    failure = Failure.objects.get()
    assert (Agent.objects.count(), Delivery.objects.count(), failure.dead) == (0, 0, False)
    assert failure.reason.startswith("builtins.ValueError at ")
    assert "Muster" not in failure.reason
    waiting = DBTaskResult.objects.get(status=TaskResultStatus.READY)
    assert waiting.run_after == clock.at + timedelta(seconds=6)
    services.deliver(OutboxEvent.objects.get().public_id)
    assert (Agent.objects.count(), Delivery.objects.count()) == (1, 1)


def test_a_handler_is_given_up_after_eight_attempts_and_the_others_are_not(
    listen: Listen, clock: FixedClock
) -> None:
    heard: list[str] = []

    def broken(event: OutboxEvent) -> None:
        raise ValueError

    listen("broken", broken)
    listen("sound", lambda event: heard.append(event.public_id))
    say(CTX, item="KETTLE")
    event = OutboxEvent.objects.get()
    agains = [services.deliver(event.public_id) for _ in range(8)]
    assert agains == [*(clock.at + step for step in services.BACK_OFF), None]
    dead = selectors.dead().get()
    assert (dead.handler, dead.attempt, dead.event) == ("broken", 8, event)
    assert services.deliver(event.public_id) is None
    assert (heard, Failure.objects.count()) == ([event.public_id], 8)


def test_somebody_repaired_the_cause(listen: Listen, clock: FixedClock) -> None:
    say(CTX, item="KETTLE")
    event = OutboxEvent.objects.get()
    listen("flows", lambda event: None)
    Failure.objects.create(
        event=event, handler="flows", attempt=8, reason="x", dead=True, failed_at=clock.at
    )
    services.retry_dead(event)
    work_off()
    assert (Delivery.objects.count(), Failure.objects.count()) == (1, 0)


def test_an_event_whose_task_was_lost_is_found_again(listen: Listen, clock: FixedClock) -> None:
    heard: list[str] = []
    listen("flows", lambda event: heard.append(event.payload["item"]))
    say(CTX, item="KETTLE")
    DBTaskResult.objects.all().delete()
    assert sweep.call() == 0  # it may still be on its way
    clock.advance(timedelta(hours=15))
    assert sweep.call() == 1
    work_off()
    assert (heard, sweep.call()) == (["KETTLE"], 0)


def test_old_events_go(listen: Listen, clock: FixedClock) -> None:
    listen("flows", lambda event: None)
    say(CTX, item="KETTLE")
    work_off()
    clock.advance(timedelta(days=59))
    assert prune.call() == 0
    clock.advance(timedelta(days=2))
    assert (prune.call(), OutboxEvent.objects.count(), Delivery.objects.count()) == (1, 0, 0)
