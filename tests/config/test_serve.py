"""`wesprint serve` as a real process: it opens, closes, dies and comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult
from tests.platform.jobs import work
from tests.processes import Server, free_port, serving, wesprint, wesprint_env

ROOT = Path(__file__).resolve().parents[2]
PYTHON_PATH = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
SECONDS = 40.0


@pytest.fixture
def env(fresh_database: str, tmp_path: Path) -> dict[str, str]:
    return wesprint_env(tmp_path / "var", fresh_database, PYTHONPATH=PYTHON_PATH)


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        signal.sigtimedwait([], 0.05)


def family(pid: int) -> list[int]:
    """Everybody who descends from a process."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    own = [int(word) for word in children.read_text().split()] if children.exists() else []
    return [*own, *(grandchild for child in own for grandchild in family(child))]


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def named(pids: list[int], word: str) -> list[int]:
    return [pid for pid in pids if word in Path(f"/proc/{pid}/cmdline").read_text()]


def status_of(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def said(server: Server, text: str) -> Callable[[], bool]:
    return lambda: text in server.log.read_text()


def test_it_says_where_it_is_and_closes_when_told(env: dict[str, str]) -> None:
    with serving(env, worker=True) as server:
        until(said(server, f"WeSprint is open: {server.url} "))
        until(said(server, "worker started"))
        pids = family(server.process.pid)
        # The web server, its processes, and the worker of the queue.
        assert len(pids) == 2 + min(2, os.cpu_count() or 1)
        server.process.terminate()
        assert server.process.wait(SECONDS) == 0
    assert server.log.read_text().rstrip().endswith("WeSprint is closed.")
    assert [pid for pid in pids if is_alive(pid)] == []


def test_solvers_are_kept_beside_and_end_with_it(env: dict[str, str]) -> None:
    with serving(env | {"WESPRINT_COMPUTE_PROCESSES": "1"}) as server:
        until(lambda: '"ready": 1' in status_of(f"{server.url}/health")[1])
        [solvers] = named(family(server.process.pid), "cli.compute")
        pids = [solvers, *family(solvers)]
        os.kill(solvers, signal.SIGKILL)
        until(lambda: not any(map(is_alive, pids)))
        until(lambda: '"ready": 1' in status_of(f"{server.url}/health")[1])
        pids = family(server.process.pid)
        server.process.kill()
        server.process.wait()
        until(lambda: not any(map(is_alive, pids)))


def test_it_notes_where_it_opened(env: dict[str, str], tmp_path: Path) -> None:
    with serving(env) as server:
        noted = tmp_path / "var" / "served-at"
        until(noted.exists)
        assert noted.read_text().rpartition(":")[2] == server.url.rpartition(":")[2]


def test_killed_it_leaves_nobody_behind_and_opens_again_at_once(env: dict[str, str]) -> None:
    with serving(env, worker=True) as server:
        until(said(server, "worker started"))
        pids = family(server.process.pid)
        port = server.url.rpartition(":")[2]
        server.process.kill()
        server.process.wait()
        again = start_on(port, env)
        until(lambda: not any(map(is_alive, pids)))
        until(lambda: answers(f"{server.url}/health"))
        again.terminate()
        assert again.wait(SECONDS) == 0


def start_on(port: str, env: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from wesprint.config.cli import main; main()"]
    return subprocess.Popen(
        [*command, "serve", "--no-worker", "--port", port],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def answers(url: str) -> bool:
    try:
        return status_of(url)[0] == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def test_a_worker_that_dies_is_replaced_and_its_task_taken_over(
    env: dict[str, str], tmp_path: Path
) -> None:
    work.die_first.enqueue(str(tmp_path / "ran"))
    with serving(env, worker=True) as server:
        ours = DBTaskResult.objects.filter(task_path__startswith="tests.")
        until(lambda: ours.filter(status="SUCCESSFUL").exists())
        workers = ours.get().worker_ids
        assert [name.rpartition("-")[2] for name in workers] == ["0", "1"]
        assert answers(f"{server.url}/health")
        assert "wesprint: worker died (code -9)" in server.log.read_text()


def test_a_web_process_that_dies_is_replaced(env: dict[str, str]) -> None:
    with serving(env) as server:
        (web,) = named(family(server.process.pid)[:1], "cli.web")
        os.kill(web, signal.SIGKILL)
        until(lambda: not is_alive(web))
        until(lambda: answers(f"{server.url}/health"))


def test_a_taken_port_is_said_in_one_line(env: dict[str, str]) -> None:
    with serving(env) as server:
        port = server.url.rpartition(":")[2]
        second = wesprint("serve", "--port", port, env=env)
    assert (second.returncode, second.stdout) == (5, "")
    assert second.stderr == (
        f"wesprint: Port {port} is taken: another server, perhaps this one, is running there. "
        f"Stop it, or choose another: wesprint serve --port {int(port) + 1}\n"
    )


def test_a_database_that_goes_away_is_said_and_comes_back(env: dict[str, str]) -> None:
    with serving(env) as server:
        assert status_of(f"{server.url}/z/nirgends/")[0] == 404
        if connection.vendor != "postgresql":
            return  # SQLite is a file of ours: nobody takes it away
        name = str(connection.settings_dict["NAME"])
        connections.close_all()
        allow(name, False)
        code, page = status_of(f"{server.url}/z/nirgends/")
        assert (code, "Traceback" in page, "psycopg" in page) == (503, False, False)
        assert status_of(f"{server.url}/health")[0] == 503
        allow(name, True)
        assert status_of(f"{server.url}/z/nirgends/")[0] == 404
        assert status_of(f"{server.url}/health")[0] == 200


def allow(database: str, yes: bool) -> None:
    with psycopg.connect(server_url(), autocommit=True) as link:
        link.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS {str(yes).lower()}')  # type: ignore[arg-type]
        link.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database]
        )


def server_url() -> str:
    return os.environ["DATABASE_URL"].rpartition("/")[0] + "/postgres"


def test_a_database_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    answer = wesprint("serve", "--port", str(free_port()), env=wesprint_env(tmp_path, url))
    assert (answer.returncode, answer.stdout) == (7, "")
    assert answer.stderr.startswith("wesprint: The database cannot be reached: connection failed")
    assert len(answer.stderr.splitlines()) == 1


def test_an_older_database_is_not_changed_unasked(env: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    connections.close_all()
    answer = wesprint("serve", "--port", str(free_port()), env=env)
    assert (answer.returncode, "wesprint serve --migrate" in answer.stderr) == (5, True)
