"""Tables of required staff."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StaffingPolicy(models.Model):
    """How a queue is staffed: what the planner has decided, one row a queue."""

    class Over(models.TextChoices):
        INTERVAL = "interval", _("in every interval")
        DAY = "day", _("over the day")
        WEEK = "week", _("over the week")

    queue = models.OneToOneField("demand.Queue", on_delete=models.CASCADE, related_name="staffing_policy")
    shrinkage = models.FloatField(_("shrinkage"), default=0.3)
    absence = models.FloatField(_("unplanned absence"), default=0.0)
    min_staff = models.PositiveSmallIntegerField(_("fewest agents while open"), default=1)
    confidence = models.FloatField(_("confidence"), null=True, blank=True)
    max_occupancy = models.FloatField(_("highest occupancy"), null=True, blank=True)
    max_abandon = models.FloatField(_("highest share of abandoned callers"), null=True, blank=True)
    over = models.CharField(max_length=10, choices=Over.choices, default=Over.INTERVAL)
    overflow = models.BooleanField(_("others with its skill help"), default=False)
    # In the currency of the centre; none: nobody has said.
    value_in_time = models.FloatField(_("worth of a contact answered in time"), null=True, blank=True)
    cost_lost = models.FloatField(_("cost of a contact lost"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="capacity_policy_shares",
                condition=Q(shrinkage__gte=0, shrinkage__lt=0.9, absence__gte=0, absence__lt=0.5),
            ),
            models.CheckConstraint(
                name="capacity_policy_worth",
                condition=(Q(value_in_time=None) | Q(value_in_time__gte=0))
                & (Q(cost_lost=None) | Q(cost_lost__gte=0)),
            ),
        ]


class StaffingOrder(models.Model):
    """Somebody asked for the required staff of some queues over some days; a job computes it.

    With the purpose ``risk`` requirements stay as they are: a roster was published, and only what it means for the
    days is computed. With ``audit`` both are simulated: what they achieve beside what was claimed, and what an
    hour off the phones costs.
    """

    class Purpose(models.TextChoices):
        REQUIREMENT = "requirement", _("required staff")
        RISK = "risk", _("days at risk")
        AUDIT = "audit", _("as simulated")

    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.REQUIREMENT)
    queues = models.ManyToManyField("demand.Queue", related_name="staffing_orders")
    first_day = models.DateField()
    days = models.PositiveSmallIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    left_out = models.JSONField(default=list)  # [id of a queue, its name, why nothing was computed for it]
    done_at = models.DateTimeField(null=True, blank=True)


class Requirement(models.Model):
    """The required staff of one queue over some days, as computed once; never changed, only followed."""

    queue = models.ForeignKey("demand.Queue", on_delete=models.PROTECT, related_name="requirements")
    first_day = models.DateField()
    days = models.PositiveSmallIntegerField()
    step_seconds = models.PositiveIntegerField()
    zone = models.CharField(max_length=64)
    settings = models.JSONField()  # goals, policy and the handling times set by a planner, as they were
    curve_offsets = ArrayField(
        models.SmallIntegerField(), default=list
    )  # people round those required, of `abandoned`
    forecast_version = models.BigIntegerField()  # what it was computed from, as values
    forecast_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["queue", "-made_at"], name="capacity_newest")]


class RequiredDay(models.Model):
    """One local day: agents on the phones and people to schedule in each interval, what they achieve, and why."""

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="required_days")
    day = models.DateField()
    start = models.DateTimeField()  # of the first interval
    contacts = ArrayField(models.FloatField())
    aht_seconds = ArrayField(models.FloatField())
    required = ArrayField(models.PositiveIntegerField())
    scheduled = ArrayField(models.PositiveIntegerField())
    service_level = ArrayField(models.FloatField(null=True))
    abandon_rate = ArrayField(models.FloatField(null=True))
    asa_seconds = ArrayField(models.FloatField(null=True))
    occupancy = ArrayField(models.FloatField(null=True))
    reasons = models.JSONField()  # interval number → parts of the number of people scheduled
    # What one agent more on the phones would win in each interval: callers kept, and callers answered in time.
    saved_by_one_more = ArrayField(models.FloatField())
    in_time_by_one_more = ArrayField(models.FloatField())
    # Callers who hang up in each interval: with nobody at work, then with each offset of the requirement; empty
    # where the patience of callers is not known.
    abandoned = ArrayField(ArrayField(models.FloatField()), default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["requirement", "day"], name="capacity_day_once"),
        ]


class DayRisk(models.Model):
    """How likely a day misses its target: with the published roster, or with what is required before one is."""

    class Basis(models.TextChoices):
        REQUIRED = "required", _("if everybody required is rostered")
        ROSTERED = "rostered", _("with the published roster")

    queue = models.ForeignKey("demand.Queue", on_delete=models.CASCADE, related_name="day_risks")
    day = models.DateField()
    basis = models.CharField(max_length=10, choices=Basis.choices)
    probability = models.FloatField()
    riskiest = models.DateTimeField()
    short_hours = models.FloatField()
    contacts = models.FloatField()
    uncovered_contacts = models.FloatField(default=0)  # callers expected while nobody at all is at work
    # The stretch in which one person more wins most, and what they win there.
    repair_start = models.DateTimeField(null=True)
    repair_end = models.DateTimeField(null=True)
    repair_kept = models.FloatField(default=0)
    repair_in_time = models.FloatField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["queue", "day"], name="capacity_risk_once"),
            models.CheckConstraint(
                name="capacity_risk_share", condition=Q(probability__gte=0, probability__lte=1)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["day", "probability"], name="capacity_risk_by_day")]


class DayAudit(models.Model):
    """One day of one queue put to the test: the service level claimed beside the one simulated, with its band.

    Arrays have a value an interval; None where no contacts are expected.
    """

    class Basis(models.TextChoices):
        REQUIRED = "required", _("with the agents required on the phones")
        ROSTERED = "rostered", _("with the published roster")

    queue = models.ForeignKey("demand.Queue", on_delete=models.CASCADE, related_name="day_audits")
    day = models.DateField()
    basis = models.CharField(max_length=10, choices=Basis.choices)
    forecast_version = models.BigIntegerField()  # what it was simulated from, as values
    people = ArrayField(models.PositiveIntegerField())  # agents required, or people rostered, as they were then
    contacts = ArrayField(models.FloatField())
    claimed = ArrayField(models.FloatField(null=True))
    achieved = ArrayField(models.FloatField(null=True))
    low = ArrayField(models.FloatField(null=True))
    high = ArrayField(models.FloatField(null=True))
    # The day as a whole, every contact counting once; callers who abandon, claimed and simulated.
    day_contacts = models.FloatField()
    day_claimed = models.FloatField()
    day_achieved = models.FloatField()
    day_low = models.FloatField()
    day_high = models.FloatField()
    abandoned_claimed = models.FloatField()
    abandoned = models.FloatField()
    abandoned_low = models.FloatField()
    abandoned_high = models.FloatField()
    # Worth of the contacts answered in time less the cost of those lost, where somebody has said what they are.
    worth_claimed = models.FloatField(null=True)
    worth = models.FloatField(null=True)
    worth_low = models.FloatField(null=True)
    worth_high = models.FloatField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    replications = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["queue", "day", "basis"], name="capacity_audit_once"),
            models.CheckConstraint(
                name="capacity_audit_shares", condition=Q(day_achieved__gte=0, day_achieved__lte=1)
            ),
        ]


class WeekStudy(models.Model):
    """A published week put to a question: what a skill would be worth in it, what callbacks would bring, or the
    week as a model to take along.

    Never changed once it is done; a question asked again is a study of its own.
    """

    class Purpose(models.TextChoices):
        SKILLS = "skills", _("what a skill would be worth")
        LEVERS = "levers", _("what callbacks would bring")
        MODEL = "model", _("the week as a model")

    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.SKILLS)
    site = models.ForeignKey("people.Site", on_delete=models.CASCADE, related_name="week_studies")
    queues = models.ManyToManyField("demand.Queue", related_name="week_studies")  # simulated together
    first_day = models.DateField()
    taught = models.ForeignKey(
        "demand.Queue", on_delete=models.SET_NULL, null=True, related_name="+"
    )  # none: every
    slower = models.FloatField()  # share by which the taught take longer than those who know the work
    training_hours = models.FloatField()  # to teach one person one skill
    # Callbacks: offered from this expected wait on, accepted by this share, promised within so long (none: the
    # place is kept). None of all where another question was asked.
    callback_from_minutes = models.FloatField(null=True)
    callback_accepted = models.FloatField(null=True)
    callback_within_hours = models.FloatField(null=True)
    seed = models.PositiveIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    left_out = models.JSONField(default=list)  # [id of a queue, its name, why it is not simulated]
    done_at = models.DateTimeField(null=True, blank=True)
    # What it was computed from, as values: the version of the roster and its number, forecasts, settings.
    publication = models.BigIntegerField(null=True)
    roster_number = models.PositiveIntegerField(null=True)
    made_of = models.JSONField(default=dict)
    found = models.JSONField(null=True)
    model = models.TextField(blank=True)  # what `floorwalker simulate` reads; people are numbers in it

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="capacity_study_settings",
                condition=Q(slower__gte=0, slower__lte=2, training_hours__gt=0, training_hours__lte=10_000),
            ),
            models.CheckConstraint(
                name="capacity_study_callbacks",
                condition=~Q(purpose="levers")
                | Q(
                    callback_from_minutes__isnull=False,
                    callback_accepted__isnull=False,
                    callback_from_minutes__gte=0.5,
                    callback_from_minutes__lte=120,
                    callback_accepted__gt=0,
                    callback_accepted__lte=1,
                )
                & (
                    Q(callback_within_hours=None)
                    | Q(callback_within_hours__gte=0.25, callback_within_hours__lte=24)
                ),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "first_day", "-at"], name="capacity_studies")]
