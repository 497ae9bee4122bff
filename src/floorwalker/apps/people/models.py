"""Tables of the workforce."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _


class Client(models.Model):
    """A company whose customers are served; in-house centres have one."""

    name = models.CharField(_("name"), max_length=120)
    archived = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="people_client_once")]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place or a virtual one with a zone of its own; its days are local days there."""

    name = models.CharField(_("name"), max_length=120)
    zone = models.CharField(_("time zone"), max_length=64)
    country = models.CharField(_("country of its holidays"), max_length=8, blank=True)
    archived = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="people_site_once")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People led together. Who leads it is the role supervisor held for it."""

    name = models.CharField(_("name"), max_length=120)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="teams")
    archived = models.BooleanField(default=False)

    class Meta:
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
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SPECIAL)
    side = models.CharField(max_length=10, choices=Side.choices, default=Side.SERVICE)
    archived = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="people_skill_once")]

    def __str__(self) -> str:
        return self.name


class Agent(models.Model):
    """A person who answers. May have a user to sign in with."""

    class Engagement(models.TextChoices):
        EMPLOYEE = "employee", _("employee")
        CONTRACTOR = "contractor", _("independent contractor")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="agent"
    )
    name = models.CharField(_("name"), max_length=200)
    number = models.CharField(_("number"), max_length=40, help_text=_("The name your files use, such as A001."))
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="agents")
    engagement = models.CharField(max_length=12, choices=Engagement.choices, default=Engagement.EMPLOYEE)
    zone = models.CharField(_("time zone"), max_length=64, blank=True, help_text=_("Empty: the site's."))
    least_hours = models.DecimalField(_("least hours a week"), max_digits=4, decimal_places=1, default=0)
    most_hours = models.DecimalField(_("most hours a week"), max_digits=4, decimal_places=1, default=40)
    started_on = models.DateField(_("started on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    leaving_reason = models.CharField(_("reason of leaving"), max_length=40, blank=True)
    skills = models.ManyToManyField(Skill, through="AgentSkill")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("number"), name="people_agent_number_once"),
            models.CheckConstraint(
                name="people_agent_hours", condition=Q(least_hours__lte=F("most_hours"), least_hours__gte=0)
            ),
            models.CheckConstraint(
                name="people_agent_left_after_start", condition=Q(left_on=None) | Q(left_on__gte=F("started_on"))
            ),
            models.CheckConstraint(
                name="people_agent_leaves_with_reason", condition=Q(left_on=None) | ~Q(leaving_reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgentSkill(models.Model):
    """A skill of an agent, with its level and what proves it."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="agent_skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="agent_skills")
    level = models.PositiveSmallIntegerField(_("level"), help_text=_("1 learning … 5 teaches others"))
    proof = models.CharField(_("proof"), max_length=200, blank=True)
    proven_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agent", "skill"], name="people_agent_skill_once"),
            models.CheckConstraint(name="people_skill_level", condition=Q(level__gte=1, level__lte=5)),
        ]


class AgentName(models.Model):
    """What another system calls an agent, from a day to a day; two agents never share one at a time."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="other_names")
    system = models.CharField(_("system"), max_length=60)
    external_id = models.CharField(_("name there"), max_length=120)
    days = DateRangeField(_("from – to"))
    # One number for the pair, because range types know numbers; halved, so that its successor exists.
    name_key = models.GeneratedField(
        expression=Func(
            Concat(F("system"), Value("\x1f"), F("external_id")),
            template="(hashtextextended(%(expressions)s, 0) / 2)",
        ),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="people_agent_name_no_overlap",
                index_type="GIST",
                expressions=[
                    (
                        Func(
                            F("name_key"),
                            F("name_key"),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    ("days", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(name="people_agent_name_days", condition=Q(days__isempty=False)),
        ]
