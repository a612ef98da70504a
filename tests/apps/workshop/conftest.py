"""A house with a sideboard on the bench."""

from __future__ import annotations

import pytest
from tests.apps.workshop import things
from tests.world import Town, make_town

from wesprint.apps.goods.public import Item
from wesprint.apps.workshop.models import Order
from wesprint.kernel.clock import FixedClock


@pytest.fixture
def town(db: None, clock: FixedClock) -> Town:
    return make_town()


@pytest.fixture
def sideboard(town: Town) -> Item:
    return things.sideboard(town)


@pytest.fixture
def order(town: Town, sideboard: Item) -> Order:
    return things.order(town, sideboard)
