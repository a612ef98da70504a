"""Every operation against its own description, with a real key on a real database, which keeps
what the operations leave behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from tests.conftest import own_database
from tests.world import Town, furnish, make_town

from wesprint.config.urls import api
from wesprint.config.wsgi import application
from wesprint.platform.base.clock import now
from wesprint.platform.tokens.scopes import declared
from wesprint.platform.tokens.services import make_token

# What fits the description may still be against the rules of the house: an unknown category,
# a chair of ten tonnes, a fetching without an address.
FITTING = ["2xx", "401", "403", "404", "409", "422"]
schema = schemathesis.openapi.from_dict(
    api.get_openapi_schema(),
    config=SchemathesisConfig.from_dict(
        {"checks": {"positive_data_acceptance": {"expected-statuses": FITTING}}}
    ),
)
schema.app = application


@pytest.fixture(scope="module")
def key(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Town, str]]:
    """A key of somebody who may do everything here."""
    with django_db_blocker.unblock(), own_database():
        town = furnish(make_town())
        _token, secret = make_token(
            town.ctx("board"),
            owner=town.people["staff"],
            name="Vertrag",
            scopes=tuple(scope.name for scope in declared()),
            expires_on=now().date() + timedelta(days=30),
            centre=town.centre,
        )
        yield town, secret


@pytest.fixture(autouse=True)
def without_limits(settings: Any) -> None:
    settings.API_PER_MINUTE = {"token": 10**9, "address": 10**9}


def rules(examples: int) -> Any:
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )


@schema.parametrize()
@rules(25)
def test_every_operation_does_what_its_description_says(case: Any, key: tuple[Town, str]) -> None:
    check(case, *key)


@pytest.mark.heavy
@schema.parametrize()
@rules(400)
def test_it_does_so_for_hundreds_of_requests(case: Any, key: tuple[Town, str]) -> None:
    check(case, *key)


def check(case: Any, town: Town, secret: str) -> None:
    """Half of what is asked is asked about things that there are."""
    path = case.meta.components.get(ParameterLocation.PATH)
    if path is None or path.mode is GenerationMode.POSITIVE:
        _aim(case.path_parameters, town)
    headers = case.meta.components.get(ParameterLocation.HEADER)
    wrong = headers is not None and headers.mode is GenerationMode.NEGATIVE
    # a key left out on purpose stays out: the answer must be 401, whatever else is asked
    left_out = wrong and "Authorization" not in (case.headers or {})
    case.call_and_validate(headers={} if left_out else {"Authorization": f"Bearer {secret}"})


def _aim(path: dict[str, Any], town: Town) -> None:
    goods = town.things["goods"]
    known = {"slug": town.centre.slug, "item_id": goods["item"], "offer_id": goods["offer"]}
    for name in path.keys() & known.keys():
        if ord(str(path[name])[0]) % 2:
            path[name] = known[name]
