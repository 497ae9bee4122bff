"""Counts of silence by team, as the database adds them up, against each agent looked at one by one."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.models import FloorSetting, Touch
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.queries.silence import led, silence_by_team, silent_days
from floorwalker.apps.coaching.rules.floor import SILENCE_LIMIT_DAYS
from floorwalker.apps.people.models import Agent
from floorwalker.kernel import audit
from floorwalker.kernel.access import SYSTEM

# Two weeks that hold the end of summer time in Europe, at hours of different days around the world.
MOMENTS = [datetime(2026, 11, 2, hour, 30, tzinfo=UTC) for hour in (0, 12, 23)]
ZONES = ["", "Pacific/Auckland", "America/Los_Angeles"]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def spoken(cast, agent, at, **more):
    said = {"kind": "visit", "once": f"{agent.pk} {at} {more}"} | more
    Touch.objects.create(agent=agent, by=cast.supervisor.user, at=at, **said)


@pytest.mark.parametrize("at", MOMENTS)
def test_a_team_counts_whom_its_people_count_one_by_one(cast, at):
    """On the last minute of the limit and the first beyond it, by clocks far apart, and the never spoken to."""
    FloorSetting.objects.create(site=cast.world.north, silence_days=7, visits_a_day=4)
    audit.record(by=SYSTEM, verb="accounts.enter", about=("x", 1), facts={}, at=at - 12 * DAY)
    teams = [cast.world.north_one, cast.world.south_one]
    for number, (team, zone, days, edge) in enumerate(
        product(teams, ZONES, (7, SILENCE_LIMIT_DAYS), (-MINUTE, MINUTE))
    ):
        agent = Agent.objects.create(
            name=f"Q{number}", number=f"Q{number}", team=team, zone=zone, started_on=date(2024, 1, 1)
        )
        here = ZoneInfo(zone or team.site.zone)
        midnight = datetime.combine(at.astimezone(here).date() - timedelta(days=days), datetime.min.time(), here)
        spoken(cast, agent, midnight + edge)
        spoken(cast, agent, midnight - 30 * DAY)
        spoken(cast, agent, at - DAY, kind="group", minutes=30)  # among twenty
        spoken(cast, agent, at - DAY, taken_back_at=at)
    for number, (team, days) in enumerate(product(teams, (2, 7, 8, 11, 12, 13, 400))):
        started = at.date() - timedelta(days=days)
        Agent.objects.create(name=f"N{number}", number=f"N{number}", team=team, started_on=started)
    found = {line.team_id: (line.over, line.people) for line in silence_by_team(cast.manager.actor, at)}
    everybody = list(led(cast.manager.actor, P.SEE_ATTENTION))
    silent, limit = silent_days(everybody, at), {cast.world.north.pk: 7}
    over = Counter(
        each.team_id for each in everybody if silent[each.pk] > limit.get(each.team.site_id, SILENCE_LIMIT_DAYS)
    )
    assert found == {
        team: (over[team], number) for team, number in Counter(each.team_id for each in everybody).items()
    }
    assert all(0 < over[team.pk] < found[team.pk][1] for team in teams)


def test_nobody_in_sight_is_no_team(cast):
    assert queries.silence_by_team(cast.agent.actor, MOMENTS[0]) == []
