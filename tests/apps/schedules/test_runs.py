"""A roster made as a job: what it is given, what it keeps, what it says when rules clash, and how it ends."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from floorwalker.apps.demand.models import Queue
from floorwalker.apps.people.models import Agent, AgentDayOff, AgentSkill, TeamMembership
from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.models import Draft, DraftShift, Publication, Run, ShiftPattern, Week
from floorwalker.apps.schedules.queries.problems import plain_problem
from floorwalker.apps.schedules.queries.runs import figures_of
from floorwalker.apps.schedules.queries.shifts import draft_stints, live_stints
from floorwalker.apps.schedules.rules.checking import findings
from floorwalker.apps.schedules.services.refusals import NobodyToRoster, NothingNeeded
from floorwalker.apps.schedules.work import roster
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.kernel.models import Notice
from tests.factories import schedules as make
from tests.people import NOW, Cast


@pytest.fixture
def crew(cast: Cast, queue: Queue) -> list[Agent]:
    """Six employees of the northern site who hold the skill."""
    more = Agent.objects.bulk_create(
        Agent(
            name=f"Person {n}", number=f"P{n}", team=cast.world.north_one, started_on="2024-09-02", least_hours=20
        )
        for n in range(6)
    )
    TeamMembership.objects.bulk_create(
        TeamMembership(agent=a, team_id=a.team_id, days=(a.started_on, None)) for a in more
    )
    AgentSkill.objects.bulk_create(AgentSkill(agent=a, skill=cast.world.service, level=3) for a in more)
    return more


def begun(cast: Cast, week: Week, queue: Queue, *, people: int = 3, **more: Any) -> Run:
    needs = make.office_needs(queue, week.first_day, week.site.zone, people=people)
    more = {"effort": "quick", "by": cast.planner.actor, "at": NOW, **more}
    return services.start_run(week_id=week.pk, needs=needs, **more)


def test_a_run_becomes_a_draft_with_its_figures_and_publishes_nothing(
    cast: Cast, week: Week, queue: Queue, crew: list[Agent], work: Any
) -> None:
    """In a child process: a legal roster that covers the need, its gap, a notice, and no publication."""
    run = begun(cast, week, queue)
    work()
    run.refresh_from_db()
    assert run.state == Run.State.DONE
    assert run.short_hours == 0
    assert run.gap is not None
    assert 0 <= run.gap < 0.5
    assert run.draft is not None
    assert run.draft.state == Draft.State.OPEN
    shifts = draft_stints(run.draft.pk)
    assert sum(s.paid_hours for s in shifts) == pytest.approx(run.paid_hours)
    assert {s.queue for s in shifts} == {queue.pk}
    assert not Publication.objects.exists()
    assert Notice.objects.filter(kind=services.RUN_ENDED, to_user=cast.planner.user.pk).count() == 1
    services.publish(draft_id=run.draft.pk, by=cast.planner.actor, at=NOW)


def test_contractors_and_who_is_away_are_never_assigned(
    cast: Cast, week: Week, queue: Queue, crew: list[Agent], work: Any
) -> None:
    """A contractor and who has left are not even given to the solver; a day off and the last day are kept free."""
    AgentDayOff.objects.create(agent=crew[0], day=week.first_day)
    crew[1].left_on, crew[1].leaving_reason = week.first_day + timedelta(days=1), cast.world.reason
    crew[1].save()
    run = begun(cast, week, queue, people=5)
    given = {person["id"] for person in run.problem["people"]}
    assert cast.contractor.agent.pk not in given
    assert cast.left.agent.pk not in given
    work(inline=True)
    run.refresh_from_db()
    rows = DraftShift.objects.filter(draft=run.draft)
    assert not rows.filter(agent=cast.contractor.agent).exists()
    assert not rows.filter(agent=crew[0], day=week.first_day).exists()
    assert not rows.filter(agent=crew[1], day__gt=crew[1].left_on).exists()


def test_people_whose_rules_clash_are_named_with_the_way_out_and_the_others_rostered(
    cast: Cast, week: Week, queue: Queue, crew: list[Agent], work: Any
) -> None:
    """Forty hours on two days cannot be; the sentence names the person and the cheapest repair."""
    crew[0].least_hours, crew[0].most_days = 40, 2
    crew[0].save()
    run = begun(cast, week, queue)
    work(inline=True)
    run.refresh_from_db()
    assert run.state == Run.State.INFEASIBLE
    found = figures_of(cast.planner.actor, run)
    assert found is not None
    ((text, repair),) = found.clashes
    assert text.startswith("Person 0 is to work 40 h a week, impossible with")
    assert repair.startswith("for Person 0: ")
    page = cast.client(cast.planner).get(f"/schedules/runs/{run.pk}/").content.decode()
    assert "Person 0 is to work" in page
    assert DraftShift.objects.filter(draft=run.draft, agent=crew[1]).exists()
    assert not DraftShift.objects.filter(draft=run.draft, agent=crew[0]).exists()


def test_a_run_begun_again_gives_the_same_roster(
    cast: Cast, week: Week, queue: Queue, crew: list[Agent], work: Any
) -> None:
    """What the work reads is written down at the start: neither a killed worker nor a change meanwhile matters."""
    run = begun(cast, week, queue)
    first = roster(json.loads(json.dumps(plain_problem(run.pk))), Watch())
    Agent.objects.filter(pk=crew[0].pk).update(most_hours=8, least_hours=0)
    second = roster(json.loads(json.dumps(plain_problem(run.pk))), Watch())
    assert first["stints"] == second["stints"]
    work(inline=True)
    run.refresh_from_db()
    kept = {(s.identity, s.start, s.end) for s in draft_stints(run.draft_id or 0)}
    assert {identity for identity, *_ in kept} == {s["identity"] for s in first["stints"]}
    again = services.keep_solution(run_id=run.pk, result=first, by=cast.planner.actor, at=NOW)
    assert again.draft_id == run.draft_id
    assert Draft.objects.count() == 1


def test_stopped_it_keeps_the_best_so_far(cast: Cast, week: Week, queue: Queue, crew: list[Agent]) -> None:
    """Asked to stop from the first moment on: a legal roster all the same, marked as stopped."""
    run = begun(cast, week, queue)
    result = roster(plain_problem(run.pk), Watch(stopped=lambda: True))
    kept = services.keep_solution(run_id=run.pk, result=result, by=cast.planner.actor, at=NOW)
    assert kept.state == Run.State.STOPPED
    assert draft_stints(kept.draft_id or 0)
    assert not Publication.objects.exists()


def test_the_rosters_shifts_break_no_rule_of_the_pages(
    cast: Cast, week: Week, queue: Queue, crew: list[Agent], work: Any
) -> None:
    """The solver's rules and those shown on the board are the same ones; patterns of the site are used."""
    ShiftPattern.objects.create(
        site=week.site, name="Office", starts_from="08:00", starts_until="09:00", length_minutes=510
    )
    run = begun(cast, week, queue)
    work(inline=True)
    run.refresh_from_db()
    from floorwalker.apps.schedules.queries.preview import Sheet, workers_of

    shifts = draft_stints(run.draft_id or 0)
    assert {s.end - s.start for s in shifts} == {timedelta(minutes=510)}
    everyone = workers_of(sorted({s.agent for s in shifts if s.agent}), Sheet(week))
    assert [f for f in findings(week.first_day, week.site.zone, everyone, shifts) if f.hard] == []


def test_a_run_needs_a_need_and_people(cast: Cast, week: Week, queue: Queue) -> None:
    """Each lack says what to do; who may not plan gets nothing."""
    by = cast.planner.actor
    with pytest.raises(NothingNeeded):
        services.start_run(week_id=week.pk, by=by, at=NOW)
    with pytest.raises(NobodyToRoster):
        begun(cast, make.a_week(cast.world.north, week.first_day - timedelta(days=7 * 200)), queue)
    for person in (cast.supervisor, cast.agent, cast.stranger, cast.client_viewer):
        with pytest.raises(NotFound):
            begun(cast, week, queue, by=person.actor)


def test_a_roster_made_anew_keeps_the_entries_of_calendars(
    cast: Cast, week: Week, queue: Queue, crew: list[Agent], work: Any
) -> None:
    """Published once, rostered again: people's shifts of the same day keep their names."""
    first = begun(cast, week, queue)
    work(inline=True)
    first.refresh_from_db()
    services.publish(draft_id=first.draft_id or 0, by=cast.planner.actor, at=NOW)
    second = begun(cast, Week.objects.get(pk=week.pk), queue, seed=5)
    work(inline=True)
    second.refresh_from_db()
    was = {(s.agent, s.day): s.identity for s in draft_stints(first.draft_id or 0)}
    now = {(s.agent, s.day): s.identity for s in draft_stints(second.draft_id or 0)}
    both = was.keys() & now.keys()
    assert both
    assert all(was[key] == now[key] for key in both)


def test_a_run_for_some_teams_leaves_the_others_their_shifts(
    cast: Cast, week: Week, queue: Queue, crew: list[Agent], work: Any
) -> None:
    """Rostered and published for one team: the other team and another queue's open shift stay as they are."""
    other = cast.other_team_agent.agent
    assert other is not None
    loans = make.a_queue(cast.world, name="Loans")
    gone, kept = make.a_stint(week, None, 1, queue=queue), make.a_stint(week, None, 1, queue=loans)
    make.published(week, [*make.working_days(week, [other]), gone, kept], make.BEFORE)
    before = [(s.pk, s.period) for s in make.live(other)]
    run = begun(cast, Week.objects.get(pk=week.pk), queue, teams=[cast.world.north_one.pk])
    work(inline=True)
    run.refresh_from_db()
    services.publish(draft_id=run.draft_id or 0, by=cast.planner.actor, at=NOW)
    assert len(before) == 5
    assert [(s.pk, s.period) for s in make.live(other)] == before
    assert make.live(crew[0])
    assert [s.identity for s in live_stints(Week.objects.get(pk=week.pk)) if s.agent is None] == [kept.identity]
