"""`wesprint import`: a table of existing stock, with its preview, from the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wesprint.config.cli import output
from wesprint.config.cli.main import with_django
from wesprint.config.cli.users import cli_ctx
from wesprint.kernel.errors import Invalid, NotFound

if TYPE_CHECKING:
    from wesprint.kernel.context import Ctx
    from wesprint.platform.imports.models import Import
    from wesprint.platform.organisations.models import Centre

BLOCK = 1 << 20
SHOWN = 20


def add(commands: Any) -> None:
    parser = commands.add_parser(
        "import",
        help="bring a table of existing stock",
        description="Reads CSV or XLSX, checks every row by the rules of the counter, and takes "
        "in all of them or none. Exit code 2 when rows are faulty: each is named.",
    )
    parser.add_argument("kind", choices=["goods"], help="what the table holds")
    parser.add_argument("file", type=Path)
    parser.add_argument("--centre", required=True, metavar="SLUG")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=HEADING",
        help="which column of the file is meant, where it is not recognised by its heading",
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="COLUMN=VALUE", help="holds for all rows"
    )
    parser.add_argument("--dry-run", action="store_true", help="check only")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=with_django(_import))


def _import(given: argparse.Namespace) -> int:
    from wesprint.platform.imports import services, tasks

    ctx = cli_ctx("brought on the command line")
    row = _brought(ctx, given)
    mapping = row.mapping | {name: _place(row, heading) for name, heading in _pairs(given.map)}
    row = services.start_check(
        ctx.sub("check"), of=row, mapping=mapping, defaults=dict(_pairs(given.set)), enqueue=False
    )
    tasks.check.call(row.public_id, ctx.locale)
    row.refresh_from_db()
    if row.state != "checked" or row.faulty or given.dry_run:
        return _checked(ctx, row, given)
    services.confirm(ctx.sub("confirm"), of=row, enqueue=False)
    tasks.post.call(row.public_id, ctx.locale)
    row.refresh_from_db()
    return _told(row, given)


def _brought(ctx: Ctx, given: argparse.Namespace) -> Import:
    from wesprint.platform.imports import services

    if not given.file.is_file():
        raise NotFound(f"There is no file {given.file}.")
    return services.bring(
        ctx.sub("bring"),
        centre=_centre(given.centre),
        kind=given.kind,
        name=given.file.name,
        blocks=_blocks(given.file),
    )


def _centre(slug: str) -> Centre:
    from wesprint.platform.organisations.models import Centre

    found = Centre.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(f"There is no house {slug}.")
    return found


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as handle:
        while block := handle.read(BLOCK):
            yield block


def _pairs(texts: list[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise Invalid(f"{text} is not of the form COLUMN=VALUE.")
        yield name, value


def _place(row: Import, heading: str) -> int:
    if heading not in row.headings:
        raise Invalid(
            f"The file has no column “{heading}”.", next=f"It has: {', '.join(row.headings)}."
        )
    return int(row.headings.index(heading))


def _checked(ctx: Ctx, row: Import, given: argparse.Namespace) -> int:
    """Not imported: tell why, and keep nothing of it."""
    from wesprint.platform.imports import services
    from wesprint.platform.imports.selectors import faults_of

    faults = [
        {"row": one.row, "column": one.column, "what": one.what, "next": one.next}
        for one in islice(faults_of(row), None if given.json else SHOWN)
    ]
    answer = _answer(row) | {"faults": faults}
    if row.state == "checked":
        services.discard(ctx.sub("discard"), of=row)
    lines = [f"row {one['row']}, {one['column']}: {one['what']} {one['next']}" for one in faults]
    text = f"{row.rows} rows checked, {row.faulty} faulty; nothing was imported. {row.why}"
    output.report(answer, "\n".join([*lines, text.strip()]), as_json=given.json)
    return 2 if row.faulty or row.why else 0


def _told(row: Import, given: argparse.Namespace) -> int:
    text = f"{row.moved} things came in. {row.why}".strip()
    output.report(_answer(row), text, as_json=given.json)
    return 0 if row.state == "done" else 1


def _answer(row: Import) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "state": row.state,
        "format": row.format,
        "encoding": row.encoding,
        "mapping": row.mapping,
        "rows": row.rows,
        "faulty": row.faulty,
        "why": row.why,
    }
