"""The cheapest times for a session, and what they cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.offphone import rules
from floorwalker.apps.offphone.models import Presence, PriceDay, Session
from floorwalker.apps.offphone.permissions import OffPhonePermission as P
from floorwalker.apps.offphone.published import replaced
from floorwalker.apps.offphone.queries.listing import placed_between
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import number_words
from floorwalker.kernel.periods import Period
from floorwalker.kernel.scoping import pick

HARDLY_A_CALLER = 0.005  # at the upper end of the band


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
        if slot.high < HARDLY_A_CALLER:
            parts = [str(_("hardly a caller lost (95 % sure: fewer than one in two hundred such times)"))]
        else:
            parts = [_("about %(n)s callers lost on average (95 %% sure: %(low)s–%(high)s)") % words]
        found = _("simulated %(when)s") % words
    else:
        parts = [_("about %(n)s callers lost (quiet to busy day: %(low)s–%(high)s)") % words]
        found = str(_("by formula"))
    if slot.money and round(slot.money[2]):
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
    return number_words(callers, digits=2 if HARDLY_A_CALLER <= most < 0.095 else 1 if callers < 9.95 else 0)


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
