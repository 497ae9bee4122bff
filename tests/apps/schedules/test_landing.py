"""Where pages of schedules open when no day is named."""

from __future__ import annotations

from datetime import UTC, date, datetime

from floorwalker.apps.schedules.models import Publication, Week
from floorwalker.apps.schedules.queries.mine import day_to_show
from floorwalker.apps.schedules.queries.weeks import week_to_show
from tests.factories import schedules as make
from tests.people import NOW, Cast


def test_rosters_open_at_the_nearest_week_that_has_one(cast: Cast, week: Week, plan: Publication) -> None:
    """Ahead of an empty week; the last one when none is ahead; this one where there is none at all."""
    planner = cast.planner.actor
    for this_monday in (date(2026, 3, 2), date(2026, 3, 16), date(2026, 5, 4)):
        assert week_to_show(planner, week.site_id, this_monday) == week.first_day
    assert week_to_show(planner, cast.world.south.pk, date(2026, 5, 4)) == date(2026, 5, 4)
    make.a_draft(make.a_week(cast.world.north, date(2026, 5, 11)), [], NOW)
    assert week_to_show(planner, week.site_id, date(2026, 5, 4)) == date(2026, 5, 11), "a draft is a beginning"
    assert week_to_show(cast.supervisor.actor, week.site_id, date(2026, 5, 4)) == week.first_day


def test_my_schedule_opens_at_the_next_shift(cast: Cast, week: Week, plan: Publication) -> None:
    """On the day of it, and today when nothing is ahead."""
    assert day_to_show(cast.agent.actor, NOW) == date(2026, 3, 16)
    assert day_to_show(cast.agent.actor, datetime(2026, 5, 6, 10, tzinfo=UTC)) == date(2026, 5, 6)
