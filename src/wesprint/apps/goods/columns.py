"""The columns of a table of existing stock."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.words import GRADE
from wesprint.platform.imports.kinds import Column

COLUMNS = (
    Column(
        "category",
        _("Kind of thing"),
        (
            "kategorie", "warengruppe", "gruppe", "art", "artikelgruppe", "category", "kind",
            "product type", "typ", "sorte",
        ),
        required=True,
        hint=_("Our name of it, or words that name it clearly: “Stuhl”, “chair”."),
    ),
    Column(
        "title",
        _("Name on the shelf"),
        (
            "bezeichnung", "titel", "name", "artikel", "artikelname", "artikelbezeichnung",
            "title", "item", "product", "produkt",
        ),
    ),
    Column(
        "grade",
        _("Condition"),
        ("zustand", "note", "guete", "qualitaet", "condition", "grade", "quality"),
        required=True,
        choices=[(grade.value, text) for grade, text in GRADE.items()],
    ),
    Column(
        "weight_kg",
        _("Weight in kilograms"),
        ("gewicht", "gewicht kg", "kg", "gewicht in kg", "weight", "weight kg", "masse", "kilo"),
    ),
    Column(
        "weight_g",
        _("Weight in grams"),
        ("gewicht g", "gramm", "gewicht in g", "gewicht in gramm", "weight g", "grams", "masse g"),
    ),
    Column(
        "weighed",
        _("Was it weighed?"),
        ("gewogen", "waage", "weighed", "measured"),
        hint=_("Without such a column the weights count as estimates."),
        choices=[("ja", _("All weights come from a scale"))],
    ),
    Column(
        "price",
        _("Price in euros"),
        (
            "preis", "verkaufspreis", "vk", "vk preis", "preis eur", "preis €", "price",
            "sales price", "betrag",
        ),
        hint=_("What has a price stands in the catalogue at once."),
    ),
    Column(
        "note",
        _("Remark"),
        ("bemerkung", "notiz", "beschreibung", "kommentar", "description", "remark", "comment"),
    ),
    Column(
        "taken_in_on",
        _("Came in on"),
        ("datum", "annahme", "eingang", "eingangsdatum", "angenommen", "date", "received"),
    ),
)  # fmt: skip
