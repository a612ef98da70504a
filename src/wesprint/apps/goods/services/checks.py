"""What cannot be right in what somebody entered."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import Invalid, Refused
from wesprint.platform.base.words import Words
from wesprint.platform.geo.locating import Where
from wesprint.platform.reference.facts import CategoryFacts

DEAREST = 1_000_000  # cents: beyond 10,000 € somebody forgot the comma
NOTHING_SAVED = _("Nothing was saved yet.")


def check_price(cents: int) -> None:
    if cents < 0:
        raise Invalid(
            _("A price cannot be negative."), kept=NOTHING_SAVED, field="price", code="price"
        )
    if cents > DEAREST:
        raise Invalid(
            _("This price is above 10,000 €."),
            kept=NOTHING_SAVED,
            next=_("Please check the comma."),
            field="price",
            code="price",
        )


def check_choice(value: str, known: list[str], field: str) -> None:
    if value not in known:
        raise Invalid(
            _("This choice does not exist here."),
            kept=NOTHING_SAVED,
            next=_("Please choose one of the entries shown."),
            field=field,
            code="unknown-choice",
        )


def check_taken(facts: CategoryFacts, locale: str) -> None:
    """Raises Refused with the reason for what the house never takes."""
    if not facts.taken:
        raise Refused(
            _("We cannot take this: %(reason)s") % {"reason": facts.note(locale)},
            kept=NOTHING_SAVED,
            next=_("Please tell the giver where it belongs."),
            field="category",
            code="not-taken",
        )


def text_of(value: str, limit: int, field: str) -> str:
    """What somebody wrote, without control characters and blanks around. Raises Invalid when
    it is too long."""
    text = value if value.isprintable() else "".join(filter(_is_text, value))
    text = text.strip()
    if len(text) > limit:
        raise Invalid(
            _("This text is too long: at most %(limit)s characters.") % {"limit": limit},
            kept=NOTHING_SAVED,
            field=field,
            code="too-long",
        )
    return text


def where_of(value: Where | str, limit: int, field: str) -> Where:
    """Like `text_of`, for an address that may have been found on the map."""
    where = value if isinstance(value, Where) else Where(value)
    return replace(where, text=text_of(where.text, limit, field))


def _is_text(char: str) -> bool:
    """Python calls only one blank printable, but words stand apart by the others as well."""
    return char.isprintable() or char in "\n\t" or unicodedata.category(char) == "Zs"


def words_of(value: Words | str, limit: int, field: str) -> Words:
    """Like `text_of`, for a text in several languages."""
    words = Words.of(value)
    return Words(
        **{name: text_of(getattr(words, name), limit, field) for name in Words.languages()}
    )
