"""One command: one transaction, recognised when it comes again, audited."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from wesprint.kernel.context import Actor, ActorKind, Audit, Ctx
from wesprint.kernel.errors import Conflict, Invalid
from wesprint.platform.agents.models import Agent, AgentKind
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.commands.models import Command
from wesprint.platform.commands.services import changed, command

pytestmark = pytest.mark.django_db

CTX = Ctx(
    Actor(ActorKind.PERSON, "ABC"), "installation", "k1", datetime(2026, 11, 24, 9, tzinfo=UTC)
)


@command("test.make_agent")
def make_agent(ctx: Ctx, *, kind: str, fail: bool = False) -> Agent:
    agent = Agent.objects.create(kind=kind)
    changed(agent, "kind")
    if fail:
        raise Invalid("no")
    return agent


@command("test.make_two")
def make_two(ctx: Ctx) -> list[Agent]:
    return [make_agent(ctx, kind="Person"), make_agent(ctx, kind="Organization")]


def test_a_replay_returns_the_first_answer_and_runs_nothing() -> None:
    first = make_agent(CTX, kind=AgentKind.PERSON)
    again = make_agent(CTX, kind=AgentKind.PERSON)
    assert (again, Agent.objects.count(), AuditEntry.objects.count()) == (first, 1, 1)


def test_the_same_key_with_another_payload_is_a_conflict() -> None:
    make_agent(CTX, kind=AgentKind.PERSON)
    with pytest.raises(Conflict) as caught:
        make_agent(CTX, kind=AgentKind.ORGANIZATION)
    assert (caught.value.code, Agent.objects.count()) == ("key-reused", 1)


def test_the_same_key_in_another_scope_is_another_command() -> None:
    make_agent(CTX, kind=AgentKind.PERSON)
    make_agent(replace(CTX, scope="centre:X"), kind=AgentKind.PERSON)
    assert Agent.objects.count() == 2


def test_a_command_that_raises_leaves_nothing_not_even_its_key() -> None:
    with pytest.raises(Invalid):
        make_agent(CTX, kind=AgentKind.PERSON, fail=True)
    counts = (Agent.objects.count(), Command.objects.count(), AuditEntry.objects.count())
    assert counts == (0, 0, 0)
    assert make_agent(CTX, kind=AgentKind.PERSON).kind == "Person"


def test_nested_commands_join_the_outer_one() -> None:
    agents = make_two(CTX)
    entry = AuditEntry.objects.get()
    assert (Command.objects.count(), entry.command) == (1, "test.make_two")
    assert entry.changes == [
        {"target": f"agents.agent:{agent.public_id}", "fields": ["kind"]} for agent in agents
    ]
    assert make_two(CTX) == agents


def test_an_anonymous_command_names_nobody() -> None:
    make_agent(replace(CTX, audit=Audit.ANONYMOUS), kind=AgentKind.PERSON)
    assert AuditEntry.objects.values_list("actor", "key").get() == ("anonymous", "")


def test_a_command_that_needs_a_cause_says_so() -> None:
    with pytest.raises(Invalid) as caught:
        make_agent(replace(CTX, audit=Audit.CAUSE_REQUIRED), kind=AgentKind.PERSON)
    assert (caught.value.code, Command.objects.count()) == ("cause-required", 0)


def test_a_write_outside_a_command_is_a_mistake_of_ours() -> None:
    with pytest.raises(RuntimeError):
        changed("agents.agent:1", "kind")
