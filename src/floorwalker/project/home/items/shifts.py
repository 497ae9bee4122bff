"""From schedules: what is next for an agent, who is here today, which wishes wait, which weeks are published."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Site
from floorwalker.apps.schedules import queries as schedules
from floorwalker.apps.schedules.models import ChangeRequest, Draft, Publication, Shift, Week
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words, when_words
from floorwalker.kernel.look.words import clock_words, span_words
from floorwalker.project.home.item import Item, Line

NAMED = 5
DAY, WEEK = timedelta(days=1), timedelta(days=7)
MARGIN = timedelta(days=2)  # a shift's local day is never further from its moments, wherever it is worked


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def today_of(actor: Actor, at: datetime) -> date:
    return at.astimezone(ZoneInfo(actor.zone)).date()


def next_shift(actor: Actor, at: datetime) -> Item | None:
    """What an agent wants to know first."""
    if not actor.may(P.SEE_OWN) or people.agent_of(actor) is None:
        return None
    rows = schedules.visible_shifts(actor, P.SEE_OWN).filter(
        agent__user=actor.user_id, until=None, cancelled=False, period__endswith__gt=at
    )
    coming = list(rows.select_related("queue").order_by("period")[:3])
    words, tone = _("No shift is published for you yet."), "neutral"
    if coming:
        words, tone = _next_words(coming[0], at), "info"
    return Item(
        key="next",
        title=_("What is next"),
        words=words,
        why=_("Your published schedule."),
        action=_("My schedule"),
        url=reverse("schedules:mine"),
        tone=tone,
        lines=[Line(span_words(row.period.lower, row.period.upper), note=_place(row)) for row in coming],
        first=True,
    )


def _next_words(row: Shift, at: datetime) -> str:
    if row.period.lower <= at:
        return _("You are at work until %(time)s.") % {"time": clock_words(row.period.upper)}
    return _("Your next shift begins %(when)s.") % {"when": when_words(row.period.lower)}


def _place(row: Shift) -> str:
    meal = _("meal %(time)s") % {"time": clock_words(row.meal.lower)} if row.meal else ""
    return ", ".join(part for part in (row.queue.name if row.queue else "", meal) if part)


def asked_of_me(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001 - every item is made alike
    """Wishes about one's own shifts on which one has the next word."""
    if not actor.may(P.ASK):
        return None
    turn = ChangeRequest.Turn
    mine = Q(agent__user=actor.user_id, turn=turn.AGENT) | Q(colleague__user=actor.user_id, turn=turn.COLLEAGUE)
    found = schedules.visible_requests(actor, P.ASK).filter(mine, state=ChangeRequest.State.OPEN)
    return _requests(
        found,
        key="asked_of_me",
        title=_("Asked of you"),
        why=_("A change of your shifts waits for your word."),
        words=lambda n: ngettext(
            "%(n)d change of a shift waits for your answer.", "%(n)d changes of shifts wait for your answer.", n
        ),
    )


def to_answer(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001
    """Wishes of the people one leads."""
    if not actor.may(P.ANSWER):
        return None
    found = schedules.visible_requests(actor, P.ANSWER).filter(
        state=ChangeRequest.State.OPEN, turn=ChangeRequest.Turn.LEAD
    )
    return _requests(
        found.exclude(agent__user=actor.user_id),
        key="to_answer",
        title=_("Changes to answer"),
        why=_("You answer for the people who ask."),
        words=lambda n: ngettext(
            "%(n)d wish about a shift waits for you.", "%(n)d wishes about shifts wait for you.", n
        ),
    )


def _requests(found: QuerySet[ChangeRequest], *, key, title, why, words) -> Item | None:  # type: ignore[no-untyped-def]
    number = found.count()
    if not number:
        return None
    shown = found.select_related("agent").order_by("due", "pk")[:NAMED]
    return Item(
        key=key,
        title=title,
        words=words(number) % {"n": number},
        why=why,
        action=_("Answer"),
        url=reverse("schedules:requests"),
        tone="attention",
        lines=[
            Line(
                f"{row.agent.name}: {row.get_kind_display()}",
                reverse("schedules:request", args=[row.pk]),
                _("until %(when)s") % {"when": when_words(row.due)},
            )
            for row in shown
        ],
    )


def team_today(actor: Actor, at: datetime) -> Item | None:
    """Who of one's people is at work now, and who comes today."""
    if not actor.may(P.SEE_ROSTER):
        return None
    midnight = datetime.combine(today_of(actor, at), datetime.min.time(), ZoneInfo(actor.zone))
    rows = schedules.visible_shifts(actor).filter(
        until=None,
        cancelled=False,
        agent__isnull=False,
        day__range=(midnight.date() - MARGIN, midnight.date() + MARGIN),
        # Not by overlap: the index of overlaps begins with a person, and is read whole without one.
        period__startswith__lt=midnight + timedelta(days=1),
        period__endswith__gt=midnight,
    )
    here = rows.filter(period__startswith__lte=at, period__endswith__gt=at)
    later = rows.filter(period__startswith__gt=at)
    counts = rows.aggregate(
        now=Count("pk", filter=Q(period__startswith__lte=at, period__endswith__gt=at)),
        later=Count("pk", filter=Q(period__startswith__gt=at)),
    )
    shown = list(later.select_related("agent").order_by("period", "pk")[:NAMED])
    if not shown:
        shown = list(here.select_related("agent").order_by("period__endswith", "pk")[:NAMED])
    if counts["now"] or counts["later"]:
        words = _("%(now)d at work now, %(later)d still to come today.") % counts
    else:
        words = _("Nobody of your people is on the roster today.")
    return Item(
        key="today",
        title=_("Today"),
        words=words,
        why=_("The people you lead or plan for, by the published roster."),
        action=_("See the roster"),
        url=reverse("schedules:here"),
        tone="info" if counts["now"] or counts["later"] else "neutral",
        lines=[
            Line(
                row.agent.name if row.agent else "",
                note=f"{clock_words(row.period.lower)}–{clock_words(row.period.upper)}",
            )
            for row in shown
        ],
    )


def weeks_ahead(actor: Actor, at: datetime) -> Item | None:
    """For each site: whether the weeks that matter there are published, or still a draft."""
    if not actor.may(P.PLAN):
        return None
    sites = list(people.visible_sites(actor, P.PLAN).filter(archived=False, teams__isnull=False).distinct())
    if not sites:
        return None
    coming = {site.pk: monday(_there(site, at) + DAY) for site in sites}
    rows = schedules.visible_weeks(actor, P.PLAN).filter(
        first_day__range=(min(coming.values()) - WEEK, max(coming.values()) + WEEK), site__in=coming
    )
    weeks = {(row.site_id, row.first_day): row for row in rows.select_related("current")}
    wanted = [
        (site, day)
        for site in sorted(sites, key=str)
        for day in weeks_that_matter(
            _there(site, at), {day for (pk, day), row in weeks.items() if pk == site.pk and _published(row)}
        )
    ]
    wanted.sort(key=lambda each: each[1])
    drafts = set(
        schedules.visible_drafts(actor)
        .filter(state=Draft.State.OPEN, week__first_day__in={day for _site, day in wanted})
        .values_list("week__site_id", "week__first_day")
    )
    missing = [(site, day) for site, day in wanted if not _published(weeks.get((site.pk, day)))]
    lines = [
        Line(
            f"{site.name}, {day_words(day)}",
            reverse("schedules:board", args=[site.pk, day]),
            _("a draft, not published") if (site.pk, day) in drafts else _("nothing yet"),
        )
        for site, day in missing[:NAMED]
    ]
    number, until = len(missing), day_words(max(day for _site, day in wanted) + WEEK - DAY)
    if number:
        words = ngettext(
            "%(n)d week of a site is not published yet, of those until %(day)s.",
            "%(n)d weeks of sites are not published yet, of those until %(day)s.",
            number,
        ) % {"n": number, "day": until}
    else:
        words = _("Every site is published until %(day)s.") % {"day": until}
    return Item(
        key="weeks",
        title=_("Rosters"),
        words=words,
        why=_("People need to know their week in time."),
        action=_("Go on with the roster") if number else _("See the roster"),
        url=lines[0].url if lines else reverse("schedules:here"),
        tone="attention" if number else "good",
        lines=lines,
    )


def weeks_that_matter(today: date, published: set[date]) -> list[date]:
    """Mondays of the week that runs and the next. A running week counts until its last day has come, and not for a
    site that publishes its first one after it: nobody makes a roster for days that are over."""
    running = monday(today)
    next_one = running + WEEK
    if today == next_one - DAY:
        return [next_one, next_one + WEEK]
    begins_later = running not in published and running - WEEK not in published
    return [next_one] if begins_later else [running, next_one]


def _there(site: Site, at: datetime) -> date:
    """The day it is at a site."""
    return at.astimezone(ZoneInfo(site.zone)).date()


def _published(week: Week | None) -> Publication | None:
    return week.current if week else None


def against_rules(actor: Actor, at: datetime) -> Item | None:
    """Steps by hand that broke a rule with a reason, in drafts and in published weeks from this one on."""
    if not actor.may(P.SEE_ROSTER):
        return None
    found = schedules.visible_edits(actor).filter(week__first_day__gte=monday(today_of(actor, at)), undone_at=None)
    found = found.exclude(breaches=[]).exclude(draft__state__in=[Draft.State.DISCARDED, Draft.State.PUBLISHED])
    if not actor.may(P.PLAN):
        found = found.filter(draft=None)
    number = found.count()
    if not number:
        return None
    shown = found.select_related("week__site").order_by("-pk")[:NAMED]
    return Item(
        key="breaches",
        title=_("Against a rule"),
        words=ngettext(
            "%(n)d change to a roster breaks a rule, with a reason.",
            "%(n)d changes to rosters break a rule, with a reason.",
            number,
        )
        % {"n": number},
        why=_("A rule may be overridden, never forgotten."),
        action=_("See the roster"),
        url=reverse("schedules:here"),
        tone="attention",
        lines=[
            Line(
                row.why or "; ".join(map(str, row.breaches[:1])),
                reverse("schedules:board", args=[row.week.site_id, row.week.first_day]),
                f"{row.week.site.name}, {day_words(row.week.first_day)}",
            )
            for row in shown
        ],
    )
