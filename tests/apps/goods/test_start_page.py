"""What the start page counts: to a bound, however full the house is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.goods.things import sideboard
from tests.world import Town

from wesprint.apps.goods import house
from wesprint.apps.goods.selectors import catalogue
from wesprint.platform.base.clock import now
from wesprint.web import formats


def test_more_than_the_bound_is_said_so(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (catalogue, house):
        monkeypatch.setattr(module, "COUNTS_TO", 2)
    shown = []
    for _piece in range(4):
        sideboard(town)
        (figure,) = house.figures(town.centre, now().date())
        (line,) = house.today(town.centre, now())
        shown.append((figure.value, line.text))
    assert shown == [
        ("1", "1 neues Stück heute"),
        ("2", "2 neue Stücke heute"),
        ("2+", "2+ neue Stücke heute"),
        ("2+", "2+ neue Stücke heute"),
    ]


def test_the_database_stops_counting_at_the_bound(town: Town) -> None:
    with CaptureQueriesContext(connection) as asked:
        catalogue.shelf_size(town.centre)
        catalogue.new_today(town.centre, now())
    assert len(asked) == 2
    assert all("LIMIT 1001" in one["sql"] for one in asked)


def test_a_bounded_count_in_words() -> None:
    assert (formats.number_to(1_000, 1_000), formats.number_to(1_001, 1_000)) == ("1.000", "1.000+")
