"""The description of the API: committed, bounded, and read by people too."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from openapi_snapshot import PATH, snapshot

from wesprint.config.urls import api


def test_the_snapshot_is_what_the_code_describes() -> None:
    assert PATH.read_text() == snapshot(), "run `make openapi-snapshot` and look at the change"


def test_every_text_and_number_has_bounds() -> None:
    schema = api.get_openapi_schema()
    loose = [
        (path, one["name"])
        for path, methods in schema["paths"].items()
        for operation in methods.values()
        for one in operation["parameters"]
        if not _bounded(one["schema"])
    ]
    assert loose == []


def _bounded(schema: dict[str, Any]) -> bool:
    kinds = schema.get("anyOf", [schema])
    return all(
        "$ref" in kind
        or kind.get("type") == "null"
        or {"maxLength", "maximum", "enum"} & kind.keys()
        for kind in kinds
    )


@pytest.mark.django_db
def test_people_read_all_operations_on_one_page_without_scripts_of_others() -> None:
    answer = Client().get("/api/")
    text = answer.content.decode()
    assert all(f'id="{op}"' in text for op in ("listItems", "takeIn", "handOver", "getFlows"))
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
