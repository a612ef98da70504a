"""Several at once: stocks, corrections, roll-ups and seals stay exact."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

from django.db import connections
from tests.platform.ledger.bench_of import Bench, make_bench, quantities

from wesprint.kernel.errors import DomainError
from wesprint.platform.ledger import checking, rollups, selectors, services, tasks
from wesprint.platform.ledger.models import EconomicEvent, EconomicResource, SealLeaf

WRITERS = 8


def at_once(*jobs: Callable[[], object]) -> Counter[str]:
    """Run the jobs in threads that begin together; how often each outcome came."""
    outcomes: Counter[str] = Counter()
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        try:
            start.wait()
            job()
            outcomes["done"] += 1
        except DomainError as error:
            outcomes[error.code] += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_the_last_piece_is_sold_once(fresh_database: str) -> None:
    bench = make_bench()
    item = bench.take_in(4_000)
    sellers = [lambda: bench.post(bench.sale(item, 4_000), bench.payment(900))] * WRITERS
    assert at_once(*sellers) == {"done": 1, "not-enough": WRITERS - 1}
    assert quantities(item) == (0, 0)
    assert EconomicEvent.objects.count() == 3


def test_no_more_is_taken_back_than_was_there(fresh_database: str) -> None:
    bench = make_bench()
    [event] = bench.post(bench.intake(1_000))
    bench.take_in(9_000)
    correct = [lambda: services.correct(bench.ctx(), event=event, count=400)] * WRITERS
    assert at_once(*correct) == {"done": 2, "correction-too-large": WRITERS - 2}


def test_opposite_moves_do_not_wait_for_each_other_in_a_circle(fresh_database: str) -> None:
    bench = make_bench()
    here, there = bench.take_in(10_000), bench.take_in(10_000)

    def move(source: EconomicResource, target: EconomicResource) -> None:
        for _ in range(20):
            way = {"action": "move", "flow": "moved", "receiver": bench.house}
            bench.post(bench.sale(source, 100, to_resource=target, **way))

    jobs = [lambda: move(here, there), lambda: move(there, here)] * (WRITERS // 2)
    assert at_once(*jobs) == {"done": WRITERS}
    assert (quantities(here), quantities(there)) == ((10_000, 10_000), (10_000, 10_000))


def test_sums_are_exact_while_others_write_fold_and_seal(fresh_database: str) -> None:
    bench = make_bench()
    gaps: list[int] = []

    def write() -> None:
        for _ in range(15):
            bench.take_in(100)

    def ask() -> None:
        for _ in range(30):
            gaps.append(selectors.stock_gap(bench.centre))

    def keep_house() -> None:
        for _ in range(5):
            rollups.fold(bench.ctx(), most=10)
            tasks.seal.call()

    assert at_once(*[write] * 4, *[keep_house] * 2, ask) == {"done": 7}
    assert gaps == [0] * 30
    assert checking.verify_database().problems == []
    tasks.fold.call()
    tasks.seal.call()
    [total] = selectors.totals(bench.centre, group_by=("flow",))
    assert (total.quantity, total.events) == (6_000, 60)
    assert SealLeaf.objects.count() == 60
    assert checking.verify_database().problems == []


def test_two_centres_do_not_see_each_other(fresh_database: str) -> None:
    one, two = make_bench("eins"), make_bench("zwei")

    def write(bench: Bench, weight: int) -> None:
        for _ in range(10):
            bench.take_in(weight)

    at_once(lambda: write(one, 1), lambda: write(two, 1_000), lambda: write(one, 1))
    found = [selectors.totals(bench.centre, group_by=())[0].quantity for bench in (one, two)]
    assert found == [20, 10_000]
