"""The one direction, where imports do not show it: foreign keys, addresses, includes, accessors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from wesprint.web.rooms import ORDER

SOURCE = Path(settings.SOURCE)
PARTS = [name.rsplit(".", 1)[1] for name in settings.PLATFORM]
LAYERS = ["kernel", "engines", "platform", "web", "apps", "config"]


def _rank(module: str) -> tuple[int, int] | None:
    """Where a dotted module of ours stands: (layer, part or room)."""
    names = module.split(".")
    if names[0] != "wesprint" or len(names) < 3 or names[1] not in LAYERS:
        return None
    layer = LAYERS.index(names[1])
    order = {"platform": PARTS, "apps": ORDER}.get(names[1], [])
    return layer, order.index(names[2]) if names[2] in order else 0


def _foreign_keys() -> Iterator[tuple[str, str, str]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and isinstance(field.related_model, type):
                yield (
                    f"{model._meta.label}.{field.name}",
                    model.__module__,
                    (field.related_model.__module__),
                )


def test_foreign_keys_point_downwards() -> None:
    upward = [
        name
        for name, here, there in _foreign_keys()
        if (low := _rank(here)) and (high := _rank(there)) and high > low
    ]
    assert upward == []


def _url_names() -> dict[str, str]:
    """name of an address -> module of the view behind it."""
    found: dict[str, str] = {}

    def walk(patterns: list[URLPattern | URLResolver]) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns)
            elif pattern.name:
                found[pattern.name] = pattern.callback.__module__

    walk(get_resolver().url_patterns)
    return found


def _templates() -> Iterator[tuple[Path, tuple[int, int]]]:
    for path in sorted(SOURCE.rglob("templates/**/*.*")):
        relative = path.relative_to(SOURCE).parts
        place = f"wesprint.{relative[0]}.{relative[1]}"
        rank = _rank(place)
        if rank is not None:
            yield path, rank


URL_TAG = re.compile(r"""{%-?\s*url\s+["']([\w:-]+)["']""")
INCLUDE = re.compile(r"""{%-?\s*(?:include|extends)\s+["']([\w./-]+?)(?:#[\w-]+)?["']""")


def test_addresses_in_templates_point_downwards() -> None:
    names = _url_names()
    upward = [
        f"{path.relative_to(SOURCE)}: {name}"
        for path, rank in _templates()
        for name in URL_TAG.findall(path.read_text())
        if (target := _rank(names[name])) and target > rank
    ]
    assert upward == []


def _owner_of(template: str) -> tuple[int, int] | None:
    for path, rank in _templates():
        if path.as_posix().endswith(f"/templates/{template}"):
            return rank
    return None


def test_includes_point_downwards_and_exist() -> None:
    wrong = []
    for path, rank in _templates():
        for name in INCLUDE.findall(path.read_text()):
            target = _owner_of(name)
            ours = not name.startswith(("allauth/", "account/", "mfa/", "django/"))
            if (target is None and ours) or (target and target > rank):
                wrong.append(f"{path.relative_to(SOURCE)}: {name}")
    assert wrong == []


REVERSE_USE = re.compile(r"\.(\w+)(?:\.(?:all|filter|exclude|first|count|exists|values)|_set)\b")


def test_reverse_accessors_are_used_upwards_never() -> None:
    """A lower part must not walk back along a foreign key of a higher one."""
    owners: dict[str, tuple[int, int]] = {}
    for model in apps.get_models():
        for relation in model._meta.related_objects:
            rank = _rank(relation.related_model.__module__)
            accessor = relation.get_accessor_name()
            if rank and accessor:
                owners[accessor] = max(rank, owners.get(accessor, (0, 0)))
    wrong = []
    for path in SOURCE.rglob("*.py"):
        here = _rank("wesprint." + ".".join(path.relative_to(SOURCE).with_suffix("").parts))
        if here is None or here[0] > LAYERS.index("apps"):
            continue
        for name in REVERSE_USE.findall(path.read_text()):
            if owners.get(name, (0, 0)) > here:
                wrong.append(f"{path.relative_to(SOURCE)}: {name}")
    assert wrong == []


REQUIRED = {"__init__.py", "apps.py", "room.py", "urls.py", "migrations", "locale", "templates"}
JUNK_DRAWERS = {"utils.py", "helpers.py", "common.py", "misc.py", "signals.py", "admin.py"}


@pytest.mark.parametrize("room", settings.ROOMS)
def test_every_room_has_the_one_shape(room: str) -> None:
    folder = SOURCE.joinpath(*room.split(".")[1:])
    found = {path.name for path in folder.iterdir()}
    assert (REQUIRED - found, JUNK_DRAWERS & found) == (set(), set())
