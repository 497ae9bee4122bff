"""Rosters made by the solver: begun as a job, kept as a draft, never published by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from floorwalker.apps.people.queries import visible_teams
from floorwalker.apps.schedules.events import RosterRunEnded
from floorwalker.apps.schedules.models import Run
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.needs import needs_of, queues_of
from floorwalker.apps.schedules.queries.problems import problem_of
from floorwalker.apps.schedules.queries.shifts import live_stints
from floorwalker.apps.schedules.queries.weeks import the_week
from floorwalker.apps.schedules.queries.workers import agents_of_site, rosterable, workers
from floorwalker.apps.schedules.rules.cover import Need
from floorwalker.apps.schedules.rules.differences import keep_names
from floorwalker.apps.schedules.rules.stints import Stint
from floorwalker.apps.schedules.services.drafts import new_draft
from floorwalker.apps.schedules.services.refusals import NobodyToRoster, NothingNeeded
from floorwalker.kernel import audit, events, jobs, notices
from floorwalker.kernel.access import Actor, refuse, require
from floorwalker.kernel.look import day_words

JOB = "schedules.roster"
RUN_ENDED = "schedules.run_ended"


@transaction.atomic
def start_run(
    *,
    week_id: int,
    by: Actor,
    at: datetime,
    effort: str = Run.Effort.USUAL,
    seed: int = 0,
    teams: Sequence[int] = (),
    needs: Sequence[Need] | None = None,
) -> Run:
    """Have a roster made for a week; everything it needs is written down now, so that later changes do not matter.

    ``needs`` stands in for what the room of required staff says.
    """
    require(by, P.PLAN)
    week = the_week(by, week_id, P.PLAN)
    if set(teams) - set(visible_teams(by, P.PLAN).filter(site=week.site_id).values_list("pk", flat=True)):
        refuse(by)
    queues = queues_of(by, week.site_id, P.PLAN)
    wanted = needs_of(by, week.site_id, week.first_day) if needs is None else list(needs)
    if not any(any(need.scheduled) for need in wanted):
        raise NothingNeeded
    people = agents_of_site(by, week.site_id, P.PLAN)
    people = people.filter(team__in=teams) if teams else people
    everyone = [
        w for w in workers(rosterable(people, week.first_day), week.first_day, queues) if w.queues != set()
    ]
    if not everyone:
        raise NobodyToRoster
    problem = problem_of(week, everyone, wanted, queues, effort=effort, seed=seed)
    run = Run.objects.create(
        week=week,
        effort=effort,
        seed=seed,
        people=len(everyone),
        problem=problem,
        started_at=at,
        started_by=by.name,
        started_by_user_id=by.user_id,
    )
    title = _("Roster of %(site)s, week of %(day)s") % {"site": week.site.name, "day": day_words(week.first_day)}
    run.job_id = jobs.start(JOB, ref=("schedules.run", run.pk), title=title, by=by, at=at).pk
    run.save(update_fields=["job_id"])
    facts = {"people": len(everyone), "effort": effort, "seed": seed}
    audit.record(by=by, verb="schedules.start_run", about=("schedules.run", run.pk), facts=facts, at=at)
    return run


@transaction.atomic
def keep_solution(*, run_id: int, result: Mapping[str, Any], by: Actor, at: datetime) -> Run:
    """The answer of the work: a draft to look at, with its figures. What was kept before is not kept twice."""
    run = Run.objects.select_for_update(of=("self",)).select_related("week__site", "week__current").get(pk=run_id)
    if run.state != Run.State.RUNNING:
        return run
    found = [_stint(each) for each in result["stints"]]
    queues = result["queues"]
    clashes = any(queue["clashes"] for queue in queues)
    run.result = {"queues": queues, "left_out": result["left_out"]}
    run.state = Run.State.STOPPED if result["stopped"] else Run.State.INFEASIBLE if clashes else Run.State.DONE
    run.ended_at = at
    run.paid_hours = sum(queue["paid_hours"] for queue in queues)
    run.short_hours = sum(queue["short_hours"] for queue in queues)
    run.bound = sum(queue["bound"] or 0.0 for queue in queues)
    objective = sum(queue["objective"] or 0.0 for queue in queues)
    run.gap = (objective - run.bound) / run.bound if run.bound else None
    name = _("Roster %(number)s, %(day)s") % {"number": run.pk, "day": f"{at:%d %b, %H:%M}"}
    live = live_stints(run.week)
    run.draft = new_draft(run.week, name, [*_not_asked(run, queues, live), *keep_names(live, found)], by, at)
    run.save()
    _ended(run, by, at)
    return run


@transaction.atomic
def run_failed(*, run_id: int, why: str, by: Actor, at: datetime) -> Run:
    """It came to nothing, and why."""
    run = Run.objects.select_for_update(of=("self",)).get(pk=run_id)
    if run.state == Run.State.RUNNING:
        run.state, run.ended_at, run.result = Run.State.FAILED, at, {"failure": why}
        run.save()
        _ended(run, by, at)
    return run


def _not_asked(run: Run, queues: Sequence[Mapping[str, Any]], live: Sequence[Stint]) -> list[Stint]:
    """What the run says nothing about: shifts of people who were not in it, open ones of queues that were not."""
    people = {person["id"] for person in run.problem["people"]}
    served = {queue["queue"] for queue in queues}
    return [s for s in live if (s.queue not in served if s.agent is None else s.agent not in people)]


def _ended(run: Run, by: Actor, at: datetime) -> None:
    facts = {"state": run.state, "short_hours": run.short_hours, "gap": run.gap}
    audit.record(by=by, verb="schedules.end_run", about=("schedules.run", run.pk), facts=facts, at=at)
    events.announce(RosterRunEnded(run.pk, run.week_id, run.state))
    if run.started_by_user_id:
        notices.notify(
            to=run.started_by_user_id, kind=RUN_ENDED, ref=("schedules.run", run.pk), once=f"run:{run.pk}", at=at
        )


def _stint(plain: Mapping[str, Any]) -> Stint:
    def moment(seconds: int) -> datetime:
        return datetime.fromtimestamp(seconds, UTC)

    meal = plain["meal"]
    return Stint(
        plain["identity"],
        plain["agent"],
        moment(plain["start"]),
        moment(plain["end"]),
        moment(meal[0]) if meal else None,
        moment(meal[1]) if meal else None,
        plain["queue"],
        date.fromisoformat(plain["day"]),
        plain["wall_minute"],
    )
