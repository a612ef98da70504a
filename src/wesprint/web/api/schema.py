"""The description of the API, completed by what holds for every operation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wesprint.web.api.problems import MEDIA_TYPE, Problem

REF = "#/components/schemas/Problem"
METHODS = ("get", "post", "put", "patch", "delete")
ALWAYS = {
    400: "The request could not be read.",
    404: "Not there, or not for this reader.",
    422: "Some of the entries cannot be right.",
    429: "Too many requests within a minute; see Retry-After.",
    503: "Busy or unavailable for a moment; see Retry-After.",
}
WITH_KEY = {401: "No key that counts.", 403: "Not allowed to this key or its owner."}
WRITING = {
    409: "Somebody was faster, or the Idempotency-Key was used for another request.",
    413: "The request is too large.",
}


def complete(schema: Any) -> dict[str, Any]:
    found = dict(schema)
    for method, operation in operations(found):
        _add_problems(method, operation)
    components = found.setdefault("components", {})
    _add_models(components.setdefault("schemas", {}))
    return found


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in schema["paths"].values():
        for method, operation in path.items():
            if method in METHODS:
                yield method, operation


def query_names(schema: dict[str, Any]) -> dict[tuple[str, str], frozenset[str]]:
    """By method and Django's route: names of the query parameters."""
    return {
        (method.upper(), re.sub(r"{(\w+)}", r"<\1>", path).lstrip("/")): frozenset(
            one["name"] for one in operation["parameters"] if one["in"] == "query"
        )
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    }


def _add_problems(method: str, operation: dict[str, Any]) -> None:
    wanted = dict(ALWAYS)
    if operation.get("security"):
        wanted |= WITH_KEY
    if method != "get":
        wanted |= WRITING
    else:
        operation["responses"][304] = {"description": "Unchanged since the ETag that was sent."}
    for status, text in sorted(wanted.items()):
        content = {MEDIA_TYPE: {"schema": {"$ref": REF}}}
        operation["responses"][status] = {"description": text, "content": content}


def _add_models(schemas: dict[str, Any]) -> None:
    model = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= model.pop("$defs", {})
    schemas["Problem"] = model
