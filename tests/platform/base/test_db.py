"""Writers take turns: nothing lost, nobody starves, replays under load run once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection, connections

from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.kernel.errors import Busy
from wesprint.platform.agents.models import Agent, AgentKind
from wesprint.platform.base import db
from wesprint.platform.base.db import RETRIES, _others_commits, one_snapshot, with_retries
from wesprint.platform.commands.models import Command
from wesprint.platform.commands.services import command

CTX = Ctx(Actor(ActorKind.JOB, "t"), "installation", "k", datetime(2026, 11, 24, tzinfo=UTC))


@command("test.make")
def make(ctx: Ctx) -> Agent:
    return Agent.objects.create(kind=AgentKind.PERSON)


def _call(key: str) -> int:
    try:
        return make(replace(CTX, key=key)).pk
    finally:
        connections.close_all()


@pytest.mark.usefixtures("fresh_database")
def test_eight_writers_lose_nothing() -> None:
    keys = [f"key-{number}" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(_call, keys))
    assert (len(set(made)), Agent.objects.count(), Command.objects.count()) == (200, 200, 200)


@pytest.mark.usefixtures("fresh_database")
def test_the_same_request_from_eight_threads_runs_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(_call, ["same"] * 40))
    assert (len(set(made)), Agent.objects.count(), Command.objects.count()) == (1, 1, 1)


@pytest.mark.usefixtures("fresh_database")
def test_what_others_commit_meanwhile_is_not_seen_in_one_snapshot() -> None:
    _call("before")
    with ThreadPoolExecutor(1) as pool, one_snapshot():
        first = Agent.objects.count()
        pool.submit(_call, "meanwhile").result()
        with one_snapshot():
            again = Agent.objects.count()
    assert (first, again, Agent.objects.count()) == (1, 1, 2)


@pytest.mark.usefixtures("fresh_database")
def test_who_pauses_for_others_knows_whether_there_are_any() -> None:
    alone = _others_commits()
    make(replace(CTX, key="own"))
    after_own = _others_commits()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_call, "other").result()
    # PostgreSQL has many writers at a time and is not asked
    nobody_else = connection.vendor == "postgresql"
    assert (after_own == alone, _others_commits() == alone) == (True, nobody_else)


@pytest.mark.usefixtures("fresh_database")
@pytest.mark.parametrize(("patience", "tries"), [(60.0, RETRIES + 1), (-1.0, 1)])
def test_whoever_waited_long_is_told_instead_of_waiting_again(
    monkeypatch: pytest.MonkeyPatch, patience: float, tries: int
) -> None:
    """One that gives up at once is tried again; one that has waited its time is not."""
    monkeypatch.setattr(db, "PATIENCE", patience)
    tried = []

    def work() -> None:
        tried.append(1)
        raise OperationalError("database is locked")

    with pytest.raises(Busy):
        with_retries(work)
    assert len(tried) == tries
