"""One search for people, queues, sites, teams, weeks and pages: only what this person may see is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.capacity.permissions import CapacityPermission
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.permissions import DemandPermission
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.permissions import PeoplePermission
from floorwalker.apps.people.queries import Wanted
from floorwalker.apps.schedules.permissions import SchedulePermission
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words
from floorwalker.kernel.picking import holding
from floorwalker.project import menu
from floorwalker.project.home.weeks import week_meant

SHOWN = 6
LONGEST = 100


@dataclass(frozen=True)
class Hit:
    """Something found."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    """What was found of one kind; ``more`` leads to the whole list."""

    title: str
    icon: str
    hits: list[Hit]
    more: str = ""


def find(actor: Actor, text: str, at: datetime) -> list[Group]:
    """Everything that holds all the words, kind by kind; nothing for nothing."""
    words = text[:LONGEST].split()
    if not words:
        return []
    groups = [_weeks(actor, " ".join(words), at), _people(actor, words, at), _queues(actor, words)]
    groups += [_sites(actor, words), _teams(actor, words), _pages(actor, words)]
    return [group for group in groups if group.hits]


def _weeks(actor: Actor, text: str, at: datetime) -> Group:
    today = at.astimezone(ZoneInfo(actor.zone)).date()
    week = week_meant(text, today, ("week", "w", _("week")))
    hits = [] if week is None else list(_of_week(actor, week))
    return Group(_("Weeks"), "calendar-week", hits[:SHOWN])


def _of_week(actor: Actor, week: date) -> Iterator[Hit]:
    name = _("Week %(number)d, from %(day)s") % {
        "number": week.isocalendar().week,
        "day": day_words(week, year=True),
    }
    if actor.may(SchedulePermission.SEE_OWN) and people.agent_of(actor):
        yield Hit(name, reverse("schedules:mine_week", args=[week]), _("My schedule"))
    if actor.may(SchedulePermission.SEE_ROSTER):
        for site in people.visible_sites(actor, SchedulePermission.SEE_ROSTER).filter(archived=False)[:SHOWN]:
            yield Hit(name, reverse("schedules:board", args=[site.pk, week]), site.name)
    if actor.may(CapacityPermission.SEE):
        yield Hit(name, f"{reverse('capacity:required')}?week={week.isoformat()}", _("Required staff"))


def _people(actor: Actor, words: list[str], at: datetime) -> Group:
    title, icon = _("People"), "user"
    if not actor.may(PeoplePermission.SEE_AGENTS):
        return Group(title, icon, [])
    today = at.astimezone(ZoneInfo(actor.zone)).date()
    found = people.agents_in(actor, Wanted(q=" ".join(words)), today).order_by("name", "pk")
    hits, more = _cut(found)
    rows = [
        Hit(row.name, reverse("people:agent", args=[row.pk]), f"{row.number}, {row.team.name}") for row in hits
    ]
    return Group(title, icon, rows, _list("people:agents", words) if more else "")


def _queues(actor: Actor, words: list[str]) -> Group:
    title, icon = _("Queues"), "headset"
    if not actor.may(DemandPermission.SEE_VOLUMES):
        return Group(title, icon, [])
    hits, more = _cut(demand.queues_in_order(actor).filter(holding(words, "name", "client__name")))
    rows = [Hit(row.name, reverse("demand:queue", args=[row.pk]), row.client.name) for row in hits]
    return Group(title, icon, rows, reverse("demand:queues") if more else "")


def _sites(actor: Actor, words: list[str]) -> Group:
    title, icon = _("Sites"), "map-pin"
    if not actor.may(PeoplePermission.SEE_ORGANISATION):
        return Group(title, icon, [])
    hits, more = _cut(people.visible_sites(actor).filter(holding(words, "name"), archived=False).order_by("name"))
    rows = [Hit(row.name, reverse("people:sites_one", args=[row.pk]), row.zone) for row in hits]
    return Group(title, icon, rows, _list("people:sites", words) if more else "")


def _teams(actor: Actor, words: list[str]) -> Group:
    title, icon = _("Teams"), "users-group"
    if not actor.may(PeoplePermission.SEE_ORGANISATION):
        return Group(title, icon, [])
    found = people.visible_teams(actor).filter(holding(words, "name"), archived=False).select_related("site")
    hits, more = _cut(found.order_by("name", "pk"))
    rows = [Hit(row.name, reverse("people:teams_one", args=[row.pk]), row.site.name) for row in hits]
    return Group(title, icon, rows, _list("people:teams", words) if more else "")


def _pages(actor: Actor, words: list[str]) -> Group:
    """Pages by their names; “cal” finds “My calendars”."""
    found = [
        Hit(str(page.label), page.url)
        for page in menu.pages(actor)
        if all(word.lower() in str(page.label).lower() for word in words)
    ]
    return Group(_("Pages"), "layout-grid", found[:SHOWN])


def _cut(found: QuerySet[Any]) -> tuple[list[Any], bool]:
    rows = list(found[: SHOWN + 1])
    return rows[:SHOWN], len(rows) > SHOWN


def _list(name: str, words: list[str]) -> str:
    return f"{reverse(name)}?{urlencode({'q': ' '.join(words)})}"
