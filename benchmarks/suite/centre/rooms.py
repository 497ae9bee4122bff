"""What a year leaves in the rooms that make people better: contacts, reviews, figures, feedback, thanks, words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from benchmarks.suite.centre import talking
from benchmarks.suite.centre.copying import copy
from benchmarks.suite.centre.size import Centre

CONTACTS_EACH = 60
REVIEWS_EACH = 12  # one a month; the newest is still to be scored for every tenth
FEEDBACK_EACH = 8
TOUCHES_EACH = 24
THANKS_EACH = 6
SAYINGS = 3_000
MEASURES = ("quality_score", "satisfaction", "first_contact_resolution")


def fill(centre: Centre) -> None:
    version = _form(centre)
    _conversations(centre)
    _reviews(centre, version)
    _figures(centre)
    _coaching(centre)
    _thanks(centre)
    _sayings(centre)
    talking.fill(centre)
    _known(centre)


def _lead(centre: Centre, number: int) -> Any:
    return centre.users[f"supervisor {number // centre.size.agents_a_team}"]


def _form(centre: Centre) -> Any:
    from floorwalker.apps.quality.models import Form, FormVersion
    from floorwalker.apps.quality.rules.forms import FormContent, Item, Section, yes_or_no

    items = tuple(
        Item(f"item_{n}", f"Behaviour {n}", 1, yes_or_no("Done.", "Not done."), expectation="As agreed.")
        for n in range(10)
    )
    return FormVersion.objects.create(
        form=Form.objects.create(name="Calls"),
        number=1,
        state="in_force",
        content=FormContent((Section("The call", items),)).to_json(),
        made_by="Planner",
        made_at=centre.at - timedelta(days=400),
        in_force_from=centre.at - timedelta(days=400),
    )


def _conversations(centre: Centre) -> None:
    from floorwalker.apps.quality.models import Conversation

    turns = [
        {"speaker": "customer" if n % 2 == 0 else "agent", "at": 9 * n, "text": "So the parcel is late again."}
        for n in range(6)
    ]
    copy(
        Conversation,
        (
            Conversation(
                key=f"c{number}-{n}",
                agent=agent,
                client=centre.clients[number % len(centre.clients)],
                channel="phone",
                started_at=centre.at - timedelta(days=6 * n, minutes=number % 400),
                seconds=300,
                turns=turns,
                imported_at=centre.at - timedelta(days=6 * n),
            )
            for number, agent in enumerate(centre.agents)
            for n in range(CONTACTS_EACH)
        ),
    )


def _reviews(centre: Centre, version: Any) -> None:
    from floorwalker.apps.quality.models import Conversation, Review

    kept = list(
        Conversation.objects.order_by("agent_id", "-started_at").values_list("pk", "agent_id", "started_at")
    )
    numbers = {agent.pk: number for number, agent in enumerate(centre.agents)}

    def rows() -> Iterator[Any]:
        for at, (pk, agent, started) in enumerate(kept):
            month, rest = divmod(at % CONTACTS_EACH, CONTACTS_EACH // REVIEWS_EACH)
            if rest:
                continue
            drawn = started + timedelta(days=1)
            waits = month == 0 and numbers[agent] % 10 == 0
            done = None if waits else drawn + timedelta(days=2)
            yield Review(
                conversation_id=pk,
                agent_id=agent,
                form_version=version,
                evaluator=_lead(centre, numbers[agent]),
                why="sample",
                state="drawn" if waits else "closed",
                drawn_at=drawn,
                due=drawn + timedelta(days=5),
                scored_at=done,
                released_at=done,
                closed_at=done,
                score=None if waits else 70.0 + at % 30,
                all_points=None if waits else 68.0 + at % 30,
            )

    copy(Review, rows())


def _figures(centre: Centre) -> None:
    from floorwalker.apps.performance.models import AgentDay

    today = centre.at.date()
    copy(
        AgentDay,
        (
            AgentDay(
                agent=agent,
                day=today - timedelta(days=back),
                measure=measure,
                value=(70.0 + (number + back) % 25) / (1 if measure == "quality_score" else 100),
                weight=5.0,
                source="bench",
                key=f"{measure}:{back}",
                told_at=centre.at - timedelta(days=back),
            )
            for number, agent in enumerate(centre.agents)
            for back in range(1, 7 * centre.size.weeks_behind)
            if (number + back) % 7 < 5
            for measure in MEASURES
        ),
    )


def _coaching(centre: Centre) -> None:
    from floorwalker.apps.coaching.models import Feedback, Touch

    copy(
        Feedback,
        (
            Feedback(
                agent=agent,
                author=_lead(centre, number),
                kind="positive",
                expectation="Listens to the end",
                words="The caller was heard before you answered.",
                at=centre.at - timedelta(days=44 * n + number % 40),
            )
            for number, agent in enumerate(centre.agents)
            for n in range(FEEDBACK_EACH)
        ),
    )
    copy(
        Touch,
        (
            Touch(
                agent=agent,
                by=_lead(centre, number),
                kind="visit",
                at=centre.at - timedelta(days=15 * n + number % 21),
                once=f"bench:{number}:{n}",
            )
            for number, agent in enumerate(centre.agents)
            for n in range(TOUCHES_EACH)
        ),
    )


def _thanks(centre: Centre) -> None:
    from floorwalker.apps.recognition.models import Thanks

    count = len(centre.agents)
    copy(
        Thanks,
        (
            Thanks(
                from_user=centre.agents[(number + 7 * n + 1) % count].user,
                agent=agent,
                kind="thanks",
                words="For taking my late call.",
                visibility=("site", "team", "private")[n % 3],
                at=centre.at - timedelta(days=50 * n + number % 45),
                day=(centre.at - timedelta(days=50 * n + number % 45)).date(),
            )
            for number, agent in enumerate(centre.agents)
            for n in range(THANKS_EACH)
        ),
    )


def _sayings(centre: Centre) -> None:
    from floorwalker.apps.hub.models import Saying, Topic

    owner = centre.users["manager"]
    topics = Topic.objects.bulk_create(Topic(name=f"Topic {n}", owner=owner) for n in range(12))
    Saying.objects.bulk_create(
        (_saying(centre, Saying, topics[number % len(topics)], number) for number in range(SAYINGS)),
        batch_size=1000,
    )


def _saying(centre: Centre, model: Any, topic: Any, number: int) -> Any:
    at = centre.at - timedelta(days=1 + number % 360)
    author = centre.agents[number % len(centre.agents)]
    return model(
        kind="question",
        topic=topic,
        text="When will the new headsets come?",
        public=number % 2 == 0,
        author=author.user,
        owner=topic.owner,
        said_on=at.date(),
        due=at.date() + timedelta(days=7),
        moved_on=at.date() if number % 40 else None,
        state="answered" if number % 40 else "received",
    )


def _known(centre: Centre) -> None:
    """The database looks at its own statistics again: a million rows are new."""
    import psycopg

    with psycopg.connect(centre.owner_url, autocommit=True) as connection:
        connection.execute("ANALYZE")
