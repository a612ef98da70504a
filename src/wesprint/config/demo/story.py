"""The words of the demo: who comes, what they bring, and how often."""

from __future__ import annotations

from collections.abc import Mapping

from wesprint.apps.goods.public import ElectricalReport, ProductData
from wesprint.platform.base.words import Words

FIRST_NAMES = (
    "Anneliese", "Ayşe", "Bernd", "Brigitte", "Cem", "Christa", "Dariusz", "Dieter", "Elif",
    "Erika", "Farid", "Franziska", "Gisela", "Günter", "Hannah", "Heinz", "Ingrid", "Jonas",
    "Jutta", "Karin", "Kemal", "Klaus", "Lena", "Lukas", "Magdalena", "Manfred", "Marta",
    "Mehmet", "Monika", "Nadja", "Oksana", "Paul", "Petra", "Rainer", "Renate", "Rosa",
    "Samira", "Sebastian", "Sigrid", "Theresa", "Thomas", "Ulla", "Ursula", "Viktor", "Waltraud",
)  # fmt: skip
LAST_NAMES = (
    "Albers", "Becker", "Bergmann", "Brüggemann", "Demir", "Dröge", "Ebbers", "Feldmann",
    "Grewe", "Hagedorn", "Hense", "Hoffmann", "Ikonomou", "Jansen", "Kaya", "Keuthen", "Klose",
    "Kowalski", "Kramer", "Lübke", "Menke", "Mertens", "Neuhaus", "Nowak", "Öztürk", "Pieper",
    "Rademacher", "Rüther", "Sauer", "Schäfer", "Schmallenberg", "Schulte", "Severin", "Tillmann",
    "Voss", "Wegener", "Wiese", "Yılmaz", "Zacharias", "Zöllner",
)  # fmt: skip
STREETS = (
    "Bännjerstraße", "Benzinoring", "Casimirring", "Eisenbahnstraße", "Feuerbachstraße",
    "Friedenstraße", "Glockenstraße", "Hasenstraße", "Keltenweg", "Leipziger Straße",
    "Mannheimer Straße", "Pariser Straße", "Parkstraße", "Pfaffenbergstraße",
    "Richard-Wagner-Straße", "Sickinger Straße",
)  # fmt: skip

# How many of a hundred things are of this kind. Own estimate, after what shops report.
TOWN_SHELF: Mapping[str, float] = {
    "clothing": 9, "coat": 4, "shoes": 4, "bag": 3, "dress": 2, "bed-linen": 3, "curtain": 1,
    "books": 8, "records-discs": 3, "dishes": 6, "glasses": 4, "pots": 3, "cutlery": 2,
    "toy": 5, "board-game": 3, "soft-toy": 1.5, "pram": 0.8, "vase": 3, "picture-frame": 3,
    "lamp": 3, "ceiling-lamp": 1, "carpet": 1, "christmas-decoration": 1.2, "jewellery-watch": 1,
    "chair": 4, "stool": 1.2, "table": 1.5, "shelf": 1.8, "chest-of-drawers": 1.6, "desk": 1,
    "armchair": 1, "sofa": 0.6, "wardrobe": 0.5, "bed": 0.5, "office-chair": 1, "mirror": 1,
    "storage-box": 1.5, "kettle": 1.4, "toaster": 1.2, "coffee-machine": 1.4, "mixer": 1.2,
    "microwave": 0.6, "vacuum": 1, "iron": 0.8, "sewing-machine": 0.4, "fan-heater": 0.6,
    "radio": 0.9, "hi-fi": 0.8, "monitor": 0.7, "laptop": 0.4, "tv": 0.4, "printer": 0.5,
    "phone": 0.5, "cable-charger": 0.7, "games-console": 0.3, "camera": 0.4,
    "washing-machine": 0.3, "fridge": 0.2, "bicycle": 1.2, "kids-bike": 0.8, "sports-gear": 1.2,
    "suitcase": 0.8, "musical-instrument": 0.4, "hand-tool": 1.2, "power-tool": 0.6,
    "garden-tool": 0.8, "flower-pot": 1, "ladder": 0.3, "lawn-mower": 0.2, "pet-gear": 0.4,
    "building-material": 0.4, "door-window": 0.2, "bathroom-fixture": 0.3, "walking-aid": 0.4,
}  # fmt: skip
# One room has no place for what is large.
TOO_LARGE_FOR_A_ROOM = frozenset(
    ("sofa", "wardrobe", "bed", "washing-machine", "fridge", "building-material", "door-window")
)

NOTES = (
    "", "", "", "Kleine Gebrauchsspuren.", "Aus einem Nachlass, gut gepflegt.",
    "Gereinigt und geprüft.", "Ein Kratzer auf der Rückseite.", "Kaum benutzt.",
)  # fmt: skip

# What people offer, as they write it; the last word says how large it is.
OFFERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("Kommode aus Kiefer",), "L"),
    (("Wasserkocher", "Toaster"), "S"),
    (("Sideboard, etwa 1,60 m",), "L"),
    (("Kinderfahrrad 16 Zoll",), "M"),
    (("Bücher, drei Kisten",), "M"),
    (("Sofa, Zweisitzer, grau",), "XL"),
    (("Kaffeeservice von Oma",), "S"),
    (("Schreibtisch", "Bürostuhl"), "L"),
    (("Nähmaschine",), "M"),
    (("Wintermäntel, vier Stück",), "M"),
    (("Teppich 2 × 3 m",), "L"),
    (("Esstisch mit sechs Stühlen",), "XL"),
    (("Gitarre",), "M"),
    (("Puppenhaus", "Holzeisenbahn"), "M"),
    (("Stehlampe",), "M"),
)
QUESTION = "Passt es durch eine 80 cm breite Tür, und wie breit ist es?"
ANSWER = "1,20 m breit, 80 hoch, 45 tief. Es lässt sich zerlegen."
YES_BRING = "Sehr gern! Bringen Sie es zu unseren Öffnungszeiten an den Eingang hinten."
YES_FETCH = "Sehr gern! Wir rufen an und machen einen Termin mit dem Lastenrad aus."
NO = "Davon haben wir gerade zu viele. In ein paar Wochen nehmen wir es gern."
FULL = Words("Das Lager ist bis dahin voll.", "The store room is full until then.")
FULL_CAGE = 9  # things that make a load worth the way
RECYCLER = {
    "name": "Elektro-Verwertung Westpfalz (Beispiel)",
    "party": "recycler",
    "certificate": "Entsorgungsfachbetrieb, Nr. 4711 (Beispiel)",
}
GOOD_SHEET = ElectricalReport("II", "Gerätetester 1", "EB", insulation_kohm=19_900, leakage_ua=60)
BAD_SHEET = ElectricalReport(
    "II",
    "Gerätetester 1",
    "EB",
    function_ok=False,
    insulation_kohm=310,
    note="Isolation zu schwach",
)
PRODUCT_DATA = ProductData(
    "Kombi-Kinderwagen, Gestell klappbar", warnings="Kind nie unbeaufsichtigt lassen."
)
FULL_KINDS = ("wardrobe", "books")

WASTE_CODES: Mapping[str, tuple[str, str]] = {  # group -> key of the catalogue, route
    "furniture": ("20 01 38", "recycle"),
    "textiles": ("20 01 11", "recycle"),
    "books-media": ("20 01 01", "recycle"),
    "sports-mobility": ("20 01 40", "recycle"),
    "tools-garden": ("20 01 40", "recycle"),
    "kitchenware": ("20 03 01", "dispose"),
    "light-decor": ("20 03 01", "dispose"),
    "children": ("20 03 01", "dispose"),
    "building": ("20 03 07", "dispose"),
}
ELECTRICAL_WASTE = ("20 01 36", "recycle")
REMAINDER = ("20 03 07", "dispose")
