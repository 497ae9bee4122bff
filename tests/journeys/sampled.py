"""People of a sample for the journeys: an agent, who leads them, and who evaluates a contact drawn of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance import queries
from floorwalker.apps.performance.models import Goal
from floorwalker.apps.performance.rules.baseline import FURTHEST_DAYS, baseline
from floorwalker.apps.quality.models import Review
from floorwalker.kernel.roles import Role, Scope
from tests.people import Person


@dataclass(frozen=True)
class Three:
    """An agent without goal or talk whose contact was drawn, who leads them, and who evaluates it."""

    agent: Person
    lead: Person
    analyst: Person
    review: Review
    usual: float


def usual(agent: Agent) -> float | None:
    """The baseline of somebody's quality score; there is no goal without a past to set it by."""
    today = queries.today_of(agent, timezone.now())
    past = queries.days_of(
        agent.pk, "quality_score", today - timedelta(days=FURTHEST_DAYS), today - timedelta(days=1)
    )
    found = baseline(past, today)
    return found and found.mean


def three_of_them() -> Three:
    drawn = Review.objects.filter(
        state="drawn", why="sample", self_due__isnull=False, self_handed_in_at=None, agent__user__isnull=False,
        agent__engagement="employee", agent__one_to_ones__isnull=True,
        form_version__form__name="Every contact",
    ).select_related("agent__team__site", "agent__user", "evaluator")  # fmt: skip
    drawn = drawn.exclude(agent__in=Goal.objects.values("agent"))
    leads = RoleHeld.objects.filter(role=Role.SUPERVISOR).select_related("user")
    for review in drawn.order_by("pk"):
        agent = review.agent
        held = (
            leads.filter(scope=Scope.TEAM, scope_id=agent.team_id).first() or leads.filter(scope=Scope.ALL).first()
        )
        before = usual(agent)
        if held and before and agent.user and agent.user_id not in (held.user_id, review.evaluator_id):
            analyst = User.objects.get(pk=review.evaluator_id)
            lead, evaluator = Person("lead", held.user), Person("analyst", analyst)
            return Three(Person("agent", agent.user, agent), lead, evaluator, review, before)
    raise AssertionError("no contact was drawn of an agent whom somebody leads")


def holder_of(role: Role) -> Person:
    """Who holds a role for the whole house."""
    held = RoleHeld.objects.filter(role=role, scope=Scope.ALL).select_related("user").order_by("pk").first()
    assert held is not None, role
    return Person(str(role), held.user)
