"""What the page of the day says of the town's window."""

from __future__ import annotations

import pytest
from tests.apps.market import things
from tests.world import Town, add_person, make_town

from wesprint.apps.market import services
from wesprint.apps.market.house import desk
from wesprint.platform.base.clock import now
from wesprint.platform.people.viewer import viewer_for_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return make_town()


def test_what_waits_is_counted(town: Town) -> None:
    things.baker(town, approved=False)
    written = services.write_entry(
        town.ctx(), centre=town.centre, words=things.words(), contact=things.TOM
    )
    services.confirm_entry(town.ctx(), entry=written)
    person = add_person(town, "board")
    assert person.user is not None
    cards = desk(town.centre, viewer_for_user(person.user, now().date()), now())
    assert {str(card.title): [card.count] for card in cards} == {
        "Zurückgelegt aus dem Schaufenster": [0],
        "Lieferanten, die mitmachen möchten": [1],
        "Einträge für die Materialbörse": [1],
    }
