"""A backup made under a running writer, restored elsewhere, is the same house."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, connections
from PIL import Image
from tests.platform.ledger.bench_of import make_bench
from tests.processes import wesprint, wesprint_env

from wesprint.config.cli import archive
from wesprint.kernel.errors import Invalid
from wesprint.platform.commands.services import command
from wesprint.platform.files import services as files
from wesprint.platform.files.models import StoredFile
from wesprint.platform.ledger.tasks import fold, seal

ROOT = Path(__file__).resolve().parents[2]
PYTHON_PATH = f"{ROOT / 'src'}{os.pathsep}{ROOT}"


@command("test.store")
def store_photo(ctx: Any, *, photo: files.Prepared) -> StoredFile:
    return files.store(ctx, upload=photo, purpose="test.item")


@pytest.fixture
def house(fresh_database: str, tmp_path: Path, settings: Any) -> dict[str, str]:
    """An installation with some life: the environment of its processes."""
    var = tmp_path / "var"
    settings.MEDIA_ROOT = var / "files"
    settings.VAR = var
    bench = make_bench()
    bench.take_in(4_000)
    bench.take_in(2_500)
    seal.call()
    fold.call()
    bench.take_in(700)
    picture = BytesIO()
    Image.new("RGB", (500, 400), "red").save(picture, "JPEG")
    store_photo(bench.ctx(), photo=files.prepare(picture.getvalue()))
    connections.close_all()
    env = wesprint_env(var, fresh_database, PYTHONPATH=PYTHON_PATH)
    del env["WESPRINT_SECRET_KEY"]  # so that the installation has a key of its own
    return env


@contextmanager
def empty_place(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Another installation with nothing in it."""
    var = tmp_path / "other"
    if connection.vendor == "sqlite":
        env = wesprint_env(var, PYTHONPATH=PYTHON_PATH)
        yield {key: value for key, value in env.items() if key != "WESPRINT_SECRET_KEY"}
        return
    name = f"ws_restore_{uuid.uuid4().hex[:8]}"
    base = os.environ["DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{base}/postgres", autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        try:
            env = wesprint_env(var, f"{base}/{name}", PYTHONPATH=PYTHON_PATH)
            yield {key: value for key, value in env.items() if key != "WESPRINT_SECRET_KEY"}
        finally:
            link.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


_WRITER = """
import sys
from datetime import UTC, datetime
import django; django.setup()
from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.platform.agents.models import Agent
from wesprint.platform.commands.services import command
@command("test.two")
def two(ctx):
    Agent.objects.create(kind="Person", public_id=f"A{ctx.key}")
    Agent.objects.create(kind="Person", public_id=f"B{ctx.key}")
number = 0
while True:
    number += 1
    two(Ctx(Actor(ActorKind.JOB, "w"), "installation", f"{number:08}", datetime.now(UTC)))
    print(number, flush=True)
"""


@contextmanager
def writing(env: dict[str, str]) -> Iterator[None]:
    """Somebody writes two rows at a time, all the time."""
    env = {**env, "DJANGO_SETTINGS_MODULE": "wesprint.config.settings"}
    process = subprocess.Popen([sys.executable, "-c", _WRITER], env=env, stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"1\n"  # it is under way
        try:
            yield
        finally:
            process.kill()
            process.wait()


_ASK = """
import json, sys
import django; django.setup()
from django.db import connection
from wesprint.platform.agents.models import Agent
from wesprint.platform.files.models import StoredFile
from wesprint.platform.files import store
from wesprint.platform.ledger import triggers
from wesprint.platform.ledger.models import EconomicEvent, RollUp
file = StoredFile.objects.get()
ids = sorted(Agent.objects.filter(kind="Person").values_list("public_id", flat=True))
made = Agent.objects.create(kind="Person")
print(json.dumps({
    "events": sorted(EconomicEvent.objects.values_list("public_id", flat=True)),
    "rollups": RollUp.objects.count(),
    "missing_triggers": list(triggers.missing(connection)),
    "photo": [store.path_of(file.digest, size).stat().st_size > 100 for size in file.sizes],
    "halves": [i for i in ids if i[0] in "AB" and i[1:].isdigit()
               and ("B" if i[0] == "A" else "A") + i[1:] not in ids],
    "pairs": sum(i[0] == "A" and i[1:].isdigit() for i in ids),
    "new_id": made.pk > max(Agent.objects.exclude(pk=made.pk).values_list("pk", flat=True)),
}))
"""


def ask(env: dict[str, str]) -> dict[str, Any]:
    answer = subprocess.run(
        [sys.executable, "-c", _ASK],
        env={**env, "DJANGO_SETTINGS_MODULE": "wesprint.config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(answer.stdout))


def modes(folder: Path) -> tuple[set[int], set[int]]:
    """Who may read what lies there: modes of the files, modes of the folders."""
    found = [folder, *folder.rglob("*")]
    files, folders = (
        {path.stat().st_mode & 0o777 for path in found if path.is_dir() == wanted}
        for wanted in (False, True)
    )
    return files, folders


def test_a_backup_under_a_writer_restores_the_same_house(
    house: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "saved.tar"
    with writing(house):
        saved = wesprint("backup", str(target), "--json", env=house)
    assert (saved.returncode, saved.stderr) == (0, "")
    assert json.loads(saved.stdout)["files"] == 2
    assert target.stat().st_mode & 0o777 == 0o600
    before = ask(house)
    with empty_place(tmp_path) as place:
        restored = wesprint("restore", str(target), "--json", env=place)
        assert (restored.returncode, restored.stderr) == (0, "")
        told = json.loads(restored.stdout)
        assert (told["events"], told["unchanged"], told["problems"]) == (3, True, [])
        after = ask(place)
        assert after["pairs"] > 0  # the writer was at work before the backup
        assert after | {"pairs": 0} == before | {"pairs": 0}
        assert (after["missing_triggers"], after["halves"], after["photo"]) == ([], [], [True] * 2)
        verified = wesprint("verify", env=place)
        assert (verified.returncode, "unchanged" in verified.stdout) == (0, True)
        key = (tmp_path / "other" / "secret-key").read_text()
        assert key == (tmp_path / "var" / "secret-key").read_text()
        assert modes(tmp_path / "other") == modes(tmp_path / "var") == ({0o600}, {0o700})
        again = wesprint("restore", str(target), env=place)
        assert (again.returncode, again.stdout) == (5, "")
        assert again.stderr.startswith("wesprint: This installation is not empty. Nothing was")


def test_one_changed_byte_is_noticed_and_nothing_restored(
    house: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "saved.tar"
    assert wesprint("backup", str(target), env=house).returncode == 0
    content = bytearray(target.read_bytes())
    content[content.index(b"WEBP") + 40] ^= 1
    target.write_bytes(content)
    with empty_place(tmp_path) as place:
        answer = wesprint("restore", str(target), env=place)
        assert (answer.returncode, answer.stdout) == (2, "")
        assert answer.stderr.endswith(".webp was changed. Nothing was restored.\n")
        assert not (tmp_path / "other" / "files").exists()


def test_a_backup_is_never_written_over(house: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "saved.tar"
    target.write_text("something")
    answer = wesprint("backup", str(target), env=house)
    assert (answer.returncode, target.read_text()) == (5, "something")


def packed(members: dict[str, bytes], path: Path) -> Path:
    with closing(tarfile.open(path, "w")) as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, BytesIO(content))
    return path


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"a": b"1"}, "there is no manifest at its end"),
        ({"manifest.json": b"[]"}, "there is no manifest at its end"),
        ({"manifest.json": b'{"format": "x"}'}, "it has another format"),
        (
            {"a": b"1", "manifest.json": b'{"format": "wesprint-backup/1", "members": {}}'},
            "members are missing, or some were added",
        ),
        ({"../a": b"1"}, "outside"),
    ],
)
def test_what_is_no_backup_of_ours_is_refused(
    members: dict[str, bytes], reason: str, tmp_path: Path
) -> None:
    path = packed(members, tmp_path / "x.tar")
    with pytest.raises(Invalid) as caught:
        archive.unpack(path, tmp_path / "into")
    assert reason in str(caught.value.what)
    assert not (tmp_path / "a").exists()


def test_a_backup_that_broke_off_is_refused(tmp_path: Path) -> None:
    path = packed({"a": b"1" * 5000}, tmp_path / "x.tar")
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(Invalid):
        archive.unpack(path, tmp_path / "into")
