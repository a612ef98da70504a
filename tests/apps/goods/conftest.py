"""A house with one sideboard in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.apps.goods import things
from tests.world import Town, make_town

from wesprint.apps.goods.models import Item
from wesprint.kernel.clock import FixedClock

TUESDAY_TEN = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def town(db: None, clock: FixedClock) -> Town:
    return make_town()


@pytest.fixture
def sideboard(town: Town) -> Item:
    return things.sideboard(town)
