"""The process that works off the queue.

django-tasks-db's own worker takes the write lock once a second even when nothing waits, and
writes the messages of exceptions (which may quote people) into its table; this one does not.
One thread runs tasks, a second one says "I am alive", looks at the schedule and reaps.
"""

from __future__ import annotations

import signal
import threading
import traceback
import uuid
from collections.abc import Callable
from types import FrameType
from typing import Any, cast

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django_tasks import TaskResultStatus
from django_tasks.base import TaskContext, TaskResult
from django_tasks_db.models import DBTaskResult

from wesprint.platform.base.clock import now
from wesprint.platform.base.db import write_transaction
from wesprint.platform.jobs import reaper, schedule

log = structlog.get_logger("wesprint.worker")

BEAT_SECONDS = 5.0
IDLE_SECONDS = 0.5
DATABASE_AWAY_SECONDS = 2.0


def new_name() -> str:
    return f"worker-{uuid.uuid4().hex[:12]}"


def claim(name: str) -> DBTaskResult[Any, Any] | None:
    """The next task, marked as run by this worker; or None."""
    if not DBTaskResult.objects.ready().exists():
        return None
    with write_transaction():
        task = DBTaskResult.objects.ready().get_locked()
        if task is not None:
            task.claim(name)
        return task


def run(task: DBTaskResult[Any, Any]) -> bool:
    """Run a claimed task and write down how it went; False when it failed."""
    try:
        result = _call(task)
    except Exception as error:
        _failed(task, error)
        return False
    with write_transaction():
        task.set_successful(result)
    return True


def _call(row: DBTaskResult[Any, Any]) -> object:
    task, given = row.task, row.task_result
    if task.takes_context:
        context = TaskContext(task_result=cast("TaskResult[Any]", given))
        return task.call(context, *given.args, **given.kwargs)
    return task.call(*given.args, **given.kwargs)


def _failed(task: DBTaskResult[Any, Any], error: Exception) -> None:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    log.error(
        "task failed", task=task.task_path, id=str(task.pk), error=kind, at=places(error)[-1:]
    )
    with write_transaction():
        DBTaskResult.objects.filter(pk=task.pk).update(
            status=TaskResultStatus.FAILED,
            finished_at=now(),
            exception_class_path=kind,
            traceback="\n".join(places(error)),
        )


def places(error: BaseException) -> list[str]:
    """Where in the code it happened, without the message: that may quote what people typed."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def work_off(*, limit: int = 100_000, name: str = "inline") -> int:
    """Run everything that is ready, here and now; how many ran. For the demo and the tests."""
    for count in range(limit):
        task = claim(name)
        if task is None:
            return count
        run(task)
    return limit


class WorkerProcess:
    """The loop of one worker. `replaces`: the name of a worker that is known to be dead."""

    def __init__(self, name: str = "", *, replaces: str = "") -> None:
        self.name = name or new_name()
        self._replaces = [replaces] if replaces else []
        self._stop = threading.Event()

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Finish the task at hand, then end."""
        self._stop.set()

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        self._patiently(self._begin)
        keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)
        keeper.start()
        log.info("worker started", worker=self.name)
        while not self._stop.is_set():
            if not self._patiently(self._work_once):
                self._stop.wait(IDLE_SECONDS)
        keeper.join(timeout=BEAT_SECONDS)
        self._end()

    def _begin(self) -> bool:
        reaper.sign_in(self.name)
        reaper.reap(dead=self._replaces)
        return True

    def _work_once(self) -> bool:
        task = claim(self.name)
        if task is None:
            return False
        run(task)
        return True

    def _keep(self) -> None:
        while not self._stop.is_set():
            self._patiently(self._keep_once)
            self._stop.wait(BEAT_SECONDS)
        connection.close()

    def _keep_once(self) -> bool:
        if not reaper.beat(self.name):
            reaper.sign_in(self.name)
        schedule.enqueue_due()
        reaper.reap()
        return True

    def _patiently(self, step: Callable[[], bool]) -> bool:
        """A database that goes away stops nothing for good: the next round tries again."""
        close_old_connections()
        try:
            return step()
        except (DatabaseError, InterfaceError) as error:
            log.error("database", worker=self.name, error=type(error).__name__)
            connection.close()
            self._stop.wait(DATABASE_AWAY_SECONDS)
            return False

    def _end(self) -> None:
        try:
            reaper.sign_out(self.name)
        except (DatabaseError, InterfaceError):
            log.error("database", worker=self.name, error="signing out")
        log.info("worker stopped", worker=self.name)
