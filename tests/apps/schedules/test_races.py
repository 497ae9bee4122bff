"""Many at once: nobody in two places, no change lost, no ring that waits for ever – and the naive way fails."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from floorwalker.apps.people.models import Agent, Site
from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.models import ChangeRequest, Planned, Publication, Shift, Week
from floorwalker.apps.schedules.queries.shifts import live_stints
from floorwalker.apps.schedules.rules.edits import Step
from floorwalker.apps.schedules.rules.stints import Stint
from floorwalker.kernel.periods import Period
from tests.factories import schedules as make
from tests.people import NOW, Cast, make_cast
from tests.racing import at_once, clean

WRITERS = 16
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def week(cast: Cast) -> Week:
    return make.a_week(cast.world.north)


def overlapping(agent_id: int) -> int:
    """Pairs of live shifts of one agent at the same time."""
    periods = sorted(
        Period.of(p) for p in Shift.objects.filter(agent=agent_id, until=None, cancelled=False).values_list(
            "period", flat=True
        )
    )  # fmt: skip
    return sum(one.overlaps(two) for n, one in enumerate(periods) for two in periods[n + 1 :])


def test_sixteen_writers_give_one_agent_sixteen_shifts_at_one_time_and_one_wins(cast: Cast, week: Week) -> None:
    """Sixteen open shifts at the same hour, all given to the same person at once."""
    make.published(week, [make.a_stint(week, None) for _ in range(WRITERS)], make.BEFORE)
    week.refresh_from_db()
    by, agent = cast.planner.actor, cast.agent.agent
    steps = [Step("give", each.identity, each.version, agent=agent.pk) for each in live_stints(week)]
    done, refused = clean(
        at_once(*(lambda s=s: services.change_published(week_id=week.pk, step=s, by=by, at=NOW) for s in steps))
    )
    assert (len(done), len(refused)) == (1, WRITERS - 1)
    assert {each.code for each in refused} == {"shift_breaks_rules"}
    assert overlapping(agent.pk) == 0
    assert Planned.objects.filter(agent=agent).count() == 3


def test_sixteen_sites_publish_one_person_at_one_time_and_one_wins(cast: Cast) -> None:
    """No lock is shared between the weeks of sites: there the database's constraint alone decides, and every
    other planner reads in words what happened – never an error of the database, such as a deadlock."""
    agent, by = cast.agent.agent, cast.planner.actor
    sites = [Site.objects.create(name=f"Site {n:02}", zone="Europe/Lisbon") for n in range(WRITERS)]
    weeks = [make.a_week(each) for each in sites]
    drafts = [make.a_draft(week, [make.a_stint(week, agent, 0, "12:00")], NOW) for week in weeks]
    done, refused = clean(at_once(*(lambda d=d: services.publish(draft_id=d.pk, by=by, at=NOW) for d in drafts)))
    assert len(done) == 1
    assert [each.code for each in refused] == ["shift_double_booked"] * (WRITERS - 1)
    assert overlapping(agent.pk) == 0
    assert Shift.objects.filter(agent=agent).count() == 1
    assert Planned.objects.filter(agent=agent).count() == 3
    assert Publication.objects.count() == 1


def book_naively(week: Week, agent_id: int, all_looked: threading.Barrier) -> None:
    """Look whether they are free, then write – everybody has looked when the first one writes."""
    stint = make.a_stint(week, Agent.objects.get(pk=agent_id))
    period = Period(stint.start, stint.end).range
    with transaction.atomic():
        taken = Shift.objects.filter(agent=agent_id, until=None, cancelled=False, period__overlap=period).exists()
        all_looked.wait(timeout=30)
        if not taken:
            write(week, agent_id, stint)


def write(week: Week, agent_id: int, stint: Stint) -> Shift:
    """A shift past every service."""
    return Shift.objects.create(
        week=week, since=1, since_at=NOW, identity=stint.identity, agent_id=agent_id,
        period=Period(stint.start, stint.end).range, day=stint.day, wall_minute=540,
    )  # fmt: skip


def test_sixteen_who_look_before_they_write_book_a_person_once_where_the_constraint_stands(
    cast: Cast, week: Week
) -> None:
    """All see the person free; the database lets one in and turns fifteen away: by the constraint, or as victims
    of deadlocks between those who wait for each other on it. Whoever comes later is told of the constraint."""
    agent, all_looked = cast.agent.agent, threading.Barrier(WRITERS)
    results = at_once(*(lambda: book_naively(week, agent.pk, all_looked) for _ in range(WRITERS)))
    turned_away = [each for each in results if each is not None]
    assert len(turned_away) == WRITERS - 1
    assert all(isinstance(each, IntegrityError | OperationalError) for each in turned_away), turned_away
    with pytest.raises(IntegrityError, match="schedules_shift_no_double_booking"), transaction.atomic():
        write(week, agent.pk, make.a_stint(week, agent))
    assert (overlapping(agent.pk), Shift.objects.filter(agent=agent).count()) == (0, 1)


def test_without_the_constraint_the_same_sixteen_book_a_person_twice(cast: Cast, week: Week) -> None:
    """What the constraint is for. It is taken away inside this test's own database, and put back."""
    agent, all_looked = cast.agent.agent, threading.Barrier(WRITERS)
    constraint = next(c for c in Shift._meta.constraints if c.name == "schedules_shift_no_double_booking")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Shift, constraint)
    try:
        at_once(*(lambda: book_naively(week, agent.pk, all_looked) for _ in range(WRITERS)))
        assert overlapping(agent.pk) > 0
    finally:
        Shift.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Shift, constraint)


def test_two_planners_on_one_shift_one_wins_and_the_other_sees_it(cast: Cast, week: Week) -> None:
    """Both saw version 1; the second is told what it is now, and nothing of theirs is written."""
    make.published(week, make.working_days(week, [cast.agent.agent], [0]), make.BEFORE)
    week.refresh_from_db()
    (stint,) = live_stints(week)
    steps = [Step("hours", stint.identity, 1, stint.day, hour * 60, 510, 30) for hour in (10, 11)]
    by = (cast.planner.actor, cast.site_planner.actor)
    pairs = list(zip(steps, by, strict=True))
    done, refused = clean(
        at_once(
            *(lambda s=s, b=b: services.change_published(week_id=week.pk, step=s, by=b, at=NOW) for s, b in pairs)
        )
    )
    assert (len(done), [each.code for each in refused]) == (1, ["shift_changed"])
    (now,) = make.live(cast.agent.agent)
    assert f"{now.period.lower:%H:%M}" in str(refused[0])
    assert now.version == 2


def test_a_ring_of_swaps_at_once_ends_and_leaves_each_shift_one_owner(cast: Cast, week: Week) -> None:
    """A with B, B with C, C with A, on three days, agreed at the same moment, again and again: no deadlock."""
    trio = [cast.agent.agent, cast.colleague.agent, cast.other_team_agent.agent]
    cast.other_team_agent.agent.team = cast.world.north_one
    cast.other_team_agent.agent.save()
    people = [cast.agent, cast.colleague, cast.other_team_agent]
    for round_ in range(3):
        monday = make.MONDAY + timedelta(days=7 * round_)
        sheet = make.a_week(cast.world.north, monday)
        make.published(sheet, [make.a_stint(sheet, agent, day) for day, agent in enumerate(trio)], make.BEFORE)
        requests = []
        for number, person in enumerate(people):
            mine = make.live_in(trio[number], monday)[0]
            theirs = make.live_in(trio[(number + 1) % 3], monday)[0]
            request = services.ask(
                shift_id=mine.pk, kind="swap", colleague_shift_id=theirs.pk, by=person.actor, at=NOW
            )
            other = people[(number + 1) % 3]
            services.agree(request_id=request.pk, version=1, by=other.actor, at=NOW)
            requests.append(request)
        yes = [{"request_id": r.pk, "version": 2, "by": cast.planner.actor, "at": NOW} for r in requests]
        clean(at_once(*(lambda y=y: services.agree(**y) for y in yes)))
        ended = ChangeRequest.objects.filter(pk__in=[r.pk for r in requests])
        assert set(ended.values_list("state", flat=True)) <= {"agreed", "overtaken"}
        assert ended.filter(state="agreed").count() >= 1
        owners = [shift.agent_id for agent in trio for shift in make.live_in(agent, monday)]
        assert sorted(owners) == sorted(agent.pk for agent in trio)


def test_a_change_agreed_and_withdrawn_at_once_is_one_of_both(cast: Cast, week: Week) -> None:
    """Never agreed without being done, never done without being agreed."""
    make.published(week, make.working_days(week, [cast.agent.agent], range(4)), make.BEFORE)
    for shift in make.live(cast.agent.agent):
        request = services.ask(shift_id=shift.pk, kind="drop", by=cast.agent.actor, at=NOW)
        version = {"request_id": request.pk, "version": 1, "at": NOW}
        at_once(
            lambda v=version: services.agree(**v, by=cast.supervisor.actor),
            lambda v=version: services.withdraw(**v, by=cast.agent.actor),
        )
        request.refresh_from_db()
        still_theirs = Shift.objects.filter(
            identity=shift.identity, agent=cast.agent.agent, until=None, cancelled=False
        ).exists()
        assert (request.state, request.applied_id is not None, still_theirs) in [
            ("agreed", True, False),
            ("withdrawn", False, True),
        ]
