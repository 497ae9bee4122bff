"""Tables of the workforce."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.names import NameElsewhere, one_at_a_time
from floorwalker.kernel.periods import apart


class Client(models.Model):
    """A company whose customers are served; in-house centres have one."""

    name = models.CharField(_("name"), max_length=120)
    archived = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="people_client_once")]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place or a virtual one with a zone of its own; its days are local days there."""

    name = models.CharField(_("name"), max_length=120)
    zone = models.CharField(_("time zone"), max_length=64)
    country = models.CharField(_("country of its holidays"), max_length=8, blank=True)
    publish_days_ahead = models.PositiveSmallIntegerField(
        _("days a week is published ahead"),
        default=14,
        validators=[MaxValueValidator(90)],
        help_text=_("Fourteen are good practice, and law in some places. Hours changed later are asked for."),
    )
    archived = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="people_site_once")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People led together. Who leads it is the role supervisor held for it."""

    name = models.CharField(_("name"), max_length=120)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="teams", verbose_name=_("site"))
    archived = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), "site", name="people_team_once")]

    def __str__(self) -> str:
        return self.name


class Skill(models.Model):
    """Something an agent can be called on for; sales and service stand side by side on the agent's page."""

    class Kind(models.TextChoices):
        GENERAL = "general", _("general: useful on every contact")
        SPECIAL = "special", _("special: a product, a language, a process")

    class Side(models.TextChoices):
        SALES = "sales", _("sales")
        SERVICE = "service", _("service")
        BOTH = "both", _("both")

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SPECIAL)
    side = models.CharField(_("side"), max_length=10, choices=Side.choices, default=Side.SERVICE)
    archived = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="people_skill_once")]

    def __str__(self) -> str:
        return self.name


class LeavingReason(models.Model):
    """Why people leave, in the words this centre uses."""

    name = models.CharField(_("name"), max_length=120)
    archived = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("reason for leaving")
        verbose_name_plural = _("reasons for leaving")
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="people_leaving_reason_once")]

    def __str__(self) -> str:
        return self.name


class Agent(models.Model):
    """A person who answers. May have a user to sign in with."""

    class Engagement(models.TextChoices):
        EMPLOYEE = "employee", _("employee")
        CONTRACTOR = "contractor", _("independent contractor")

    class Workplace(models.TextChoices):
        ON_SITE = "on_site", _("on site")
        HOME = "home", _("from home")
        BOTH = "both", _("both")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="agent"
    )
    name = models.CharField(_("name"), max_length=200)
    number = models.CharField(_("number"), max_length=40, help_text=_("The name your files use, such as A001."))
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="agents", verbose_name=_("team"))
    engagement = models.CharField(
        _("engagement"), max_length=12, choices=Engagement.choices, default=Engagement.EMPLOYEE
    )
    workplace = models.CharField(
        _("where they usually work"),
        max_length=8,
        choices=Workplace.choices,
        blank=True,
        help_text=_("My floor says by it whether to walk by or to call."),
    )
    zone = models.CharField(_("time zone"), max_length=64, blank=True, help_text=_("Empty: the site's."))
    least_hours = models.DecimalField(_("least hours a week"), max_digits=4, decimal_places=1, default=0)
    most_hours = models.DecimalField(_("most hours a week"), max_digits=4, decimal_places=1, default=40)
    most_days = models.PositiveSmallIntegerField(_("most days a week"), default=5)
    least_rest_hours = models.DecimalField(
        _("least rest between shifts, hours"), max_digits=4, decimal_places=1, default=11
    )
    most_days_in_a_row = models.PositiveSmallIntegerField(_("most days in a row"), default=6)
    available = models.CharField(
        _("times of day they can work"),
        max_length=200,
        blank=True,
        help_text=_("Like 07:00-16:00, several apart by |. Empty: any time."),
    )
    started_on = models.DateField(_("started on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    leaving_reason = models.ForeignKey(
        LeavingReason,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reason for leaving"),
    )
    skills = models.ManyToManyField(Skill, through="AgentSkill")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("agent")
        verbose_name_plural = _("agents")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("number"), name="people_agent_number_once"),
            models.CheckConstraint(
                name="people_agent_hours", condition=Q(least_hours__lte=F("most_hours"), least_hours__gte=0)
            ),
            models.CheckConstraint(
                name="people_agent_days",
                condition=Q(
                    most_days__gte=1, most_days__lte=7, most_days_in_a_row__gte=1, least_rest_hours__gte=0
                ),
            ),
            models.CheckConstraint(
                name="people_agent_left_after_start", condition=Q(left_on=None) | Q(left_on__gte=F("started_on"))
            ),
            models.CheckConstraint(
                name="people_agent_leaves_with_reason",
                condition=Q(left_on=None, leaving_reason=None)
                | Q(left_on__isnull=False, leaving_reason__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["name", "id"], name="people_agent_by_name")]

    def __str__(self) -> str:
        return self.name


class TeamMembership(models.Model):
    """Which team an agent was in from a day to a day; the open one is the agent's team."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    days = DateRangeField(_("from – to"))

    class Meta:
        constraints: ClassVar = [
            apart("people_membership_no_overlap", "agent_id", period="days"),
            models.CheckConstraint(name="people_membership_days", condition=Q(days__isempty=False)),
        ]


class AgentDayOff(models.Model):
    """A day an agent is known to be away; why is nobody's business here."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="days_off")
    day = models.DateField(_("day"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agent", "day"], name="people_day_off_once"),
        ]


class AgentSkill(models.Model):
    """A skill of an agent, with its level and what proves it; without a level it is held but not judged yet."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="agent_skills")
    skill = models.ForeignKey(
        Skill, on_delete=models.PROTECT, related_name="agent_skills", verbose_name=_("skill")
    )
    level = models.PositiveSmallIntegerField(
        _("level"), null=True, blank=True, help_text=_("1 learning … 5 teaches others")
    )
    proof = models.CharField(_("proof"), max_length=200, blank=True)
    proven_on = models.DateField(_("proven on"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agent", "skill"], name="people_agent_skill_once"),
            models.CheckConstraint(
                name="people_skill_level", condition=Q(level=None) | Q(level__gte=1, level__lte=5)
            ),
        ]


class AgentName(NameElsewhere):
    """What another system calls an agent, from a day to a day; two agents never share one at a time."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="other_names")

    class Meta:
        constraints: ClassVar = one_at_a_time("people_agent_name")


class PeopleImport(models.Model):
    """A file of people on its way in: read, looked at, and applied or dropped. Its rows go when it is applied."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()
    columns = models.JSONField()
    rows = models.JSONField()  # line and cells
    misfits = models.JSONField(default=list)  # lines with more cells than columns
    mapping = models.JSONField()  # column: what it means
    default_team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(default=dict)  # how many new, changed, unchanged, refused

    class Meta:
        verbose_name = _("import of people")
        verbose_name_plural = _("imports of people")
