"""The first visitor does not wait: what every worker would get ready with its first page is got
ready once, before the workers are forked from this process."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

LANGUAGES = ("de", "en")
_log = logging.getLogger(__name__)


def warm_up(application: Any) -> None:
    """Opens what visitors open first, as they would, with all that hangs on it: patterns,
    templates, texts, tables of reference. A page that fails will say so to its visitor."""
    for path in _first_pages():
        for language in LANGUAGES:
            try:
                _open(application, path, language)
            except Exception:  # whatever it is: a slow first page is better than none at all
                _log.warning("warm_up_failed", extra={"path": path}, exc_info=True)
                return
    try:
        _load_towns()
    except Exception:  # a map whose files are gone keeps nobody from starting
        _log.warning("warm_up_failed", extra={"path": "towns"}, exc_info=True)


def _load_towns() -> None:
    """Their addresses, which all workers then share: reading them takes half a second."""
    from django.db import Error

    from wesprint.platform.geo.models import Town
    from wesprint.platform.geo.selectors import KEPT, find

    try:
        for town in Town.objects.all()[:KEPT]:
            find(town, "Hauptstraße 1")
    except Error:  # as below
        return


def _first_pages() -> Iterator[str]:
    from django.db import Error
    from django.urls import reverse

    from wesprint.platform.organisations.models import Centre

    yield reverse("region")
    try:
        slug = Centre.objects.order_by("pk").values_list("slug", flat=True).first()
    except Error:  # a database that does not answer yet keeps nobody from starting
        return
    if slug:
        yield from (reverse(name, args=[slug]) for name in ("house", "goods_shelf", "goods_give"))


def _open(application: Any, path: str, language: str) -> None:
    from django.conf import settings

    address = urlsplit(settings.BASE_URL)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": address.hostname or "localhost",
        "SERVER_PORT": str(address.port or (443 if address.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": address.netloc,
        "HTTP_ACCEPT_LANGUAGE": language,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": address.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    answer = application(environ, lambda _status, _headers, _problem=None: None)
    try:
        b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
