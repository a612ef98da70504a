"""The order of the house stands in three places; here they are held together."""

import tomllib

from django.conf import settings

from wesprint.web.rooms import ORDER

from .conftest import ROOT

TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
CONTRACTS = TOOLS["importlinter"]["contracts"]


def lowest_first(contract: str) -> list[str]:
    layers = next(one["layers"] for one in CONTRACTS if one["id"] == contract)
    return [name.strip("()") for name in reversed(layers)]


def test_the_rooms_have_one_order() -> None:
    assert lowest_first("rooms") == list(ORDER)


def test_the_parts_of_the_platform_have_one_order() -> None:
    assert [f"wesprint.platform.{part}" for part in lowest_first("ground-floor")] == list(
        settings.PLATFORM
    )


def test_rooms_are_installed_in_their_order() -> None:
    names = [path.rsplit(".", 1)[1] for path in settings.ROOMS]
    assert names == sorted(names, key=list(ORDER).index)
