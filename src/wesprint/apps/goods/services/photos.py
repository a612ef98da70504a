"""Photos of offers and items: prepared by the view, kept by the command."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.files.models import StoredFile
from wesprint.platform.files.services import Prepared, store

MOST = 8


def check_count(photos: int) -> None:
    """Raises Invalid for more photos than one thing or one offer may have."""
    if photos > MOST:
        raise Invalid(
            _("At most %(most)s photos, please.") % {"most": MOST},
            kept=_("Nothing was saved yet."),
            field="photos",
            code="too-many-photos",
        )


def keep_photos(
    ctx: Ctx, photos: tuple[Prepared, ...], *, purpose: str, public: bool
) -> list[StoredFile]:
    check_count(len(photos))
    return [store(ctx, upload=photo, purpose=purpose, public=public) for photo in photos]
