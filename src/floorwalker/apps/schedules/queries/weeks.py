"""Weeks, their versions and working copies."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from floorwalker.apps.people.models import Site
from floorwalker.apps.people.queries import visible_sites
from floorwalker.apps.schedules.models import Draft, Edit, Publication, Run, ShiftPattern, Week
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import pick, scoped, within


def _reach(actor: Actor, permission: Permission) -> QuerySet[Site]:
    """The sites whose weeks are seen: those in sight, and the one of a team in sight."""
    return Site.objects.filter(within(actor.sight(permission), team="teams", site="pk"))


def visible_weeks(actor: Actor, permission: Permission = P.SEE_ROSTER) -> QuerySet[Week]:
    return Week.objects.filter(site__in=_reach(actor, permission))


def may_watch_week(actor: Actor, key: str) -> bool:
    """Whether somebody may be told that a week has changed."""
    return key.isdecimal() and visible_weeks(actor).filter(pk=int(key)).exists()


def the_week(actor: Actor, week_id: int, permission: Permission = P.SEE_ROSTER) -> Week:
    return pick(visible_weeks(actor, permission).select_related("site", "current"), week_id)


def find_week(site_id: int, first_day: date) -> Week | None:
    """The week of a site the caller has shown its actor may see."""
    return Week.objects.select_related("site", "current").filter(site_id=site_id, first_day=first_day).first()


def week_to_show(actor: Actor, site_id: int, this_monday: date) -> date:
    """The week to open rosters with: this one if it is published or being planned, else the next such one, else
    the last; this one where there is none at all."""
    begun = visible_weeks(actor).filter(site=site_id).exclude(current=None)
    if actor.may(P.PLAN):
        drafts = Q(drafts__in=visible_drafts(actor).filter(state=Draft.State.OPEN))
        begun = visible_weeks(actor).filter(Q(site=site_id) & (Q(current__isnull=False) | drafts))
    days = begun.values_list("first_day", flat=True)
    ahead = days.filter(first_day__gte=this_monday).order_by("first_day").first()
    return ahead or days.order_by("-first_day").first() or this_monday


def roster_sites(actor: Actor, permission: Permission = P.SEE_ROSTER) -> QuerySet[Site]:
    return Site.objects.filter(pk__in=_reach(actor, permission).values("pk"), archived=False).order_by("name")


def the_roster_site(actor: Actor, site_id: int, permission: Permission = P.SEE_ROSTER) -> Site:
    return pick(visible_sites(actor).filter(pk__in=_reach(actor, permission).values("pk")), site_id)


def visible_publications(actor: Actor, permission: Permission = P.SEE_ROSTER) -> QuerySet[Publication]:
    return Publication.objects.filter(week__site__in=_reach(actor, permission))


def the_publication(actor: Actor, publication_id: int, permission: Permission = P.SEE_ROSTER) -> Publication:
    return pick(visible_publications(actor, permission).select_related("week__site"), publication_id)


def visible_drafts(actor: Actor, permission: Permission = P.PLAN) -> QuerySet[Draft]:
    return Draft.objects.filter(week__site__in=_reach(actor, permission))


def the_draft(actor: Actor, draft_id: int, permission: Permission = P.PLAN) -> Draft:
    return pick(visible_drafts(actor, permission).select_related("week__site", "week__current"), draft_id)


def visible_runs(actor: Actor, permission: Permission = P.PLAN) -> QuerySet[Run]:
    return Run.objects.filter(week__site__in=_reach(actor, permission))


def the_run(actor: Actor, run_id: int, permission: Permission = P.PLAN) -> Run:
    return pick(visible_runs(actor, permission).select_related("week__site", "draft"), run_id)


def visible_edits(actor: Actor, permission: Permission = P.SEE_ROSTER) -> QuerySet[Edit]:
    """Steps on the sheets of a site in sight, and one's own: the reason of another team's step is not a team's."""
    sight = actor.sight(permission)
    if sight.everything:
        return Edit.objects.all()
    mine = Q(by_user=actor.user_id) if sight and actor.user_id else Q(pk__in=[])
    return Edit.objects.filter(within(sight, site="week__site") | mine)


def visible_patterns(actor: Actor, permission: Permission = P.PLAN) -> QuerySet[ShiftPattern]:
    return ShiftPattern.objects.filter(site__in=_reach(actor, permission))


def the_pattern(actor: Actor, pattern_id: int, permission: Permission = P.PLAN) -> ShiftPattern:
    return pick(visible_patterns(actor, permission).select_related("site"), pattern_id)


scoped(Week, visible_weeks, P.SEE_ROSTER, relations=("team", "site"))
scoped(Publication, visible_publications, P.SEE_ROSTER, relations=("team", "site"))
scoped(Draft, visible_drafts, P.PLAN, relations=("site",))
scoped(Run, visible_runs, P.PLAN, relations=("site",))
scoped(Edit, visible_edits, P.SEE_ROSTER, fixed=("verb",), relations=("site",))
scoped(ShiftPattern, visible_patterns, P.PLAN, key="pattern_id", relations=("site",))
