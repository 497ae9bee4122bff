"""Publication cut down at any moment: the old week or the new one, and each person told once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.models import Draft, Planned, Publication, Shift, Week
from floorwalker.apps.schedules.queries.shifts import draft_stints, live_stints
from floorwalker.kernel.models import Notice
from tests.factories import schedules as make
from tests.people import NOW, Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 120

PUBLISH = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "floorwalker.project.settings"
import django
from django.conf import settings
settings.DATABASES["default"].update(json.loads(sys.argv[1]))
django.setup()
from datetime import datetime, UTC
from floorwalker.apps.schedules import services
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.errors import Refused
print("ready", flush=True)
sys.stdin.readline()
try:
    services.publish(draft_id=int(sys.argv[2]), by=SYSTEM, at=datetime(2026, 3, 4, 10, tzinfo=UTC))
    print("published", flush=True)
except Refused as refused:
    print(refused.code, flush=True)
"""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def crowd(cast: Cast) -> list[Agent]:
    """Enough people that a publication takes a while; the cast's two among them."""
    more = Agent.objects.bulk_create(
        Agent(name=f"Person {n}", number=f"P{n}", team=cast.world.north_one, started_on="2024-09-02")
        for n in range(PEOPLE)
    )
    return [cast.agent.agent, cast.colleague.agent, *more]


def publisher(draft_id: int) -> subprocess.Popen[str]:
    """A process that publishes when it is told to."""
    facts = {
        k: v for k, v in connection.settings_dict.items() if k in ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    }
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISH, json.dumps(facts), str(draft_id)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )


def publish_and_kill(draft_id: int, after: float) -> None:
    """Begin to publish, and `kill -9` so many seconds later."""
    with publisher(draft_id) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        process.stdin.write("go\n")
        process.stdin.flush()
        time.sleep(after)
        process.send_signal(signal.SIGKILL)


def seconds_of_a_publication(draft_id: int) -> float:
    """How long it takes undisturbed, from the word to the answer."""
    with publisher(draft_id) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        began = time.monotonic()
        process.stdin.write("go\n")
        process.stdin.flush()
        assert process.stdout.readline().strip() == "published"
        return time.monotonic() - began


def planned_pieces(week: Week) -> int:
    """What the plan must hold for the live shifts: three pieces for each with a meal."""
    return 3 * Shift.objects.filter(week=week, until=None, cancelled=False).count()


@pytest.mark.parametrize("times", [5, pytest.param(50, marks=pytest.mark.prove)])
def test_a_publication_cut_down_is_all_or_nothing_and_told_once(
    cast: Cast, crowd: list[Agent], deliver: Any, times: int
) -> None:
    """At random moments of it: readers find the old version or the new one, whole; after the next start each
    touched person has one notice of it."""
    dice = random.Random(7)
    rehearsal = make.a_week(cast.world.north, make.MONDAY - timedelta(days=7))
    length = seconds_of_a_publication(make.a_draft(rehearsal, make.working_days(rehearsal, crowd), NOW).pk)
    outcomes = set()
    for round_ in range(times):
        week = make.a_week(cast.world.north, make.MONDAY + timedelta(days=7 * round_))
        make.published(week, make.working_days(week, crowd[:2]), NOW)
        week.refresh_from_db()
        old = live_stints(week)
        draft = make.a_draft(week, make.working_days(week, crowd, start="10:00"), NOW)
        new = draft_stints(draft.pk)
        publish_and_kill(draft.pk, dice.uniform(0, 1.2 * length))
        _settled(week)
        week.refresh_from_db()
        draft.refresh_from_db()
        now = {(s.agent, s.start) for s in live_stints(week)}
        assert now in ({(s.agent, s.start) for s in old}, {(s.agent, s.start) for s in new})
        came = week.number == 2
        outcomes.add(came)
        assert (now == {(s.agent, s.start) for s in new}) == came
        assert (draft.state == Draft.State.PUBLISHED) == came
        assert Planned.objects.filter(shift__week=week).count() == planned_pieces(week)
        if not came:  # whoever starts again finds everything as it was, and publishes
            services.publish(draft_id=draft.pk, by=cast.planner.actor, at=NOW)
        deliver()
        second = Publication.objects.get(week=week, number=2)
        told = Notice.objects.filter(kind=services.PUBLISHED, ref_id=second.pk)
        users = [cast.agent.user.pk, cast.colleague.user.pk]
        assert sorted(told.values_list("to_user", flat=True)) == sorted(users)
    assert outcomes <= {True, False}


def _settled(week: Week) -> None:
    """Wait until the server has noticed that the client is gone, and let go of its lock."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_stat_activity where datname = current_database()"
                " and pid <> pg_backend_pid() and state <> 'idle'"
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.05)
