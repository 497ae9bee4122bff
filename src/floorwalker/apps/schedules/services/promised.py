"""Publication as a promise: the week in time, and afterwards the hours as they were published."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from floorwalker.apps.accounts import queries as accounts
from floorwalker.apps.people.models import Agent, Site
from floorwalker.apps.promises import services as promises
from floorwalker.apps.schedules.models import Publication, Week
from floorwalker.apps.schedules.queries import promised as queries
from floorwalker.apps.schedules.rules.promised import publish_by, weeks_due
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.kernel.look import day_words
from floorwalker.kernel.look.words import when_words
from floorwalker.kernel.roles import Role

WEEK_PROMISE, HOURS_PROMISE = "schedules.week", "schedules.hours"
WEEK, PUBLICATION = "schedules.week", "schedules.publication"
FOR_SURE = timedelta(minutes=35)  # a change can be taken back for half an hour


def owe_weeks(*, at: datetime) -> None:
    """Promise the weeks whose day comes near; what began unpublished is broken, what nobody needs withdrawn."""
    for site in queries.rostered_sites(at):
        for first_day in weeks_due(at, site.publish_days_ahead, site.zone):
            with transaction.atomic():
                week, _new = Week.objects.get_or_create(site=site, first_day=first_day)
                if not week.number:
                    _owe(week, site, SYSTEM, at)
    for week in queries.unpublished_weeks(at):
        if week.site.archived:
            promises.withdraw(once=_once(week), why=_("the site is closed"), by=SYSTEM, at=at)
        elif week.first_day <= at.astimezone(ZoneInfo(week.site.zone)).date():
            promises.miss(once=_once(week), why=_("the week began and was not published"), by=SYSTEM, at=at)


def keep_week(*, week: Week, by: Actor, at: datetime) -> None:
    """A week is published. Who does so before anybody asks keeps the promise too."""
    if week.number == 1 and at <= publish_by(week.first_day, week.site.publish_days_ahead, week.site.zone):
        _owe(week, week.site, by, at)
    promises.keep(once=_once(week), by=by, at=at)


def weigh_changes(*, at: datetime) -> int:
    """What was published for people and changed too late without their word: a promise each, and broken."""
    broken = 0
    for publication in queries.to_weigh(at - FOR_SURE):
        with transaction.atomic():
            locked = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
            if locked.weighed_at is None:
                broken += _weigh(publication, at)
                locked.weighed_at = at
                locked.save(update_fields=["weighed_at"])
    return broken


def _owe(week: Week, site: Site, by: Actor, at: datetime) -> None:
    owner = accounts.who_holds(Role.PLANNER, site.pk)
    if owner is None:
        return
    promises.register(
        kind=WEEK_PROMISE,
        ref=(WEEK, week.pk),
        owner=owner,
        to=_("everybody at %(site)s") % {"site": site.name},
        what=_("Week of %(day)s published, %(site)s") % {"day": day_words(week.first_day), "site": site.name},
        due=publish_by(week.first_day, site.publish_days_ahead, site.zone),
        by=by,
        at=at,
        once=_once(week),
    )


def _weigh(publication: Publication, at: datetime) -> int:
    moments = queries.changed_unasked(publication)
    owner = publication.published_by_user_id or accounts.who_holds(Role.PLANNER, publication.week.site_id)
    if owner is None:
        return 0
    agents = Agent.objects.filter(pk__in=moments).exclude(user=owner).order_by("pk")
    for agent in agents:
        begins = moments[agent.pk].astimezone(ZoneInfo(agent.zone or publication.week.site.zone))
        once = f"{HOURS_PROMISE}:{publication.pk}:{agent.pk}"
        promises.register(
            kind=HOURS_PROMISE,
            ref=(PUBLICATION, publication.pk),
            owner=owner,
            to=agent.user_id or agent.name,
            what=_("Hours of %(day)s stand as published") % {"day": day_words(begins.date())},
            due=moments[agent.pk],
            by=SYSTEM,
            at=at,
            once=once,
        )
        promises.miss(once=once, why=_why(publication), by=SYSTEM, at=at)
    return len(agents)


def _why(publication: Publication) -> str:
    return _("%(who)s changed them %(when)s, without their word") % {
        "who": publication.published_by,
        "when": when_words(publication.published_at),
    }


def _once(week: Week) -> str:
    return f"{WEEK_PROMISE}:{week.pk}"
