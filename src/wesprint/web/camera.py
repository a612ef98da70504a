"""Pages on which a camera reads codes (components/camera.html)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from csp.decorators import csp_update
from django.http import HttpResponse

V = TypeVar("V", bound=Callable[..., HttpResponse])


def with_camera(view: V) -> V:
    """The camera's reader is WebAssembly, which a strict policy must allow by name."""
    return csp_update({"script-src": ["'wasm-unsafe-eval'"]})(view)  # type: ignore[return-value]  # typed for views without parts of the address
