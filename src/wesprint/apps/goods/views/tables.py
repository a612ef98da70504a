"""The office brings existing stock as a table, and takes all of it away as one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.goods.columns import COLUMNS
from wesprint.apps.goods.forms import MappingForm, TableForm
from wesprint.apps.goods.presenters import tables as show
from wesprint.apps.goods.selectors.export import HEAD, stock_rows
from wesprint.apps.goods.views.common import attempt, enter_work, mended
from wesprint.platform.base.sheets import csv_lines, workbook
from wesprint.platform.imports import selectors as ask
from wesprint.platform.imports import services
from wesprint.platform.imports.models import Import, ImportState
from wesprint.platform.organisations.models import Centre
from wesprint.web.http import ctx_of

READ, WRITE = "goods.view_items", "goods.import_stock"
KIND = "goods"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "POST"])
def tables(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file; what was brought lately."""
    centre = enter_work(request, slug, WRITE, WRITE)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        row = attempt(form, lambda: _bring(request, centre, form))
        if row is not None:
            return redirect("goods_table", slug, row.public_id)
    context = {
        "columns": COLUMNS,
        "latest": [show.latest(row, slug) for row in ask.latest_imports(centre, KIND)],
        "latest_columns": show.latest_columns(),
    }
    return mended(request, "goods/tables.html", context, form)


def _bring(request: HttpRequest, centre: Centre, form: TableForm) -> Import:
    upload = form.cleaned_data["file"]
    return services.bring(
        ctx_of(request, centre), centre=centre, kind=KIND, name=upload.name, blocks=upload.chunks()
    )


@never_cache
@require_safe
def table(request: HttpRequest, slug: str, import_id: str) -> HttpResponse:
    centre = enter_work(request, slug, WRITE)
    row = ask.import_of(centre, KIND, import_id)
    return _page(request, row, MappingForm(row))


def _page(request: HttpRequest, row: Import, form: MappingForm) -> HttpResponse:
    context: dict[str, Any] = {"row": row, "progress": show.progress(ask.progress_of(row), row)}
    if row.state in (ImportState.UPLOADED, ImportState.CHECKED):
        context["sample"] = show.sample(row)
    if row.state == ImportState.CHECKED:
        context |= {
            "faults": show.faults(ask.first_faults(row)),
            "fault_columns": show.fault_columns(),
            "preview": show.preview(ask.first_checked(row)),
            "preview_columns": show.preview_columns(),
        }
    return mended(request, "goods/table.html", context, form)


@require_POST
def check(request: HttpRequest, slug: str, import_id: str) -> HttpResponse:
    centre = enter_work(request, slug, WRITE, WRITE)
    row = ask.import_of(centre, KIND, import_id)
    form = MappingForm(row, request.POST)
    if form.is_valid() and attempt(form, lambda: _start(request, row, form)):
        return redirect("goods_table", slug, import_id)
    return _page(request, row, form)


def _start(request: HttpRequest, row: Import, form: MappingForm) -> Import:
    ctx = ctx_of(request, row.centre)
    return services.start_check(ctx, of=row, mapping=form.mapping(), defaults=form.defaults())


@require_POST
def confirm(request: HttpRequest, slug: str, import_id: str) -> HttpResponse:
    centre = enter_work(request, slug, WRITE, WRITE)
    services.confirm(ctx_of(request, centre), of=ask.import_of(centre, KIND, import_id))
    return redirect("goods_table", slug, import_id)


@require_POST
def discard(request: HttpRequest, slug: str, import_id: str) -> HttpResponse:
    centre = enter_work(request, slug, WRITE, WRITE)
    services.discard(ctx_of(request, centre), of=ask.import_of(centre, KIND, import_id))
    messages.success(request, _("The table was put away; nothing of it came in."))
    return redirect("goods_tables", slug)


@require_POST
def call_off(request: HttpRequest, slug: str, import_id: str) -> HttpResponse:
    """While it is at work: it stops."""
    centre = enter_work(request, slug, WRITE, WRITE)
    services.call_off(ctx_of(request, centre), of=ask.import_of(centre, KIND, import_id))
    messages.success(request, _("The import was called off; nothing of it came in."))
    return redirect("goods_table", slug, import_id)


@never_cache
@require_safe
def working(request: HttpRequest, slug: str, import_id: str) -> HttpResponse:
    """The part that asks for itself while a job runs; when it is over, the page is loaded."""
    centre = enter_work(request, slug, WRITE)
    row = ask.import_of(centre, KIND, import_id)
    if row.state not in show.AT_WORK:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    progress = show.progress(ask.progress_of(row), row)
    return render(request, "goods/parts/table_working.html", {"row": row, "progress": progress})


@require_safe
def faults(request: HttpRequest, slug: str, import_id: str) -> StreamingHttpResponse:
    """Every faulty row, for mending the file beside it."""
    centre = enter_work(request, slug, WRITE)
    row = ask.import_of(centre, KIND, import_id)
    lines = csv_lines(
        [str(title) for title in show.FAULT_HEAD], show.fault_cells(ask.faults_of(row))
    )
    return _download(
        StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"),
        f"{row.public_id}-fehler.csv",
    )


@require_safe
def stock_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    centre = enter_work(request, slug, READ)
    lines = csv_lines([str(title) for title in HEAD], stock_rows(centre))
    return _download(
        StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), f"{slug}-bestand.csv"
    )


@require_safe
def stock_xlsx(request: HttpRequest, slug: str) -> FileResponse:
    centre = enter_work(request, slug, READ)
    book = workbook(HEAD, stock_rows(centre), sheet=_("Stock"))
    return FileResponse(
        book, as_attachment=True, filename=f"{slug}-bestand.xlsx", content_type=WORKBOOK
    )


def _download(response: StreamingHttpResponse, name: str) -> StreamingHttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
