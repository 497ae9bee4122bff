"""No score, lapse or broken promise leads to discipline by itself: every job and reaction runs over the worst."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from procrastinate.contrib.django import app

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.people.models import Agent, AgentSkill, TeamMembership
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.quality import services as quality
from floorwalker.kernel.models import Entry
from tests.apps.coaching import talking
from tests.apps.quality.cases import WELL, drawn, evaluated
from tests.people import NOW, Cast

WORST = WELL | {"greet": "no", "verify": "no", "explain": "no"}  # the critical one too: the score is 0


def standing() -> list[list[Any]]:
    """Everything a person has here that could be taken from them."""
    return [
        list(User.objects.order_by("pk").values_list("pk", "is_active")),
        list(RoleHeld.objects.order_by("pk").values_list("user", "role", "scope", "scope_id")),
        list(Agent.objects.order_by("pk").values("pk", "team", "left_on", "engagement", "most_hours", "user")),
        list(AgentSkill.objects.order_by("pk").values_list("agent", "skill", "level")),
        list(TeamMembership.objects.order_by("pk").values_list("agent", "team", "days")),
    ]


def every_job(at: datetime) -> int:
    """All that runs by timetable, as of this moment."""
    found = app.periodic_registry.periodic_tasks.values()
    tasks = {each.task.name: each.task for each in found if each.task.func.__module__.endswith("jobs.registry")}
    for task in tasks.values():
        task.func(int(at.timestamp()))
    return len(tasks)


def test_the_worst_month_takes_nothing_from_anybody(
    cast: Cast, deliver: Callable[[], None], time_machine: Any
) -> None:
    """Scores of 0, views missed, promises broken: sign-in, role, team, skills stay as they were."""
    User.objects.filter(pk=cast.left.user.pk).update(is_active=False)  # whose last day a person recorded
    before = standing()
    time_machine.move_to(NOW, tick=False)
    talking.closed(cast)
    for number in range(3):
        review = evaluated(cast, drawn(cast, key=f"K{number}"), WORST)
        assert review.score == 0
        assert review.self_due is None or quality.release_due(review.self_due) is not None
    deliver()
    at = NOW + timedelta(days=60)
    time_machine.move_to(at, tick=False)
    assert every_job(at) > 30
    deliver()
    assert Promise.objects.filter(state="broken").exists()
    assert standing() == before
    by_nobody = Entry.objects.filter(actor_kind="system").values_list("verb", flat=True).distinct()
    assert not [verb for verb in by_nobody if verb.startswith(("people.", "accounts."))]
