"""Recording what stands beside the figures, and counting the buyers' answers."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.utils.translation import gettext_lazy as _

from wesprint.apps.flows.models import Activity, AnswerCount, Baseline, BaselineKind, OwnUse
from wesprint.engines.footprint import Answers
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.words import Words
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.models import Category
from wesprint.web.rooms import Answered

MOST = 10**12  # thousandths; more in a month is a slip
KEPT = _("Nothing was saved yet.")


@command("flows.record_use")
def record_use(
    ctx: Ctx, *, centre: Centre, month: date, activity: str, quantity: int, note: str = ""
) -> OwnUse:
    """What the house used in a month, in thousandths of the activity's unit. Recording a month
    again replaces it: meters are read wrong, and bills come late.

    Raises Invalid for a month that has not begun and for an impossible quantity.
    """
    _check_choice(activity, Activity.values, "activity")
    _check_day(ctx, centre, month.replace(day=1), "month")
    _check_quantity(quantity, "quantity")
    row, _new = OwnUse.objects.update_or_create(
        centre=centre,
        month=month.replace(day=1),
        activity=activity,
        defaults={
            "quantity": quantity,
            "note": note.strip()[:200],
            "recorded_at": running_command().recorded_at,
        },
    )
    changed(row, "quantity", "note")
    return row


@command("flows.record_baseline")
def record_baseline(
    ctx: Ctx,
    *,
    centre: Centre,
    kind: str,
    unit: Words | str,
    value: int,
    as_of: date,
    source: Words | str,
    note: str = "",
) -> Baseline:
    """How it was before, in thousandths of `unit`. Raises Invalid without a source: a figure
    that nobody can look up is none."""
    _check_choice(kind, BaselineKind.values, "kind")
    _check_day(ctx, centre, as_of, "as_of")
    _check_quantity(value, "value")
    row = Baseline.objects.create(
        centre=centre,
        kind=kind,
        unit=_said(unit, 40, "unit"),
        value=value,
        as_of=as_of,
        source=_said(source, 160, "source"),
        note=note.strip()[:300],
        recorded_at=running_command().recorded_at,
    )
    changed(row, "kind", "value")
    return row


@command("flows.withdraw_baseline")
def withdraw_baseline(ctx: Ctx, *, baseline: Baseline) -> Baseline:
    """It was wrong: it is shown no more, and stays readable in the records."""
    row = Baseline.objects.select_for_update().get(pk=baseline.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at = ctx.occurred_at
        row.save(update_fields=["withdrawn_at"])
        changed(row, "withdrawn_at")
    return row


@command("flows.keep_answers")
def keep_answers(ctx: Ctx, *, centre: Centre, found: list[Answered]) -> int:
    """Replace a house's counted answers by these; how many months and categories they are."""
    pks = dict(Category.objects.values_list("slug", "pk"))
    sums: dict[tuple[date, str], Answers] = defaultdict(Answers)
    for one in found:
        sums[one.month, one.category] += Answers(one.yes, one.perhaps, one.no)
    AnswerCount.objects.filter(centre=centre).delete()
    rows = [
        AnswerCount(
            centre=centre,
            month=month,
            category_id=pks[slug],
            yes=given.yes,
            perhaps=given.perhaps,
            no=given.no,
            counted_at=ctx.occurred_at,
        )
        for (month, slug), given in sorted(sums.items(), key=lambda pair: pair[0])
        if slug in pks
    ]
    AnswerCount.objects.bulk_create(rows)
    return len(rows)


def _check_choice(value: str, known: list[str], field: str) -> None:
    if value not in known:
        raise Invalid(_("Please choose one of the list."), kept=KEPT, field=field)


def _check_day(ctx: Ctx, centre: Centre, day: date, field: str) -> None:
    if day > ctx.occurred_at.astimezone(centre.tz).date():
        raise Invalid(_("This lies in the future."), kept=KEPT, field=field, code="in-the-future")


def _check_quantity(value: int, field: str) -> None:
    if not 0 <= value <= MOST:
        raise Invalid(
            _("This cannot be the quantity."),
            kept=KEPT,
            next=_("Please check the number and its unit."),
            field=field,
            code="implausible",
        )


def _said(text: Words | str, limit: int, field: str) -> Words:
    """At least in the house's own language."""
    words = Words.of(text).stripped()
    if not words.de:
        raise Invalid(_("Please fill this in."), kept=KEPT, field=field, code="missing")
    return Words(**{name: getattr(words, name)[:limit] for name in Words.languages()})
