"""What publishing would change: shift by shift, person by person, and how long before they know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules.models import Publication, Week
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.preview import Sheet, broken_by, week_in_sight, workers_of
from floorwalker.apps.schedules.queries.shifts import draft_stints, live_stints
from floorwalker.apps.schedules.rules.checking import Finding
from floorwalker.apps.schedules.rules.differences import (
    Difference,
    differences,
    notice_hours,
    touched,
)
from floorwalker.apps.schedules.rules.promised import unasked
from floorwalker.apps.schedules.rules.stints import Stint
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import Change, duration_words
from floorwalker.kernel.look.words import span_words

MOST_NAMED = 100


@dataclass(frozen=True)
class Comparison:
    """The current version against what would be."""

    found: list[Difference]
    people: int
    changes: list[Change]
    more_people: int
    notice_hours: float | None
    findings: list[Finding]
    unasked: int = 0  # people whose published hours change within the notice
    days_ahead: int = 0

    @property
    def unasked_words(self) -> str:
        """What it would break of what was published before."""
        if not self.unasked:
            return ""
        return ngettext(
            "%(n)d person may count on their published hours by now: it counts as a promise to them "
            "not kept, by you. Ask first, or propose the change to them.",
            "%(n)d people may count on their published hours by now: it counts as a promise to each "
            "not kept, by you. Ask first, or propose the changes to them.",
            self.unasked,
        ) % {"n": self.unasked}

    @property
    def notice_words(self) -> str:
        """How long before the first change its people know."""
        if self.notice_hours is None:
            return ""
        if self.notice_hours < 0:
            return _("The first change has begun already.")
        words = {"time": duration_words(self.notice_hours * 3600)}
        promised = ngettext(
            "The site promises to publish %(n)d day ahead.",
            "The site promises to publish %(n)d days ahead.",
            self.days_ahead,
        ) % {"n": self.days_ahead}
        return " ".join([_("The first change is in %(time)s.") % words, promised])

    @property
    def short_notice(self) -> bool:
        return self.notice_hours is not None and self.notice_hours < 24 * self.days_ahead


def draft_against_published(by: Actor, sheet: Sheet, at: datetime) -> Comparison:
    """What publishing this draft would change."""
    assert sheet.draft is not None
    return compared(by, sheet, live_stints(sheet.week), draft_stints(sheet.draft.pk), at)


def version_against_published(by: Actor, publication: Publication, at: datetime) -> Comparison:
    """What publishing this earlier version again would change."""
    week = Week.objects.select_related("site", "current").get(pk=publication.week_id)
    return compared(by, Sheet(week), live_stints(week), live_stints(week, publication.number), at)


def compared(by: Actor, sheet: Sheet, now: list[Stint], then: list[Stint], at: datetime) -> Comparison:
    """Only for who may publish all of it: everybody whose shifts differ is named."""
    found = differences(now, then)
    week_in_sight(by, sheet.week, found, P.PUBLISH)
    people = touched(found)
    names = dict(Agent.objects.filter(pk__in=people).values_list("pk", "name"))
    named = sorted(people, key=lambda agent: (names[agent], agent))[:MOST_NAMED]
    return Comparison(
        found=found,
        people=len(people),
        changes=[change for agent in named for change in _changes(names[agent], agent, people[agent])],
        more_people=max(0, len(people) - MOST_NAMED),
        notice_hours=notice_hours(found, at),
        unasked=len(unasked(found, sheet.week.site.publish_days_ahead, at)) if sheet.week.number else 0,
        days_ahead=sheet.week.site.publish_days_ahead,
        findings=broken_by(
            sheet if not sheet.draft else Sheet(sheet.week), workers_of(sorted(people), sheet), found
        ),
    )


def _changes(name: str, agent: int, theirs: list[Difference]) -> list[Change]:
    """One person's changes, in words."""
    return [
        Change(name, before=_times(each.before, agent), after=_times(each.after, agent), kind=_kind(each, agent))
        for each in theirs
    ]


def _kind(each: Difference, agent: int) -> str:
    had = each.before is not None and each.before.agent == agent
    has = each.after is not None and each.after.agent == agent
    return "changed" if had and has else "added" if has else "removed"


def _times(stint: Stint | None, agent: int) -> Any:
    return span_words(stint.start, stint.end) if stint and stint.agent == agent else ""


def versions(week: Week) -> QuerySet[Publication]:
    """Every version of a week, the newest first."""
    return week.publications.select_related("edit").order_by("-number")
