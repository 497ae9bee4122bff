"""Published weeks of every site: shifts and planned segments, made inside the database.

Half a million shifts are written by one statement each, as the owner of the tables, with keys and constraints
put back afterwards over all of it – so nothing may be in them that a publication could not have written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from typing import Any

import psycopg

from benchmarks.suite.centre.size import Centre

# Five days of seven; each person at their own hour, so that rests are long enough; meals around the middle.
SHIFTS = """
INSERT INTO schedules_shift
  (identity, agent_id, period, meal, queue_id, day, wall_minute, version, week_id, since, until, cancelled,
   since_at)
SELECT gen_random_uuid(), agent.id,
       tstzrange(begins, begins + interval '510 minutes'),
       tstzrange(begins + interval '240 minutes', begins + interval '270 minutes'),
       queue.id, day.day, minute, 1, week.id, 1, NULL, FALSE, publication.published_at
FROM schedules_week week
JOIN schedules_publication publication ON publication.id = week.current_id
JOIN people_site site ON site.id = week.site_id
JOIN people_team team ON team.site_id = site.id
JOIN people_agent agent ON agent.team_id = team.id
CROSS JOIN LATERAL
  (SELECT id FROM demand_queue WHERE site_id = site.id ORDER BY id OFFSET mod(agent.id, %(queues)s) LIMIT 1) queue
CROSS JOIN LATERAL
  (SELECT (week.first_day + n) AS day FROM generate_series(0, 6) n WHERE mod(n + agent.id, 7) < 5) day
CROSS JOIN LATERAL (SELECT (420 + mod(agent.id, 13) * 30)::int AS minute) clock
CROSS JOIN LATERAL
  (SELECT (day.day + minute * interval '1 minute') AT TIME ZONE site.zone AS begins) starts
"""
PLANNED = """
INSERT INTO schedules_planned (shift_id, agent_id, period, activity, queue_id, publication_id)
SELECT shift.id, shift.agent_id, piece.period, piece.activity,
       CASE WHEN piece.activity = 'phones' THEN shift.queue_id END, week.current_id
FROM schedules_shift shift
JOIN schedules_week week ON week.id = shift.week_id
CROSS JOIN LATERAL (VALUES
    (tstzrange(lower(shift.period), lower(shift.meal)), 'phones'),
    (shift.meal, 'meal'),
    (tstzrange(upper(shift.meal), upper(shift.period)), 'phones')) piece(period, activity)
"""
PRESENCE = """
INSERT INTO offphone_presence (agent_id, "group", period)
SELECT agent_id, queue_id, period FROM schedules_planned WHERE activity = 'phones' AND lower(period) >= %(since)s
"""
TABLES = ("schedules_shift", "schedules_planned", "offphone_presence")
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'x', 'c')
"""
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT IN
  (SELECT conname FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]))
"""


def fill(centre: Centre) -> None:
    _weeks(centre)
    _patterns(centre)
    with _owner(centre.owner_url) as cursor, _bare(cursor):
        cursor.execute(SHIFTS, _numbers(centre))
        cursor.execute(PLANNED)
        cursor.execute(PRESENCE, _numbers(centre))


def _numbers(centre: Centre) -> dict[str, Any]:
    return {"queues": centre.size.queues_a_site, "since": centre.at - timedelta(weeks=1)}


def _weeks(centre: Centre) -> None:
    from floorwalker.apps.schedules.models import Publication, Week

    weeks = Week.objects.bulk_create(
        Week(site=site, first_day=centre.monday + timedelta(weeks=number))
        for site in centre.sites
        for number in range(-centre.size.weeks_behind, centre.size.weeks_ahead)
    )
    publications = Publication.objects.bulk_create(
        Publication(
            week=week,
            number=1,
            kind="roster",
            changes=2000,
            touched=400,
            published_by="Planner",
            published_at=min(
                datetime.combine(week.first_day - timedelta(weeks=3), time(9), UTC), centre.at - timedelta(hours=2)
            ),
        )
        for week in weeks
    )
    for week, publication in zip(weeks, publications, strict=True):
        week.current = publication
    Week.objects.bulk_update(weeks, ["current"], batch_size=100)


def _patterns(centre: Centre) -> None:
    from floorwalker.apps.schedules.models import ShiftPattern

    ShiftPattern.objects.bulk_create(
        ShiftPattern(site=site, name=name, starts_from=time(first), starts_until=time(last))
        for site in centre.sites
        for name, first, last in (("Early", 7, 9), ("Late", 11, 13))
    )


@contextmanager
def _owner(url: str) -> Iterator[Any]:
    """A cursor of the role that owns the tables; afterwards the planner knows what is in them."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("SET work_mem = '128MB'")
        yield cursor
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


@contextmanager
def _bare(cursor: Any) -> Iterator[None]:
    """The tables without constraints and indexes while they are filled; putting them back checks each row."""
    constraints = cursor.execute(CONSTRAINTS, [list(TABLES)]).fetchall()
    for table, name, _definition in constraints:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    indexes = cursor.execute(INDEXES, [list(TABLES), list(TABLES)]).fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _name, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in constraints:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
