"""A hub on real streets, a Tuesday at ten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation
from tests.apps.delivery import things
from tests.world import Town, add_person, make_town

from wesprint.apps.delivery.models import Bike, Hub, Sender
from wesprint.kernel.clock import FixedClock


@pytest.fixture
def town(db: None, clock: FixedClock) -> Town:
    """At eight in the morning."""
    clock.at = things.moment(8)
    town = make_town()
    add_person(town, "dispatcher")
    add_person(town, "rider")
    things.hub(town, things.bindlach(town))
    return town


@pytest.fixture
def hub(town: Town) -> Hub:
    return Hub.objects.select_related("town", "centre").get(centre=town.centre)


@pytest.fixture
def bike(town: Town) -> Bike:
    return things.bike(town)


@pytest.fixture
def shop(town: Town) -> Sender:
    return things.shop(town)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Messages as they stand in the code."""
    with translation.override("en"):
        yield
