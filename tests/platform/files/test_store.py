"""Photos on disk and in rows: stored before the commit, collected, served to whom they belong."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.http import FileResponse, HttpResponseBase
from django.test import RequestFactory
from PIL import Image

from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.kernel.errors import Invalid, NotFound
from wesprint.platform.base.clock import now
from wesprint.platform.commands.services import command
from wesprint.platform.files import selectors, services, store
from wesprint.platform.files.models import StoredFile
from wesprint.platform.files.serving import serve
from wesprint.platform.files.tasks import collect_orphans

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def photo(colour: str = "red") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (1000, 500), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def ctx(scope: str = "centre:A", key: str = "") -> Ctx:
    return Ctx(Actor(ActorKind.PERSON, "ABC"), scope, key or str(uuid.uuid4()), now())


@command("test.show")
def show(
    ctx: Ctx, *, upload: services.Prepared, public: bool = False, fail: bool = False
) -> StoredFile:
    file = services.store(ctx, upload=upload, purpose="test.item", public=public)
    if fail:
        raise Invalid("no")
    return file


@command("test.take_away")
def take_away(ctx: Ctx, *, file: StoredFile) -> None:
    services.remove(ctx, file=file)


def on_disk(folder: Path) -> list[str]:
    return sorted(path.name.rpartition("-")[2] for path in folder.rglob("*.webp"))


def test_a_double_click_is_one_photo(folder: Path) -> None:
    first = show(ctx(key="k"), upload=services.prepare(photo()))
    again = show(ctx(key="k"), upload=services.prepare(photo()))
    assert (again, StoredFile.objects.count()) == (first, 1)
    assert (first.scope, first.purpose, first.width, first.height, first.sizes) == (
        "centre:A",
        "test.item",
        1000,
        500,
        [320, 960, 1920],
    )
    assert len(first.public_id) >= 32
    assert on_disk(folder) == ["1920.webp", "320.webp", "960.webp"]


def test_storing_outside_a_command_is_a_mistake_of_ours() -> None:
    with pytest.raises(RuntimeError):
        services.store(ctx(), upload=photo(), purpose="test.item")


def test_a_foreign_photo_does_not_exist() -> None:
    file = show(ctx(), upload=services.prepare(photo()))
    assert selectors.find(file.public_id, scope="centre:A", purpose="test.item") == file
    for scope, purpose in (("centre:B", "test.item"), ("centre:A", "test.offer")):
        with pytest.raises(NotFound):
            selectors.find(file.public_id, scope=scope, purpose=purpose)
    with pytest.raises(NotFound):
        selectors.find_public(file.public_id)
    public = show(ctx(), upload=services.prepare(photo()), public=True)
    assert selectors.find_public(public.public_id) == public


def content(response: HttpResponseBase) -> bytes:
    assert isinstance(response, FileResponse)
    body = b"".join(response)  # type: ignore[arg-type]  # not asynchronous here
    response.close()
    return body


def test_a_photo_is_served_safely_and_only_once(folder: Path) -> None:
    file = show(ctx(), upload=services.prepare(photo()), public=True)
    request = RequestFactory().get("/")
    response = serve(file, 500, request=request)
    assert {name: response[name] for name in _HEADERS} == {
        "Content-Type": "image/webp",
        "Content-Disposition": 'inline; filename="photo-960.webp"',
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    assert Image.open(BytesIO(content(response))).size == (960, 480)
    known = RequestFactory().get("/", headers={"If-None-Match": response["ETag"]})
    assert serve(file, 960, request=known).status_code == 304
    other = serve(file, 320, request=known)
    assert (other.status_code, content(other)[:4]) == (200, b"RIFF")
    largest = serve(file, 9999, request=request)
    assert Image.open(BytesIO(content(largest))).size == (1000, 500)


_HEADERS = (
    "Content-Type",
    "Content-Disposition",
    "X-Content-Type-Options",
    "Cross-Origin-Resource-Policy",
    "Cache-Control",
)


def test_a_private_photo_stays_in_the_readers_browser() -> None:
    file = show(ctx(), upload=services.prepare(photo()))
    response = serve(file, request=RequestFactory().get("/"))
    response.close()
    assert response["Cache-Control"] == "private, max-age=3600"


def test_bytes_that_are_gone_are_not_found() -> None:
    file = show(ctx(), upload=services.prepare(photo()))
    store.path_of(file.digest, 960).unlink()
    with pytest.raises(NotFound):
        serve(file, 960, request=RequestFactory().get("/"))
    with pytest.raises(Invalid):  # a row is never written for bytes that are not there
        show(ctx(), upload=services.Prepared(file.digest, 1000, 500, (320, 960, 1920)))
    assert StoredFile.objects.count() == 1


def age(folder: Path, *, hours: int) -> None:
    """The files were written that long ago."""
    then = time.time() - hours * 3600
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (then, then))


def test_only_old_files_without_a_row_are_collected(folder: Path) -> None:
    kept = show(ctx(), upload=services.prepare(photo("red")))
    with pytest.raises(Invalid):
        show(ctx(), upload=services.prepare(photo("green")), fail=True)
    shared = show(ctx("centre:B"), upload=services.prepare(photo("red")))
    gone = show(ctx(), upload=services.prepare(photo("blue")))
    take_away(ctx(), file=gone)
    take_away(ctx(), file=shared)
    (folder / "ab").mkdir(exist_ok=True)
    (folder / "ab" / ".new-torn").write_bytes(b"half")
    age(folder, hours=23)
    assert collect_orphans.call() == 0
    age(folder, hours=25)
    services.prepare(photo("green"))  # somebody wants it again at this moment
    assert collect_orphans.call() == 4  # three sizes in blue, and what a killed process left
    assert StoredFile.objects.get() == kept
    assert all(store.path_of(kept.digest, size).exists() for size in kept.sizes)


_FULL_DISK = """
import resource, sys
from pathlib import Path
import django; django.setup()
from wesprint.platform.files import services
from wesprint.kernel.errors import Unavailable
content = Path(sys.argv[1]).read_bytes()
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))  # no file grows further
try:
    services.prepare(content)
except Unavailable as error:
    print(error.code, error.status)
"""


def test_a_full_disk_is_said_and_leaves_nothing_half_saved(
    tmp_path: Path, noise: Callable[[], bytes]
) -> None:
    (tmp_path / "photo.jpg").write_bytes(noise())
    env = {**os.environ, "WESPRINT_VAR": str(tmp_path / "var")}
    env["DJANGO_SETTINGS_MODULE"] = "wesprint.config.settings"
    answer = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(tmp_path / "photo.jpg")],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout == "disk-full 503\n"
    # The smallest size fitted and was taken away again.
    left = [path.name for path in (tmp_path / "var" / "files").rglob("*") if path.is_file()]
    assert left == [".lock"]


@pytest.fixture
def noise() -> Callable[[], bytes]:
    def make() -> bytes:
        buffer = BytesIO()
        Image.effect_noise((1400, 1400), 90).convert("RGB").save(buffer, "JPEG")
        return buffer.getvalue()

    return make
