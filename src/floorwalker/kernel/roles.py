"""The roles of the suite: code, so that what a role may do is reviewed; who holds one where is data."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Stable keys; never renamed, because they are stored."""

    AGENT = "agent", _("Agent")
    SUPERVISOR = "supervisor", _("Supervisor")
    PLANNER = "planner", _("Planner")
    QUALITY_ANALYST = "quality_analyst", _("Quality analyst")
    TRAINER = "trainer", _("Trainer")
    RECRUITER = "recruiter", _("Recruiter")
    HR = "hr", _("HR")
    CLIENT_VIEWER = "client_viewer", _("Client")
    MANAGER = "manager", _("Manager")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")

    @property
    def about(self) -> str:
        """What the role is for, in a sentence a person can read."""
        return str(ABOUT[self])

    @property
    def sees_others(self) -> bool:
        """Whether the role sees other people's data, and so must sign in with a second factor."""
        return self is not Role.AGENT


ABOUT = {
    Role.AGENT: _("Talks to customers; sees everything about themselves first."),
    Role.SUPERVISOR: _("Leads teams; sees and changes their schedules, not the reason of an absence."),
    Role.PLANNER: _("Forecasts, staffs, rosters and publishes for sites or for all."),
    Role.QUALITY_ANALYST: _("Evaluates sampled contacts of the teams they serve."),
    Role.TRAINER: _("Runs classes; sees training records of their classes and nothing else of people."),
    Role.RECRUITER: _("Fills openings; sees the candidates of their requisitions."),
    Role.HR: _("Keeps engagements, absences and cases."),
    Role.CLIENT_VIEWER: _("Sees the queues of one client and never a person."),
    Role.MANAGER: _("Sees every link of the loop as aggregates and promises."),
    Role.ADMINISTRATOR: _("Runs the installation: users, roles, settings; no content."),
    Role.AUDITOR: _("Reads the audit and aggregates; changes nothing."),
}


class Scope(TextChoices):
    """Where a role is held."""

    OWN = "own", _("themselves")
    TEAM = "team", _("one team")
    SITE = "site", _("one site")
    CLIENT = "client", _("one client's queues")
    ALL = "all", _("everywhere")
