"""A published week put to a question: what a skill would be worth in it, what callbacks would bring, or alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.capacity import queries, rules
from floorwalker.apps.capacity.models import WeekStudy
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.kernel import audit, jobs
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.jobs import Fence

STUDY = "capacity.study"
WEEK_STUDY = "capacity.week_study"
Purpose = WeekStudy.Purpose
TITLES = {
    Purpose.SKILLS: _("What a skill would be worth"),
    Purpose.LEVERS: _("What callbacks would bring"),
    Purpose.MODEL: _("The week as a model"),
}
SEED = 1  # the same for every study: two of them differ by what was asked, not by chance
LACKS = {
    rules.Lack.FORECAST: _("It has no forecast for these days."),
    rules.Lack.WEEK: _("Its forecast does not reach the whole week."),
    rules.Lack.HANDLING_TIME: _(
        "Its history holds no handling times and none is set for it: set one on the queue's page."
    ),
    rules.Lack.GRID: _("Its intervals or time zone are others than those of most queues of the site."),
}


class NotPublished(Refused):
    code = "capacity_not_published"
    text = _("No roster is published for that week at this site: publish one first, then come back.")


class NothingToSimulate(Refused):
    code = "capacity_nothing_to_simulate"
    text = _("None of this site's queues can be simulated in that week: {reasons}")


class NobodyToTeach(Refused):
    code = "capacity_nobody_to_teach"
    text = _("A skill is worth something where there are two queues to share people; this week has one: {queue}.")


@transaction.atomic
def ask_study(
    *,
    site_id: int,
    first_day: date,
    by: Actor,
    at: datetime,
    purpose: str = Purpose.SKILLS,
    taught_id: int | None = None,
    slower: float = rules.SLOWER,
    training_hours: float = rules.TRAINING_HOURS,
    callback_from_minutes: float = rules.CALLBACK_FROM_MINUTES,
    callback_accepted: float = rules.CALLBACK_ACCEPTED,
    callback_within_hours: float | None = rules.CALLBACK_WITHIN_HOURS,
) -> WeekStudy:
    """Ask what teaching skills would be worth in a published week, what callbacks would bring, or for the week as
    a model; a job computes it.

    ``callback_within_hours``: a call is promised within so long; None: the place in the queue is kept.
    ``taught_id``: only the skill of this queue; None: every skill that people lack. Queues of the site that cannot
    be simulated together with the others are left out, with the reason.
    """
    require(by, P.PLAN)
    found = queries.study_queues(by, site_id)
    if not found:
        raise NotFound
    week = rules.monday(first_day)
    if not queries.published(found, week):
        raise NotPublished
    lacking = queries.lacking_for_study(found, week)
    ready = [queue for queue in found if queue.pk not in lacking]
    if not ready:
        raise NothingToSimulate(reasons="; ".join(f"{q.name}: {LACKS[lacking[q.pk]]}" for q in found[:6]))
    if purpose == Purpose.SKILLS and len(ready) < 2:
        raise NobodyToTeach(queue=ready[0].name)
    if taught_id is not None and taught_id not in {queue.pk for queue in ready}:
        raise NotFound
    rule = {
        "callback_from_minutes": callback_from_minutes,
        "callback_accepted": callback_accepted,
        "callback_within_hours": callback_within_hours,
    }
    made = WeekStudy.objects.create(
        purpose=purpose,
        site_id=site_id,
        first_day=week,
        taught_id=taught_id,
        slower=slower,
        training_hours=training_hours,
        **(rule if purpose == Purpose.LEVERS else {}),
        seed=SEED,
        left_out=[[queue.pk, queue.name, str(LACKS[lacking[queue.pk]])] for queue in found if queue.pk in lacking],
        by_name=by.name,
        at=at,
    )
    made.queues.set(ready)
    title = TITLES[Purpose(purpose)]
    jobs.start(STUDY, ref=(WEEK_STUDY, made.pk), title=title, by=by, at=at, lock="capacity")
    facts = {"purpose": str(purpose), "week": week.isoformat(), "queues": len(ready), "taught": taught_id}
    facts |= rule if purpose == Purpose.LEVERS else {}
    audit.record(by=by, verb="capacity.ask_study", about=(WEEK_STUDY, made.pk), facts=facts, at=at)
    return made


@transaction.atomic
def keep_study(*, study_id: int, result: dict[str, Any], fence: Fence, by: Actor, at: datetime) -> None:
    """Keep what the job has found, with the versions it was computed from."""
    fence.hold()
    done = WeekStudy.objects.select_for_update().get(pk=study_id)
    made_of = result["of"]
    done.made_of, done.model, done.found = made_of, result["model"], result["found"]
    done.publication, done.roster_number = made_of["roster"] or (None, None)
    done.done_at = at
    done.save(update_fields=["made_of", "model", "found", "publication", "roster_number", "done_at"])
    found = result["found"] or {}
    facts = {"lines": len(found.get("lines") or found.get("rungs", ())), "roster": done.roster_number}
    audit.record(by=by, verb="capacity.keep_study", about=(WEEK_STUDY, study_id), facts=facts, at=at)
