"""The sample brings figures of everybody and goals in each of their states, by the services."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance.models import AgentDay, Goal, PersonalBest, Responsibility
from floorwalker.apps.promises.models import Promise
from floorwalker.project.sample import goals
from tests.apps.accounts.cases import make_user
from tests.people import Cast


def test_the_sample_has_goals_in_every_state(cast: Cast) -> None:
    """Met and raised, missed, agreed, proposed, declined and let go; it is brought once."""
    for n in range(7):
        user = make_user(f"more{n}@example.org")
        Agent.objects.create(
            user=user, name=f"More {n}", number=f"M{n}", team=cast.world.north_one, started_on="2024-01-01"
        )
    assert not goals.is_there()
    goals.bring(timezone.now())
    assert goals.is_there()
    assert set(Goal.objects.values_list("state", flat=True)) == set(Goal.State.values)
    assert PersonalBest.objects.exists() and Goal.objects.exclude(raised_from=None).exists()
    assert set(Promise.objects.values_list("state", flat=True)) >= {"open", "kept"}
    assert Responsibility.objects.exists() and AgentDay.objects.count() > 300
    assert AgentDay.objects.earliest("day").day >= timezone.now().date() - timedelta(days=43)
