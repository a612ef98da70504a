"""The catalogue of learning steps, who reached them, and whether that may be kept."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import centre_day, check_choice, text_of
from wesprint.apps.team.models import Engagement, Level, ReachedStep, Step
from wesprint.apps.team.selectors.steps import CONSENT, agreed
from wesprint.apps.team.services.engagements import NOTHING_CHANGED, NOTHING_SAVED
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Consent, Person
from wesprint.platform.people.services.consents import record_consent


@command("team.add_step")
def add_step(ctx: Ctx, *, centre: Centre, area: str, level: int, title: str) -> Step:
    """One more thing that can be learned here. Raises Conflict for the same one twice."""
    check_choice(str(level), [str(one) for one in Level.values], "level")
    area, title = text_of(area, 60, "area"), text_of(title, 120, "title")
    for field, text in (("area", area), ("title", title)):
        if not text:
            raise Invalid(
                _("Please fill this in."), kept=NOTHING_SAVED, field=field, code=f"team-no-{field}"
            )
    if Step.objects.filter(centre=centre, area=area, title=title, retired_at=None).exists():
        raise Conflict(
            _("This step is in the catalogue already."),
            kept=NOTHING_CHANGED,
            code="team-step-twice",
        )
    made = Step.objects.create(
        centre=centre, area=area, level=level, title=title, added_at=ctx.occurred_at
    )
    changed(made, "area", "level", "title")
    return made


@command("team.retire_step")
def retire_step(ctx: Ctx, *, step: Step) -> Step:
    """No longer learned here; who reached it keeps it."""
    if step.retired_at is None:
        step.retired_at = ctx.occurred_at
        step.save(update_fields=["retired_at"])
        changed(step, "retired_at")
    return step


@command("team.confirm_step")
def confirm_step(
    ctx: Ctx,
    *,
    engagement: Engagement,
    step: Step,
    on: date | None = None,
    by: Person | None = None,
) -> ReachedStep:
    """A supervisor has seen them do it. Doing it twice keeps the first day. Raises Refused
    without the person's consent."""
    person = engagement.person
    if person is None or not agreed(person):
        raise Refused(
            _("This person has not agreed that steps are kept."),
            kept=NOTHING_CHANGED,
            next=_("They can do so on their own page, or on paper: then note it here first."),
            code="team-no-consent",
        )
    if step.centre_id != engagement.centre_id:
        raise Refused(_("This step belongs to another house."), kept=NOTHING_CHANGED)
    today = centre_day(engagement.centre, ctx.occurred_at)
    if on is not None and on > today:
        raise Invalid(_("This day has not come yet."), kept=NOTHING_SAVED, field="on")
    row, _new = ReachedStep.objects.get_or_create(
        step=step,
        person=person,
        defaults={"on": on or today, "by": by, "noted_at": ctx.occurred_at},
    )
    changed(engagement, "steps")
    return row


@command("team.take_back_step")
def take_back_step(ctx: Ctx, *, reached: ReachedStep) -> None:
    """By the person, who need not say why, or by the lead, where it was a slip."""
    changed(reached.step, "reached")
    reached.delete()


def wording() -> str:
    return _t("Learning steps that I reached are kept until I say otherwise.")


@command("team.agree_to_steps")
def agree_to_steps(ctx: Ctx, *, person: Person, given: bool, on_paper: bool = False) -> Consent:
    """The person's word, on their page or on paper. Taken back: every reached step is deleted."""
    text = wording() + (" " + _t("(on paper)") if on_paper else "")
    if not given:
        ReachedStep.objects.filter(person=person).delete()
    changed(person, "steps")
    return record_consent(ctx, person=person, purpose=CONSENT, given=given, wording=text)
