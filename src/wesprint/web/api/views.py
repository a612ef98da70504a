"""The API described for people, and an answer for addresses that it does not have."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from wesprint.web.api import problems
from wesprint.web.api.build import Api
from wesprint.web.api.schema import METHODS


def documentation(api: Api) -> Any:
    """The page of all operations: put together from the description itself."""

    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        schema = api.get_openapi_schema()
        context = {
            "groups": _groups(schema),
            "description": schema["info"]["description"],
            "json_url": reverse("api:openapi-json"),
        }
        return render(request, "web/api.html", context)

    return page


def _groups(schema: dict[str, Any]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            if method in METHODS:
                groups.setdefault(operation["tags"][0], []).append(_shown(path, method, operation))
    return [{"name": name, "operations": found} for name, found in groups.items()]


def _shown(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "text": operation.get("description", ""),
        "needs_key": bool(operation.get("security")),
        "parameters": operation["parameters"],
        "body": body.get("schema", {}).get("$ref", "").rpartition("/")[2],
        "answers": [
            {"status": status, "text": answer["description"]}
            for status, answer in operation["responses"].items()
        ],
    }


@csrf_exempt
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    return problems.problem(problems.unknown_address())
