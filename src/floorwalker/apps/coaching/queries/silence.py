"""Who heard nothing from anybody for too long: agent by agent for the round, counts by team above."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, Exists, Max, Min, OuterRef, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import ngettext

from floorwalker.apps.coaching.models import FloorSetting, Touch
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import floor
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, Permission


def led(actor: Actor, permission: Permission = P.WALK) -> QuerySet[Agent]:
    """Agents in sight who have not left; nobody sees themselves on their own floor."""
    found = people.visible_agents(actor, permission).filter(left_on=None).exclude(user=actor.user_id)
    return found.select_related("team__site").order_by("name", "pk")


def limits(sites: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Of each site: days of silence at most, and visits a day."""
    rows = FloorSetting.objects.filter(site__in=set(sites)).values_list("site", "silence_days", "visits_a_day")
    return {site: (days, visits) for site, days, visits in rows}


def silent_days(agents: Sequence[Agent], at: datetime) -> dict[int, int]:
    """Days since anybody spoke to them; if nobody ever did, since their first day."""
    last = dict(_last_spoken([each.pk for each in agents]).values_list("agent", "last"))
    began = _began(last.values(), at)
    found = {}
    for each in agents:
        zone = ZoneInfo(each.zone or each.team.site.zone)
        first_known = max(each.started_on, began.astimezone(zone).date())
        since = last[each.pk].astimezone(zone).date() if each.pk in last else first_known
        found[each.pk] = max((at.astimezone(zone).date() - since).days, 0)
    return found


def _spoken() -> QuerySet[Touch]:
    """Times somebody was spoken to; among twenty nobody was."""
    return Touch.objects.filter(taken_back_at=None).exclude(kind=Touch.Kind.GROUP)


def _last_spoken(agents: QuerySet[Any] | list[int]) -> QuerySet[Touch, dict[str, Any]]:
    return _spoken().filter(agent__in=agents).values("agent").annotate(last=Max("at"))


def _began(last: Iterable[datetime | None], at: datetime) -> datetime:
    """What was said before this installation kept a record nobody knows: nobody is silent for longer than that."""
    return min((moment for moment in (audit.began(), *last) if moment), default=at)


@dataclass(frozen=True)
class TeamSilence:
    """How many of a team heard nothing for longer than the limit of their site."""

    team_id: int
    site_id: int
    name: str
    over: int
    people: int
    limit_days: int


class _Part(NamedTuple):
    """The people of a team who live by one clock."""

    team_id: int
    name: str
    site_id: int
    zone: str
    people: int


ZONE = Coalesce(NullIf("zone", Value("")), "team__site__zone")


def silence_by_team(actor: Actor, at: datetime, permission: Permission = P.SEE_ATTENTION) -> list[TeamSilence]:
    """Team by team, counts only; a house has thousands, so the database counts them."""
    everybody = led(actor, permission).order_by()
    rows = everybody.values_list("team", "team__name", "team__site", ZONE).annotate(people=Count("pk"))
    parts = [_Part(*row) for row in rows]
    known = limits({part.site_id for part in parts})
    limit = {part.site_id: known.get(part.site_id, (floor.SILENCE_LIMIT_DAYS, 4))[0] for part in parts}
    # Who heard nothing on this day or later, by the clock they live by, is over the limit.
    first = {
        part: at.astimezone(ZoneInfo(part.zone)).date() - timedelta(days=limit[part.site_id]) for part in parts
    }
    over = Counter(_quiet(everybody, first))
    over.subtract(_too_new(everybody, first, at))
    found: dict[int, TeamSilence] = {}
    for part in parts:
        before = found.get(part.team_id)
        found[part.team_id] = TeamSilence(
            part.team_id,
            part.site_id,
            part.name,
            over[part.team_id],
            part.people + (before.people if before else 0),
            limit[part.site_id],
        )
    return sorted(found.values(), key=lambda line: (-line.over, line.name))


def _quiet(everybody: QuerySet[Agent], first: Mapping[_Part, date]) -> dict[int, int]:
    """By team, how many nobody spoke to since the first day of their limit."""
    sites: dict[tuple[str, date], set[int]] = defaultdict(set)
    for part, day in first.items():
        sites[part.zone, day].add(part.site_id)
    if not sites:
        return {}
    begins = {(zone, day): datetime.combine(day, time(), ZoneInfo(zone)) for zone, day in sites}
    since = Case(
        *(When(lives=zone, team__site__in=of, then=Value(begins[zone, day])) for (zone, day), of in sites.items())
    )
    # The earliest beginning says nothing new, but spares the database a year of touches.
    lately = _spoken().filter(agent=OuterRef("pk"), at__gte=min(begins.values())).filter(at__gte=OuterRef("since"))
    quiet = everybody.alias(lives=ZONE).alias(since=since).filter(~Exists(lately))
    return dict(quiet.values_list("team").annotate(n=Count("pk")))


def _too_new(everybody: QuerySet[Agent], first: Mapping[_Part, date], at: datetime) -> Counter[int]:
    """By team, how many nobody has ever spoken to who are not known for long enough to be over the limit."""
    never = everybody.filter(~Exists(_spoken().filter(agent=OuterRef("pk"))))
    rows = list(never.values_list("team", ZONE, "started_on"))
    if not rows:
        return Counter()
    began = _began(_last_spoken(everybody.values("pk")).aggregate(first=Min("last")).values(), at)
    days = {(part.team_id, part.zone): day for part, day in first.items()}
    return Counter(
        team for team, zone, started in rows
        if max(started, began.astimezone(ZoneInfo(zone)).date()) >= days[team, zone]
    )  # fmt: skip


def silence_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The sentence of the notice to whoever leads: how many, and the limit."""
    line = next((each for each in silence_by_team(actor, timezone.now(), P.WALK) if each.team_id == ref[1]), None)
    if line is None or not line.over:
        return None
    said = ngettext(
        "%(n)s of %(team)s has heard nothing from anybody for more than %(days)s days.",
        "%(n)s of %(team)s have heard nothing from anybody for more than %(days)s days.",
        line.over,
    )
    return said % {"n": line.over, "team": line.name, "days": line.limit_days}
