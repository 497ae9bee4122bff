"""Scores taken apart: 20,000 evaluations through the job, from the click to what is kept."""

from __future__ import annotations

import random
import resource
from datetime import UTC, date, datetime, timedelta
from time import monotonic
from typing import Any

AGENTS, EVALUATORS, ITEMS = 400, 25, 8
GOAL_S = 10.0  # for 20,000 evaluations


def run(full: bool) -> list[dict[str, Any]]:
    """Seconds on the clock by size beside the goal, and how far what was planted comes back."""
    from benchmarks.suite.server import installation

    with installation():
        return [_measured(20_000 if full else 2_000)]


def _measured(number: int) -> dict[str, Any]:
    from django.utils import timezone

    from floorwalker.apps.quality import services
    from floorwalker.apps.quality.models import RaterEffect
    from floorwalker.kernel import jobs
    from floorwalker.kernel.access import SYSTEM
    from floorwalker.kernel.jobs import life

    leniency = _plant(number, datetime.now(UTC))
    started, before = monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    fit = services.order_fit(by=SYSTEM, at=timezone.now())
    job = jobs.latest((services.FIT_REF, fit.pk))
    assert job is not None
    life.run(job.pk)
    seconds, after = monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    fit.refresh_from_db()
    found = RaterEffect.objects.filter(fit=fit)
    mean = sum(leniency.values()) / len(leniency)
    inside = [
        each.low <= leniency[each.evaluator_id] - mean <= each.high
        for each in found
        if each.low is not None and each.high is not None
    ]
    return {
        "evaluations": fit.evaluations,
        "state": fit.state,
        "seconds": round(seconds, 1),
        "goal_s": GOAL_S,
        "cpu seconds of the child": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "peak MB of children": after.ru_maxrss / 1024,
        "leniencies inside their intervals": f"{sum(inside)} of {len(inside)}",
    }


def _plant(number: int, at: datetime) -> dict[int, float]:
    """Evaluations of 400 agents by 25 evaluators, some contacts scored twice; what each evaluator gives."""
    from floorwalker.apps.accounts.models import User
    from floorwalker.apps.people.models import Agent, Client, Site, Team
    from floorwalker.apps.quality.models import Answer, Conversation, Form, FormVersion, Review
    from floorwalker.apps.quality.rules.forms import Anchor, FormContent, Item, Section

    chance = random.Random(number)
    steps = 11
    anchors = tuple(Anchor(str(step), step / (steps - 1), "Like this.") for step in range(steps))
    items = tuple(Item(f"item-{n}", f"Item {n}", 1, anchors) for n in range(ITEMS))
    form = Form.objects.create(name=f"Form {number}")
    content = FormContent((Section("All", items),)).to_json()
    version = FormVersion.objects.create(
        form=form, number=1, content=content, made_by="x", made_at=at, state="in_force", in_force_from=at
    )
    site = Site.objects.create(name=f"Site {number}", zone="UTC")
    client = Client.objects.create(name=f"Client {number}")
    teams = [Team.objects.create(name=f"Team {number} {n}", site=site) for n in range(20)]
    agents = Agent.objects.bulk_create(
        Agent(name=f"Agent {n}", number=f"{number}-{n}", team=teams[n % 20], started_on=date(2024, 1, 1))
        for n in range(AGENTS)
    )
    judges = User.objects.bulk_create(
        User(email=f"judge{number}-{n}@example.org", name=f"Judge {n}", password="!") for n in range(EVALUATORS)
    )
    leniency = {judge.pk: chance.gauss(0, 5) for judge in judges}
    merit = {agent.pk: chance.gauss(0, 6) for agent in agents}
    hard = [chance.gauss(0, 8) for _ in items]
    talks = Conversation.objects.bulk_create(
        (
            Conversation(
                key=f"{number}-{n}", agent=agents[n % AGENTS], client=client, channel="phone", seconds=300,
                started_at=at - timedelta(days=1 + n % 300), turns=[], imported_at=at,
            )
            for n in range(round(number / 1.1))
        ),
        batch_size=1000,
    )  # fmt: skip
    luck = {talk.pk: chance.gauss(0, 5) for talk in talks}
    scored = [talks[n % len(talks)] for n in range(number)]
    reviews = Review.objects.bulk_create(
        (
            Review(
                conversation=talk, agent_id=talk.agent_id, form_version=version, evaluator=chance.choice(judges),
                why="sample" if n < len(talks) else "double", state="released", drawn_at=at, due=at,
                scored_at=at - timedelta(days=1), released_at=at, score=80, all_points=80,
            )
            for n, talk in enumerate(scored)
        ),
        batch_size=1000,
    )  # fmt: skip

    def answer(review: Review, place: int) -> str:
        level = 65 + merit[review.agent_id] + leniency[review.evaluator_id] + luck[review.conversation_id]
        return str(min(steps - 1, max(0, round((level + hard[place] + chance.gauss(0, 10)) / 10))))

    Answer.objects.bulk_create(
        (
            Answer(review=review, side="evaluator", item_key=item.key, value=answer(review, place), at=at)
            for review in reviews
            for place, item in enumerate(items)
        ),
        batch_size=2000,
    )
    return leniency
