"""The audit trail in words: what is done with the house's own pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from wesprint.web.rooms import Trail

_DEEDS: Mapping[str, Any] = {
    "house.set_legal_notice": pgettext_lazy("trail", "Changed the legal notice"),
}
_FIELDS: Mapping[str, Any] = {
    "represented_by": pgettext_lazy("trail", "represented by"),
    "register": pgettext_lazy("trail", "register"),
    "vat_id": pgettext_lazy("trail", "VAT number"),
    "supervised_by": pgettext_lazy("trail", "supervised by"),
    "privacy_contact": pgettext_lazy("trail", "privacy contact"),
}
TRAIL = Trail(_DEEDS, _FIELDS)
