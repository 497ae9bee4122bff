"""One-to-ones as pages and notices show them: what waits for whom, one talk with what can be done in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.accounts.models import User
from floorwalker.apps.coaching.models import Action, AgendaItem, Agreement, Note, OneToOne
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.queries.group_hands import groups_to_come
from floorwalker.apps.coaching.queries.talk_sight import (
    visible_actions,
    visible_items,
    visible_notes,
    visible_talk_hand_ons,
    visible_talks,
)
from floorwalker.apps.coaching.rules import one_to_ones as rules
from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.offphone.rules import Slot
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.kernel.look import Message, day_words, when_words
from floorwalker.kernel.paging import Rows, open_first, page_of
from floorwalker.kernel.periods import Period

ActionRows: TypeAlias = "QuerySet[Action]"
IS_OPEN = Q(state__in=rules.OPEN)
SOON = timedelta(days=3)
TIMES_AHEAD, TIMES_SHOWN = timedelta(days=14), 4
TONES = {
    "planned": "info",
    "prepared": "progress",
    "held": "attention",
    "closed": "good",
    "cancelled": "attention",
    "let_go": "neutral",
    "ended": "neutral",
}


@dataclass(frozen=True)
class TalkLine:
    """A talk in a list: with whom, how it stands, and what comes next for its reader."""

    talk: OneToOne
    other: str
    next_step: str
    tone: str


@dataclass(frozen=True)
class TalkLines:
    lines: list[TalkLine]
    page: Rows[OneToOne]


def users_who_lead(agent: Agent) -> list[int]:
    """Users who lead an agent now: of the team, else of the site, else of all."""
    return people.leads_of(agent)


def my_talks(actor: Actor, side: str, at: datetime, **place: Any) -> TalkLines:
    """`mine`: about my own work; `held`: those I hold; `handed`: others held, and their agent let me read."""
    found = visible_talks(actor).select_related("agent__team__site", "agent__user", "lead")
    if side == "mine":
        found = found.filter(agent__user=actor.user_id)
    elif side == "held":
        found = found.filter(lead=actor.user_id)
    else:
        found = found.filter(handed_on__to=actor.user_id)
    rows, order = open_first(found, IS_OPEN, due="due", ended="ended_at")
    page = page_of(rows, order, counted=True, **place)
    return TalkLines(lines_of(page.items, actor, at), page)


def lines_of(talks: Sequence[OneToOne], actor: Actor, at: datetime) -> list[TalkLine]:
    asked = _asked(talks)
    return [
        TalkLine(
            each,
            each.lead.name if each.agent.user_id == actor.user_id else each.agent.name,
            next_step(each, actor, at, asked=each.pk in asked),
            "bad" if each.state in rules.TO_HOLD and each.due < at else TONES[each.state],
        )
        for each in talks
    ]


def _asked(talks: Sequence[OneToOne]) -> set[int]:
    """Of which the time was asked for and not answered."""
    waiting = {each.session: each.pk for each in talks if each.session is not None and each.state in rules.TO_HOLD}
    found = offphone.sessions_in(SYSTEM, "asked", None).filter(pk__in=waiting).values_list("pk", flat=True)
    return {waiting[pk] for pk in found} if waiting else set()


def next_step(talk: OneToOne, actor: Actor, at: datetime, *, asked: bool) -> str:
    """What comes next, for whom of the two who reads it."""
    lead = talk.lead_id == actor.user_id
    due = day_words(talk.due)
    if talk.state == rules.HELD:
        return _("close it: words, one action, a day") if lead else _("say how you saw it; agree on one action")
    if talk.state not in rules.OPEN:
        return talk.get_state_display()
    if asked:
        return _("answer: the time was asked for") if lead else _("asked for; the answer is awaited")
    if talk.state == rules.CANCELLED:
        if lead:
            return _("find it another time, owed until %(day)s") % {"day": due}
        return _("it lost its time and is still owed to you until %(day)s") % {"day": due}
    if talk.offered and talk.session is None:
        return _("offered; it is up to them") if lead else _("an offer: take it if you want to")
    if talk.begins_at is None:
        return _("find a time until %(day)s") % {"day": due} if lead else _("owed until %(day)s") % {"day": due}
    if talk.begins_at <= at:
        return _("it was due %(when)s: hold it") % {"when": when_words(talk.begins_at)} if lead else _("about now")
    when = when_words(talk.begins_at)
    if lead and talk.prepared_at is None and talk.begins_at - at < SOON:
        return _("prepare it for %(when)s") % {"when": when}
    return when


@dataclass(frozen=True)
class TalkPage:
    """One talk, what was said in it, and what its reader can do."""

    talk: OneToOne
    side: str  # agent, lead, or empty for who was let in
    next_step: str
    items: list[AgendaItem]
    claims: list[AgendaItem]
    thread: list[Message]
    action: Action | None
    agent_spoke: bool
    asked: bool  # the time was asked for and is not answered
    times: list[Slot]
    earlier: list[Action]  # agreed in earlier talks and still open
    missing: list[str]


def talk_page(actor: Actor, talk: OneToOne, at: datetime) -> TalkPage:
    side = _side(actor, talk)
    items = list(visible_items(actor).filter(talk=talk).select_related("by", "looked_up_by"))
    notes = list(visible_notes(actor).filter(talk=talk).select_related("by"))
    action = visible_actions(actor).filter(talk=talk).select_related("behaviour", "item", "agent", "lead").first()
    asked = bool(_asked([talk]))
    spoke = any(each.side == "agent" for each in notes)
    placeable = side == rules.LEAD and talk.state in rules.TO_HOLD and talk.session is not None and not asked
    return TalkPage(
        talk=talk,
        side=side,
        next_step=next_step(talk, actor, at, asked=asked),
        items=[each for each in items if each.kind != AgendaItem.Kind.PARKED],
        claims=[each for each in items if each.kind == AgendaItem.Kind.PARKED],
        thread=thread_of(actor, talk, notes),
        action=action,
        agent_spoke=spoke,
        asked=asked,
        times=times_for(actor, talk, at) if placeable else [],
        earlier=list(_earlier(actor, talk)) if side else [],
        missing=rules.missing_to_close(
            agent_spoke=spoke,
            action_agreed=bool(action and action.agreed_by_agent_at and action.agreed_by_lead_at),
            why_none="",
            follow_up=action.follow_up_on if action else None,
        ),
    )


def _side(actor: Actor, talk: OneToOne) -> str:
    if actor.user_id is not None and talk.agent.user_id == actor.user_id:
        return rules.AGENT
    return rules.LEAD if talk.lead_id == actor.user_id else ""


def _earlier(actor: Actor, talk: OneToOne) -> QuerySet[Action]:
    rows = visible_actions(actor).filter(agent=talk.agent_id, state="open").exclude(talk=talk)
    return rows.exclude(agreed_by_agent_at=None).exclude(agreed_by_lead_at=None).order_by("follow_up_on", "pk")


def thread_of(actor: Actor, talk: OneToOne, notes: Sequence[Note]) -> list[Message]:
    """What was said, the agent's words named as theirs whoever took them down, and who was let in to read."""
    found = []
    for each in notes:
        theirs = each.side == "agent"
        taken_down = theirs and each.by_id != talk.agent.user_id
        role = _("taken down by %(name)s") % {"name": each.by.name} if taken_down else ""
        who = talk.agent.name if theirs else each.by.name
        mine = each.by_id == actor.user_id and not taken_down
        found.append(Message(who, each.at, text=each.words, mine=mine, role=role))
    for handed in visible_talk_hand_ons(actor).filter(talk=talk).select_related("to"):
        event = _("handed on to %(name)s") % {"name": handed.to.name}
        found.append(Message(talk.agent.name, handed.at, event=event))
    return sorted(found, key=lambda each: each.at)


def grounds_of(actor: Actor, talk: OneToOne) -> list[AgendaItem]:
    """What an action can rest on: points of the agenda, and claims only once they became evidence."""
    items = visible_items(actor).filter(talk=talk)
    return list(items.filter(~Q(kind="parked") | Q(outcome="evidence")).order_by("at", "pk"))


def new_leads(talk: OneToOne) -> list[tuple[int, str]]:
    """Who leads the agent now and has not read the talk yet."""
    reads = {talk.lead_id, *talk.handed_on.values_list("to", flat=True)}
    rows = User.objects.filter(pk__in=[pk for pk in users_who_lead(talk.agent) if pk not in reads])
    return list(rows.order_by("name", "pk").values_list("pk", "name"))


def times_for(actor: Actor, talk: OneToOne, at: datetime) -> list[Slot]:
    """The cheapest times of the next two weeks at which neither of the two has another talk."""
    between = Period(at, at + TIMES_AHEAD)
    wanted = TIMES_SHOWN * 3
    slots = offphone.cheap_slots(
        [talk.agent_id], talk.minutes, between, actor=actor, wanted=wanted, without=talk.session
    )
    taken = _taken(talk, between.start, between.end)
    free = [each for each in slots if all(each.end <= start or end <= each.start for start, end in taken)]
    return free[:TIMES_SHOWN]


def lead_is_taken(talk: OneToOne, start: datetime) -> bool:
    """Whether the lead has another talk at that time."""
    end = start + timedelta(minutes=talk.minutes)
    return any(begins < end and start < ends for begins, ends in _taken(talk, start, end))


def _taken(talk: OneToOne, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    rows = OneToOne.objects.filter(
        lead=talk.lead_id, state__in=rules.TO_HOLD, begins_at__gt=start - timedelta(hours=8), begins_at__lt=end
    ).exclude(pk=talk.pk)
    return [(begins, begins + timedelta(minutes=n)) for begins, n in rows.values_list("begins_at", "minutes")]


def closed_talks(agent_id: int, lead_id: int | None = None) -> list[OneToOne]:
    """Those that ended without an action and promised the next talk, the newest first."""
    rows = OneToOne.objects.filter(agent=agent_id, state=rules.CLOSED).exclude(why_no_action="")
    if lead_id is not None:
        rows = rows.filter(lead=lead_id)
    return list(rows.order_by("-ended_at")[:5])


def open_talk_of(agent_id: int, lead_id: int) -> OneToOne | None:
    return OneToOne.objects.filter(agent=agent_id, lead=lead_id, state__in=rules.OPEN).first()


def left_with_something_open(today: date) -> list[int]:
    """Agents whose last day is over and who still have something open here."""
    agents = Agent.objects.filter(left_on__lte=today)
    talks = OneToOne.objects.filter(IS_OPEN, agent__in=agents).values_list("agent", flat=True)
    actions = Action.objects.filter(state="open", agent__in=agents).values_list("agent", flat=True)
    agreements = Agreement.objects.filter(state__in=["draft", "in_force"], agent__in=agents)
    expected = groups_to_come(agents).values_list("agent", flat=True)
    return sorted({*talks, *actions, *expected, *agreements.values_list("agent", flat=True)})


@dataclass(frozen=True)
class WithoutTalk:
    """Somebody one leads without an open talk, and when the last one was."""

    agent: Agent
    last: datetime | None


def without_talk(actor: Actor, most: int = 7) -> list[WithoutTalk]:
    """Whom one leads and has no open talk with, the longest ago first."""
    agents = list(
        people.visible_agents(actor, P.HOLD)
        .filter(left_on=None)
        .exclude(user=actor.user_id)
        .select_related("team")
    )
    mine = visible_talks(actor).filter(lead=actor.user_id, agent__in=agents)
    busy = set(mine.filter(IS_OPEN).values_list("agent", flat=True))
    last = dict(mine.exclude(held_at=None).order_by("held_at").values_list("agent", "held_at"))
    free = [WithoutTalk(each, last.get(each.pk)) for each in agents if each.pk not in busy]
    return sorted(free, key=lambda each: (each.last is not None, each.last or 0, each.agent.name))[:most]


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody: talks in which they are next, actions to look at, claims to look up."""

    talks: list[TalkLine]
    actions: list[Action]
    claims: list[AgendaItem]
    late: int

    @property
    def number(self) -> int:
        return len(self.talks) + len(self.actions) + len(self.claims)


def waiting_for_lead(actor: Actor, at: datetime) -> Waiting:
    """For whom holds talks: the open ones, actions whose day has come, claims to look up."""
    rows = visible_talks(actor).filter(IS_OPEN, lead=actor.user_id).select_related("agent__team__site", "lead")
    talks = lines_of(list(rows.order_by("due", "pk")[:20]), actor, at)
    actions = visible_actions(actor).filter(lead=actor.user_id, state="open", follow_up_on__lte=at.date())
    agreed = actions.exclude(agreed_by_agent_at=None).exclude(agreed_by_lead_at=None)
    late = sum(each.talk.due < at for each in talks)
    return Waiting(
        talks, list(agreed.select_related("agent").order_by("follow_up_on", "pk")[:20]), claims_of(actor), late
    )


def claims_of(actor: Actor) -> list[AgendaItem]:
    """Claims one looks up, the earliest day first."""
    rows = visible_items(actor).filter(looked_up_by=actor.user_id, outcome="open")
    return list(rows.select_related("talk__agent", "talk__lead").order_by("look_up_until", "pk")[:20])


def next_talk(actor: Actor, at: datetime) -> TalkLine | None:
    """An agent's next open talk."""
    rows = visible_talks(actor).filter(IS_OPEN, agent__user=actor.user_id)
    found = rows.select_related("agent__team__site", "lead").order_by("begins_at", "due", "pk").first()
    return lines_of([found], actor, at)[0] if found else None


def my_actions(actor: Actor) -> list[Action]:
    """Open actions one is a side of, the earliest follow-up first."""
    theirs = Q(agent__user=actor.user_id) | Q(lead=actor.user_id)
    rows = visible_actions(actor).filter(theirs, state="open").select_related("agent", "lead", "talk")
    return list(rows.order_by("follow_up_on", "pk")[:50])


def actions_in(actor: Actor, state: str) -> QuerySet[Action]:
    found = visible_actions(actor).select_related("agent", "lead")
    return found if state == "all" else found.filter(state=state)


def talks_in(actor: Actor, state: str) -> QuerySet[OneToOne]:
    found = visible_talks(actor)
    return found if state == "all" else found.filter(state=state)


def has_talks(actor: Actor) -> bool:
    return visible_talks(actor).exists() or visible_actions(actor).exists()
