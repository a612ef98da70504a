"""Fields that several parts share."""

from __future__ import annotations

from typing import Any

from django.db import models

from wesprint.kernel.ids import LENGTH, new_public_id


class PublicIdField(models.CharField[str, str]):
    """The opaque id that pages, labels and exports show instead of the row number."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"max_length": LENGTH, "unique": True, "editable": False}
        kwargs.setdefault("default", new_public_id)
        super().__init__(**kwargs)
