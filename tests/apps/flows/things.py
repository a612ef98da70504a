"""What the pages of this room are about: a month of electricity and a baseline."""

from __future__ import annotations

from datetime import date

from tests.world import Town

from wesprint.apps.flows import services


def fill(town: Town) -> None:
    services.record_use(
        town.ctx("board"),
        centre=town.centre,
        month=date(2026, 1, 1),
        activity="electricity",
        quantity=1_250_000,
    )
    before = services.record_baseline(
        town.ctx("board"),
        centre=town.centre,
        kind="bulky-waste",
        unit="t im Jahr",
        value=412_500,
        as_of=date(2025, 12, 31),
        source="Abfallbilanz der Stadt 2025",
    )
    town.things["flows"] = {"baseline": before.public_id}
