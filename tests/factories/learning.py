"""Scenarios and plays for the tests: a small flow with two good ways, and rows of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from floorwalker.apps.accounts.models import User
from floorwalker.apps.learning.models import (
    Activity,
    ArenaMember,
    BoxQuestion,
    CustomerLine,
    Difficulty,
    Exercise,
    GroupRanking,
    Handbook,
    Match,
    Participant,
    Pitch,
    Play,
    QuizAnswer,
    Ranking,
    Rating,
    Reason,
    Scenario,
    ScenarioVersion,
    Seat,
    TableTopic,
    Tip,
    TipTry,
    TriggerMoment,
    Turn,
    Vote,
    VoteQuestion,
)
from floorwalker.apps.learning.rules.activities import STAGES
from floorwalker.apps.learning.rules.flow import Fact, Flow, Moment, Node, Option, OwnWords, Step
from floorwalker.apps.people.models import Agent
from tests.factories import Planted, Where
from tests.people import NOW, World

DAYS = timedelta(days=14)
ITEMS = ("water", "knife", "rope", "mirror", "matches", "tarp", "rum", "radio", "net", "map")
CONTENT: dict[str, dict[str, Any]] = {
    "survival": {
        "situation": "Your ship has sunk.",
        "items": [{"key": each, "text": each.title()} for each in ITEMS],
        "expert": [],
        "source": "",
    },
    "quiz": {
        "questions": [
            {"text": "What is said first?", "options": ["The name", "The price"], "right": 1, "why": "Trust.",
             "seconds": 20},
            {"text": "What is said last?", "options": ["Nothing", "What comes next", "The price"], "right": 2,
             "why": "Nobody waits in vain.", "seconds": 0},
        ]
    },
}  # fmt: skip


def everybody() -> frozenset[int]:
    """A scenario is the same for all who play or write it."""
    return frozenset(User.objects.values_list("pk", flat=True))


def small_flow(marker: str = "") -> Flow:
    """A parcel that did not come: two answers at the first line, own words at the second, two good ways."""
    return Flow(
        start="late",
        setting=f"You answer for a parcel service. {marker}".strip(),
        facts=(Fact("gift", f"It is a birthday gift. {marker}".strip()),),
        steps=(
            Step("sorry", f"Say sorry {marker}".strip(), 2),
            Step("number", "Ask for the number of the parcel", 1),
            Step("gift", "Come back to the birthday", 1),
        ),
        nodes=(
            Node(
                "late",
                f"My parcel is late and it is a birthday gift! {marker}".strip(),
                options=(
                    Option("calm", f"Calm down, please. {marker}".strip(), "angry"),
                    Option("ask", "What is the number of the parcel?", "number", steps=("number",)),
                    Option("wait", "It will come.", "gone"),
                ),
                states=("gift",),
                moment=Moment(f"waited in vain {marker}".strip(), controllable=True, minutes=6),
            ),
            Node("angry", "Do not tell me to calm down!", (Option("end", "Good-bye.", "gone"),
                 Option("back", "I am sorry. What is the number?", "number", steps=("sorry", "number")))),
            Node(
                "number",
                "It is 4711.",
                options=(Option("look", "I look it up.", "gone"),),
                own_words=OwnWords(("sorry / apologise", "birthday"), "found", ("sorry", "gift"), ("gift",)),
            ),
            Node("found", "Thank you, that is kind.", outcome="solved"),
            Node("gone", "I buy elsewhere.", outcome="lost"),
        ),
    )  # fmt: skip


def a_version(
    keeper: User, name: str = "Late parcel", flow: Flow | None = None, state: str = "in_force", marker: str = ""
) -> ScenarioVersion:
    scenario = Scenario.objects.create(
        name=name, about=f"Listening {marker}".strip(), keeper=keeper, look_again_on=date(2026, 9, 1)
    )
    return ScenarioVersion.objects.create(
        scenario=scenario,
        number=1,
        state=state,
        content=(flow or small_flow(marker)).to_json(),
        made_by=marker or "T. Rainer",
        made_at=NOW,
        changed=marker,
        in_force_from=None if state == "draft" else NOW,
    )


def make_scenario(world: World, where: Where, marker: str) -> Planted:
    version = a_version(where.user, f"{where.key} {marker}", marker=marker)
    if where.key == "agent":
        handle_side_by_side(version, where)
    return Planted(version.scenario, users=everybody())


def handle_side_by_side(version: ScenarioVersion, where: Where) -> None:
    """Two handlings to compare, of members of the arena, and everybody played it: whoever did may compare."""
    other = Agent.objects.create(name="Other side", number="SIDE", team=where.team, started_on=date(2025, 1, 6))
    ArenaMember.objects.create(agent=other, joined_at=NOW)
    over = {"state": "decided", "winner": 1, "ended_at": NOW}
    match = Match.objects.create(version=version, made_by=keeper(), made_at=NOW, until=NOW, **over)
    for side, agent in ((1, where.agent), (2, other)):
        match.seats.create(agent=agent, side=side, accepted_at=NOW, play=a_play(version, agent, purpose="match"))
    for agent in Agent.objects.filter(user__isnull=False).exclude(pk=where.agent.pk):
        a_play(version, agent)


def a_play(version: ScenarioVersion, agent: Agent, **more: Any) -> Play:
    """Played to the end: the first line answered, and the second."""
    began = NOW - timedelta(minutes=5)
    play = Play.objects.create(
        version=version, agent=agent, began_at=began, finished_at=NOW, state="finished", outcome="lost", **more
    )
    for number, (node, option) in enumerate((("late", "ask"), ("number", "look")), 1):
        Turn.objects.create(
            play=play, number=number, node=node, option=option, served_at=began, shown_at=began, at=NOW
        )
    return play


def make_scenarioversion(world: World, where: Where, marker: str) -> Planted:
    return Planted(a_version(where.user, f"Draft of {where.key}", state="draft", marker=marker), users=everybody())


def make_customerline(world: World, where: Where, marker: str) -> Planted:
    row = CustomerLine.objects.create(text=f"{where.key} {marker}", reason=marker, source=marker)
    return Planted(row, users=everybody())


def make_handbook(world: World, where: Where, marker: str) -> Planted:
    drafts = {f"Kind {marker}": {"about": marker, "content": small_flow(marker).to_json()}}
    row = Handbook.objects.create(name=f"{where.key} {marker}", drafts=drafts, by_name=marker, at=NOW)
    return Planted(row, users=everybody())


def make_triggermoment(world: World, where: Where, marker: str) -> Planted:
    row = TriggerMoment.objects.create(
        version=a_version(where.user, f"Moment of {where.key}"),
        node="late",
        line=marker,
        text=marker,
        controllable=True,
        minutes=5,
    )
    return Planted(row, users=everybody())


def make_play(world: World, where: Where, marker: str) -> Play:
    version = a_version(where.user, f"Played by {where.key}")
    play = Play.objects.create(version=version, agent=where.agent, began_at=NOW - timedelta(minutes=5))
    Turn.objects.create(play=play, number=1, node="late", served_at=play.began_at, shown_at=play.began_at)
    return play


def make_turn(world: World, where: Where, marker: str) -> Turn:
    version = a_version(where.user, f"Turns of {where.key}")
    play = Play.objects.create(version=version, agent=where.agent, began_at=NOW - timedelta(minutes=5))
    answered = {"served_at": play.began_at, "shown_at": play.began_at, "at": NOW}
    Turn.objects.create(play=play, number=1, node="late", option="ask", **answered)
    row = Turn.objects.create(play=play, number=2, node="number", words=marker, **answered)
    Turn.objects.create(play=play, number=3, node="found", served_at=NOW, shown_at=NOW)
    return row


def make_arenamember(world: World, where: Where, marker: str) -> ArenaMember:
    """The agent plays; the others did once: members are named to each other, whoever left the arena to nobody."""
    left_at = None if where.key == "agent" else NOW
    return ArenaMember.objects.create(agent=where.agent, joined_at=NOW - DAYS, left_at=left_at)


def a_match(where: Where, name: str) -> Match:
    """A team match in which the agent of this place plays; one that waits for players is open to all members."""
    until = NOW + timedelta(days=2)
    values = {"kind": "teams", "state": "playing", "made_by": keeper(), "made_at": NOW, "until": until}
    match = Match.objects.create(version=a_version(where.user, f"{name} of {where.key}"), **values)
    Seat.objects.create(match=match, agent=where.agent, side=1, accepted_at=NOW)
    return match


def keeper() -> User:
    """Somebody who keeps scenarios and plays none."""
    return User.objects.get_or_create(email="keeper@example.org", defaults={"name": "Keeper", "password": "!"})[0]


def make_match(world: World, where: Where, marker: str) -> Match:
    return a_match(where, "Match")


def make_seat(world: World, where: Where, marker: str) -> Seat:
    return a_match(where, "Seat").seats.get()


def make_vote(world: World, where: Where, marker: str) -> Vote:
    match = Match.objects.create(
        version=a_version(where.user, f"Voted on by {where.key}"), made_by=keeper(), made_at=NOW, until=NOW
    )
    return Vote.objects.create(match=match, voter=where.agent, named=1, at=NOW)


def make_rating(world: World, where: Where, marker: str) -> Rating:
    return Rating.objects.create(agent=where.agent, first_day=date(2026, 1, 1), mu=25, sigma=8, matches=1)


def make_difficulty(world: World, where: Where, marker: str) -> Planted:
    scenario = a_version(where.user, f"As hard as {where.key}").scenario
    return Planted(Difficulty.objects.create(scenario=scenario, mu=25, sigma=8), users=everybody())


def make_votequestion(world: World, where: Where, marker: str) -> VoteQuestion:
    other = Agent.objects.create(
        name="Other of the pair", number=f"P{where.agent.pk}", team=where.team, started_on=date(2025, 1, 6)
    )
    return VoteQuestion.objects.create(
        first=where.agent, second=other, first_day=date(2026, 1, 1), given_first=8, given_second=7, cast_first=8,
        cast_second=8, expected_first=2.5, expected_second=3.1, pairs=40, asked_at=NOW, due=NOW + DAYS,
    )  # fmt: skip


def an_exercise(keeper: User, title: str = "Desert island", kind: str = "survival", **more: Any) -> Exercise:
    values = {"state": "in_force", "in_force_from": NOW, "content": CONTENT[kind], **more}
    return Exercise.objects.create(
        kind=kind, title=title, keeper=keeper, made_at=NOW, look_again_on=date(2026, 9, 1), **values
    )


def an_activity(lead: User, agents: list[Agent], kind: str = "round_table", **more: Any) -> Activity:
    """Open, at its first stage, unless something else is said."""
    place = {"state": "open", "stage": STAGES[kind][0], "stage_at": NOW, "opened_at": NOW}
    if kind in CONTENT:
        exercise = Exercise.objects.filter(kind=kind, state="in_force").first()
        exercise = exercise or an_exercise(lead, f"Exercise: {kind}", kind)
        place |= {"exercise": exercise, "content": exercise.content}
    values = {"title": "What works", "made_at": NOW, "once": f"test:{Activity.objects.count()}", **place, **more}
    activity = Activity.objects.create(kind=kind, lead=lead, **values)
    Participant.objects.bulk_create(Participant(activity=activity, agent=each) for each in agents)
    return activity


def led_elsewhere(where: Where) -> User:
    """Somebody else leads, so that only being one of the group opens it."""
    return User.objects.get_or_create(
        email=f"leads-{where.key}@example.org", defaults={"name": "Leads a group", "password": "!"}
    )[0]


def group_activity(
    where: Where, marker: str, kind: str = "round_table", **more: Any
) -> tuple[Activity, frozenset[int]]:
    lead = led_elsewhere(where)
    said = {"title": marker, "prompt": marker, "why": marker}
    return an_activity(lead, [where.agent], kind, **{**said, **more}), frozenset({where.user.pk, lead.pk})


def make_exercise(world: World, where: Where, marker: str) -> Planted:
    return Planted(an_exercise(keeper(), f"{where.key} {marker}"), users=frozenset())


def make_activity(world: World, where: Where, marker: str) -> Planted:
    activity, they = group_activity(where, marker)
    return Planted(activity, users=they)


def make_participant(world: World, where: Where, marker: str) -> Planted:
    activity, they = group_activity(where, marker)
    return Planted(activity.participants.get(), users=they)


def make_boxquestion(world: World, where: Where, marker: str) -> Planted:
    """Answered; before that only who leads reads it."""
    activity, they = group_activity(where, marker)
    row = BoxQuestion.objects.create(activity=activity, words=marker, answer=marker, answered_at=NOW)
    return Planted(row, users=they)


def make_ranking(world: World, where: Where, marker: str) -> Ranking:
    activity, _they = group_activity(where, f"Ranked by {where.key}", "survival")
    return Ranking.objects.create(participant=activity.participants.get(), order=list(ITEMS))


def make_reason(world: World, where: Where, marker: str) -> Reason:
    return Reason.objects.create(ranking=make_ranking(world, where, marker), item="water", words=marker)


def make_groupranking(world: World, where: Where, marker: str) -> Planted:
    activity, they = group_activity(where, f"Agreed by {where.key}", "survival", stage="together")
    activity.participants.update(split=1)
    return Planted(GroupRanking.objects.create(activity=activity, number=1, order=list(ITEMS)), users=they)


def make_quizanswer(world: World, where: Where, marker: str) -> QuizAnswer:
    activity, _they = group_activity(where, f"Answered by {where.key}", "quiz")
    return QuizAnswer.objects.create(participant=activity.participants.get(), round=1, option=1, at=NOW)


def make_tip(world: World, where: Where, marker: str) -> Planted:
    activity, they = group_activity(where, marker)
    return Planted(Tip.objects.create(activity=activity, author=where.agent, text=marker, at=NOW), users=they)


def make_tabletopic(world: World, where: Where, marker: str) -> Planted:
    activity, they = group_activity(where, marker)
    return Planted(TableTopic.objects.create(activity=activity, ref=1, name=marker), users=they)


def make_tiptry(world: World, where: Where, marker: str) -> Planted:
    """Counted for others; known to oneself."""
    activity, _they = group_activity(where, marker, stage="try")
    tip = Tip.objects.create(activity=activity, author=where.agent, text=marker, at=NOW)
    return Planted(TipTry.objects.create(tip=tip, agent=where.agent), users=frozenset({where.user.pk}))


def make_pitch(world: World, where: Where, marker: str) -> Planted:
    """Not shown: nobody but its author reads it, not even who leads."""
    activity, _they = group_activity(where, marker, "own_pitch", stage="share")
    said = dict.fromkeys(("product", "words", "why", "objection", "change", "anew"), marker)
    pitch = Pitch.objects.create(activity=activity, author=where.agent, would_buy=2, would_buy_anew=4, **said)
    return Planted(pitch, users=frozenset({where.user.pk}))


VALUES: dict[str, Any] = {
    "line_key": lambda world: "late",
    "answer_key": lambda world: "ask",
    "step": lambda world: "pitch",
}
BODIES: dict[str, Any] = {}
