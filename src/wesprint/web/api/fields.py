"""Parameters as the operations of all rooms declare them: each one bounded."""

from __future__ import annotations

from typing import Annotated

from ninja import Header, Path, Query, Schema
from pydantic import ConfigDict, Field, StringConstraints

from wesprint.kernel.ids import LENGTH

MOST = 100
_PUBLIC_ID = rf"^[0-9A-Za-z]{{{LENGTH}}}$"
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_KEY = r"^[0-9A-Za-z._:-]{1,64}$"
_NO_CONTROLS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"

CentreSlug = Annotated[str, Path(min_length=1, max_length=50, pattern=_SLUG, examples=["kaufhaus"])]
ThingId = Annotated[str, Path(min_length=LENGTH, max_length=LENGTH, pattern=_PUBLIC_ID)]
After = Annotated[
    str,
    Query(
        max_length=LENGTH,
        pattern=rf"^([0-9A-Za-z]{{{LENGTH}}})?$",
        description="`after` of the page before; left out: the first page.",
    ),
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many entries a page has.")]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=64,
        pattern=_KEY,
        description="Chosen by the caller. Sent again with the same request it gives the same "
        "answer without doing it again; with another request it gives 409.",
    ),
]
Slug = Annotated[str, StringConstraints(min_length=1, max_length=50, pattern=_SLUG)]
Words = Annotated[str, Query(max_length=80, pattern=_NO_CONTROLS)]


# Texts in a body, by their longest length: without control characters.
Text8 = Annotated[str, StringConstraints(max_length=8, pattern=_NO_CONTROLS)]
Text40 = Annotated[str, StringConstraints(max_length=40, pattern=_NO_CONTROLS)]
Text80 = Annotated[str, StringConstraints(max_length=80, pattern=_NO_CONTROLS)]
Text120 = Annotated[str, StringConstraints(max_length=120, pattern=_NO_CONTROLS)]
Text200 = Annotated[str, StringConstraints(max_length=200, pattern=_NO_CONTROLS)]
Text254 = Annotated[str, StringConstraints(max_length=254, pattern=_NO_CONTROLS)]
Text500 = Annotated[str, StringConstraints(max_length=500, pattern=_NO_CONTROLS)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=_NO_CONTROLS)]

Cents = Annotated[int, Field(strict=True, ge=0, le=1_000_000, description="Euro cents.")]
Measured = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)]
Grams = Annotated[int, Field(strict=True, ge=1, le=10_000_000)]


class Body(Schema):
    """What is sent: a field that nobody knows is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")
