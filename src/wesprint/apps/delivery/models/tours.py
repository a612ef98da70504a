"""One day of one house: stops, tours, how they were planned, and what went wrong."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery.models.house import Bike
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.files.models import StoredFile
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person


class Board(models.Model):
    """A day of a house. Whoever changes its tours holds this row; `touched` grows with every
    change, so that all screens may ask "anything new since 7?"."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="delivery_boards")
    day = models.DateField()
    touched = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "day"], name="board_once")]


class TourState(models.TextChoices):
    PLANNED = "planned", _("planned")
    OUT = "out", _("on the road")
    DONE = "done", _("back")


class Tour(models.Model):
    """What one bike does on a day. `version` grows with every change of its stops: a plan made from
    an older one is refused. `starts`, `ends`: seconds from the day's begin, as planned; `metres`
    along the streets. `locked`: no planner moves anything in it."""

    public_id = PublicIdField()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="tours")
    number = models.PositiveSmallIntegerField()
    bike = models.ForeignKey(Bike, on_delete=models.PROTECT, related_name="tours")
    rider = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="delivery_tours"
    )
    state = models.CharField(max_length=7, choices=TourState, default=TourState.PLANNED)
    locked = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    starts = models.PositiveIntegerField(default=0)
    ends = models.PositiveIntegerField(default=0)
    metres = models.PositiveIntegerField(default=0)
    left_at = models.DateTimeField(null=True)
    back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="tour_number_once"),
            models.UniqueConstraint(
                fields=["board", "bike"],
                condition=~Q(state=TourState.DONE),
                name="tour_one_running_per_bike",
            ),
            models.CheckConstraint(
                condition=Q(state__in=TourState.values), name="tour_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=TourState.PLANNED, left_at=None, back_at=None)
                | Q(state=TourState.OUT, left_at__isnull=False, back_at=None)
                | Q(state=TourState.DONE, left_at__isnull=False, back_at__isnull=False),
                name="tour_left_and_came_back",
            ),
            models.CheckConstraint(condition=Q(starts__lte=F("ends")), name="tour_times_in_order"),
        ]

    def __str__(self) -> str:
        return self.public_id


class StopKind(models.TextChoices):
    DROP = "drop", _("delivery")
    COLLECT = "collect", _("pick-up of a donation")
    RELOAD = "reload", _("load again at the hub")


class StopState(models.TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    FAILED = "failed", _("not met")


class Outcome(models.TextChoices):
    """How a stop ended; the first four are a delivery."""

    PERSON = "person", _("handed over in person")
    NEIGHBOUR = "neighbour", _("left with the neighbour")
    SAFE_PLACE = "safe-place", _("left at a safe place")
    COLLECTED = "collected", _("picked up")
    ABSENT = "absent", _("nobody there")
    REFUSED = "refused", _("not accepted")
    ADDRESS = "address", _("address not found")
    DAMAGED = "damaged", _("damaged on the way")
    OTHER = "other", _("another reason")


NOT_BROUGHT = ("fetched", "called-off")
"""Reasons of stops that no tour goes to: their recipients come, or the sender wants it back."""

ENDED_WELL = (Outcome.PERSON, Outcome.NEIGHBOUR, Outcome.SAFE_PLACE, Outcome.COLLECTED)


class Stop(models.Model):
    """A door on a day, or the hub once more. Without a tour it is unplanned, `why` says what the
    planner found ("" not asked yet). arrive, begin, leave: seconds from the day's begin as planned
    last; `promised`: the begin that the first plan gave, to measure whether it was kept. `offer`:
    what is fetched there, by its id in the goods' room.

    `at`: when it ended, with the phone's clock set right. `clock_off`: seconds it went wrong."""

    public_id = PublicIdField()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="stops")
    kind = models.CharField(max_length=7, choices=StopKind, default=StopKind.DROP)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    window_from = models.DateTimeField(null=True)
    window_until = models.DateTimeField(null=True)
    offer = models.CharField(max_length=10, blank=True)
    collect_g = models.PositiveIntegerField(default=0)
    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, null=True, related_name="stops")
    position = models.PositiveSmallIntegerField(null=True)
    why = models.CharField(max_length=12, blank=True)
    arrive = models.PositiveIntegerField(default=0)
    begin = models.PositiveIntegerField(default=0)
    leave = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    promised = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=6, choices=StopState, default=StopState.OPEN)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    taken_by = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=200, blank=True)
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    signature = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    collected_g = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(null=True)
    clock_off = models.IntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(tour=None, position=None)
                | Q(tour__isnull=False, position__isnull=False),
                name="stop_in_a_tour_has_a_position",
            ),
            models.CheckConstraint(
                condition=Q(state__in=StopState.values), name="stop_state_known"
            ),
            models.UniqueConstraint(
                fields=["offer"],
                condition=~Q(offer="") & ~Q(state=StopState.FAILED),
                name="stop_offer_fetched_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=StopKind.RELOAD, tour__isnull=False) | ~Q(kind=StopKind.RELOAD),
                name="stop_reload_belongs_to_a_tour",
            ),
            models.CheckConstraint(
                condition=Q(state=StopState.OPEN, at=None, outcome="")
                | (~Q(state=StopState.OPEN) & Q(at__isnull=False)),
                name="stop_ended_somehow",
            ),
            models.CheckConstraint(
                condition=~Q(state=StopState.FAILED) | ~Q(outcome__in=ENDED_WELL),
                name="stop_failed_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["board", "tour", "position"], name="stop_of_tour"),
            models.Index(fields=["board", "lat", "lon"], name="stop_of_door"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Change(models.Model):
    """A change of the board that can be taken back: the tours with their stops as they were, and
    the versions of the tours right afterwards."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=12)
    before = models.JSONField()
    versions = models.JSONField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)


class RunState(models.TextChoices):
    RUNNING = "running", _("at work")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class PlanRun(models.Model):
    """Planning behind the pages. `progress`: the row that pages poll."""

    public_id = PublicIdField()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="runs")
    progress = models.CharField(max_length=40)
    seconds = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=RunState, default=RunState.RUNNING)
    why = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board"], condition=Q(state=RunState.RUNNING), name="plan_one_at_a_time"
            )
        ]


class Incident(models.Model):
    """Something that went wrong on a tour: a flat tyre, a closed road."""

    public_id = PublicIdField()
    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="incidents")
    text = models.CharField(max_length=300)
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)


class Position(models.Model):
    """Where a bike was, only while its rider has switched it on; kept for 24 hours."""

    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="positions")
    lat = models.FloatField()
    lon = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tour", "-at"], name="position_latest")]
