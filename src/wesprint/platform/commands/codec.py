"""Payloads and results of commands as JSON: models by key, dataclasses by their fields."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.module_loading import import_string


def payload_hash(name: str, payload: dict[str, Any]) -> str:
    """SHA-256 over the command's name and arguments; equal for equal requests."""
    text = json.dumps([name, encode(payload)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def encode(value: Any) -> Any:
    """`value` as JSON. Raises TypeError for anything that cannot be told apart reliably."""
    plain = isinstance(value, bool | int | float | str) and not isinstance(value, Enum)
    if value is None or plain:
        return value
    if isinstance(value, Model):
        return {"$model": value._meta.label_lower, "pk": encode(value.pk)}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _encode_dataclass(value)
    if isinstance(value, dict):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((encode(item) for item in value), key=str)
    return _encode_scalar(value)


def _encode_dataclass(value: Any) -> dict[str, Any]:
    kind = type(value)
    fields = {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return {"$dataclass": f"{kind.__module__}.{kind.__qualname__}", "fields": fields}


def _encode_scalar(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Decimal() | UUID() | Promise():
            return str(value)
        case bytes():
            return hashlib.sha256(value).hexdigest()
    raise TypeError(f"a command cannot carry {type(value).__name__}")


def decode(value: Any) -> Any:
    """The result of an earlier run: models are read again, dataclasses rebuilt."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$model" in value:
        return apps.get_model(value["$model"])._default_manager.get(pk=value["pk"])
    if "$dataclass" in value:
        fields = {key: decode(item) for key, item in value["fields"].items()}
        return import_string(value["$dataclass"])(**fields)
    return {key: decode(item) for key, item in value.items()}
