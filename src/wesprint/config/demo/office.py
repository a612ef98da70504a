"""What the office of the demo's town has done: old stock brought as a table, and a key for the
program of the town hall."""

from __future__ import annotations

from datetime import datetime, timedelta

from wesprint.config.demo.stage import Script
from wesprint.platform.imports import services as imports
from wesprint.platform.imports import tasks
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person
from wesprint.platform.tokens.services import make_token

TABLE = """Kategorie;Bezeichnung;Zustand;Gewicht (kg);Preis;Eingangsdatum
Stuhl;Bugholzstuhl aus dem alten Lager;B;4,6;18,00;{day}
Stuhl;Küchenstuhl, blau lackiert;C;4,1;8,00;{day}
Kommode;Waschkommode mit Marmorplatte;B;52;120,00;{day}
Spiegel;Garderobenspiegel;B;6,2;22,00;{day}
Bücher;Reiseführer, ein Karton;B;11,5;15,00;{day}
Geschirr;Kaffeeservice für sechs;A;5,4;35,00;{day}
"""


def furnish_office(script: Script, at: datetime, town: Centre, board: Person) -> None:
    _bring_old_stock(script, at, town)
    make_token(
        script.ctx(town.scope, at),
        owner=board,
        name="Abfallbilanz der Stadt",
        scopes=("flows.read",),
        expires_on=at.date() + timedelta(days=300),
        centre=town,
    )


def _bring_old_stock(script: Script, at: datetime, town: Centre) -> None:
    """As in the office: brought, checked, confirmed."""
    text = TABLE.format(day=(at - timedelta(days=40)).strftime("%d.%m.%Y"))
    row = imports.bring(
        script.ctx(town.scope, at),
        centre=town,
        kind="goods",
        name="altes-lager.csv",
        blocks=iter([text.encode()]),
    )
    imports.start_check(
        script.ctx(town.scope, at), of=row, mapping=row.mapping, defaults={}, enqueue=False
    )
    tasks.check.call(row.public_id)
    imports.confirm(script.ctx(town.scope, at), of=row, enqueue=False)
    tasks.post.call(row.public_id)
