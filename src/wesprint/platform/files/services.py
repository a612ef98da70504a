"""Taking photos in.

A view prepares them before it calls its command: decoding takes a second and must not make
other writers wait. The command then stores what was prepared:

    photos = tuple(prepare(upload) for upload in request.FILES.getlist(..))
    ...
    @command("goods.offer")
    def offer(ctx, *, photos: tuple[Prepared, ...], ...):
        for photo in photos:
            file = store(ctx, upload=photo, purpose="goods.offer", public=False)
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import IO, TypeAlias, cast

from django.core import signing
from django.core.files import File

from wesprint.kernel.context import Ctx
from wesprint.platform.commands.services import changed, running_command
from wesprint.platform.files import images
from wesprint.platform.files import store as folder
from wesprint.platform.files.models import StoredFile

Upload: TypeAlias = "File[bytes] | Path | bytes"

# Changes with the way photos are drawn, so that old renditions are not taken for new ones.
RECIPE = b"1"
KEPT_FOR = timedelta(hours=20)  # shorter than the collector's patience
_SALT = "wesprint.files.prepared"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photo whose files lie in the folder while no row speaks for them yet.

    Equal photos are equal, so that a double click stays one command.
    """

    digest: str
    width: int
    height: int
    sizes: tuple[int, ...]


def prepare(upload: Upload) -> Prepared:
    """Check, strip, shrink and write a photo; outside of a transaction if possible.

    Raises Invalid (too large, too many pixels, no photo, damaged), Unavailable (disk full).
    """
    with _opened(upload) as source:
        digest = _digest(source)
        (width, height), contents = images.renditions(source)
    folder.keep(digest, contents)
    return Prepared(digest, width, height, tuple(contents))


def store(ctx: Ctx, *, upload: Upload | Prepared, purpose: str, public: bool = False) -> StoredFile:
    """A row for a photo, in the transaction of the command under way, in the scope of `ctx`.

    `purpose`: the room's word for it, like "goods.offer". `public`: pages may show it to
    everybody who has its address. Raises as `prepare`.
    """
    command = running_command()
    photo = upload if isinstance(upload, Prepared) else prepare(upload)
    if not folder.touch(photo.digest, list(photo.sizes)):
        raise images.broken()
    file = StoredFile.objects.create(
        scope=ctx.scope,
        purpose=purpose,
        digest=photo.digest,
        width=photo.width,
        height=photo.height,
        sizes=list(photo.sizes),
        is_public=public,
        created_at=command.recorded_at,
    )
    changed(file, "content")
    return file


def remove(ctx: Ctx, *, file: StoredFile) -> None:
    """The row goes now, the bytes with the next collection if nobody else shows them."""
    running_command()
    changed(file, "content")
    file.delete()


def keep_token(photo: Prepared) -> str:
    """A signed text for a hidden field: a form that comes back need not ask for the photo
    again. Good for 20 hours."""
    value = [photo.digest, photo.width, photo.height, list(photo.sizes)]
    return signing.dumps(value, salt=_SALT, compress=True)


def from_token(token: str) -> Prepared | None:
    """The photo of a token of ours; None when it is too old or not ours."""
    try:
        digest, width, height, sizes = signing.loads(token, salt=_SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    photo = Prepared(digest, width, height, tuple(sizes))
    return photo if folder.touch(digest, sizes) else None


@contextmanager
def _opened(upload: Upload) -> Iterator[IO[bytes]]:
    """The bytes as a file within the limit, never read as a whole. What a request brought
    stays open: closing it would remove it."""
    if isinstance(upload, Path):
        with upload.open("rb") as source:
            yield _within_limit(source)
    elif isinstance(upload, bytes):
        yield _within_limit(BytesIO(upload))
    else:
        yield _within_limit(cast("IO[bytes]", upload.file))


def _within_limit(source: IO[bytes]) -> IO[bytes]:
    if source.seek(0, os.SEEK_END) > images.MAX_BYTES:
        raise images.too_large()
    return source


def _digest(source: IO[bytes]) -> str:
    source.seek(0)
    state = hashlib.sha256(RECIPE)
    while chunk := source.read(256 * 1024):
        state.update(chunk)
    source.seek(0)
    return state.hexdigest()
