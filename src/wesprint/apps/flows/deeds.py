"""The audit trail in words: what is recorded beside the figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from wesprint.web.rooms import Trail

_DEEDS: Mapping[str, Any] = {
    "flows.record_use": pgettext_lazy("trail", "Recorded the house's own use"),
    "flows.record_baseline": pgettext_lazy("trail", "Recorded a baseline"),
    "flows.withdraw_baseline": pgettext_lazy("trail", "Took a baseline back"),
    "flows.keep_answers": pgettext_lazy("trail", "Counted the buyers' answers"),
}
_FIELDS: Mapping[str, Any] = {
    "quantity": pgettext_lazy("trail", "quantity"),
    "kind": pgettext_lazy("trail", "what was counted"),
    "value": pgettext_lazy("trail", "value"),
    "withdrawn_at": pgettext_lazy("trail", "taken back"),
}
TRAIL = Trail(_DEEDS, _FIELDS)
