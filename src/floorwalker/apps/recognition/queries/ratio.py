"""How reward stands to correction, team by team: sums of five people and more, and no aim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.recognition.corrected import feedback_of
from floorwalker.apps.recognition.models import Entry
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.look import number_words
from floorwalker.kernel.periods import Period

SMALLEST = 5
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class TeamMonth:
    """Of one team in one month: points that stayed, bookings taken back, feedback that praised or corrected."""

    team_id: int
    team: str
    people: int
    points: int
    taken_back: int
    positive: int
    corrective: int

    @property
    def ratio(self) -> float | None:
        """So many times positive for each corrective; none where nothing was corrected."""
        return round(self.positive / self.corrective, 1) if self.corrective else None

    @property
    def ratio_words(self) -> str:
        if self.ratio is None:
            return _("nothing corrected") if self.positive else _("neither")
        return _("%(n)s to 1") % {"n": number_words(self.ratio)}


@dataclass(frozen=True)
class MonthOfTeams:
    """A month of all teams in sight; how many are too small to be told of."""

    month: date
    teams: list[TeamMonth]
    too_small: int


def month_asked(text: str, today: date) -> date:
    """“2026-03” as its first day; nothing said is the month that runs."""
    if not text:
        return today.replace(day=1)
    if MONTH.fullmatch(text) is None:
        raise NotFound
    return date.fromisoformat(f"{text}-01")


def month_before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def reward_by_team(actor: Actor, month: date) -> MonthOfTeams:
    """Those who are in the team now, in a month as the reader's clock has it."""
    agents = people.visible_agents(actor, P.SEE_REWARD).filter(left_on=None)
    sizes = list(agents.order_by("team__name", "team").values_list("team", "team__name").annotate(n=Count("pk")))
    shown = [(team, name, n) for team, name, n in sizes if n >= SMALLEST]
    between = _between(month, actor.zone)
    points = _points([team for team, _name, _n in shown], between)
    tones = feedback_of(actor, [team for team, _name, _n in shown], between)
    lines = [
        TeamMonth(team, name, n, *points.get(team, (0, 0)), *tones.get(team, (0, 0))) for team, name, n in shown
    ]
    return MonthOfTeams(month, lines, len(sizes) - len(shown))


def _between(month: date, zone: str) -> Period:
    clock = ZoneInfo(zone or "UTC")
    after = (month + timedelta(days=31)).replace(day=1)
    return Period(datetime.combine(month, time(), clock), datetime.combine(after, time(), clock))


def _points(teams: list[int], between: Period) -> Mapping[int, tuple[int, int]]:
    rows = Entry.objects.filter(
        at__gte=between.start, at__lt=between.end, agent__team__in=teams, agent__left_on=None
    )
    sums = rows.order_by().values_list("agent__team").annotate(
        points=Sum("points", filter=Q(kind=Entry.Kind.AWARD, reversed_by=None), default=0),
        taken_back=Count("pk", filter=Q(kind=Entry.Kind.REVERSAL)),
    )  # fmt: skip
    return {team or 0: (points, taken_back) for team, points, taken_back in sums}
