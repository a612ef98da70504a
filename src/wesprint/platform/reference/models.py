"""Reference facts. What a fact is about stays; what holds changes by a new dated row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.engines.footprint import Per
from wesprint.platform.base.words import Words, WordsField


class Grade(models.TextChoices):
    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Source(models.Model):
    """Where a fact comes from, under which licence, and how good it is.

    A publication's `name` stands in its own language alone; what we say of it stands in each.
    `pedigree`: reliability, completeness, time, place, technology; 1 is best, 5 is worst.
    """

    slug = models.SlugField(max_length=40, unique=True)
    name = WordsField()
    publisher = WordsField()
    year = models.PositiveSmallIntegerField()
    licence = WordsField()
    boundary = WordsField()
    pedigree = models.CharField(max_length=20, blank=True)
    note = WordsField()

    def __str__(self) -> str:
        return str(self.citation)

    @property
    def citation(self) -> Words:
        """Title, publisher and year in each language that we speak of it."""
        return Words(
            **{
                language: f"{self.name.to(language).text} "
                f"({self.publisher.to(language).text}, {self.year})"
                for language in Words.languages()
            }
        )


class Category(models.Model):
    """A kind of goods. Groups have no parent, leaves have one. Names are data, not messages:
    they are searched, printed on labels and exported in both languages."""

    slug = models.SlugField(max_length=40, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="leaves")
    position = models.PositiveSmallIntegerField()
    name_de = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    synonyms_de = models.CharField(max_length=300, blank=True)
    synonyms_en = models.CharField(max_length=300, blank=True)
    icon = models.CharField(max_length=40)
    electrical = models.BooleanField(default=False)
    batch = models.BooleanField(default=False)
    name_uk = models.CharField(max_length=60, blank=True)
    name_ar = models.CharField(max_length=60, blank=True)
    name_tr = models.CharField(max_length=60, blank=True)
    google_id = models.PositiveIntegerField(null=True)  # Google product taxonomy
    google_path = models.CharField(max_length=160, blank=True)
    waste_code = models.CharField(max_length=8, blank=True)  # usual key, "20 01 36"

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name_de

    def name(self, locale: str) -> str:
        return getattr(self, f"name_{locale[:2]}", "") or self.name_de


class Dated(models.Model):
    """Holds from `valid_from` up to but not including `valid_to`; open while that is empty.

    `KEY` names the columns that say what the fact is about: one open row for each.
    """

    KEY: ClassVar[tuple[str, ...]] = ("category_id",)

    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        abstract = True


def _dated(name: str, *key: str, ordered: bool = False) -> list[models.BaseConstraint]:
    """One open row per key, no crossed dates; `ordered`: grams low <= central <= high."""
    found: list[models.BaseConstraint] = [
        models.UniqueConstraint(
            fields=list(key), condition=Q(valid_to=None), name=f"{name}_one_open"
        ),
        models.CheckConstraint(
            condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name=f"{name}_dates"
        ),
    ]
    if ordered:
        found.append(_not_crossed(name, "g"))
    return found


def _not_crossed(name: str, unit: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(
            **{
                f"low_{unit}__gte": 0,
                f"low_{unit}__lte": F(f"central_{unit}"),
                f"central_{unit}__lte": F(f"high_{unit}"),
            }
        ),
        name=f"{name}_not_crossed",
    )


class MassEstimate(Dated):
    """What one thing weighs until own weighings say better; above `max_plausible_g` an entry is
    refused as a slip, and below `min_plausible_g`, 0 where nothing is known of that."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="masses")
    min_plausible_g = models.PositiveIntegerField(default=0)
    low_g = models.PositiveIntegerField()
    central_g = models.PositiveIntegerField()
    high_g = models.PositiveIntegerField()
    max_plausible_g = models.PositiveIntegerField()

    class Meta:
        constraints = [
            *_dated("mass_estimate", "category", ordered=True),
            models.CheckConstraint(
                condition=Q(max_plausible_g__gte=F("high_g")), name="mass_estimate_plausible"
            ),
            models.CheckConstraint(
                condition=Q(min_plausible_g__gte=0, min_plausible_g__lte=F("low_g")),
                name="mass_estimate_least_plausible",
            ),
        ]


class PricePer(models.TextChoices):
    PIECE = "piece"
    KILOGRAM = "kg"


class PriceGuide(Dated):
    """What a shop asks, in cents, by grade."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="price_guides")
    per = models.CharField(max_length=10, choices=PricePer)
    grade_a_ct = models.PositiveIntegerField()
    grade_b_ct = models.PositiveIntegerField()
    grade_c_ct = models.PositiveIntegerField()
    grade_d_ct = models.PositiveIntegerField()

    class Meta:
        constraints = _dated("price_guide", "category")


class AcceptanceRule(Dated):
    """Whether it is taken, and in which state, or why not."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="acceptance_rules")
    taken = models.BooleanField()
    note_de = models.CharField(max_length=200)
    note_en = models.CharField(max_length=200)
    note_ar = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = _dated("acceptance_rule", "category")


class FootprintFactor(Dated):
    """One source's grams of CO2e for making one item, or one kilogram, of a category."""

    KEY = ("category_id", "key")

    category = models.ForeignKey(Category, models.PROTECT, related_name="footprint_factors")
    key = models.CharField(max_length=40)
    per = models.CharField(max_length=10, choices=[(per.value, per.value) for per in Per])
    low_g = models.PositiveIntegerField()
    central_g = models.PositiveIntegerField()
    high_g = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    boundary = models.CharField(max_length=200)
    method = models.CharField(max_length=300)
    pedigree = models.CharField(max_length=20)

    class Meta:
        constraints = _dated("footprint_factor", "category", "key", ordered=True)


class EmissionFactor(Dated):
    """Grams of CO2e for one unit (kWh, km, kg) of something that a house uses itself."""

    KEY = ("activity",)

    activity = models.SlugField(max_length=40)
    unit = models.CharField(max_length=5)
    low_g = models.PositiveIntegerField()
    central_g = models.PositiveIntegerField()
    high_g = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    boundary = models.CharField(max_length=200)
    method = models.CharField(max_length=300)
    pedigree = models.CharField(max_length=20)

    class Meta:
        constraints = _dated("emission_factor", "activity", ordered=True)


class ServiceInput(Dated):
    """What one of something takes: a hand-over of car kilometres, an hour of work of current.
    Thousandths of the unit that the factor of `activity` is for."""

    KEY = ("kind",)

    kind = models.SlugField(max_length=20)
    activity = models.SlugField(max_length=40)
    unit = models.CharField(max_length=5)
    low = models.PositiveIntegerField()
    central = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    boundary = models.CharField(max_length=200)
    method = models.CharField(max_length=300)
    pedigree = models.CharField(max_length=20)

    class Meta:
        constraints = [
            *_dated("service_input", "kind"),
            models.CheckConstraint(
                condition=Q(low__gte=0, low__lte=F("central"), central__lte=F("high")),
                name="service_input_not_crossed",
            ),
        ]


class ExtraUse(Dated):
    """Watt hours a year that an old device of a category takes more than a new one, and for how
    many years a new one is made."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="extra_uses")
    low_wh = models.PositiveIntegerField()
    central_wh = models.PositiveIntegerField()
    high_wh = models.PositiveIntegerField()
    years = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=300)

    class Meta:
        constraints = [*_dated("extra_use", "category"), _not_crossed("extra_use", "wh")]


class RateBasis(models.TextChoices):
    SURVEY = "survey"
    ASSUMPTION = "assumption"


class DisplacementRate(Dated):
    """In how many of a thousand cases the thing replaces a new one."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="displacement_rates")
    low_permille = models.PositiveSmallIntegerField()
    central_permille = models.PositiveSmallIntegerField()
    high_permille = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=10, choices=RateBasis)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            *_dated("displacement_rate", "category"),
            _not_crossed("displacement_rate", "permille"),
        ]


class LifetimeShare(Dated):
    """Remaining life of a thing of this grade as a share of a new one's."""

    KEY = ("grade",)

    grade = models.CharField(max_length=1, choices=Grade)
    low_permille = models.PositiveSmallIntegerField()
    central_permille = models.PositiveSmallIntegerField()
    high_permille = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            *_dated("lifetime_share", "grade"),
            _not_crossed("lifetime_share", "permille"),
        ]


class WasteCode(Dated):
    """A key of the waste catalogue (AVV), "20 01 36". Dated like the rest: laws change."""

    KEY = ("code",)

    code = models.CharField(max_length=8)
    hazardous = models.BooleanField()
    text_de = models.CharField(max_length=300)

    class Meta:
        constraints = _dated("waste_code", "code")


class GateKind(models.TextChoices):
    NEVER_SELL = "never-sell", _("is never sold")
    NEEDS_TEST = "needs-test", _("needs a passed test")
    NEEDS_DATA = "needs-data", _("needs product data online")


class SafetyGate(Dated):
    """What stands between a thing and its buyer, everywhere. About a category or a group, about
    all that has a plug (`electrical`), about words in its name, or about both together: then
    both must fit. `words`: phrases between semicolons, one of them is enough."""

    KEY = ("slug",)

    slug = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=GateKind)
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="safety_gates")
    electrical = models.BooleanField(default=False)
    words = models.CharField(max_length=300, blank=True)
    reason_de = models.CharField(max_length=200)
    reason_en = models.CharField(max_length=200)

    class Meta:
        constraints = [
            *_dated("safety_gate", "slug"),
            models.CheckConstraint(
                condition=Q(kind__in=GateKind.values), name="safety_gate_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(category__isnull=False) | Q(electrical=True) | ~Q(words=""),
                name="safety_gate_is_about_something",
            ),
        ]


class Measure(models.TextChoices):
    """What the tester reads off the device, each in a whole unit."""

    CONDUCTOR = "conductor-mohm", _("protective conductor resistance")
    INSULATION = "insulation-kohm", _("insulation resistance")
    LEAKAGE = "leakage-ua", _("leakage current")


class ProtectionClass(models.TextChoices):
    ONE = "I", _("I: with protective conductor")
    TWO = "II", _("II: doubly insulated")
    THREE = "III", _("III: safety extra-low voltage")


class TestLimit(Dated):
    """At least, or at most, what a device of this protection class may show."""

    KEY = ("protection_class", "measure")

    protection_class = models.CharField(max_length=3, choices=ProtectionClass)
    measure = models.CharField(max_length=16, choices=Measure)
    least = models.PositiveIntegerField(null=True)
    most = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            *_dated("test_limit", "protection_class", "measure"),
            models.CheckConstraint(
                condition=Q(least__isnull=False) | Q(most__isnull=False), name="test_limit_limits"
            ),
        ]
