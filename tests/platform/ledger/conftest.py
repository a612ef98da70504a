from __future__ import annotations

import pytest
from tests.platform.ledger.bench_of import Bench, make_bench

from wesprint.kernel.clock import FixedClock


@pytest.fixture
def bench(db: None, clock: FixedClock) -> Bench:
    return make_bench()
