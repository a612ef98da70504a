"""Badges, PINs and tablets: nothing that opens anything is stored readable."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.world import Town, add_person, make_town

from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Invalid
from wesprint.kernel.ids import normalise_id
from wesprint.platform.commands.models import Command
from wesprint.platform.people import selectors, services
from wesprint.platform.people.models import Badge, Device
from wesprint.platform.people.secrets import secret_hash
from wesprint.platform.people.services import PinResult

pytestmark = pytest.mark.django_db


def badge_with_pin(town: Town) -> Badge:
    person = add_person(town, "cashier")
    badge, _code = services.issue_badge(town.ctx("board"), person=person)
    return services.set_pin(town.ctx("board"), badge=badge, pin="4711")


def tries(town: Town, badge: Badge, *pins: str) -> list[PinResult]:
    return [services.try_pin(town.ctx("cashier"), badge=badge, pin=pin) for pin in pins]


def test_a_badge_is_known_by_its_code_and_stored_as_a_hash(clock: FixedClock) -> None:
    town = make_town()
    person = add_person(town, "cashier")
    badge, code = services.issue_badge(town.ctx("board"), person=person)
    assert (len(code), normalise_id(code.lower())) == (20, code)
    assert badge.code_hash == secret_hash(code, "badge")
    assert code not in str(list(Command.objects.values()))
    assert selectors.badge_of(person) == badge


def test_a_double_click_makes_one_badge(clock: FixedClock) -> None:
    town = make_town()
    person = add_person(town, "cashier")
    ctx = town.ctx("board")
    assert services.issue_badge(ctx, person=person) == services.issue_badge(ctx, person=person)
    assert Badge.objects.count() == 1


def test_a_new_badge_ends_the_old_one_but_not_the_pin(clock: FixedClock) -> None:
    town = make_town()
    old = badge_with_pin(town)
    new, _code = services.issue_badge(town.ctx("board"), person=old.person)
    old.refresh_from_db()
    assert (old.revoked_at, new.revoked_at) == (clock.now(), None)
    assert tries(town, new, "4711") == [PinResult.RIGHT]
    services.revoke_badge(town.ctx("board"), badge=new)
    assert selectors.badge_of(old.person) is None


def test_five_wrong_pins_pause_for_a_quarter_of_an_hour(clock: FixedClock) -> None:
    town = make_town()
    badge = badge_with_pin(town)
    wrong = ["0001", "0002", "0003", "0004", "0005"]
    assert tries(town, badge, *wrong) == [PinResult.WRONG] * 4 + [PinResult.LOCKED]
    assert tries(town, badge, "4711") == [PinResult.LOCKED]
    clock.advance(timedelta(minutes=15))
    assert tries(town, badge, "4711", "0001", "4711") == [
        PinResult.RIGHT,
        PinResult.WRONG,
        PinResult.RIGHT,
    ]


def test_a_badge_without_pin_opens_no_money(clock: FixedClock) -> None:
    town = make_town()
    badge, _code = services.issue_badge(town.ctx("board"), person=add_person(town, "cashier"))
    assert tries(town, badge, "", "4711") == [PinResult.NONE, PinResult.NONE]


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "٤٧١١", "1111", "1234", "8765"])
def test_pins_that_are_refused(clock: FixedClock, pin: str) -> None:
    town = make_town()
    badge, _code = services.issue_badge(town.ctx("board"), person=add_person(town, "cashier"))
    with pytest.raises(Invalid):
        services.set_pin(town.ctx("board"), badge=badge, pin=pin)
    badge.refresh_from_db()
    assert badge.pin_hash == ""


def test_a_tablet_is_registered_once_and_taken_back(clock: FixedClock) -> None:
    town = make_town()
    ctx = town.ctx("board")
    by = town.people["board"]

    def register() -> tuple[Device, str]:
        return services.register_device(
            ctx, centre=town.centre, name=" Theke ", lock_after_seconds=60, by=by
        )

    device, key = register()
    assert register() == (device, key)
    assert (device.name, device.key_hash) == ("Theke", secret_hash(key, "device"))
    assert key not in str(list(Command.objects.values()))
    services.revoke_device(town.ctx("board"), device=device)
    assert [entry.revoked_at for entry in selectors.devices_of(town.centre)] == [clock.now()]


@pytest.mark.parametrize(("name", "seconds"), [(" ", 60), ("Theke", 29), ("Theke", 3601)])
def test_tablets_that_are_refused(clock: FixedClock, name: str, seconds: int) -> None:
    town = make_town()
    with pytest.raises(Invalid):
        services.register_device(
            town.ctx("board"), centre=town.centre, name=name, lock_after_seconds=seconds, by=None
        )
