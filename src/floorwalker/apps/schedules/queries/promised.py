"""Weeks that have to be published by a day, and published hours that were changed without asking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from floorwalker.apps.people.models import Agent, Site
from floorwalker.apps.schedules.models import Publication, Shift, Week
from floorwalker.apps.schedules.queries.shifts import stints
from floorwalker.apps.schedules.rules.differences import Difference, differences
from floorwalker.apps.schedules.rules.promised import unasked
from floorwalker.apps.schedules.rules.stints import monday_of
from floorwalker.kernel.access import Actor

LIVES_BY_ROSTERS = timedelta(weeks=8)
NAMED = 3


def rostered_sites(at: datetime) -> list[Site]:
    """Sites whose people have been told their weeks here of late; nobody else is promised the next."""
    since = monday_of(at.date()) - LIVES_BY_ROSTERS
    weeks = Week.objects.filter(first_day__gte=since).exclude(current=None)
    return list(Site.objects.filter(archived=False, pk__in=weeks.values("site")).order_by("pk"))


def unpublished_weeks(at: datetime) -> QuerySet[Week]:
    """Weeks somebody has thought of and nobody has published, from some months back on."""
    since = at.date() - LIVES_BY_ROSTERS
    return Week.objects.filter(current=None, first_day__gte=since).select_related("site").order_by("pk")


def to_weigh(until: datetime) -> QuerySet[Publication]:
    """Publications up to a moment that nobody has weighed yet."""
    rows = Publication.objects.filter(weighed_at=None, published_at__lte=until).order_by("published_at", "pk")
    return rows.select_related("week__site", "edit")


def changed_unasked(publication: Publication) -> dict[int, datetime]:
    """Agents whose published hours it changed within the notice and against no word of theirs; when they begin."""
    edit = getattr(publication, "edit", None)
    said_yes = edit is not None and (edit.agreed or edit.undone_at is not None or edit.verb == "undo")
    if publication.number == 1 or said_yes or publication.agreed_changes.exists():
        return {}
    rows = Shift.objects.filter(week=publication.week_id, cancelled=False)
    found = differences(
        stints(rows.filter(until=publication.number)), stints(rows.filter(since=publication.number))
    )
    return unasked(found, publication.week.site.publish_days_ahead, publication.published_at)


def unasked_words(week: Week, found: Sequence[Difference], by: Actor, at: datetime) -> str:
    """Before it is done: whose promise a change would break."""
    agents = Agent.objects.filter(pk__in=unasked(found, week.site.publish_days_ahead, at)).order_by("name", "pk")
    names = list(agents.exclude(user=by.user_id).values_list("name", flat=True))
    if not names:
        return ""
    if len(names) > NAMED:
        names = [*names[:NAMED], _("%(n)d more") % {"n": len(names) - NAMED}]
    return _("%(names)s may count on these hours by now. Unless they agreed, it counts as a promise not kept.") % {
        "names": get_text_list(names, _("and"))
    }
