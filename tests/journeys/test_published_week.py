"""A published week is asked what a skill would be worth and what callbacks would bring; both are opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.capacity.work import studies
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.people.models import Agent, AgentSkill, Skill
from tests.factories import schedules as make
from tests.factories.capacity import a_forecast
from tests.factories.demand import agreed
from tests.journeys.conftest import Visit
from tests.people import Cast

pytestmark = pytest.mark.prove  # longer than a test may take


def two_queues(cast: Cast, monday: date) -> list[Queue]:
    """Cards has too few people, Loans enough; four of Loans have the skill of Cards. Callbacks are allowed."""
    skills = {"Cards": cast.world.service, "Loans": cast.world.sales}
    values = {"client": cast.world.aurora, "site": cast.world.north, "zone": cast.world.north.zone}
    queues = [
        Queue.objects.create(key=name.lower(), name=name, skill=skill, patience_seconds=150.0, **values)
        for name, skill in skills.items()
    ]
    for queue, times in zip(queues, (0.6, 0.4), strict=True):
        a_forecast(queue, monday, times=times)
    french = Skill.objects.create(name="French")
    week = make.a_week(cast.world.north, monday)
    stints, team = [], cast.world.north.teams.earliest("pk")
    for queue, count in zip(queues, (8, 14), strict=True):
        for number in range(count):
            name = f"{queue.name} {number}"
            agent = Agent.objects.create(name=name, number=name, team=team, started_on=date(2026, 1, 1))
            helper = queue.name == "Loans" and number < 4
            held = [queue.skill, *([cast.world.service] if helper else [])]
            held += [french] if number < (6 if queue.name == "Cards" else 2) or number == 13 else []
            AgentSkill.objects.bulk_create([AgentSkill(agent=agent, skill=skill) for skill in held])
            stints += make.working_days(week, [agent], queue=queue)
    make.published(week, stints, timezone.now(), by=cast.planner.actor)
    agreed(cast.world.aurora, monday - timedelta(days=60), callback_allowed=True)
    return queues


def test_both_questions_are_asked_of_a_published_week(
    visit: Visit,
    cast: Cast,
    monday: date,
    deliver: Callable[[], None],
    work: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From the roster to both forms, and from each to its answer: a sentence, a picture, a table."""
    for name, value in {"AGENTS": (1, 2), "REPLICATIONS": 4, "DRAWS": 3, "EACH": 4}.items():
        monkeypatch.setattr(studies, name, value)
    two_queues(cast, monday)
    deliver()

    visitor = visit("published-week").sign_in(cast.planner.user)
    visitor.open(reverse("schedules:board", args=[cast.world.north.pk, monday]))
    visitor.shows("What would a skill be worth?")
    visitor.follow("What would callbacks bring?")
    visitor.shows("Ask a published week", "2 queues whose people could help each other")
    visitor.look_everywhere("ask")
    visitor.fill("From an expected wait of, minutes", "1")
    visitor.press("Play it through")
    visitor.shows("The week is being played through with each step of the ladder")
    work(inline=True)
    visitor.open(visitor.path)
    visitor.shows("Callbacks from 1 minute on would ", "letting those help who have the skill would")
    visitor.shows("Step by step, callbacks last", "As rostered", "Whoever has the skill already helps")
    visitor.shows(
        "What becomes of the promises",
        "… and then callbacks, from 1 minute on",
        "Callbacks alone, from 1 minute on",
    )
    visitor.look_everywhere("callbacks")

    visitor.follow("Ask otherwise")
    visitor.press("Compute")
    visitor.shows("The week is being played through with each skill taught")
    work(inline=True)
    visitor.open(visitor.path)
    visitor.shows("Lessons, the best first", "Specialists, generalists and the mix")
    visitor.shows("Skills that go together", "Service and French", "8 of 12 (67 %)", "1 of 10 (10 %)")
    visitor.shows("8 of 12 with Service also hold French; of those of Loans without it 1 of 10")
    visitor.look_everywhere("skills")
    visitor.follow("Ask otherwise")
    visitor.shows("Asked of this week", "Callbacks", "from 1 min on", "Every skill")
    visitor.look("asked")
