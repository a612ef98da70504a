"""A house with two of the lead and somebody on a placement."""

from __future__ import annotations

import pytest
from tests.apps.team import things
from tests.world import Town, add_person, make_town

from wesprint.apps.team.models import Engagement
from wesprint.kernel.clock import FixedClock


@pytest.fixture
def town(db: None, clock: FixedClock) -> Town:
    made = make_town()
    for role in ("board", "workshop-lead", "staff"):
        add_person(made, role)
    return made


@pytest.fixture
def placement(town: Town) -> Engagement:
    return things.placement(town)
