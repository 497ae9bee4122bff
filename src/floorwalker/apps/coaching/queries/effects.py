"""What talks and thanks changed: who sees it, what it is measured from, and how a page tells it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncWeek
from django.urls import reverse

from floorwalker.apps.coaching.models import Effect, Touch
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import effects as rules
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent, Site, TeamMembership
from floorwalker.apps.performance import queries as performance
from floorwalker.kernel import jobs
from floorwalker.kernel.access import SYSTEM, Actor, Permission
from floorwalker.kernel.look import JobView
from floorwalker.kernel.scoping import pick, scoped, within
from floorwalker.science.timegrid import zone_info

EFFECT = "coaching.effect"
SPAN = timedelta(weeks=rules.WEEKS_BACK)


def visible_effects(actor: Actor, permission: Permission = P.SEE_EFFECTS) -> QuerySet[Effect]:
    """Of the sites in sight, and of the whole house: sums, so whoever leads one team sees those of its site."""
    sight = actor.sight(permission)
    if sight.everything:
        return Effect.objects.all()
    reach = within(sight, team="site__teams", site="site")
    house = Q(site=None) if sight else Q(pk__in=[])
    return Effect.objects.filter(pk__in=Effect.objects.filter(reach | house).values("pk"))


def the_effect(actor: Actor, effect_id: int, permission: Permission = P.SEE_EFFECTS) -> Effect:
    return pick(visible_effects(actor, permission).select_related("site"), effect_id)


def effects_of(actor: Actor, site_id: int | None) -> QuerySet[Effect]:
    """The measurements of one place, the newest first."""
    found = visible_effects(actor).filter(site=site_id).select_related("site")
    return found.order_by("-ordered_at", "-pk")


def under_way(site_id: int | None) -> bool:
    """Whether this place is being measured at this moment."""
    last = Effect.objects.filter(site=site_id, measured_at=None).order_by("-pk").first()
    job = jobs.latest((EFFECT, last.pk)) if last else None
    return job is not None and job.live


def anything_to_measure(site_id: int | None, first: date, end: date) -> bool:
    """Whether there are figures at all, and somebody was spoken to."""
    touched = Touch.objects.filter(taken_back_at=None, at__date__gte=first, at__date__lt=end)
    if site_id is not None:
        touched = touched.filter(agent__team__site=site_id)
    return touched.exists() and next(performance.weekly(site_id, first, end), None) is not None


def inputs_of(effect_id: int) -> dict[str, Any]:
    """Figures and events of the weeks, agents as numbers, for the work of the job."""
    effect = Effect.objects.get(pk=effect_id)
    first, end = effect.first_day, effect.last_day + timedelta(days=1)
    measures: dict[str, list[tuple[int, int, float, float]]] = {}
    for measure, agent, monday, total, rests_on in performance.weekly(effect.site_id, first, end):
        measures.setdefault(measure, []).append((agent, (monday - first).days // 7, total, rests_on))
    events: dict[str, set[tuple[int, int]]] = {event: set() for event in rules.ASKED}
    sites = people.visible_sites(SYSTEM)
    for site in sites if effect.site_id is None else sites.filter(pk=effect.site_id):
        for agent, kind, tone, week in _touched(site, first, end):
            if event := rules.asked_as(kind, tone):
                events[event].add((agent, week))
        events[rules.WITNESSED].update(_witnesses(site, first, end))
    return {
        "teams": dict(Agent.objects.values_list("pk", "team")),
        "weeks": (end - first).days // 7,
        "measures": {key: measures[key] for key in performance.measure_names() if key in measures},
        "events": {event: sorted(found) for event, found in events.items() if found},
    }


def _touched(site: Site, first: date, end: date) -> list[tuple[int, str, str, int]]:
    """Who of a site was spoken to in which week, by the calendar of the site."""
    zone = zone_info(site.zone)
    begin = datetime(first.year, first.month, first.day, tzinfo=zone)
    rows = (
        Touch.objects.filter(agent__team__site=site, taken_back_at=None)
        .filter(at__gte=begin, at__lt=datetime(end.year, end.month, end.day, tzinfo=zone))
        .annotate(week=TruncWeek("at", tzinfo=zone))
        .values_list("agent", "kind", "tone", "week")
        .distinct()
    )
    return [(agent, kind, tone, (week.date() - first).days // 7) for agent, kind, tone, week in rows]


def _witnesses(site: Site, first: date, end: date) -> set[tuple[int, int]]:
    """Who was in the team of somebody that week whose thanks the team could see; never the one thanked."""
    zone = zone_info(site.zone)
    begin, until = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (first, end))
    said = Touch.objects.filter(
        agent__team__site=site, kind=Touch.Kind.THANKS, shown=True, taken_back_at=None, at__gte=begin, at__lt=until
    )
    mates: dict[int, list[TeamMembership]] = defaultdict(list)
    teams = TeamMembership.objects.filter(team__site=site).order_by("pk")
    of_agent: dict[int, list[TeamMembership]] = defaultdict(list)
    for each in teams:
        mates[each.team_id].append(each)
        of_agent[each.agent_id].append(each)
    found: set[tuple[int, int]] = set()
    for agent, at in said.values_list("agent", "at"):
        day = at.astimezone(zone).date()
        for own in of_agent[agent]:
            if _holds(own, day):
                week = (day - first).days // 7
                found.update(
                    (m.agent_id, week) for m in mates[own.team_id] if m.agent_id != agent and _holds(m, day)
                )
    return found


def _holds(member: TeamMembership, day: date) -> bool:
    return (member.days.lower is None or member.days.lower <= day) and (
        member.days.upper is None or day < member.days.upper
    )


def places(actor: Actor) -> list[Site]:
    """Sites in sight whose measurements one may read."""
    return list(people.visible_sites(actor, P.SEE_EFFECTS).filter(archived=False).order_by("name"))


def url_of_effect(effect_id: int) -> str:
    return reverse("coaching:effect", args=[effect_id])


def job_of(effect: Effect) -> JobView | None:
    """The work on a measurement that is not there yet, or came to nothing."""
    job = None if effect.measured_at else jobs.latest((EFFECT, effect.pk))
    return jobs.view(job) if job else None


scoped(Effect, visible_effects, P.SEE_EFFECTS, relations=("team", "site"), canary="ordered_by")
