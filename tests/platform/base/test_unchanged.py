"""An answer is kept until somebody commits, whoever it was, and never longer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

import pytest
from django.db import connection, connections, transaction

from wesprint.kernel.clock import FixedClock
from wesprint.platform.agents.models import Agent, AgentKind
from wesprint.platform.base.db import one_snapshot, write_transaction
from wesprint.platform.base.unchanged import MOST, kept, state

T = TypeVar("T")


def count() -> int:
    return kept(state(), "test.agents", Agent.objects.count)


def write() -> None:
    with write_transaction():
        Agent.objects.create(kind=AgentKind.PERSON)


def elsewhere(work: Callable[[], T]) -> T:
    """On a connection of its own, which is then closed."""

    def alone() -> T:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result()


@pytest.mark.usefixtures("fresh_database")
def test_the_same_state_for_all_who_read() -> None:
    """On PostgreSQL the other databases of the server count too, so there it is asked whether
    reading has taken a transaction's number, by which states are told apart."""
    before = state()
    Agent.objects.count()
    if connection.vendor == "sqlite":
        assert state() == before
        return
    with transaction.atomic(), connection.cursor() as cursor:
        Agent.objects.count()
        cursor.execute("SELECT pg_current_xact_id_if_assigned()")
        assert cursor.fetchone() == (None,)


@pytest.mark.usefixtures("fresh_database")
def test_every_commit_makes_another_state() -> None:
    states = [state()]
    for change in (write, lambda: elsewhere(write), Agent.objects.all().delete):
        change()
        states.append(state())
    assert len(set(states)) == 4


@pytest.mark.usefixtures("fresh_database")
def test_own_and_others_writes_are_seen_at_once() -> None:
    seen = [count(), elsewhere(count)]
    write()
    seen += [count(), elsewhere(count), count()]
    elsewhere(write)
    seen += [count(), elsewhere(count), count()]
    assert seen == [0, 0, 1, 1, 1, 2, 2, 2]


@pytest.mark.usefixtures("fresh_database")
def test_what_was_made_while_another_wrote_is_not_kept_for_the_new_state() -> None:
    def slow() -> int:
        found = Agent.objects.count()
        elsewhere(write)
        return found

    assert (kept(state(), "test.slow", slow), kept(state(), "test.slow", lambda: -1)) == (0, -1)


@pytest.mark.usefixtures("fresh_database")
def test_nothing_is_kept_inside_of_a_transaction() -> None:
    with write_transaction():
        seen = [state(), count()]
        Agent.objects.create(kind=AgentKind.PERSON)
        seen.append(count())
    with one_snapshot():
        seen.append(state())
    assert seen == [None, 0, 1, None]


@pytest.mark.usefixtures("fresh_database")
def test_an_answer_lasts_for_its_minute(clock: FixedClock) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return made[-1]

    at, seen = state(), []
    for step in (0, 59, 1, 58):
        clock.at += timedelta(seconds=step)
        seen.append(kept(at, "test.minute", make))
    assert seen == [0, 0, 1, 1]


@pytest.mark.usefixtures("fresh_database")
def test_the_oldest_answers_make_room() -> None:
    at = state()
    for number in range(MOST + 1):
        kept(at, ("test.many", number), lambda: "first")
    again = [kept(at, ("test.many", number), lambda: "again") for number in (MOST, 0)]
    assert again == ["first", "again"]
