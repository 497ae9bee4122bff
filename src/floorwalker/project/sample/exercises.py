"""What groups of a sample do together: two exercises and a draft, a quiz that is over, a ranking that is open."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.models import Activity, Exercise
from floorwalker.apps.learning.rules import quiz as quiz_rules
from floorwalker.apps.learning.rules import survival
from floorwalker.apps.people.models import Agent
from floorwalker.project.sample.coaching import Led, teams
from floorwalker.project.sample.practising import keeper

DAY = timedelta(days=1)
PEOPLE = 8  # two small groups
RANKED = 4  # of them are done, and whom the sample signs in is not

ISLAND = {
    "situation": "The ferry to the company’s summer party ran on a reef at night. All of you reached a small "
    "island: sand, palms, a hill, no house. You saved ten things. Which matters most until somebody finds you?",
    "items": [
        {"text": each}
        for each in (
            "Twenty litres of drinking water", "A knife", "Twenty metres of rope", "A mirror",
            "A box of dry matches", "A tarpaulin, four by four metres", "A bottle of rum",
            "A radio that receives, with batteries", "A mosquito net", "A chart of the sea around",
        )
    ],
}  # fmt: skip
QUIZ = {
    "questions": [
        {
            "text": "A caller gives you a name and asks for the balance. What comes first?",
            "options": ["The balance", "The three security questions", "A call back", "The name of your lead"],
            "right": 2,
            "why": "A name is known to many. Who is not asked may not be told.",
            "seconds": 30,
        },
        {
            "text": "You cannot solve it today. What does the caller leave with?",
            "options": ["An apology", "A number to call again", "What happens next, by when, and who does it"],
            "right": 3,
            "why": "Who knows the next step does not call again to ask for it.",
            "seconds": 30,
        },
        {
            "text": "The caller shouts. What helps most in the first ten seconds?",
            "options": ["“Please calm down”", "Saying back what happened to them", "Putting them on hold"],
            "right": 2,
            "why": "Who hears their own story has been listened to; being told to calm down says the opposite.",
            "seconds": 0,
        },
    ]
}
DRAFT = {"questions": [{"text": "Which contacts may be transferred without a word?", "options": [], "why": ""}]}
REASONS = (
    "Without it nobody lasts three days",
    "It keeps sun and rain away at night",
    "It is seen from far when the sun shines",
    "With it we make nearly everything else",
)


def is_there() -> bool:
    return Exercise.objects.exists()


@transaction.atomic
def bring(at: datetime) -> None:
    """By the verbs people use; whom the sample signs in finds a ranking to take part in."""
    trainer = keeper()
    made = []
    written: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("survival", "Stranded on an island", ISLAND),
        ("quiz", "Three moments of a call", QUIZ),
    )
    for kind, title, content in written:
        draft = services.make_exercise(kind=kind, title=title, content=content, by=trainer, at=at - 40 * DAY)
        draft = services.put_exercise_in_force(
            exercise_id=draft.pk, version=draft.version, by=trainer, at=at - 39 * DAY
        )
        made.append(draft)
    services.make_exercise(kind="quiz", title="Handing over", content=DRAFT, by=trainer, at=at - 2 * DAY)
    team = the_team(at)
    if team is not None:
        _quiz(made[1], team, at - 9 * DAY)
        _ranking(made[0], team, at - timedelta(minutes=20))


def the_team(at: datetime) -> Led | None:
    """That of the first agent, whom the sample signs in."""
    found = [each for each in teams(at) if len(each.agents) > RANKED]
    first = Agent.objects.filter(user__is_active=True, left_on=None).order_by("pk").first()
    mine = [each for each in found if first is not None and first.pk in each.actors]
    return next(iter([*mine, *found]), None)


def _begun(exercise: Exercise, team: Led, title: str, once: str, at: datetime) -> Activity:
    people = sorted(team.agents, key=lambda each: each.pk)[:PEOPLE]
    found = services.prepare_activity(
        kind=exercise.kind,
        title=title,
        prompt="",
        exercise_id=exercise.pk,
        agent_ids=[each.pk for each in people],
        once=once,
        by=team.lead,
        at=at - timedelta(hours=1),
    )
    return services.open_activity(activity_id=found.pk, version=found.version, by=team.lead, at=at)


def _quiz(exercise: Exercise, team: Led, at: datetime) -> None:
    """Over, with one question that is worth being taught again."""
    found = _begun(exercise, team, "Monday’s quiz", "sample:quiz", at)
    questions = quiz_rules.from_json(exercise.content).questions
    agents = [each.agent_id for each in queries.people_in(found)]
    for number, question in enumerate(questions, 1):
        for place, agent_id in enumerate(agents):
            wrong = place < (5 if number == 2 else 1)
            option = question.right % len(question.options) + 1 if wrong else question.right
            services.answer_question_of_quiz(
                activity_id=found.pk, number=number, option=option, by=team.actors[agent_id],
                at=at + timedelta(minutes=2 * number, seconds=-110),
            )  # fmt: skip
        for _each in range(2 if number < len(questions) else 1):
            at_next = at + timedelta(minutes=2 * number)
            found = services.move_on(activity_id=found.pk, version=found.version, by=team.lead, at=at_next)
    services.ask_box(
        activity_id=found.pk, words="May we say the caller’s balance to a spouse who knows all answers?",
        by=team.actors[agents[0]], at=at,
    )  # fmt: skip
    asked = queries.visible_box_questions(team.lead).get(activity=found)
    services.answer_box(
        activity_id=found.pk, box_question_id=asked.pk,
        answer="No. The account is in one name; offer to note a mandate.", by=team.lead, at=at + DAY / 24,
    )  # fmt: skip
    services.close_activity(activity_id=found.pk, version=found.version, by=team.lead, at=at + DAY / 24)


def _ranking(exercise: Exercise, team: Led, at: datetime) -> None:
    """Open, at the stage in which each ranks alone; a question waits in the box."""
    found = _begun(exercise, team, "Stranded together", "sample:survival", at)
    keys = survival.from_json(exercise.content).keys
    people = list(queries.people_in(found).order_by("agent__pk"))
    for place, each in enumerate(people[1 : RANKED + 1]):
        who = {"activity_id": found.pk, "by": team.actors[each.agent_id], "at": at + timedelta(minutes=2)}
        order = [*keys[place:], *keys[:place]]
        for number, key in enumerate(order, 1):
            reason = REASONS[(place + number) % len(REASONS)] if number <= survival.WITH_REASON else None
            services.rank_item(item=key, to=number, reason=reason, named=place == 0, **who)
        services.finish_ranking(**who)
    services.ask_box(
        activity_id=found.pk, words="Is this counted anywhere?", by=team.actors[people[1].agent_id], at=at
    )
