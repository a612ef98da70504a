"""What the pages of this room are about: a role, a badge, a tablet, a floor with a room."""

from __future__ import annotations

from datetime import timedelta

from tests.world import Town

from wesprint.platform.base.clock import now
from wesprint.platform.organisations.services import set_floor, set_space
from wesprint.platform.people import services
from wesprint.platform.people.models import Role
from wesprint.platform.tokens.services import make_token


def fill(town: Town) -> None:
    board = town.people["board"]
    services.issue_badge(town.ctx("board"), person=board)
    device, key = services.register_device(
        town.ctx("board"), centre=town.centre, name="Theke", lock_after_seconds=300, by=board
    )
    floor = set_floor(town.ctx("board"), centre=town.centre, level=-1, name="Keller")
    space = set_space(town.ctx("board"), floor=floor, name="Lager")
    token, _secret = make_token(
        town.ctx("board"),
        owner=board,
        name="Kassenprogramm",
        scopes=("goods.read",),
        expires_on=now().date() + timedelta(days=90),
        centre=town.centre,
    )
    visitor = town.people["volunteer"]
    town.things["account"] = {
        "role": Role.objects.get(person=board).pk,
        "device": device.public_id,
        "device_key": key,
        "key": token.public_id,
        "floor": floor.pk,
        "space": space.pk,
        "link": services.ask_to_confirm(
            town.ctx("board"), person=visitor, email="neu@example.org", purpose="contact"
        ),
    }
