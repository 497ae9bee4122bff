"""Reads of time off the phones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.offphone import rules
from floorwalker.apps.offphone.models import Presence, PriceDay, Session
from floorwalker.apps.offphone.permissions import OffPhonePermission as P
from floorwalker.apps.offphone.published import replaced
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


def cheap_slots(
    agents: Sequence[int],
    minutes: int,
    between: Period,
    *,
    actor: Actor,
    wanted: int = 5,
    without: int | None = None,
) -> list[rules.Slot]:
    """The cheapest times in which all of these agents can be off the phones together, in callers lost.

    Only agents the actor leads count (others: not found). ``without`` is a session that is about to move and whose
    own time is free again. Slots lie within published shifts, outside meals and other sessions.
    """
    led = people.visible_agents(actor, P.LEAD)
    known = [pick(led, agent).pk for agent in agents]
    windows = {agent: [] for agent in known}
    for row in Presence.objects.filter(agent_id__in=known, period__overlap=between.range).order_by("period"):
        start, end = max(row.period.lower, between.start), min(row.period.upper, between.end)
        windows[row.agent_id].append(rules.Window(start, end, row.group))
    taken: dict[int, list[tuple[datetime, datetime]]] = {agent: [] for agent in known}
    for agent, session, period, _kind, _reason in placed_between(known, between):
        if session != without:
            taken[agent].append((period.start, period.end))
    free = [rules.free_windows(windows[agent], taken[agent]) for agent in known]
    prices = price_table({w.group for each in free for w in each if w.group is not None}, between)
    already = taken_from_groups(prices, between, without)
    found = rules.cheapest(free, minutes, prices, already, wanted=wanted)
    return [replace(slot, words=price_words(slot)) for slot in found]


def price_words(slot: rules.Slot) -> str:
    """“about 0.4 callers lost on average (95 % sure: 0.2–0.7), 12 EUR, simulated 9 Mar 10:00 for version 3”."""
    if slot.unpriced:
        return str(_("it is not known how many callers it costs"))
    words = {n: _few(each, slot.high) for n, each in (("n", slot.callers), ("low", slot.low), ("high", slot.high))}
    if slot.source == rules.SIMULATION and slot.made_at is not None:
        words["when"] = formats.date_format(timezone.localtime(slot.made_at), "j M H:i")
        parts = [_("about %(n)s callers lost on average (95 %% sure: %(low)s–%(high)s)") % words]
        found = _("simulated %(when)s") % words
    else:
        parts = [_("about %(n)s callers lost (quiet to busy day: %(low)s–%(high)s)") % words]
        found = str(_("by formula"))
    if slot.money:
        amount, low, high = (number_words(each, digits=0) for each in slot.money)
        cost = {"n": amount, "low": low, "high": high, "currency": slot.currency}
        parts.append(_("%(n)s %(currency)s (%(low)s–%(high)s)") % cost)
    if slot.roster is not None:
        found = _("%(found)s for version %(n)s of the roster") % {"found": found, "n": number_words(slot.roster)}
    parts.append(found)
    if slot.older:
        parts.append(str(_("older: the roster has changed since")))
    return ", ".join(parts)


def _few(callers: float, most: float) -> str:
    """As exact as the upper end of the band wants it, so that the three of one price read alike."""
    return number_words(callers, digits=2 if 0.005 <= most < 0.095 else 1 if callers < 9.95 else 0)


def price_table(groups: Iterable[int], between: Period) -> rules.Prices:
    """The prices of some groups in a stretch of time."""
    day = timedelta(days=1)
    rows = PriceDay.objects.filter(
        group__in=list(groups), start__lt=between.end, start__gte=between.start - day
    ).order_by("start")
    table, step = {}, timedelta(minutes=30)
    gone = replaced({row.roster for row in rows if row.roster is not None})
    for row in rows:
        step = timedelta(seconds=row.step_seconds)
        for i, callers in enumerate(row.callers):
            money = None
            if row.money is not None:
                money = _sides(row.agents, row.money[i], row.money_low[i], row.money_high[i])
            table[row.group, row.start + i * step] = rules.Price(
                *_sides(row.agents, callers, row.low[i], row.high[i]),
                row.source,
                row.made_at,
                money=money,
                currency=row.currency,
                roster=row.roster_number,
                older=row.roster in gone,
            )
    return rules.Prices(step, table)


def _sides(agents: Sequence[float], *sides: Sequence[float]) -> tuple[rules.Points, rules.Points, rules.Points]:
    """A line through its points for the mean and for each end of the band."""
    mean, low, high = (tuple(zip(agents, side, strict=True)) for side in sides)
    return mean, low, high


def taken_from_groups(
    prices: rules.Prices, between: Period, without: int | None
) -> dict[tuple[int, datetime], float]:
    """Agents that placed sessions already take from each group, interval by interval."""
    placed = Session.objects.filter(state=Session.State.PLACED, period__overlap=between.range).exclude(pk=without)
    groups = dict(
        Presence.objects.filter(
            agent__in=placed.values("agent"), group__isnull=False, period__overlap=between.range
        ).values_list("agent_id", "group")
    )
    taken: dict[tuple[int, datetime], float] = {}
    for agent, lower, upper in placed.values_list("agent_id", "period__startswith", "period__endswith"):
        moment = prices.floor(lower)
        while moment < upper and agent in groups:
            share = (min(upper, moment + prices.step) - max(lower, moment)) / prices.step
            key = (groups[agent], moment)
            taken[key] = taken.get(key, 0.0) + share
            moment += prices.step
    return taken


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
