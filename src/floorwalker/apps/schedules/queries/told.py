"""The sentences of notices, made for their reader when read; None for who may not see what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from floorwalker.apps.people.models import Agent
from floorwalker.apps.people.queries import agent_of
from floorwalker.apps.schedules.models import Publication, Shift
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.requests import requests_of
from floorwalker.apps.schedules.queries.weeks import visible_runs
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words, number_words
from floorwalker.kernel.look.words import span_words
from floorwalker.science.timegrid import zone_info

Ref = tuple[str, int]
MOST_NAMED = 3


def published(actor: Actor, ref: Ref) -> str | None:
    """What changed for the reader, shift by shift while they are few."""
    return all_published(actor, [ref]).get(ref)


def all_published(actor: Actor, refs: Sequence[Ref]) -> dict[Ref, str]:
    """The same of many publications in three queries: an agent has one a week for years."""
    agent = agent_of(actor)
    if agent is None or not actor.may(P.SEE_OWN):
        return {}
    found = Publication.objects.select_related("week__site").in_bulk([ref[1] for ref in refs])
    changes = [each for each in found.values() if each.kind == Publication.Kind.CHANGE]
    touched = Shift.objects.filter(
        agent=agent, week__in={each.week_id for each in changes}, since__in={each.number for each in changes}
    )
    rows: dict[tuple[int, int], list[Shift]] = {}
    for row in touched.order_by("period"):
        rows.setdefault((row.week_id, row.since), []).append(row)
    return {
        ref: _published(agent, found[ref[1]], rows.get((found[ref[1]].week_id, found[ref[1]].number), []))
        for ref in refs
        if ref[1] in found
    }


def _published(agent: Agent, publication: Publication, rows: Sequence[Shift]) -> str:
    week = publication.week
    if publication.kind != Publication.Kind.CHANGE:
        return _("Your shifts of the week of %(day)s are published.") % {"day": day_words(week.first_day)}
    zone = zone_info(agent.zone or week.site.zone)
    said = [
        (_("cancelled: %(when)s") if row.cancelled else _("you work %(when)s"))
        % {"when": span_words(row.period.lower.astimezone(zone), row.period.upper.astimezone(zone))}
        for row in rows[:MOST_NAMED]
    ]
    if not said:
        return _("Your week of %(day)s has changed.") % {"day": day_words(week.first_day)}
    return _("Your week of %(day)s has changed: %(shifts)s.") % {
        "day": day_words(week.first_day),
        "shifts": "; ".join(said),
    }


def change(actor: Actor, ref: Ref) -> str | None:
    """Where the talk about a change stands."""
    request = requests_of(actor).select_related("agent", "colleague").filter(pk=ref[1]).first()
    if request is None:
        return None
    last = request.entries.order_by("-pk").first()
    return _("%(who)s %(did)s (%(kind)s, %(agent)s)") % {
        "who": last.by_name if last else "",
        "did": last.get_what_display() if last else "",
        "kind": request.get_kind_display(),
        "agent": request.agent.name,
    }


def run_ended(actor: Actor, ref: Ref) -> str | None:
    """The figures of a roster run."""
    run = visible_runs(actor).select_related("week__site").filter(pk=ref[1]).first()
    if run is None:
        return None
    words = {"site": run.week.site.name, "day": day_words(run.week.first_day), "state": run.get_state_display()}
    if run.paid_hours is None:
        return _("The roster of %(site)s, week of %(day)s: %(state)s.") % words
    return _("The roster of %(site)s, week of %(day)s: %(state)s; %(paid)s hours paid, %(short)s short.") % {
        **words,
        "paid": number_words(run.paid_hours),
        "short": number_words(run.short_hours),
    }
