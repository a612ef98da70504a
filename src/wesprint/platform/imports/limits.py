"""What a table may be, and what is said of one that is not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import Invalid

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 100
MOST_LETTERS = 4_000  # in one cell
MOST_UNPACKED = 192 * 1024 * 1024  # of one part of a workbook
MOST_ELEMENTS = 8_000_000


def refuse(what: object, next: object = "", *, code: str) -> Invalid:
    return Invalid(what, kept=_("Nothing was imported."), next=next, field="file", code=code)


def too_large() -> Invalid:
    return refuse(
        _("This file is larger than 50 MB."),
        _("Please divide it into several files."),
        code="import-too-large",
    )


def too_many_rows() -> Invalid:
    return refuse(
        _("This table has more than %(most)s rows.") % {"most": f"{MOST_ROWS:,}"},
        _("Please divide it into several files."),
        code="import-too-many-rows",
    )


def too_many_columns() -> Invalid:
    return refuse(
        _("This table has more than %(most)s columns.") % {"most": MOST_COLUMNS},
        _("Please leave out what is not needed."),
        code="import-too-many-columns",
    )


def cell_too_long(row: int) -> Invalid:
    return refuse(
        _("Row %(row)s has a cell of more than %(most)s characters.")
        % {"row": row, "most": MOST_LETTERS},
        _("Perhaps a quotation mark is missing there."),
        code="import-cell-too-long",
    )


def no_table() -> Invalid:
    return refuse(
        _("This is no table that we can read."),
        _("Please save it as XLSX, or as CSV in UTF-8."),
        code="import-no-table",
    )


def empty() -> Invalid:
    return refuse(
        _("There is no row below the headings."),
        _("The first row names the columns; the things follow below."),
        code="import-empty",
    )


def suspicious() -> Invalid:
    return refuse(
        _("This file unpacks to far more than a table needs."),
        _("Please save it anew, with this one sheet and its rows only."),
        code="import-bomb",
    )
