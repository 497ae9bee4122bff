"""Whom to see first today, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.coaching.models import Touch
from floorwalker.apps.coaching.queries.sight import visible_touches
from floorwalker.apps.coaching.queries.silence import led, limits, silent_days
from floorwalker.apps.coaching.rules import floor
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import number_words, percent_words
from floorwalker.kernel.periods import Period

LOOK_BACK = timedelta(days=4)  # a shift longer ago is no surge behind somebody
LOOK_AHEAD = timedelta(days=21)
DAY, SOON = timedelta(days=1), timedelta(days=4)
UNDO_SECONDS = 60


@dataclass(frozen=True)
class ThanksDue:
    """Why somebody is worth a thanks, and the page on which it is said."""

    why: str
    url: str


Due = Callable[[Actor, datetime], Mapping[int, ThanksDue]]


@dataclass
class Thanking:
    """The room of thanks stands beside this one; `project/readers.py` says how it is asked."""

    due: Due | None = None


THANKING = Thanking()


def thanks_due_by(due: Due) -> None:
    """Say who of those somebody leads is worth a thanks."""
    THANKING.due = due


@dataclass(frozen=True)
class FloorLine:
    """Somebody to see, why, and the one thing to do; ``how`` is walked by or called, empty where both may be."""

    agent: Agent
    why: list[str]
    pressing: bool
    thanks_url: str = ""

    @property
    def how(self) -> str:
        return usual_how(self.agent.workplace)


@dataclass(frozen=True)
class Floor:
    """The round of today."""

    lines: list[FloorLine]
    team: int
    here: int
    seen: list[Touch]  # visits and other touches of today by this supervisor
    undo: Touch | None
    limit_days: int
    over: int  # of the team, longer without feedback than the limit
    roster_known: bool


def my_floor(actor: Actor, at: datetime) -> Floor:
    """At most seven people, who are here today and were not spoken to today by this supervisor."""
    agents = list(led(actor))
    silent = silent_days(agents, at)
    shifts = _shifts(agents, at)
    known = limits(each.team.site_id for each in agents)
    seen = list(
        visible_touches(actor)
        .filter(by=actor.user_id, agent__in=agents, at__gte=_midnight(at, actor.zone))
        .exclude(kind=Touch.Kind.GROUP)
        .select_related("agent")
        .order_by("-at")
    )
    done = {touch.agent_id for touch in seen}
    loads = surges(actor, agents, shifts, at)
    worth = THANKING.due(actor, at) if THANKING.due and agents else {}
    people_here, over = [], 0
    for each in agents:
        limit, _visits = known.get(each.team.site_id, (floor.SILENCE_LIMIT_DAYS, 4))
        over += silent[each.pk] > limit
        here, away = presence(shifts.get(each.pk, []), at, each, bool(shifts))
        if each.pk not in done:
            load = loads.get(each.pk, 1.0)
            somebody = floor.Somebody(each.pk, silent[each.pk], here, away, load, each.pk in worth)
            people_here.append(somebody)
    limit, visits = min(known.values(), default=(floor.SILENCE_LIMIT_DAYS, 4))
    turns = floor.round_today(people_here, limit_days=limit, a_day=visits)
    by_id = {each.pk: each for each in agents}
    undo = next((t for t in seen if t.kind == "visit" and (at - t.at).total_seconds() <= UNDO_SECONDS), None)
    return Floor(
        lines=[
            FloorLine(
                by_id[turn.agent],
                [why(each, worth.get(turn.agent)) for each in turn.reasons],
                silent[turn.agent] > limit,
                worth[turn.agent].url if turn.agent in worth else "",
            )
            for turn in turns
        ],
        team=len(agents),
        here=sum(each.here for each in people_here),
        seen=list({(touch.agent_id, touch.kind): touch for touch in reversed(seen)}.values())[::-1],
        undo=undo,
        limit_days=limit,
        over=over,
        roster_known=bool(shifts),
    )


def _shifts(agents: Sequence[Agent], at: datetime) -> dict[int, list[tuple[Period, int | None]]]:
    """Those behind and of the next days; of who is away then, the days until they are back."""
    shifts = offphone.shifts_of([each.pk for each in agents], Period(at - LOOK_BACK, at + SOON))
    tomorrow = at + DAY  # wherever they are, what begins later is another day than today
    away = [each.pk for each in agents if all(p.start < tomorrow for p, _group in shifts.get(each.pk, []))]
    if away:
        for agent, ahead in offphone.shifts_of(away, Period(at + SOON, at + LOOK_AHEAD)).items():
            shifts.setdefault(agent, []).extend(ahead)
    return shifts


def usual_how(workplace: str) -> str:
    """How somebody is met who works at one place: on site one walks by, at home one calls."""
    met = {Agent.Workplace.ON_SITE: Touch.How.WALKED_BY, Agent.Workplace.HOME: Touch.How.CALLED}
    return str(met[Agent.Workplace(workplace)]) if workplace in met else ""


def why(reason: floor.Reason, due: ThanksDue | None = None) -> str:
    """A reason in words."""
    if reason.kind == floor.SURGE:
        more = percent_words(reason.amount - 1)
        return _("the last shift brought %(more)s more contacts than were expected") % {"more": more}
    if reason.kind == floor.THANKS:
        return _("a thanks is due: %(why)s") % {"why": due.why.rstrip(".") if due else ""}
    days = int(reason.amount)
    if not days:
        return _("no full day without a word so far")
    said = ngettext("%(n)s day without a word from anybody", "%(n)s days without a word from anybody", days)
    return said % {"n": number_words(days)}


def presence(
    shifts: Sequence[tuple[Period, int | None]], at: datetime, agent: Agent, roster_known: bool
) -> tuple[bool, int]:
    """Whether somebody is at work today, and for how many days from tomorrow they are not.

    Where nothing is published for the team everybody counts as here; nobody can be told from anybody.
    """
    if not roster_known:
        return True, 0
    zone = ZoneInfo(agent.zone or agent.team.site.zone)
    today = at.astimezone(zone).date()
    days = sorted({period.start.astimezone(zone).date() for period, _group in shifts})
    here = today in days
    coming = next((day for day in days if day > today), None)
    return here, (coming - today).days - 1 if coming else 0


def surges(
    actor: Actor, agents: Sequence[Agent], shifts: dict[int, list[tuple[Period, int | None]]], at: datetime
) -> dict[int, float]:
    """For whose last shift there is an account of what came: contacts over what was expected of their queue."""
    last: dict[int, tuple[Period, int]] = {}
    for each in agents:
        behind = [(p, group) for p, group in shifts.get(each.pk, []) if p.end <= at and group is not None]
        if behind:
            end = max(p.end for p, _group in behind)
            period, group = next((p, g) for p, g in behind if p.end == end)
            last[each.pk] = (period, int(group or 0))
    if not last:
        return {}
    queues = list(demand.visible_queues(actor).filter(pk__in={group for _p, group in last.values()}))
    first = min(p.start for p, _g in last.values()).date() - timedelta(days=1)
    until = max(p.end for p, _g in last.values()).date() + timedelta(days=1)
    expected = demand.expected_days(queues, first, until)
    told = demand.days_of_each(queues, first, until, ("offered", "step_minutes"))
    came = {queue.pk: came_and_expected(expected[queue.pk], told[queue.pk]) for queue in queues}
    found = {}
    for agent, (period, group) in last.items():
        inside = [pair for start, pair in came.get(group, {}).items() if period.start <= start < period.end]
        awaited = sum(mean for _actual, mean in inside)
        if inside and awaited > 0:
            found[agent] = sum(actual for actual, _mean in inside) / awaited
    return found


def came_and_expected(expected: Any, told: Sequence[Any]) -> dict[datetime, tuple[float, float]]:
    """Interval by interval where both are known: what came and what was expected."""
    means = {day.day: day for day in expected.days}
    found = {}
    for row in told:
        day = means.get(row.day)
        if day is None or len(day.starts) != len(row.offered):
            continue
        for start, actual, mean in zip(day.starts, row.offered, day.mean, strict=True):
            if actual is not None:
                found[datetime.fromtimestamp(start, UTC)] = (actual, mean)
    return found


def _midnight(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
