"""Time off the phones that a site plans, and the training owed to who is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.offphone import queries, rules
from floorwalker.apps.offphone.models import Budget, Session
from floorwalker.apps.offphone.permissions import OffPhonePermission as P
from floorwalker.apps.offphone.services.sessions import fall_away, hand_over, owe, place_cheapest
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel import audit
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.periods import Period


class TrainingWithoutWeeks(Refused):
    code = "offphone_training_without_weeks"
    text = gettext_lazy(
        "Training of the first weeks needs both: for how many weeks, and how many minutes in each. "
        "0 and 0 plan none."
    )


class NotInSteps(Refused):
    code = "offphone_budget_not_in_steps"
    text = gettext_lazy("{minutes} minutes will not do: plan in steps of 5 minutes.")


@transaction.atomic
def set_budget(
    *, site_id: int, minutes: int, first_weeks: int, first_minutes: int, by: Actor, at: datetime
) -> Budget:
    """Say how many minutes a week a site plans off the phones for everybody, and how much training for who is new.

    Required staff is computed with it from the next order on. Training of the weeks that begin after this is owed;
    where less is planned than before, what lies in weeks to come falls away.
    """
    require(by, P.BUDGET)
    site = people.the_site(by, site_id, P.BUDGET)
    if bool(first_weeks) != bool(first_minutes):
        raise TrainingWithoutWeeks
    for each in (minutes, first_minutes):
        if each % 5:
            raise NotInSteps(minutes=each)
    before = Budget.objects.select_for_update().filter(site=site).first()
    said = {"minutes": minutes, "first_weeks": first_weeks, "first_minutes": first_minutes}
    as_before = before and (before.first_weeks, before.first_minutes) == (first_weeks, first_minutes)
    since = before.since if before and as_before else at
    kept, _new = Budget.objects.update_or_create(site=site, defaults={**said, "since": since})
    audit.record(by=by, verb="offphone.set_budget", about=("people.site", site.pk), facts=said, at=at)
    see_to_training(at=at, sites=[site.pk])
    return kept


@dataclass(frozen=True)
class _Wanted:
    """One session of training somebody new is owed: its name, how long, and in which week."""

    once: str
    agent: Agent
    minutes: int
    week: Period
    number: int
    of: int

    @property
    def reason(self) -> str:
        if self.of == 1:
            return _("Training of the first weeks")
        return _("Training of the first weeks, %(number)d of %(of)d") % {"number": self.number, "of": self.of}


def see_to_training(*, at: datetime, sites: Collection[int] | None = None) -> int:
    """Owe the training of this week and the next to who is new, follow who leads them, give it the cheapest time
    where shifts are published; what is planned no more falls away. How many sessions were touched.
    """
    budgets = Budget.objects.select_related("site").order_by("site")
    done = 0
    for kept in budgets if sites is None else budgets.filter(site__in=list(sites)):
        today = at.astimezone(ZoneInfo(kept.site.zone)).date()
        monday = today - timedelta(days=today.weekday())
        for first in (monday, monday + rules.WEEK):
            done += _see_to_week(kept, first, at)
        done += _drop_what_is_planned_no_more(kept, monday, at)
    return done


def owe_training_of_week(*, site_id: int, monday: date, at: datetime) -> int:
    """A roster of that week is published: training of who is new gets its time in it."""
    kept = Budget.objects.select_related("site").filter(site=site_id, first_weeks__gt=0).first()
    return _see_to_week(kept, monday, at) if kept else 0


def _see_to_week(kept: Budget, monday: date, at: datetime) -> int:
    wanted = _wanted(kept, monday)
    known = dict(Session.objects.filter(once__in=[each.once for each in wanted]).values_list("once", "state"))
    owners_of = {each.agent.pk: people.answers_for(each.agent) for each in wanted if each.number == 1}
    done = 0
    for each in wanted:
        owners = owners_of[each.agent.pk]
        if not owners:
            continue  # nobody is there who could owe it
        if each.once not in known:
            owe(
                agent_id=each.agent.pk,
                minutes=each.minutes,
                kind=Session.Kind.TRAINING,
                reason=each.reason,
                due=each.week.end,
                by=SYSTEM,
                at=at,
                once=each.once,
                owner=owners[0],
            )
            done += 1
        why = _("somebody else leads the agent now")
        hand_over(once=each.once, owner=owners[0], why=why, by=SYSTEM, at=at)
        if known.get(each.once, rules.OWED) == rules.OWED and each.week.end > at:
            between = Period(max(at, each.week.start), each.week.end)
            taken = _days_with_training(each, kept.site.zone)
            placed = place_cheapest(once=each.once, between=between, by=SYSTEM, at=at, rather_not_on=taken)
            done += placed is not None and placed.state == rules.PLACED
    return done


def _wanted(kept: Budget, monday: date) -> list[_Wanted]:
    """The sessions of one week; who was there before training was planned is owed weeks that begin after it."""
    plan, zone = queries.plan_of(kept), kept.site.zone
    since = kept.since.astimezone(ZoneInfo(zone)).date()
    week, found = queries.week_of(monday, zone), []
    rows = queries.employed(monday).filter(team__site=kept.site).select_related("team__site")
    for agent in rows.order_by("pk"):
        minutes = plan.training(agent.started_on, monday)
        if not minutes or (monday <= since and agent.started_on <= since):
            continue
        parts = rules.in_parts(minutes)
        found += [
            _Wanted(_name(agent.pk, monday, number), agent, part, week, number, len(parts))
            for number, part in enumerate(parts, 1)
        ]
    return found


def _days_with_training(wanted: _Wanted, zone: str) -> set[date]:
    """Days of the week that hold a session of it: a whole day of training is too much for who is new."""
    name = wanted.once.rpartition(":")[0]
    rows = Session.objects.filter(once__startswith=f"{name}:", period__isnull=False)
    return {period.lower.astimezone(ZoneInfo(zone)).date() for period in rows.values_list("period", flat=True)}


def _name(agent: int, monday: date, number: int) -> str:
    return f"{queries.FIRST_WEEKS}{agent}:{monday.isoformat()}:{number}"


def _drop_what_is_planned_no_more(kept: Budget, monday: date, at: datetime) -> int:
    """In weeks to come; what is owed for this week stays owed."""
    open_now = Session.objects.filter(
        agent__team__site=kept.site,
        once__startswith=queries.FIRST_WEEKS,
        state__in=[rules.OWED, rules.PLACED],
        due__gt=queries.week_of(monday, kept.site.zone).end,
    )
    names = list(open_now.order_by("pk").values_list("once", flat=True))
    weeks = Counter(date.fromisoformat(str(name).split(":")[3]) for name in names)
    still = {each.once for week in weeks for each in _wanted(kept, week)}
    why = _("the site plans the first weeks otherwise now")
    gone = [str(name) for name in names if name not in still]
    for name in gone:
        fall_away(once=name, why=why, by=SYSTEM, at=at)
    return len(gone)
