"""The electrical test before the sale: what was measured, with what, by whom."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import ElectricalTest, Item, ItemState, Route
from wesprint.apps.goods.selectors.gates import test_limits
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.services.barring import bar
from wesprint.apps.goods.services.checks import check_choice, text_of
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.selling import take_off_sale
from wesprint.apps.goods.states import check_item
from wesprint.apps.goods.testing import ElectricalReport, verdict
from wesprint.kernel.context import ActorKind, Ctx
from wesprint.kernel.errors import Invalid, Refused
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import operator_of
from wesprint.platform.people.models import Person
from wesprint.platform.reference.models import Measure, ProtectionClass

NOTHING_SAVED = _("Nothing was saved yet.")
MOST = 1_000_000_000  # beyond that a device shows "over range"
_FIELDS = {
    Measure.CONDUCTOR: "conductor",
    Measure.INSULATION: "insulation",
    Measure.LEAKAGE: "leakage",
}


@command("goods.record_test")
def record_test(
    ctx: Ctx, *, item: Item, passed: bool, report: ElectricalReport | None = None
) -> Item:
    """The result of the electrical test (VDE 0701). Failed: it may not be sold and leaves the
    shelf. A passed one needs its report: a tester, a device and values within the limits.

    Raises Invalid for a report that is missing or says nothing, Refused for one that does not
    bear the result, Conflict when the item is reserved or gone.
    """
    item = held(item, "centre", "category")
    if item.state not in (ItemState.TAKEN_IN, ItemState.FOR_SALE):
        check_item(item, ItemState.WITHDRAWN)
    check_report(ctx, item.centre, passed=passed, report=report)
    if report is not None:
        ElectricalTest.objects.create(item=item, **sheet_of(ctx, item.centre, passed, report))
    item.tested_at, item.test_passed = ctx.occurred_at, passed
    if not passed and item.state == ItemState.FOR_SALE:
        item.save(update_fields=["tested_at", "test_passed"])
        item = take_off_sale(ctx, item=item, route=Route.RECYCLE)
        item.tested_at, item.test_passed = ctx.occurred_at, passed
    bar(item, ctx)
    item.save(update_fields=["tested_at", "test_passed", "barred"])
    changed(item, "tested_at", "test_passed")
    return item


def check_report(
    ctx: Ctx, centre: Centre, *, passed: bool, report: ElectricalReport | None
) -> None:
    """Raises Invalid for a report that is missing or says nothing, Refused for one that does
    not bear the result."""
    if report is None:
        if passed:
            raise _missing("device", _("A passed test needs its values, the device and initials."))
        return
    check_choice(report.protection_class, ProtectionClass.values, "protection_class")
    _check_words(report)
    for measure, value in report.values.items():
        if value is not None and not 0 <= value <= MOST:
            raise Invalid(
                _("This value cannot be right."),
                kept=NOTHING_SAVED,
                next=_("Please read it off the device again, and mind the unit."),
                field=_FIELDS[measure],
                code="value",
            )
    if passed:
        _check_passed(ctx, centre, report)


def _check_words(report: ElectricalReport) -> None:
    for name, limit in (("device", 80), ("initials", 8), ("note", 200)):
        text = text_of(getattr(report, name), limit, name)
        if not text and name != "note":
            raise _missing(name, _("The test's sheet says who tested, and with which device."))


def _missing(field: str, words: object) -> Invalid:
    return Invalid(
        words,
        kept=NOTHING_SAVED,
        next=_("Please fill in the test's sheet."),
        field=field,
        code="no-report",
    )


def _check_passed(ctx: Ctx, centre: Centre, report: ElectricalReport) -> None:
    found = verdict(report, test_limits(centre_day(centre, ctx.occurred_at)))
    if found.may_pass:
        return
    if found.missing:
        raise Invalid(
            _("A value is missing: %(measure)s.") % {"measure": found.missing[0].label},
            kept=NOTHING_SAVED,
            next=_("Please measure it, or enter the test as failed."),
            field=_FIELDS[found.missing[0]],
            code="no-value",
        )
    field = _FIELDS[found.broken[0]] if found.broken else "visual_ok"
    raise Refused(
        _("With these values the test is not passed."),
        kept=NOTHING_SAVED,
        next=_("Please check the values, or enter the test as failed."),
        field=field,
        code="not-within-limits",
    )


def sheet_of(ctx: Ctx, centre: Centre, passed: bool, report: ElectricalReport) -> dict[str, object]:
    """The fields of a `TestSheet`."""
    return {
        "protection_class": report.protection_class,
        "visual_ok": report.visual_ok,
        "function_ok": report.function_ok,
        "conductor_mohm": report.conductor_mohm,
        "insulation_kohm": report.insulation_kohm,
        "leakage_ua": report.leakage_ua,
        "device": text_of(report.device, 80, "device"),
        "initials": text_of(report.initials, 8, "initials"),
        "tester": _tester(ctx, centre),
        "passed": passed,
        "note": text_of(report.note, 200, "note"),
        "tested_at": ctx.occurred_at,
    }


def _tester(ctx: Ctx, centre: Centre) -> Person | None:
    """Whoever signed in; a shared tablet is nobody, then the initials say who it was."""
    if ctx.actor.kind is not ActorKind.PERSON:
        return None
    operator = operator_of(centre, centre_day(centre, ctx.occurred_at))
    who = Q(user__public_id=ctx.actor.ident) | Q(public_id=ctx.actor.ident)
    return Person.objects.filter(who, organisation=operator).first()
