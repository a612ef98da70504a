"""On a registered tablet the badge decides who is looking, never an account's session."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from wesprint.apps.account.desk import KEY_COOKIE, desk_of, keep


class DeskMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if KEY_COOKIE not in request.COOKIES or (desk := desk_of(request)) is None:
            return self.get_response(request)
        request.desk = desk  # type: ignore[attr-defined]  # our own attributes
        request.viewer = desk.viewer  # type: ignore[attr-defined]  # our own attribute
        response = self.get_response(request)
        if desk.badge is not None or desk.ended:
            keep(response, desk)
            response["Cache-Control"] = "no-store"
        return response
