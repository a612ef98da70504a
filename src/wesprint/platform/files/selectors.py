"""Finding a photo for a page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import NotFound
from wesprint.platform.files.models import StoredFile


def find(public_id: str, *, scope: str, purpose: str) -> StoredFile:
    """The photo of this scope and purpose. Raises NotFound for a foreign one as for none."""
    return _one(public_id=public_id, scope=scope, purpose=purpose)


def find_public(public_id: str) -> StoredFile:
    """A photo that everybody may see who has its address. Raises NotFound."""
    return _one(public_id=public_id, is_public=True)


def _one(**conditions: object) -> StoredFile:
    file = StoredFile.objects.filter(**conditions).first()
    if file is None:
        raise missing()
    return file


def missing() -> NotFound:
    return NotFound(_("This photo does not exist."), next=_("It may have been taken away."))
