"""Many evaluations at once, with a lenient and a strict evaluator planted."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from floorwalker.apps.accounts.models import User
from floorwalker.apps.people.models import Agent
from floorwalker.apps.quality.models import Answer, Conversation, FormVersion, Review
from tests.people import Cast

KINDS = {"greet": 0.8, "verify": 0.9, "explain": 0.6, "wait": 0.5}


def judged(
    cast: Cast,
    version: FormVersion,
    agents: list[Agent],
    judges: dict[User, float],
    each: int,
    at: datetime,
    twice: int = 0,
    name: str = "judged",
) -> None:
    """``each`` contacts of every agent, the evaluators in turn; a judge answers “yes” so much more often."""
    chance = random.Random(5)
    names = list(judges)
    rows = []
    for number in range(each * len(agents)):
        agent = agents[number % len(agents)]
        talk = Conversation(
            key=f"{name}-{number}", agent=agent, client=cast.world.aurora, channel="phone",
            started_at=at - timedelta(days=3), seconds=60, imported_at=at, turns=[],
        )  # fmt: skip
        first = (number // len(agents)) % len(names)
        rows += [
            (talk, names[(first + place) % len(names)], "double" if place else "sample")
            for place in range(2 if number < twice else 1)
        ]
    Conversation.objects.bulk_create({id(talk): talk for talk, _, _ in rows}.values())
    reviews = Review.objects.bulk_create(
        Review(
            conversation=talk, agent_id=talk.agent_id, form_version=version, evaluator=who, why=why,
            state="released", drawn_at=at, due=at, scored_at=at, released_at=at, score=80, all_points=80,
        )
        for talk, who, why in rows
    )  # fmt: skip
    Answer.objects.bulk_create(
        Answer(
            review=review, side="evaluator", item_key=key, at=at,
            value="yes" if chance.random() < share + judges[review.evaluator] else "no",
        )
        for review in reviews
        for key, share in KINDS.items()
    )  # fmt: skip
