"""Half-open periods, and the constraint that nobody is in two places at once."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from floorwalker.apps.offphone.models import Presence
from floorwalker.kernel.periods import Period

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_what_ends_when_the_next_begins_does_not_overlap():
    first, second = Period(NOON, NOON + HOUR), Period(NOON + HOUR, NOON + 2 * HOUR)
    assert not first.overlaps(second)
    assert NOON in first
    assert NOON + HOUR not in first


@pytest.mark.parametrize("end", [NOON, NOON - HOUR])
def test_a_period_has_length(end):
    with pytest.raises(ValueError, match="ends after it starts"):
        Period(NOON, end)


def test_naive_moments_are_refused():
    with pytest.raises(ValueError, match="aware"):
        Period(datetime(2026, 3, 4, 12), datetime(2026, 3, 4, 13))


def test_length_is_elapsed_time_over_a_change_of_clocks():
    """A night shift of 22:00-06:00 wall time is seven hours long when spring begins in Lisbon."""
    lisbon = ZoneInfo("Europe/Lisbon")
    start, end = datetime(2026, 3, 28, 22, tzinfo=lisbon), datetime(2026, 3, 29, 6, tzinfo=lisbon)
    night = Period(start.astimezone(UTC), end.astimezone(UTC))
    assert night.length == timedelta(hours=7)


def present(cast, person, start, end):
    with transaction.atomic():
        Presence.objects.create(agent=person.agent, group=1, period=Period(start, end).range)


def test_the_database_lets_nobody_be_in_two_places(cast):
    """Touching periods pass, overlapping ones of one person do not, those of two people do."""
    present(cast, cast.agent, NOON, NOON + HOUR)
    present(cast, cast.agent, NOON + HOUR, NOON + 2 * HOUR)
    present(cast, cast.colleague, NOON, NOON + HOUR)
    with pytest.raises(IntegrityError, match="offphone_present_once"):
        present(cast, cast.agent, NOON + HOUR / 2, NOON + 3 * HOUR)


@pytest.mark.parametrize("bounds", ["empty", "[2026-03-04 12:00+00,)", "(,2026-03-04 12:00+00)"])
def test_periods_without_a_moment_or_an_end_are_refused(cast, bounds):
    """An empty range would collide with nobody, an unbounded one with everybody."""
    from django.db import connection

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO offphone_presence (agent_id, "group", period) VALUES (%s, 1, %s::tstzrange)',
            [cast.agent.agent.pk, bounds],
        )
