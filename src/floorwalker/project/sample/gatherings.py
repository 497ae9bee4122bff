"""What came of groups of a sample: a table with a tip that left it, pitches, and what waits for its lead."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from floorwalker.apps.coaching import services
from floorwalker.apps.coaching.models import GroupSession
from floorwalker.apps.hub import services as hub
from floorwalker.apps.learning import queries as arena
from floorwalker.apps.learning import services as learning
from floorwalker.apps.learning.models import Activity
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import own_pitch
from floorwalker.project.sample.coaching import SHEETS, Led
from floorwalker.project.sample.exercises import the_team

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
PEOPLE = 7

TABLE = "Callers who are in a hurry"
ASKED = "What do you do in the first ten seconds when somebody has no time?"
TIPS = (
    ("I say how long it will take before I begin. Nobody has hung up on me since.", True),
    ("I ask what must be done by when, and do only that today.", True),
    ("I offer a message with the answer, so that they can go.", False),
)
QUESTION = "Does anybody see how long these calls take me?"
ANSWER = "You and I do, and nobody compares them. A call that needs its time gets it."
CHANGES = "The time a change takes stands beside each kind of change, for you to say."

PITCHES = "Would you sell to yourself, and why?"
PITCHED = "The guarantee for three years: pitch it as you do on the phone, then listen to yourself."
PRODUCT = "Three years of guarantee"
# words, would buy, why, change, anew, would buy then, and who may see it
SOLD = (
    ("For four a month you need not think of repairs.", 2, "I do not know what it pays.",
     "Say what it pays first.", "A new screen costs 180. For four a month it costs you nothing.", 4, "named"),
    ("Most customers take it.", 1, "I am not most customers.",
     "Ask what they use it for.", "You take it on the road; when it falls, we bring another.", 4, "unnamed"),
    ("It covers everything.", 2, "Nothing covers everything.",
     "Say what it does not cover.", "Not the case, and not theft. All else, within two days.", 5, "unnamed"),
    ("You can cancel it each month.", 4, "I risk little.",
     "Nothing; say it earlier.", "You can cancel it each month, and it begins today.", 4, "kept"),
    ("It is on offer until Friday.", 1, "I feel pushed.",
     "Leave the Friday away.", "Take the leaflet along. It costs the same next week.", 3, "kept"),
    ("A repair takes weeks without it.", 3, "It frightens me a little.",
     "Say how long it takes with it.", "With it you have another the day after tomorrow.", 4, "unnamed"),
)  # fmt: skip
READY = (("survival", "An island, for the late shift", 9), ("quiz", "A quiz for Monday", 4))


def is_there() -> bool:
    return GroupSession.objects.filter(title=TABLE).exists() or the_team(timezone.now()) is None


@transaction.atomic
def bring(at: datetime) -> None:
    """By the verbs people use; whom the sample signs in was there, and finds the rest on the pages of the team."""
    team = the_team(at)
    if team is None:
        return
    _table(team, at - 12 * DAY)
    _pitches(team, at - 17 * DAY)
    for kind, title, days in READY:
        exercise = arena.visible_exercises(team.lead, P.LEAD_ACTIVITIES).filter(kind=kind).order_by("pk").first()
        if exercise is not None:
            _planned(team, title, title, at - DAY, kind, due=at + days * DAY, exercise_id=exercise.pk)


def _planned(
    team: Led, title: str, topic: str, at: datetime, activity: str, due: datetime, exercise_id: int | None = None
) -> GroupSession:
    return services.plan_group(
        title=title,
        topic=topic,
        minutes=30 if activity == "quiz" else 45,
        due=due,
        agent_ids=[each.pk for each in team.agents[:PEOPLE]],
        activity=activity,
        exercise_id=exercise_id,
        by=team.lead,
        at=at,
    )


def _moved_on(activity_id: int, team: Led, at: datetime) -> None:
    version = Activity.objects.get(pk=activity_id).version
    learning.move_on(activity_id=activity_id, version=version, by=team.lead, at=at)


def _held(group: GroupSession, team: Led, outcome: str, at: datetime) -> None:
    """Held; sheets without a name came back, and what they led to was promised and done."""
    group.refresh_from_db()
    group = services.hold_group(group_id=group.pk, absent_ids=[], version=group.version, by=team.lead, at=at)
    for agent, (worth, heard, clear, keep, change) in zip(team.agents[:PEOPLE], SHEETS * 2, strict=False):
        answers = {"worth": worth, "heard": heard, "clear": clear}
        who = team.actors[agent.pk]
        services.return_sheet(group_id=group.pk, answers=answers, keep=keep, change=change, by=who, at=at + DAY)
    services.take_in_sheets(at + 6 * DAY)
    group.refresh_from_db()
    done = {"group_id": group.pk, "by": team.lead}
    group = services.close_group(
        **done, outcome=outcome, outcome_due=at + 11 * DAY, version=group.version, at=at + 7 * DAY
    )
    services.keep_group_word(**done, version=group.version, at=at + 9 * DAY)


def _table(team: Led, at: datetime) -> None:
    """Two of its tips may leave the table with a name, one did; a colleague uses it."""
    group = _planned(team, TABLE, ASKED, at - 5 * DAY, "round_table", due=at + DAY)
    table = services.begin_activity(group_id=group.pk, by=team.lead, at=at)
    people = [team.actors[each.pk] for each in team.agents[:PEOPLE]]
    tips = [
        learning.write_tip(activity_id=table, text=text, consent=consent, by=by, at=at + number * MINUTE)
        for number, ((text, consent), by) in enumerate(zip(TIPS, people, strict=False), 3)
    ]
    learning.ask_box(activity_id=table, words=QUESTION, by=people[4], at=at + 9 * MINUTE)
    asked = arena.visible_box_questions(team.lead).get(activity=table)
    learning.answer_box(
        activity_id=table, box_question_id=asked.pk, answer=ANSWER, by=team.lead, at=at + 20 * MINUTE
    )
    _moved_on(table, team, at + 25 * MINUTE)
    for number, by in enumerate(people):
        for tip in tips[: 1 + number % 2]:
            if tip.author.user_id != by.user_id:
                learning.try_tip(tip_id=tip.pk, yes=True, by=by, at=at + 30 * MINUTE)
    shared = services.share_tip(group_id=group.pk, tip_id=tips[0].pk, by=team.lead, at=at + 40 * MINUTE)
    for by in people[2:5]:
        hub.use(post_id=shared.post_id, by=by, at=at + 2 * DAY)
    _held(group, team, CHANGES, at + 45 * MINUTE)


def _pitches(team: Led, at: datetime) -> None:
    """Each sold, bought and owned; what they wrote was shown as each of them wished."""
    group = _planned(team, PITCHES, PITCHED, at - 4 * DAY, "own_pitch", due=at + DAY)
    activity = services.begin_activity(group_id=group.pk, by=team.lead, at=at)
    people = [team.actors[each.pk] for each in team.agents[: len(SOLD)]]
    for number, step in enumerate(own_pitch.STEPS, 1):
        for by, (words, buys, why, change, anew, buys_anew, _shown) in zip(people, SOLD, strict=False):
            said = {
                own_pitch.PITCH: {"product": PRODUCT, "words": words},
                own_pitch.CUSTOMER: {"would_buy": buys, "why": why, "objection": ""},
                own_pitch.OWNER: {"change": change, "anew": anew, "would_buy_anew": buys_anew},
            }[step]
            learning.write_pitch_step(activity_id=activity, step=step, answers=said, by=by, at=at)
        _moved_on(activity, team, at + 12 * number * MINUTE)
    for by, (*_said, shown) in zip(people, SOLD, strict=False):
        if shown != own_pitch.KEPT:
            learning.show_pitch(activity_id=activity, how=shown, by=by, at=at + 45 * MINUTE)
    _held(group, team, "The leaflet says what the guarantee does not cover.", at + 50 * MINUTE)
