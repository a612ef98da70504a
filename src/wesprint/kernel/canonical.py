"""One value, one sequence of bytes: canonical JSON in the spirit of RFC 8785.

Objects are sorted by the UTF-16 code units of their keys, nothing is padded, text is UTF-8.
Two deliberate limits keep the bytes the same in every language: floats are refused (quantities
are whole counts), and so are integers that a double could not hold exactly.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

_REFUSAL = "cannot be written canonically"
MAX_INT = 2**53 - 1

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]

_AS_IT_IS = frozenset({str, bool, type(None)})
_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def canonical(value: Json) -> bytes:
    """The canonical bytes of `value`, without a trailing newline.

    Raises TypeError for a type that JSON has no exact form for (floats, dates, other keys than
    text), ValueError for an integer beyond 2^53 - 1 or text with a lone surrogate.
    """
    return _encoder.encode(_ordered(value)).encode("utf-8")


def parse(data: bytes) -> Json:
    """The value of canonical bytes; raises ValueError if the bytes are not exactly canonical,
    so that no second spelling of the same value (blanks, order, double keys) slips through."""
    try:
        value: Json = json.loads(data)
        same = canonical(value) == data
    except (TypeError, RecursionError) as error:
        raise ValueError(f"not canonical JSON: {error}") from error
    if not same:
        raise ValueError("not canonical JSON")
    return value


def _ordered(value: Json) -> Json:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return _exact(value)
    if isinstance(value, Mapping):
        # Most values stand for themselves: a call for each of them would cost as much as the rest.
        return {
            key: one if (one := value[key]).__class__ in _AS_IT_IS else _ordered(one)
            for key in _order(tuple(value))
        }
    if isinstance(value, (list, tuple)):
        return [_ordered(item) for item in value]
    raise TypeError(f"{type(value).__name__} {_REFUSAL}")


@lru_cache(maxsize=256)
def _order(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Objects of one kind have the same keys a million times over: they are sorted once."""
    return tuple(sorted(keys, key=_utf16))


def _exact(value: int) -> int:
    if -MAX_INT <= value <= MAX_INT:
        return value
    raise ValueError(f"the integer {value} {_REFUSAL}: a double would round it")


def _utf16(key: object) -> bytes:
    if isinstance(key, str):
        return key.encode("utf-16-be")
    raise TypeError(f"the key {key!r} {_REFUSAL}")
