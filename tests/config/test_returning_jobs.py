"""All jobs that come again by themselves, in one night and in one database."""

from __future__ import annotations

import pytest
from tests.world import make_town

from wesprint.kernel.clock import FixedClock
from wesprint.platform.jobs.schedule import entries

pytestmark = pytest.mark.django_db


def test_no_job_gets_in_the_way_of_another_nor_of_itself(clock: FixedClock) -> None:
    make_town()
    names = [entry.name for entry in entries()]
    assert len(names) > 8
    for entry in (*entries(), *entries()):
        entry.task.call()
