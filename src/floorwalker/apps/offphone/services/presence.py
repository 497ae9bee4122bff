"""What the rooms around tell: who is on the phones when, and what an hour off them costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.offphone import queries, rules
from floorwalker.apps.offphone.models import Presence, PriceDay
from floorwalker.apps.offphone.services.sessions import lose
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor
from floorwalker.kernel.periods import Period


@transaction.atomic
def tell_presence(
    *, agents: Iterable[int], between: Period, windows: Sequence[tuple[int, int | None, Period]]
) -> None:
    """Take note of who is on the phones when, as published: (agent, group, period). Replaces what was known.

    Sessions that no longer lie within a shift become owed again by :func:`reclaim`.
    """
    ids = list(agents)
    # Two publications of one person at once: the second replaces what the first told, without a collision.
    list(Agent.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    Presence.objects.filter(agent_id__in=ids, period__overlap=between.range).delete()
    Presence.objects.bulk_create(
        [Presence(agent_id=agent, group=group, period=period.range) for agent, group, period in windows],
        batch_size=2000,
    )


@transaction.atomic
def reclaim(*, agents: Iterable[int], between: Period, by: Actor, at: datetime) -> int:
    """Make placed sessions whose shift has moved away owed again; the number of them."""
    lost = 0
    for agent, session_id, period, _kind, _reason in queries.placed_between(agents, between):
        inside = Presence.objects.filter(agent_id=agent, period__contains=period.range).exists()
        if not inside:
            lose(session_id=session_id, answer=str(_("the shift around it changed")), by=by, at=at)
            lost += 1
    return lost


@transaction.atomic
def set_prices(
    *,
    group: int,
    start: datetime,
    step_seconds: int,
    agents: Sequence[float],
    callers: Sequence[Sequence[float]],
    low: Sequence[Sequence[float]],
    high: Sequence[Sequence[float]],
    source: str,
    at: datetime,
    money: Sequence[Sequence[Sequence[float]]] | None = None,
    currency: str = "",
    roster: tuple[int, int] | None = None,
) -> None:
    """Keep what one day of a group costs, interval by interval; replaces what was known of that day.

    ``money`` has its mean, lower and upper end; ``roster`` is the version it is of, and its number.
    """
    means, lows, highs = money or ((), (), ())
    if not len(callers) == len(low) == len(high) or (money and not len(means) == len(lows) == len(highs)):
        raise ValueError(f"prices of group {group} need as many rows of low and high as of callers")
    for row in (*callers, *low, *high, *means, *lows, *highs):
        if not rules.rising(list(zip(agents, row, strict=True))):
            raise ValueError(f"prices of group {group} do not rise with the agents away: {list(row)}")
    PriceDay.objects.update_or_create(
        group=group,
        start=start,
        defaults={
            "step_seconds": step_seconds,
            "agents": list(agents),
            "callers": [list(row) for row in callers],
            "low": [list(row) for row in low],
            "high": [list(row) for row in high],
            "money": _rows(means),
            "money_low": _rows(lows),
            "money_high": _rows(highs),
            "currency": currency if means else "",
            "source": source,
            "roster": roster and roster[0],
            "roster_number": roster and roster[1],
            "made_at": at,
        },
    )


def _rows(each: Sequence[Sequence[float]]) -> list[list[float]] | None:
    return [list(row) for row in each] or None
