"""A house with a baker in its window, and a consignor."""

from __future__ import annotations

import pytest
from tests.apps.market import things
from tests.world import Town, make_town

from wesprint.apps.market.models import Consignment, Listing, Supplier
from wesprint.kernel.clock import FixedClock


@pytest.fixture
def town(db: None, clock: FixedClock) -> Town:
    return make_town()


@pytest.fixture
def baker(town: Town) -> Supplier:
    return things.baker(town)


@pytest.fixture
def bread(town: Town, baker: Supplier) -> Listing:
    return things.bread(town, baker)


@pytest.fixture
def consignment(town: Town) -> Consignment:
    return things.consignment(town)
