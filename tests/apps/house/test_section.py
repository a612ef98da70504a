"""Where a room's line of the day stands in the house."""

from __future__ import annotations

from dataclasses import replace

from wesprint.apps.house.section import (
    Card,
    CardKind,
    FloorToday,
    PlannedFloor,
    PlannedSpace,
    PlannedWorld,
    section,
)
from wesprint.web.rooms import TodayLine

MONDAY, TUESDAY = 0, 1
TOWN = [
    PlannedFloor(2, worlds=(PlannedWorld("learning"),)),
    PlannedFloor(1, "Empore", (PlannedWorld("work"),), (PlannedSpace("Büro", note="14 Plätze"),)),
    PlannedFloor(
        0,
        worlds=(PlannedWorld("living"), PlannedWorld("administration")),
        spaces=(PlannedSpace("Warenhaus", room="goods"), PlannedSpace(), PlannedSpace("Saal")),
    ),
]
STATION = [
    PlannedFloor(
        0,
        worlds=(PlannedWorld("living", MONDAY), PlannedWorld("learning", TUESDAY)),
        spaces=(
            PlannedSpace("Fundbüro", room="goods", weekday=MONDAY),
            PlannedSpace("Kurse", room="events", weekday=TUESDAY),
        ),
    )
]


def line(title: str, room: str, **words: object) -> TodayLine:
    return TodayLine(title, f"{title} heute", room=room, **words)  # type: ignore[arg-type]  # test data


def of_line(title: str, *, text: str = "", **words: object) -> Card:
    return Card(CardKind.LINE, title, text or f"{title} heute", **words)  # type: ignore[arg-type]  # test data


def test_a_line_goes_where_its_room_is_and_else_to_its_world() -> None:
    lines = [
        line("Ware", "goods", open=True, url="/w/"),
        line("Annahme", "goods"),
        line("Stühle flechten", "events", world="learning"),
        line("Räder", "mobility", world="moon"),
    ]
    assert section(TOWN, lines, MONDAY) == (
        FloorToday(2, "", ("learning",), (of_line("Stühle flechten"),)),
        FloorToday(1, "Empore", ("work",), (Card(CardKind.NOTE, "Büro", "14 Plätze"),)),
        FloorToday(
            0,
            "",
            ("living", "administration"),
            (
                of_line("Warenhaus", text="Ware heute", url="/w/", open=True),
                Card(CardKind.EMPTY),
                Card(CardKind.EMPTY, "Saal"),
                of_line("Annahme"),
                of_line("Räder"),
            ),
        ),
    )


def test_a_room_that_says_nothing_today_keeps_its_name_on_the_door() -> None:
    ground = section(TOWN, [], MONDAY)[2]
    assert ground.cards[0] == Card(CardKind.NOTE, "Warenhaus", "")


def test_a_station_shows_only_what_is_there_on_that_weekday() -> None:
    lines = [line("Ware", "goods"), line("Nähkurs", "events")]
    assert section(STATION, lines, MONDAY) == (
        FloorToday(0, "", ("living",), (of_line("Fundbüro", text="Ware heute"),)),
    )
    assert section(STATION, lines, TUESDAY) == (
        FloorToday(0, "", ("learning",), (of_line("Kurse", text="Nähkurs heute"),)),
    )


def test_a_shop_of_other_days_is_not_open_today_whatever_the_hours_say() -> None:
    lines = [line("Ware", "goods", open=True)]
    assert section(STATION, lines, TUESDAY, open_now=True)[0].cards == (
        Card(CardKind.NOTE, "Kurse", "", open=True),
    )


def test_a_station_is_open_with_the_room_of_the_day_and_only_then() -> None:
    office = PlannedSpace("Sprechstunde", note="Rat und Tat", weekday=MONDAY)
    luggage = PlannedSpace("Gepäckraum", note="Schlüssel im Café")
    worlds = (PlannedWorld("administration", MONDAY), PlannedWorld("living", TUESDAY))
    plan = [PlannedFloor(0, worlds=worlds, spaces=(office, luggage))]

    def cards(*, open_now: bool) -> tuple[Card, ...]:
        return section(plan, [], MONDAY, open_now=open_now)[0].cards

    note = Card(CardKind.NOTE, "Sprechstunde", "Rat und Tat")
    always = Card(CardKind.NOTE, "Gepäckraum", "Schlüssel im Café")
    assert cards(open_now=True) == (replace(note, open=True), always)
    assert cards(open_now=False) == (note, always)


def test_a_line_without_a_place_glows_at_a_station_only_in_the_world_of_the_day() -> None:
    lines = [
        line("Ausstellung", "forum", open=True, world="living"),
        line("Team", "team", open=True, world="work"),
    ]
    assert section(STATION, lines, MONDAY, open_now=True)[0].cards == (
        Card(CardKind.NOTE, "Fundbüro", "", open=True),
        of_line("Ausstellung", open=True),
        of_line("Team"),
    )
    town = [card.open for floor in section(TOWN, lines, MONDAY) for card in floor.cards]
    assert sum(town) == 2


def test_a_house_without_a_plan_still_shows_what_is_on() -> None:
    assert section([], [line("Ware", "goods")], MONDAY) == (
        FloorToday(0, "", (), (of_line("Ware"),)),
    )
