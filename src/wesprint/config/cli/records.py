"""`wesprint verify | export | seal | fold`: what the ledger holds, and that it is unchanged."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wesprint.config.cli import output
from wesprint.config.cli.main import setup, with_django
from wesprint.kernel.errors import NotFound

if TYPE_CHECKING:
    from wesprint.platform.ledger.verify import Report
    from wesprint.platform.organisations.models import Centre


OPEN_DATA = "open-data.zip"


def add(commands: Any) -> None:
    verify = commands.add_parser(
        "verify",
        help="is the ledger sealed and unchanged?",
        description="Checks the database, or without it an export. Exit code 1 and the names of "
        "the events when something was changed.",
    )
    verify.add_argument("export", nargs="?", type=Path, help="an export; without it the database")
    verify.add_argument(
        "--seal",
        action="append",
        default=[],
        metavar="HOUSE=HASH",
        help="a seal that you noted from the public page of a house (its slug or code): it must "
        "still be in the chain",
    )
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=_verify)
    export = commands.add_parser("export", help="write the ledger to a file that verify can check")
    export.add_argument("folder", type=Path, help="a folder, or a file that ends in .jsonl")
    export.add_argument("--centre", action="append", default=[], help="only this house (slug)")
    export.add_argument(
        "--open-data",
        action="store_true",
        help=f"instead of the ledger: the public account, as {OPEN_DATA} in the folder",
    )
    export.add_argument(
        "--period",
        default="",
        metavar="2026-11",
        help="of the open data: a year, a month, or two days as 2026-11-03..2026-11-20",
    )
    export.add_argument("--json", action="store_true")
    export.set_defaults(run=with_django(_export))
    seal = commands.add_parser("seal", help="seal new events now (the worker does by itself)")
    seal.set_defaults(run=with_django(_seal))
    fold = commands.add_parser("fold", help="fold new events into the sums now")
    fold.set_defaults(run=with_django(_fold))


def _verify(given: argparse.Namespace) -> int:
    from wesprint.platform.ledger.verify import as_json, render

    report = _report(given)
    output.report(as_json(report), render(report), as_json=given.json)
    return 0 if report.unchanged else 1


def _report(given: argparse.Namespace) -> Report:
    """An export is checked without the database, and without Django."""
    from wesprint.platform.ledger.verify import noted_seal, verify_export

    noted = [noted_seal(text) for text in given.seal]
    if given.export is not None:
        try:
            return verify_export(given.export, noted)
        except FileNotFoundError:
            raise NotFound(f"There is no export at {given.export}.") from None
    setup()
    from wesprint.platform.ledger.checking import verify_database

    return verify_database(noted=noted)


def _export(given: argparse.Namespace) -> None:
    if given.open_data:
        _export_open_data(given)
    else:
        _export_ledger(given)


def _export_open_data(given: argparse.Namespace) -> None:
    from wesprint.apps.flows.public import choice_of, write_package
    from wesprint.platform.base.clock import now
    from wesprint.platform.organisations.selectors import centres

    houses = _centres(given.centre) or centres()
    given.folder.mkdir(parents=True, exist_ok=True)
    path, part = given.folder / OPEN_DATA, given.folder / f"{OPEN_DATA}.part"
    try:
        with part.open("w+b") as file:
            written = write_package(file, houses, choice_of(given.period), now().date())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    answer = {"path": str(path), "files": written.files, "rows": written.rows}
    text = f"{written.rows} rows in {written.files} files written to {path}"
    if not written.at_rest:
        text += "; others wrote meanwhile, so take it again when it is quieter"
    output.report(answer | {"at_rest": written.at_rest}, text, as_json=given.json)


def _export_ledger(given: argparse.Namespace) -> None:
    from wesprint.platform.ledger.export import export
    from wesprint.platform.ledger.models import EconomicEvent
    from wesprint.platform.ledger.verify import counted

    total = EconomicEvent.objects.count()
    with output.progress("Exporting", quiet=given.json) as step:
        written = export(
            given.folder, _centres(given.centre), lambda events: step(events, total, "events")
        )
    answer = {
        "path": str(written.path),
        "centres": written.centres,
        "seals": written.seals,
        "events": written.events,
    }
    text = (
        f"{counted(written.events, 'event')} and {counted(written.seals, 'seal')} "
        f"written to {written.path}"
    )
    output.report(answer, text, as_json=given.json)


def _centres(slugs: list[str]) -> list[Centre] | None:
    from wesprint.platform.organisations.models import Centre

    if not slugs:
        return None
    found = list(Centre.objects.filter(slug__in=slugs).order_by("pk"))
    if missing := set(slugs) - {centre.slug for centre in found}:
        raise NotFound(f"There is no house {', '.join(sorted(missing))}.")
    return found


def _seal(given: argparse.Namespace) -> None:
    from wesprint.platform.ledger.tasks import seal
    from wesprint.platform.ledger.verify import counted

    output.say(f"{counted(seal.call(), 'seal')} made.")


def _fold(given: argparse.Namespace) -> None:
    from wesprint.platform.ledger.tasks import fold
    from wesprint.platform.ledger.verify import counted

    output.say(f"{counted(fold.call(), 'event')} folded.")
