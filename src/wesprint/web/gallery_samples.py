"""Sample data of the gallery: what rooms pass to the components, in the shape they take."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import segno

from wesprint.platform.base.clock import now
from wesprint.platform.geo.models import Town
from wesprint.web.maps import Area, Line, Place, shown

WORLDS = {
    "work": "Arbeiten",
    "administration": "Verwaltung",
    "learning": "Lernen",
    "living": "Leben",
}
Sample = dict[str, Any]


def samples() -> Sample:
    at = now()
    return {
        "house": town_house(),
        "station": station(),
        "categories": categories(),
        "grades": grades(),
        "steps": steps(),
        "table": table(),
        "events": events(at),
        "facts": facts(),
        "masses": masses(),
        "goods": goods(),
        "crumbs": [
            {"label": "Das Haus", "url": "#"},
            {"label": "Warenhaus", "url": "#"},
            {"label": "Kommode", "url": ""},
        ],
        "tabs": [
            {"label": "Alle", "url": "#", "current": True},
            {"label": "Wartet", "url": "#", "count": 3},
            {"label": "Erledigt", "url": "#"},
        ],
        "chips": [
            {"label": "Möbel", "url": "#", "current": True},
            {"label": "Küche", "url": "#"},
            {"label": "Bücher", "url": "#"},
        ],
        "qr_code": segno.make("https://example.org/p/K7M2Q4P9RA").svg_data_uri(scale=4, border=0),
        **charts(),
    }


def _world(key: str) -> Sample:
    return {"key": key, "label": WORLDS[key]}


def _room(
    title: Any, text: Any, *, url: str = "#", now: bool = False, empty: bool = False
) -> Sample:
    return {"title": title, "text": text, "url": url, "now": now, "empty": empty}


def town_house() -> Sample:
    return {
        "name": "Kaufhaus am Markt",
        "roof": "Heute offen bis 18 Uhr",
        "floors": [
            _floor(
                "3. Etage",
                ["work"],
                [
                    _room("Gemeinschaftsbüro", "14 von 22 Plätzen frei"),
                    _room("Noch leer", "Ihre Idee?", empty=True),
                ],
            ),
            _floor(
                "2. Etage",
                ["learning"],
                [
                    _room("Stühle flechten", "10 bis 13 Uhr, noch 2 Plätze", now=True),
                    _room("Saal", "frei ab 15 Uhr"),
                ],
            ),
            _floor(
                "1. Etage",
                ["administration"],
                [
                    _room("Bürgerbüro", "etwa 5 Min. warten", now=True),
                    _room("Energieberatung", "Montag 9 Uhr"),
                ],
            ),
            _floor(
                "Erdgeschoss",
                ["living"],
                [
                    _room("Warenhaus", "37 neue Stücke heute", now=True),
                    _room("Werkstatt", "Reparaturtisch offen", now=True),
                    _room("Lastenräder", "3 unterwegs"),
                ],
            ),
        ],
        "week": [],
        "weekday_note": "",
    }


def _floor(label: Any, worlds: list[str], rooms: list[Sample]) -> Sample:
    return {"level_label": label, "worlds": [_world(key) for key in worlds], "rooms": rooms}


def station() -> Sample:
    days = [
        ("Montag", "Mo", "living"),
        ("Dienstag", "Di", "administration"),
        ("Mittwoch", "Mi", "learning"),
        ("Donnerstag", "Do", "living"),
        ("Freitag", "Fr", "work"),
        ("Samstag", "Sa", "living"),
        ("Sonntag", "So", ""),
    ]
    return {
        "name": "Alter Bahnhof",
        "roof": "Heute offen bis 18 Uhr",
        "floors": [
            _floor(
                "Erdgeschoss",
                ["living"],
                [
                    _room("Warenhaus", "12 Stücke, bringen und mitnehmen", now=True),
                    _room("Kaffee", "bis 17 Uhr", now=True),
                ],
            )
        ],
        "week": [
            {
                "label": label,
                "short": short,
                "world": _world(world) if world else None,
                "today": index == 5,
            }
            for index, (label, short, world) in enumerate(days)
        ],
        "weekday_note": "Dienstags ist die Verwaltung da, mittwochs sind Kurse.",
    }


def categories() -> list[Sample]:
    rows = [
        ("chest-of-drawers", "Kommode", "32 kg"),
        ("chair", "Stuhl", "6 kg"),
        ("table", "Tisch", "24 kg"),
        ("shelf", "Regal", "28 kg"),
        ("lamp", "Lampe", "3 kg"),
        ("kettle", "Wasserkocher", "1,1 kg"),
        ("dishes", "Geschirr", "Posten"),
        ("bicycle", "Fahrrad", "15 kg"),
    ]
    return [
        {"value": slug, "label": label, "note": note, "icon": f"cat-{slug}", "checked": index == 0}
        for index, (slug, label, note) in enumerate(rows)
    ]


def grades() -> list[Sample]:
    words = ["wie neu", "gut", "braucht Hand", "Teile"]
    return [
        {"value": letter, "letter": letter, "label": word, "checked": letter == "C"}
        for letter, word in zip("ABCD", words, strict=True)
    ]


def steps() -> list[Sample]:
    return [
        {"label": "Spender:in", "state": "done", "url": "#"},
        {"label": "Artikel", "state": "now"},
        {"label": "Weg", "state": "next"},
        {"label": "Etikett", "state": "next"},
    ]


def table() -> Sample:
    return {
        "columns": [
            {"label": "Artikel"},
            {"label": "Stand"},
            {"label": "Gewicht", "kind": "number", "url": "#", "sort": "descending"},
            {"label": "Preis", "kind": "number"},
        ],
        "rows": [
            {"cells": ["Kommode", "in der Werkstatt", "31,5 kg", "80,00 €"], "url": "#"},
            {"cells": ["Wasserkocher", "wird geprüft", "1,1 kg", ""], "url": "#"},
            {"cells": ["Bücher", "im Laden", "12 kg", "1,50 €"], "url": "#", "selected": True},
        ],
        "foot": ["Zusammen", "", "44,6 kg", "81,50 €"],
    }


def events(at: datetime) -> list[Sample]:
    return [
        {"title": "Übergeben", "icon": "give", "state": "next", "text": "geplant für Samstag"},
        {
            "title": "In der Werkstatt",
            "when": at - timedelta(minutes=40),
            "icon": "route-workshop",
            "state": "now",
            "text": "Links fehlt ein Scharnier.",
        },
        {"title": "Gewogen und eingestuft", "when": at - timedelta(days=1), "icon": "scale"},
        {"title": "Angenommen", "when": at - timedelta(days=1, hours=1), "icon": "box"},
    ]


def facts() -> list[Sample]:
    return [
        {"label": "Gewicht", "value": "31,5 kg"},
        {"label": "Zustand", "value": "C, braucht Hand"},
        {"label": "Vermieden", "value": "20–70 kg CO₂e"},
        {"label": "Artikelpass", "value": "K7M2Q4P9RA", "url": "#"},
    ]


def masses() -> Sample:
    """A table of which a shelf was made."""

    def part(label: str, text: str, x: str, share: str, colour: int) -> Sample:
        return {"label": label, "text": text, "x": x, "share": share, "colour": colour}

    return {
        "went_in": [
            part("Dinge", "18,850 kg", "0", "99.04", 1),
            part("Teile und Material", "0,182 kg", "99.04", "0.96", 3),
        ],
        "came_out": [
            part("Ergebnis", "10,368 kg", "0", "54.48", 1),
            part("Reste", "8,604 kg", "54.48", "45.21", 4),
            part("Staub", "0,060 kg", "99.69", "0.31", 2),
        ],
        "in_sum": "19,032 kg",
        "out_sum": "19,032 kg",
        "closed": True,
    }


def goods() -> list[Sample]:
    return [
        {
            "title": "Kommode, Eiche",
            "icon_name": "cat-chest-of-drawers",
            "facts": "31,5 kg, Zustand B",
            "cents": 8000,
            "tag": "heute neu",
            "tag_kind": "now",
        },
        {
            "title": "Wasserkocher, geprüft",
            "icon_name": "cat-kettle",
            "facts": "1,1 kg, Zustand A",
            "cents": 900,
        },
        {
            "title": "Kinderfahrrad, 16 Zoll",
            "icon_name": "cat-kids-bike",
            "facts": "9 kg, Zustand B",
            "cents": 4500,
            "tag": "reserviert",
            "tag_kind": "plain",
        },
        {"title": "Romane, eine Kiste", "icon_name": "cat-books", "facts": "12 kg", "cents": 0},
    ]


def charts() -> Sample:
    flows = [
        ("Wohnungen", "Laden", 8200),
        ("Wohnungen", "Werkstatt", 3400),
        ("Läden am Ort", "Laden", 1900),
        ("Wohnungen", "Wertstoffhof", 1200),
        ("Werkstatt", "Laden", 2600),
        ("Werkstatt", "Wertstoffhof", 800),
        ("Laden", "Haushalte", 11100),
        ("Laden", "Lager", 1600),
    ]
    names = {
        "Wohnungen": 1,
        "Läden am Ort": 3,
        "Werkstatt": 2,
        "Laden": 1,
        "Haushalte": 5,
        "Lager": 4,
        "Wertstoffhof": 4,
    }
    months = ["Jun", "Jul", "Aug", "Sep", "Okt", "Nov"]
    values = [820, 940, 610, 1210, 1380, 1490]
    ranges = [
        ("Kommode", 40, 160, 420, "40–420 kg CO₂e"),
        ("Wasserkocher", 2, 9, 31, "2–31 kg CO₂e"),
        ("Fahrrad", -5, 38, 120, "-5 bis 120 kg CO₂e"),
    ]
    return {
        "sankey": {
            "nodes": [{"name": name, "colour": colour} for name, colour in names.items()],
            "links": [
                {"source": one, "target": other, "value": kilos, "text": f"{kilos} kg"}
                for one, other, kilos in flows
            ],
        },
        "sankey_table": {
            "columns": [{"label": "von"}, {"label": "nach"}, {"label": "kg", "kind": "number"}],
            "rows": [{"cells": [one, other, kilos]} for one, other, kilos in flows],
        },
        "bars": {
            "categories": months,
            "unit": "kg",
            "series": [{"name": "angenommen", "values": values}],
        },
        "lines": {
            "categories": months,
            "unit": "kg",
            "series": [
                {"name": "angenommen", "values": values},
                {"name": "übergeben", "values": [500, 760, 700, 980, 1150, 1320]},
            ],
        },
        "ranges": {
            "unit": "kg CO₂e",
            "rows": [
                {"name": name, "low": low, "central": central, "high": high, "text": text}
                for name, low, central, high, text in ranges
            ],
        },
        "ranges_table": {
            "columns": [{"label": "Art"}, {"label": "kg CO₂e", "kind": "number"}],
            "rows": [{"cells": [name, text]} for name, _low, _central, _high, text in ranges],
        },
        "bars_table": {
            "columns": [{"label": "Monat"}, {"label": "kg", "kind": "number"}],
            "rows": [{"cells": list(pair)} for pair in zip(months, values, strict=True)],
        },
    }


def house_page(kind: str) -> Sample:
    shown = station() if kind == "station" else town_house()
    return {"house": shown, "heading": "Heute im Haus", "kind": kind}


def counter() -> Sample:
    return {
        "categories": categories(),
        "grades": grades(),
        "steps": steps(),
        "at_desk": {"name": "M.", "device": "Theke 1", "locks_in": 240, "lock_url": "#"},
        "sample_links": [
            {"label": "Annahme", "href": "#", "current": True},
            {"label": "Angebote", "href": "#", "count": 3},
            {"label": "Übergabe", "href": "#"},
        ],
    }


def maps() -> Sample:
    """In the first town that was imported: two stops, the way between them, and what is near."""
    town = Town.objects.first()
    lat, lon = _middle(town) if town else (49.4447, 7.7709)
    stops: list[Place | Line | Area] = [
        Place("Kaufhaus", lat, lon, "Hier beginnt die Tour", "#", tone="now"),
        Place("Bäckerei", lat + 0.004, lon + 0.005, "10.20 Uhr", "#", "1", "1"),
        Place("Töpferei", lat - 0.003, lon + 0.007, "10.40 Uhr", "#", "2", "1"),
    ]
    way = tuple(point for stop in stops for point in stop.points)
    near = tuple((lat + y * 0.005, lon + x * 0.008) for x, y in ((-1, 0), (0, 1), (1, 0), (0, -1)))
    features = [*stops, Line("Weg der Tour", way, "1,4 km", tone="1"), Area("Zu Fuß", near)]
    return {
        "map_sample": shown("Eine Tour", features, town=town),
        "map_nowhere": shown("Ohne Karte", [Place("Insel", 0.0, 0.0, "ohne eingelesene Stadt")]),
    }


def _middle(town: Town) -> tuple[float, float]:
    return (town.south + town.north) / 2, (town.west + town.east) / 2
