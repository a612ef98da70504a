from __future__ import annotations

from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.platform.agents.models import Agent
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.base.words import WordsField


class LegalForm(models.TextChoices):
    COOPERATIVE = "cooperative", _("cooperative (eG)")
    MUNICIPALITY = "municipality", _("municipality")
    ASSOCIATION = "association", _("association (e. V.)")
    COMPANY = "company", _("company")
    FOUNDATION = "foundation", _("foundation")
    FOUNDING_GROUP = "founding-group", _("founding group, no legal form yet")


class World(models.TextChoices):
    WORK = "work", _("Working")
    ADMINISTRATION = "administration", _("Administration")
    LEARNING = "learning", _("Learning")
    LIVING = "living", _("Living")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Organisation(models.Model):
    """A tenant. `charitable_since` decides whether pages may speak of donations at all."""

    public_id = PublicIdField()
    agent = models.OneToOneField(Agent, on_delete=models.PROTECT, related_name="organisation")
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    legal_form = models.CharField(max_length=20, choices=LegalForm)
    charitable_since = models.DateField(null=True, blank=True)
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(legal_form__in=LegalForm.values), name="organisation_legal_form_known"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> str:
        return f"organisation:{self.public_id}"


class CentreKind(models.TextChoices):
    URBAN = "urban", _("town house")
    RURAL = "rural", _("rural house")


COLOUR = RegexValidator(r"^#[0-9a-f]{6}$", _("Please give a colour like #1f5a48."))


class Centre(models.Model):
    """A house: a former department store, a station, a school. Who owns and who runs it are
    dated relations; the house itself has an address, a zone, a federal state and colours."""

    public_id = PublicIdField()
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=CentreKind)
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    town = models.CharField(max_length=80)
    state = models.CharField(max_length=2)  # ISO 3166-2:DE, decides the holidays
    zone = models.CharField(max_length=40, default="Europe/Berlin")
    lat = models.FloatField(null=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])
    lon = models.FloatField(null=True, validators=[MinValueValidator(-180), MaxValueValidator(180)])
    claim = WordsField()
    colour_light = models.CharField(max_length=7, blank=True, validators=[COLOUR])
    colour_dark = models.CharField(max_length=7, blank=True, validators=[COLOUR])
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=CentreKind.values), name="centre_kind_known"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> str:
        return f"centre:{self.public_id}"

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class RelationKind(models.TextChoices):
    OWNER = "owner", _("owner")
    OPERATOR = "operator", _("operator")
    TENANT = "tenant", _("tenant")


class CentreRelation(models.Model):
    """From `since` up to but not including `until` (open end: null)."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="relations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="centre_relations"
    )
    kind = models.CharField(max_length=10, choices=RelationKind)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RelationKind.values), name="relation_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="relation_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["centre", "organisation", "kind", "since"], name="relation_once"
            ),
        ]


class OpeningHours(models.Model):
    """One span on one weekday, in the centre's own zone; several spans a day are fine."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_weekday_known"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="opening_ends_after"),
            models.UniqueConstraint(fields=["centre", "weekday", "opens"], name="opening_once"),
        ]


class ClosedDay(models.Model):
    """A day on which the house stays closed beyond the public holidays of its state."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="closed_days")
    day = models.DateField()
    reason = WordsField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "day"], name="closed_day_once")]


class Floor(models.Model):
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="floors")
    level = models.SmallIntegerField()  # 0 is the ground floor
    name = WordsField()

    class Meta:
        ordering = ["-level"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "level"], name="floor_level_once"),
            models.CheckConstraint(
                condition=Q(level__gte=-5) & Q(level__lte=40), name="floor_level_plausible"
            ),
        ]


class FloorWorld(models.Model):
    """Which world a floor shows: always, or on one weekday (a one-room station changes)."""

    floor = models.ForeignKey(Floor, on_delete=models.CASCADE, related_name="worlds")
    world = models.CharField(max_length=15, choices=World)
    weekday = models.PositiveSmallIntegerField(choices=Weekday, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(world__in=World.values), name="floor_world_known"),
            models.UniqueConstraint(
                fields=["floor", "world", "weekday"], name="floor_world_per_weekday"
            ),
            models.UniqueConstraint(
                fields=["floor", "world"],
                condition=Q(weekday__isnull=True),
                name="floor_world_always_once",
            ),
        ]


class Space(models.Model):
    """A room on a floor. `room` names the part of the software that speaks for it today;
    a space without one and without a note is empty and asks for an idea."""

    floor = models.ForeignKey(Floor, on_delete=models.CASCADE, related_name="spaces")
    name = WordsField()
    room = models.CharField(max_length=40, blank=True)
    note = WordsField()
    weekday = models.PositiveSmallIntegerField(choices=Weekday, null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
