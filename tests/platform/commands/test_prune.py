"""Keys are forgotten after a season, not before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.platform.commands.test_services import CTX, make_agent

from wesprint.kernel.clock import FixedClock
from wesprint.platform.agents.models import Agent, AgentKind
from wesprint.platform.commands.tasks import prune

pytestmark = pytest.mark.django_db


def test_a_key_is_known_for_90_days(clock: FixedClock) -> None:
    make_agent(CTX, kind=AgentKind.PERSON)
    clock.advance(timedelta(days=90))
    assert prune.call() == 0
    make_agent(CTX, kind=AgentKind.PERSON)
    assert Agent.objects.count() == 1
    clock.advance(timedelta(seconds=1))
    assert prune.call() == 1
    make_agent(CTX, kind=AgentKind.PERSON)
    assert Agent.objects.count() == 2
