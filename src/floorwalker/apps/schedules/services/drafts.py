"""Working copies of a week: begun, brought up to date, thrown away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from floorwalker.apps.schedules.models import Draft, DraftShift, Week
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.shifts import draft_stints, live_stints
from floorwalker.apps.schedules.queries.weeks import the_draft, the_roster_site, the_week
from floorwalker.apps.schedules.rules.differences import Difference, merged
from floorwalker.apps.schedules.rules.stints import Stint, monday_of
from floorwalker.apps.schedules.services.refusals import DraftEnded
from floorwalker.apps.schedules.services.versions import columns, locked_week
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require


@transaction.atomic
def week_for(*, site_id: int, day: date, by: Actor) -> Week:
    """The week of a site that holds that day, made when nobody has asked for it before."""
    require(by, P.PLAN)
    site = the_roster_site(by, site_id, P.PLAN)
    week, _new = Week.objects.get_or_create(site=site, first_day=monday_of(day))
    return week


@transaction.atomic
def begin_draft(*, week_id: int, by: Actor, at: datetime, name: str = "") -> Draft:
    """A working copy of what is published now, or an empty one."""
    require(by, P.PLAN)
    week = the_week(by, week_id, P.PLAN)
    draft = new_draft(
        week, name or _("Draft of %(day)s") % {"day": f"{at:%d %b, %H:%M}"}, live_stints(week), by, at
    )
    audit.record(by=by, verb="schedules.begin_draft", about=("schedules.draft", draft.pk), facts={}, at=at)
    return draft


def new_draft(week: Week, name: str, shifts: Iterable[Stint], by: Actor, at: datetime) -> Draft:
    """A draft with these shifts, based on the version that is current now."""
    draft = Draft.objects.create(
        week=week, name=name[:120], based_on=week.number, made_at=at, made_by=by.name, made_by_user_id=by.user_id
    )
    DraftShift.objects.bulk_create(
        (DraftShift(draft=draft, **columns(stint)) for stint in shifts), batch_size=2000
    )
    return draft


@transaction.atomic
def take_in(*, draft_id: int, by: Actor, at: datetime) -> list[Difference]:
    """Bring a draft up to the published week; the answer is what both had changed, where the published won."""
    require(by, P.PLAN)
    week = locked_week(the_draft(by, draft_id).week_id)
    draft = open_draft(by, draft_id)
    shifts, clashes = merged(live_stints(week, draft.based_on), draft_stints(draft.pk), live_stints(week))
    DraftShift.objects.filter(draft=draft).delete()
    DraftShift.objects.bulk_create((DraftShift(draft=draft, **columns(s)) for s in shifts), batch_size=2000)
    facts = {"from": draft.based_on, "to": week.number, "clashes": len(clashes)}
    draft.based_on = week.number
    draft.save(update_fields=["based_on"])
    audit.record(by=by, verb="schedules.take_in", about=("schedules.draft", draft.pk), facts=facts, at=at)
    return clashes


@transaction.atomic
def discard_draft(*, draft_id: int, by: Actor, at: datetime) -> Draft:
    """Put a draft away; nothing published changes."""
    require(by, P.PLAN)
    draft = open_draft(by, draft_id)
    draft.state = Draft.State.DISCARDED
    draft.save(update_fields=["state"])
    audit.record(by=by, verb="schedules.discard_draft", about=("schedules.draft", draft.pk), facts={}, at=at)
    return draft


@transaction.atomic
def reopen_draft(*, draft_id: int, by: Actor, at: datetime) -> Draft:
    """Undo :func:`discard_draft`."""
    require(by, P.PLAN)
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=the_draft(by, draft_id).pk)
    if draft.state != Draft.State.DISCARDED:
        raise DraftEnded(name=draft.name, state=draft.get_state_display())
    draft.state = Draft.State.OPEN
    draft.save(update_fields=["state"])
    audit.record(by=by, verb="schedules.reopen_draft", about=("schedules.draft", draft.pk), facts={}, at=at)
    return draft


def open_draft(by: Actor, draft_id: int) -> Draft:
    """A draft in work, locked."""
    found = the_draft(by, draft_id)
    Draft.objects.select_for_update(of=("self",)).get(pk=found.pk)
    found.refresh_from_db(fields=["state", "based_on"])
    if found.state != Draft.State.OPEN:
        raise DraftEnded(name=found.name, state=found.get_state_display())
    return found
