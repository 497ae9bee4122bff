"""Sessions off the phones: who sees them, the lists, the sums, and their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.offphone import rules
from floorwalker.apps.offphone.models import Presence, Session
from floorwalker.apps.offphone.permissions import OffPhonePermission as P
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import duration_words, end_words, number_words, when_words
from floorwalker.kernel.paging import Rows, page_of
from floorwalker.kernel.periods import Period
from floorwalker.kernel.picking import Choices
from floorwalker.kernel.scoping import not_scoped, pick, scoped, within

FIRST_FEW = 20  # of each list on the page of all of them
# The lists there are: which sessions, and in which order.
LISTS: dict[str, tuple[Sequence[str], tuple[str, ...]]] = {
    "asked": ((Session.State.ASKED,), ("made_at",)),
    "owed": ((Session.State.OWED,), ("due",)),
    "placed": ((Session.State.PLACED,), ("begins",)),
    "ended": (rules.ENDED, ("-ended_at", "-pk")),
}


def visible_sessions(actor: Actor, permission: Permission = P.SEE) -> QuerySet[Session]:
    """Sessions of the agents in sight."""
    reach = within(actor.sight(permission), own="agent__user", team="agent__team", site="agent__team__site")
    return Session.objects.filter(reach)


def the_session(actor: Actor, session_id: int, permission: Permission = P.SEE) -> Session:
    return pick(visible_sessions(actor, permission).select_related("agent__team__site", "owner"), session_id)


def sessions_in(actor: Actor, state: str, agent_id: int | None) -> QuerySet[Session]:
    """Sessions in sight, those of a state or an agent only if one is named."""
    found = visible_sessions(actor)
    if state != "all":
        found = found.filter(state=state)
    return found if agent_id is None else found.filter(agent=agent_id)


scoped(Session, visible_sessions, P.SEE, canary=("reason", "answer"))
not_scoped(Presence, "read only to compute slots; the schedule itself is shown by the room that publishes it")


@dataclass(frozen=True)
class Board:
    """What a lead has to place, and what has a time; or an agent's own. The first few of each list."""

    asked: Rows[Session]
    owed: Rows[Session]
    placed: Rows[Session]
    ended: Rows[Session]
    late: int
    minutes_owed: int


def board(actor: Actor, at: datetime) -> Board:
    """Open sessions first, the earliest due first."""
    found = visible_sessions(actor)
    is_owed = Q(state=Session.State.OWED)
    sums = found.aggregate(
        late=Count("pk", filter=is_owed & Q(due__lt=at)),
        minutes_owed=Sum("minutes", filter=is_owed, default=0),
        **{name: Count("pk", filter=Q(state__in=states)) for name, (states, _order) in LISTS.items()},
    )
    lists = {name: replace(sessions(actor, name, limit=FIRST_FEW), total=sums[name]) for name in LISTS}
    return Board(**lists, late=sums["late"], minutes_owed=sums["minutes_owed"])


def sessions(actor: Actor, name: str, *, limit: int = 50, **place: Any) -> Rows[Session]:
    """A page of one of the lists."""
    states, order = LISTS[name]
    rows = visible_sessions(actor).filter(state__in=states).annotate(begins=F("period__startswith"))
    return page_of(rows.select_related("agent"), order, limit=limit, **place)


def days_on_the_phones(agent_id: int, between: Period, zone: str) -> set[date]:
    """The days there on which an agent is at work as published, by the clock of ``zone``."""
    rows = Presence.objects.filter(agent=agent_id, period__overlap=between.range).values_list("period", flat=True)
    return {period.lower.astimezone(ZoneInfo(zone)).date() for period in rows}


def placed_between(agents: Iterable[int], between: Period) -> list[tuple[int, int, Period, str, str]]:
    """Agent, session, period, kind and reason of what has a time there; for the rooms that draw schedules."""
    rows = Session.objects.filter(
        agent_id__in=list(agents), state=Session.State.PLACED, period__overlap=between.range
    ).order_by("period")
    return [(s.agent_id, s.pk, Period.of(s.period), s.kind, s.reason) for s in rows]


def kinds_between(agent: int, between: Period) -> list[tuple[Period, str]]:
    """When an agent has, or had, a time off the phones, and of which kind; never what it is about."""
    states = [Session.State.PLACED, Session.State.DELIVERED]
    rows = Session.objects.filter(agent_id=agent, state__in=states, period__overlap=between.range)
    return [
        (Period.of(period), kind) for period, kind in rows.order_by("period", "pk").values_list("period", "kind")
    ]


@dataclass(frozen=True)
class Timed:
    """Time off the phones as a calendar outside shows it: when, and what kind of time; never what it is about."""

    id: int
    version: int
    period: Period
    kind: str
    made_at: datetime


def calendar_of(agent: int, between: Period) -> list[Timed]:
    """What an agent has, or has had, a time for, by when it begins."""
    states = [Session.State.PLACED, Session.State.DELIVERED]
    rows = Session.objects.filter(agent_id=agent, state__in=states, period__overlap=between.range)
    return [
        Timed(each.pk, each.version, Period.of(each.period), str(Session.Kind(each.kind).label), each.made_at)
        for each in rows.order_by("period", "pk")
    ]


def still_owed(names: Iterable[str]) -> dict[str, tuple[str, int]]:
    """State and owner of sessions that are owed or have a time, by what their rooms call them."""
    rows = Session.objects.filter(once__in=list(names), state__in=[Session.State.OWED, Session.State.PLACED])
    return {once: (state, owner) for once, state, owner in rows.values_list("once", "state", "owner")}


def presence_of(
    agents: QuerySet[Agent], groups: Iterable[int], between: Period
) -> list[tuple[int, int, datetime, datetime]]:
    """Agent, group, from and to of who is on the phones for one of these groups; the caller may see the agents."""
    rows = Presence.objects.filter(agent__in=agents, group__in=list(groups), period__overlap=between.range)
    found = rows.values_list("agent_id", "group", "period")
    return [(agent, group, period.lower, period.upper) for agent, group, period in found if group is not None]


def shifts_of(agents: Iterable[int], between: Period) -> dict[int, list[tuple[Period, int | None]]]:
    """When each of these agents is on the phones, and for which group; for the rooms that look for them there."""
    rows = Presence.objects.filter(agent_id__in=list(agents), period__overlap=between.range).order_by("period")
    found: dict[int, list[tuple[Period, int | None]]] = {}
    # The ends by themselves: a month of a team is a thousand periods, and a range is slow to read.
    for agent, group, start, end in rows.values_list(
        "agent_id", "group", "period__startswith", "period__endswith"
    ):
        found.setdefault(agent, []).append((Period(start, end), group))
    return found


def any_kept(actor: Actor) -> bool:
    """Whether there is anything to sum up."""
    return visible_sessions(actor, P.SEE_SUMS).exists()


def leads(actor: Actor, session: Session) -> bool:
    """Whether this actor leads the agent of a session."""
    return people.visible_agents(actor, P.LEAD).filter(pk=session.agent_id).exists()


def led_agents(actor: Actor) -> Choices:
    """Agents this actor may owe time to, still employed."""
    return people.agents_to_pick(people.visible_agents(actor, P.LEAD).filter(left_on=None))


class KeptMinutes(NamedTuple):
    """Minutes promised of one kind; what is late and since when, and how often a time was taken away."""

    kind: str
    delivered: int
    open: int  # owed, or with a time to come
    late: int  # of these, past the day they were promised for
    late_since: datetime | None
    times_lost: int


def kept_minutes(actor: Actor, at: datetime) -> list[KeptMinutes]:
    """By kind. Whoever sees no more than this sees nobody's words."""
    is_open = Q(state__in=[Session.State.OWED, Session.State.PLACED])
    is_late = is_open & Q(due__lt=at)
    rows = (
        visible_sessions(actor, P.SEE_SUMS)
        .values("kind")
        .annotate(
            delivered=Sum("minutes", filter=Q(state=Session.State.DELIVERED), default=0),
            open_minutes=Sum("minutes", filter=is_open, default=0),
            late=Sum("minutes", filter=is_late, default=0),
            late_since=Min("due", filter=is_late),
            lost=Sum("times_lost"),
        )
        .order_by("kind")
        .values_list("kind", "delivered", "open_minutes", "late", "late_since", "lost")
    )
    return [KeptMinutes(str(Session.Kind(kind).label), *sums) for kind, *sums in rows]


def facts(session: Session) -> list[tuple[Any, Any]]:
    """A session as pairs of name and value."""
    pairs: list[tuple[Any, Any]] = [
        (_("Whose time"), session.agent.name),
        (_("Kind"), session.get_kind_display()),
        (_("Length"), duration_words(60 * session.minutes)),
    ]
    if session.owner:
        pairs.append((_("Who owes it"), session.owner.name))
    if session.due:
        pairs.append((_("Promised until"), end_words(session.due)))
    if session.period:
        pairs.append((_("Time"), when_words(session.period.lower)))
    if session.callers is not None:
        pairs.append((_("Callers it was expected to cost"), number_words(session.callers, digits=2)))
    if session.answer:
        pairs.append((_("Last word"), session.answer))
    return pairs


def in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The sentence of a notice, for whoever still sees the session."""
    return all_in_words(actor, [ref]).get(ref)


def all_in_words(actor: Actor, refs: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The sentences of many notices at once, without those of sessions this reader does not see."""
    found = visible_sessions(actor).in_bulk([key for _kind, key in refs])
    return {ref: _said(found[ref[1]]) for ref in refs if ref[1] in found}


def _said(found: Session) -> str:
    when = timezone.localtime(found.period.lower) if found.period else None
    time = f", {formats.date_format(when, 'D j M H:i')}" if when else ""
    why = f": {found.answer}" if found.answer and not when else ""  # such as why its time was taken away
    return f"{found.reason} ({found.minutes} min) – {found.get_state_display()}{time}{why}"
