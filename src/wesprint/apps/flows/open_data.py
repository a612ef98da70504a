"""The account as open data: CSV files and a Frictionless `datapackage.json`, as one zip.

Everything that the page computes with is in here, so that `docs/recompute.py` finds every figure
of the page from the package alone. Nobody's name is: the ledger's sums know no persons.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from wesprint.apps.flows import tables
from wesprint.apps.flows.periods import Choice
from wesprint.apps.flows.selectors.picture import Picture, picture, version
from wesprint.apps.flows.tables import Table
from wesprint.engines.footprint import METHOD_VERSION
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.web.sheets import Row, csv_lines

LICENCE = {
    "name": "CC0-1.0",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    "title": "Creative Commons Zero v1.0",
}
TRIES = 3


@dataclass(frozen=True, slots=True)
class Written:
    """What a package holds. `at_rest`: nothing was recorded while it was written."""

    files: int
    rows: int
    at_rest: bool


def write_package(
    target: IO[bytes], houses: Sequence[Centre], choice: Choice, day: date
) -> Written:
    """The zip, from the beginning of `target`. Tried again while others write, so that its
    tables belong together; after `TRIES` it is given out as it is."""
    for _try in range(TRIES):
        before = version().recorded
        target.seek(0)
        target.truncate()
        found = picture(houses, choice.period, day)
        files, rows = _write(target, found, houses, choice, day)
        if version().recorded == before:
            return Written(files, rows, at_rest=True)
    return Written(files, rows, at_rest=False)


def _write(
    target: IO[bytes], found: Picture, houses: Sequence[Centre], choice: Choice, day: date
) -> tuple[int, int]:
    resources, count = [], 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for table in tables.of(found, houses, day):
            resource, rows = _add(package, table)
            resources.append(resource)
            count += rows
        text = json.dumps(_descriptor(found, houses, choice, day, resources), indent=1)
        package.writestr("datapackage.json", text + "\n")
    return len(resources) + 1, count


def _add(package: zipfile.ZipFile, table: Table) -> tuple[dict[str, Any], int]:
    digest, size, rows = hashlib.sha256(), 0, -1
    with package.open(f"{table.name}.csv", "w") as file:
        for line in csv_lines(_with_head(table)):
            data = line.encode()
            file.write(data)
            digest.update(data)
            size, rows = size + len(data), rows + 1
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest.hexdigest()}",
        "schema": table.schema,
    }, rows


def _with_head(table: Table) -> Iterator[Row]:
    yield tuple(field.name for field in table.fields)
    yield from table.rows


def _descriptor(
    found: Picture,
    houses: Iterable[Centre],
    choice: Choice,
    day: date,
    resources: list[dict[str, Any]],
) -> dict[str, Any]:
    footprint = found.footprint
    return {
        "profile": "tabular-data-package",
        "name": f"wesprint-flows-{choice.key.replace('..', '-') or 'all'}",
        "title": "Flows of goods: " + ", ".join(house.name for house in houses),
        "created": now().isoformat(timespec="seconds"),
        "licenses": [LICENCE],
        "wesprint": {
            "period": {"key": choice.key or "all", **_ends(choice)},
            "day": day.isoformat(),
            "houses": [house.slug for house in houses],
            "method": METHOD_VERSION,
            "draws": footprint.draws,
            "seed": footprint.seed,
        },
        "resources": resources,
    }


def _ends(choice: Choice) -> dict[str, str]:
    period = choice.period
    return {"first_day": period.start.isoformat(), "last_day": period.last_day.isoformat()}
