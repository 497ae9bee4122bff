"""What the people of a sample were told lately: feedback and answers, visits, talks of one and of many, thanks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.directories import BEHAVIOURS
from floorwalker.apps.coaching.models import Behaviour, OneToOne
from floorwalker.apps.learning import services as learning
from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.people.models import Agent
from floorwalker.apps.quality import queries as quality
from floorwalker.apps.recognition import services as thanks
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.kernel.directory import verbs
from floorwalker.kernel.periods import Period
from floorwalker.kernel.roles import Role, Scope

DAY = timedelta(days=1)
TEAMS, PEOPLE = 3, 12
ANSWERS = 11  # to one behaviour, so that whoever leads can be set beside others
CORRECTED = (
    ("Late to the desk", "A word between two", "A word, and what would help", "A talk with HR"),
    ("Talks over the caller", "Listen to the contact together", "Two contacts side by side", "A plan with a date"),
    ("No note after the contact", "Show how it is written", "Read a week of notes together", "A plan with a date"),
)
ENCOURAGED = (("Says what happens next", "Say it the same day"), ("Helps a colleague", "Say it before the team"))
PRAISE = "You told the caller what happens next and by when; they did not have to ask."
WORDS = (
    "The first caller waited four minutes while your phone was not ready. Tell me what would help.",
    "I was beside you when it was half past; we look at it together on Friday.",
    "It was ten minutes again. What stands in the way?",
)
SHEETS = (
    (4, 5, 4, "The recorded examples", ""),
    (5, 4, 4, "", "Ten minutes less"),
    (3, 4, 5, "", "Not on a Monday"),
)


@dataclass(frozen=True)
class Led:
    """A team with who leads it."""

    lead: Actor
    agents: list[Agent]
    actors: dict[int, Actor]


TIPS = (
    ("I say what happens next, by when, and what they need not do any more. Then nobody calls to ask.", True),
    ("I read the number back before I look anything up.", True),
    ("I let them end the sentence, even when I know how it ends.", False),
)


def is_there() -> bool:
    return Behaviour.objects.exists()


@transaction.atomic
def bring(at: datetime) -> None:
    """Everything by the verbs people use, at the days on which they would have."""
    behaviours = [_behaviour(name, "corrective", steps, at) for name, *steps in CORRECTED]
    praised = [_behaviour(name, "positive", steps, at) for name, *steps in ENCOURAGED]
    chance = random.Random(12)
    for number, team in enumerate(teams(at)):
        _corrected(team, behaviours[0], number, at)
        _told(team, behaviours[1:], praised, at)
        _seen(team, chance, at)
        _groups(team, at)
        _talks(team, at)
        for place, kind in enumerate(("thanks", "consistency")):
            words = "Three weeks and every note complete." if place else ""
            said = at - (2 + place) * DAY
            thanks.thank(number=team.agents[place].number, kind=kind, words=words, by=team.lead, at=said)
    services.take_in_sheets(at)
    services.measure_all_effects(at)


def _behaviour(name: str, side: str, steps: list[str], at: datetime) -> Behaviour:
    values = dict(zip(("first", "second", "third"), [*steps, "", ""], strict=False))
    found: Behaviour = verbs.keep(BEHAVIOURS, values={"name": name, "side": side, **values}, by=SYSTEM, at=at)
    return found


def teams(at: datetime) -> Iterator[Led]:
    """Teams whose lead may give feedback; a small centre has one person for all of them."""
    rows = Agent.objects.filter(left_on=None, user__isnull=False, started_on__lte=(at - 180 * DAY).date())
    by_team: dict[int, list[Agent]] = {}
    for agent in rows.select_related("team", "user").order_by("team__name", "number"):
        by_team.setdefault(agent.team_id, []).append(agent)
    leads = RoleHeld.objects.filter(role=Role.SUPERVISOR).order_by("pk")
    users = {user.pk: user for user in User.objects.prefetch_related("roles_held")}
    made = 0
    for team_id, agents in by_team.items():
        held = leads.filter(scope=Scope.TEAM, scope_id=team_id).first() or leads.filter(scope=Scope.ALL).first()
        if held is None or made == TEAMS:
            continue
        theirs = [each for each in agents if each.user_id != held.user_id][:PEOPLE]
        actors = {each.pk: actor_of(users[each.user_id]) for each in theirs if each.user_id}
        if len(theirs) >= 6:
            made += 1
            yield Led(actor_of(users[held.user_id]), theirs, actors)


def _corrected(team: Led, behaviour: Behaviour, number: int, at: datetime) -> None:
    """The same behaviour over half a year; whoever leads the second team is firmer than the steps ask for."""
    for n in range(ANSWERS):
        agent = team.agents[n % 6]
        said = at - (150 - 13 * n) * DAY
        firm = 3 if number == 1 and n % 2 else None
        _give(team, agent, said, "corrective", WORDS[n % 3], behaviour=behaviour, rung=firm, **_moment(said))


def _told(team: Led, corrected: list[Behaviour], praised: list[Behaviour], at: datetime) -> None:
    """Of every kind and evidence, one answered, the newest not read yet."""
    for n, agent in enumerate(team.agents[:4]):
        contact = quality.visible_conversations(SYSTEM).filter(agent=agent).values_list("key", flat=True).first()
        shown = {"evidence_kind": "contact", "evidence_ref": contact} if contact else _moment(at - (20 - n) * DAY)
        given = _give(team, agent, at - (20 - 5 * n) * DAY, "positive", PRAISE, behaviour=praised[n % 2], **shown)
        if n == 0:
            answer = {"feedback_id": given.pk, "words": "Thank you. I tried it after the last group session."}
            services.reply(**answer, by=team.actors[agent.pk], at=at - 19 * DAY)
        if n < 2:
            words = "You began to answer before the caller had finished. What did you hear?"
            said = at - (9 - n) * DAY
            _give(team, agent, said, "corrective", words, behaviour=corrected[n], **shown)
    state = _state(team.agents[4], at - 4 * DAY)
    words = "Fourteen minutes after one contact: the form of the insurer had no field for it. I raise it."
    _give(team, team.agents[4], at - 3 * DAY, "positive", words, expectation="Say what stands in the way", **state)


def _give(team: Led, agent: Agent, at: datetime, kind: str, words: str, **more: Any) -> Any:
    behaviour = more.pop("behaviour", None)
    return services.give(
        agent_id=agent.pk,
        kind=kind,
        words=words,
        behaviour_id=behaviour.pk if behaviour else None,
        **more,
        by=team.lead,
        at=at,
    )


def _state(agent: Agent, at: datetime) -> dict[str, Any]:
    """From the middle of a shift of those days where one is published; nobody looks at a contractor's states."""
    if agent.engagement == Agent.Engagement.CONTRACTOR:
        return _moment(at)
    shifts = offphone.shifts_of([agent.pk], Period(at - 3 * DAY, at)).get(agent.pk, [])
    when = shifts[0][0].start + (shifts[0][0].end - shifts[0][0].start) / 2 if shifts else at
    return {"evidence_kind": "state", "evidence_ref": "after_contact", "evidence_at": min(when, at)}


def _moment(at: datetime) -> dict[str, Any]:
    return {"evidence_kind": "moment", "evidence_at": at, "evidence_place": "beside the desk"}


def _seen(team: Led, chance: random.Random, at: datetime) -> None:
    """A round of visits over thirty days; the last of the team was passed by for long."""
    for ago in range(30, 0, -1):
        for agent in chance.sample(team.agents[:-1], 2):
            services.visit(agent_id=agent.pk, by=team.lead, at=at - ago * DAY)


def _groups(team: Led, at: datetime) -> None:
    """One closed with its promise, one whose sheets are open, one planned: a round table that has begun."""

    def planned(title: str, topic: str, ago: int, **more: Any) -> Any:
        then = at - ago * DAY
        ids = [each.pk for each in team.agents[:7]]
        more |= {"title": title, "topic": topic, "minutes": 45, "due": then + 12 * DAY}
        return services.plan_group(**more, agent_ids=ids, by=team.lead, at=then)

    def held(group: Any, ago: int, sheets: int) -> Any:
        then = at - ago * DAY
        group = services.hold_group(group_id=group.pk, absent_ids=[], version=group.version, by=team.lead, at=then)
        for n, agent in enumerate(team.agents[:sheets]):
            worth, heard, clear, keep, change = SHEETS[n % len(SHEETS)]
            answers = {"worth": worth, "heard": heard, "clear": clear}
            who = team.actors[agent.pk]
            services.return_sheet(
                group_id=group.pk, answers=answers, keep=keep, change=change, by=who, at=then + DAY
            )
        return group

    first = held(planned("Long calls", "What makes them long, and what we can leave out.", 20), 12, 6)
    services.take_in_sheets(at - 6 * DAY)
    first.refresh_from_db()
    services.close_group(
        group_id=first.pk,
        outcome="Half an hour, two recorded examples, and never on a Monday.",
        outcome_due=at + 8 * DAY,
        version=first.version,
        by=team.lead,
        at=at - 5 * DAY,
    )
    held(planned("The new returns page", "Where callers get stuck on it.", 9), 2, 3)
    table = planned("Closing a contact", "How do you say what happens next?", 1, activity="round_table")
    activity = services.begin_activity(group_id=table.pk, by=team.lead, at=at)
    for agent, (text, consent) in zip(team.agents, TIPS, strict=False):
        said = {"activity_id": activity, "text": text, "consent": consent}
        learning.write_tip(**said, by=team.actors[agent.pk], at=at)


def _talks(team: Led, at: datetime) -> None:
    """One-to-ones in each state, each of another person, as far as there are people."""

    def planned(place: int, ago: int) -> OneToOne:
        then = at - ago * DAY
        agent = team.agents[place]
        return services.plan_talk(agent_id=agent.pk, talk_minutes=30, due=then + 14 * DAY, by=team.lead, at=then)

    employees = [n for n, each in enumerate(team.agents) if each.engagement == "employee"][:4]
    for state, place in zip(("closed", "held", "prepared", "planned"), employees, strict=False):
        then = {"closed": 16, "held": 1, "prepared": 4, "planned": 2}[state]
        talk, who, when = planned(place, then + 2), team.actors[team.agents[place].pk], at - then * DAY
        if state == "planned":
            continue
        wanted = [each.key for each in queries.evidence_for(team.lead, talk, at - then * DAY)[:3]]
        services.prepare_talk(talk_id=talk.pk, evidence=wanted, by=team.lead, at=when)
        services.add_item(talk_id=talk.pk, words="The late shifts of the next month", by=who, at=when)
        if state == "prepared":
            continue
        services.hold_talk(talk_id=talk.pk, by=team.lead, at=when)
        services.add_note(
            talk_id=talk.pk, words="I lose the thread when two windows open at once.", by=who, at=when
        )
        if state == "closed":
            _closed(talk, team.lead, who, when)


def _closed(talk: OneToOne, lead: Actor, agent: Actor, at: datetime) -> None:
    """With one action both agreed on."""
    action = services.set_action(
        talk_id=talk.pk,
        what="Close the second window before greeting",
        target="In four contacts of five",
        due=(at + 12 * DAY).date(),
        follow_up_on=(at + 20 * DAY).date(),
        measure="quality_score",
        by=lead,
        at=at,
    )
    services.agree_action(action_id=action.pk, version=action.version, by=agent, at=at)
    services.close_talk(talk_id=talk.pk, by=lead, at=at)
