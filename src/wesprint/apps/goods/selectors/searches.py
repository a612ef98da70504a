"""Saved searches by their secret link."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.links import SEARCH
from wesprint.apps.goods.models import SavedSearch
from wesprint.kernel.errors import NotFound
from wesprint.platform.people.secrets import secret_hash


def search_by_secret(secret: str) -> SavedSearch:
    """With centre and person. One query. Raises NotFound, also for one that nobody confirmed
    in time."""
    rows = SavedSearch.objects.filter(secret_hash=secret_hash(secret, SEARCH))
    found = rows.select_related("centre", "person").first()
    if found is None:
        raise NotFound(
            _("This link leads to no saved search, or it has run out."),
            next=_("You can save it anew on the shelf's page."),
            code="no-search",
        )
    return found
