"""The queue inside one process: running, failing, returning jobs, reaping, progress."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from tests.platform.jobs import work

from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import NotFound
from wesprint.platform.jobs import progress, reaper, schedule, selectors, tasks, worker
from wesprint.platform.jobs.models import ProgressState, ScheduleEntry, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def only_ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The schedule of this test alone."""
    monkeypatch.setattr(schedule, "_entries", {})
    schedule.register("test.regular", work.regular, timedelta(minutes=10))
    yield


def statuses() -> list[str]:
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))


def test_tasks_run_in_order_and_keep_their_results(tmp_path: Path) -> None:
    lines = tmp_path / "lines"
    for text in ("one", "two"):
        work.note.enqueue(str(lines), text)
    assert worker.work_off() == 2
    assert [line.split()[0] for line in lines.read_text().splitlines()] == ["one", "two"]
    assert statuses() == [TaskResultStatus.SUCCESSFUL] * 2
    assert list(DBTaskResult.objects.values_list("return_value", flat=True)) == ["one", "two"]


def test_a_failure_keeps_the_place_and_not_what_was_said() -> None:
    work.fail.enqueue("Erika Muster")
    worker.work_off()
    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path) == ("FAILED", "builtins.ValueError")
    assert row.traceback.splitlines()[-1].endswith("work.py:22 fail")
    assert "Erika" not in row.traceback


def test_a_task_waits_for_its_time(clock: FixedClock) -> None:
    work.regular.using(run_after=clock.at + timedelta(days=3650)).enqueue()
    assert (worker.work_off(), statuses()) == (0, [TaskResultStatus.READY])


def test_a_returning_job_is_enqueued_when_due_and_never_piles_up(
    only_ours: None, clock: FixedClock
) -> None:
    assert schedule.enqueue_due() == ["test.regular"]
    assert schedule.enqueue_due() == []
    clock.advance(timedelta(minutes=10))
    assert schedule.enqueue_due() == ["test.regular"]
    assert statuses() == [TaskResultStatus.READY]  # the first one still waits
    worker.work_off()
    clock.advance(timedelta(minutes=10))
    schedule.enqueue_due()
    assert statuses() == [TaskResultStatus.SUCCESSFUL, TaskResultStatus.READY]
    entry = ScheduleEntry.objects.get()
    assert (entry.last_run, entry.next_run) == (clock.at, clock.at + timedelta(minutes=10))


def test_only_one_of_two_schedulers_that_saw_the_same_runs_it(
    only_ours: None, clock: FixedClock
) -> None:
    schedule.enqueue_due()
    (entry,) = schedule.entries()
    seen = ScheduleEntry.objects.get().next_run
    at = clock.advance(timedelta(minutes=10))
    assert [schedule._enqueue(entry, seen, at) for _ in range(2)] == [True, False]


def test_a_dead_workers_task_becomes_ready_and_is_given_up_at_the_third_time() -> None:
    work.regular.enqueue()
    for attempt in range(3):
        reaper.sign_in(f"w{attempt}")
        assert worker.claim(f"w{attempt}") is not None
        assert reaper.reap() == 0
        assert statuses() == [TaskResultStatus.RUNNING]
        assert reaper.reap(dead=[f"w{attempt}"]) == 1
    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path, row.worker_ids) == (
        "FAILED",
        "wesprint.platform.jobs.reaper.WorkersDied",
        ["w0", "w1", "w2"],
    )


def test_a_silent_worker_counts_as_dead() -> None:
    work.regular.enqueue()
    reaper.sign_in("w")
    worker.claim("w")
    Worker.objects.update(last_seen="2026-01-01T00:00:00Z")
    assert selectors.queue_state() == selectors.QueueState(0, 1, 0, 0)
    assert (reaper.reap(), Worker.objects.count(), statuses()) == (1, 0, ["READY"])
    assert reaper.beat("w") is False


def test_finished_tasks_are_pruned_after_a_while(clock: FixedClock) -> None:
    work.regular.enqueue()
    work.fail.enqueue("x")
    work.regular.using(run_after=clock.at + timedelta(days=3650)).enqueue()
    worker.work_off()
    DBTaskResult.objects.exclude(status="READY").update(finished_at=clock.at)
    clock.advance(timedelta(days=3, seconds=1))
    assert tasks.prune.call() == 1
    clock.advance(timedelta(days=28))
    assert tasks.prune.call() == 1
    assert statuses() == ["READY"]


def test_progress_is_told_to_its_own_scope_alone(clock: FixedClock) -> None:
    row = progress.begin("test.import", scope="centre:A", total=10)
    with progress.tracked(row.public_id) as meter:
        meter.write(done=4, message="rows")
        meter.set(5)  # too soon after the last one
        seen = selectors.progress_of(row.public_id, scope="centre:A")
        assert (seen.done, seen.total, seen.message, seen.version) == (4, 10, "rows", 3)
        meter.write(result={"rows": 10}, done=10)
    seen = selectors.progress_of(row.public_id, scope="centre:A")
    assert (seen.state, seen.result, seen.is_finished) == (ProgressState.DONE, {"rows": 10}, True)
    with pytest.raises(NotFound):
        selectors.progress_of(row.public_id, scope="centre:B")


def test_work_that_breaks_off_says_so(clock: FixedClock) -> None:
    row = progress.begin("test.import", scope="centre:A")
    with pytest.raises(ValueError, match="broken"), progress.tracked(row.public_id):
        raise ValueError("broken")
    row.refresh_from_db()
    assert row.state == ProgressState.FAILED
