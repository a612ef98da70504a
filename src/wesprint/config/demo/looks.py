"""What a thing of the demo looks like beyond its kind: a picture must show what its title says."""

from __future__ import annotations

from collections.abc import Mapping

Colour = tuple[int, int, int]

# The sign of a kind shows one thing of it (a ball for sports gear); these titles name another.
SIGNS: Mapping[str, str] = {
    "Akkordeon, 48 Bässe": "thing-accordion",
    "Anzug, dunkelblau": "thing-suit",
    "Bierkrüge": "thing-mug",
    "Blockflöte": "thing-recorder",
    "Couchtisch, Nierenform": "thing-kidney-table",
    "Einmachgläser mit Ring": "thing-jar",
    "Freischwinger, Stahlrohr": "thing-cantilever",
    "Gummistiefel für Kinder": "thing-boot",
    "Gusseiserne Pfanne": "thing-pan",
    "Holzeisenbahn, eine Kiste": "thing-train",
    "Hörspiele auf Kassette": "thing-cassette",
    "Jeans, gemischt": "thing-jeans",
    "Kerzenständer, Messing": "thing-candlestick",
    "Lederrucksack": "thing-backpack",
    "Lederstiefel, Gr. 39": "thing-boot",
    "Plattenspieler, geprüft": "thing-turntable",
    "Pullover und Hemden": "thing-sweater",
    "Puppenhaus mit Möbeln": "thing-dolls-house",
    "Rahmen aus Eiche": "thing-wall-mirror",
    "Schaukelstuhl, neu geflochten": "thing-rocking-chair",
    "Schlitten, Esche": "thing-sledge",
    "Schreibtischlampe, grün": "thing-desk-lamp",
    "Schulranzen mit Reflektoren": "thing-backpack",
    "Sideboard der 60er, Nussbaum": "thing-sideboard",
    "Stehlampe mit Stoffschirm": "thing-floor-lamp",
    "Steingutschüsseln": "thing-bowl",
    "Tischtennisschläger mit Netz": "thing-bat",
    "Waffeleisen für Herzen": "thing-waffle",
    "Wanduhr, läuft": "thing-wall-clock",
    "Wandspiegel, Goldrahmen": "thing-wall-mirror",
    "Weidenkorb mit Deckel": "thing-basket",
    "Weinkisten, sechs Stück": "thing-crate",
    "Zelt für zwei": "thing-tent",
}
# Words of a title that say how it looks, most telling first.
COLOURS: Mapping[str, Colour] = {
    "dunkelblau": (52, 70, 108),
    "blau": (70, 110, 160),
    "grün": (88, 120, 84),
    "gelb": (222, 184, 72),
    "schwarz": (66, 66, 68),
    "grau": (150, 152, 152),
    "weiß": (238, 234, 224),
    "gold": (206, 164, 70),
    "messing": (206, 164, 70),
    "edelstahl": (196, 200, 200),
    "gusseisern": (72, 74, 76),
    "stahlrohr": (150, 154, 158),
    "nussbaum": (122, 84, 58),
    "eiche": (186, 142, 92),
    "buche": (206, 160, 112),
    "kiefer": (222, 182, 126),
    "esche": (216, 188, 142),
    "leder": (150, 98, 62),
}


def sign_of(title: str, otherwise: str) -> str:
    return SIGNS.get(title, otherwise)


def colour_of(title: str) -> Colour | None:
    """The colour or the material that a title names; None where it names none."""
    words = title.lower()
    return next((colour for word, colour in COLOURS.items() if word in words), None)
