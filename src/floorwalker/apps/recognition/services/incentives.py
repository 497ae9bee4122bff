"""Incentives: funded before anybody hears of them, paid within a minute of what they are for, never forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises import services as promises
from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.events import IncentiveAnnounced, IncentiveCancelled
from floorwalker.apps.recognition.models import Account, Entry, Incentive
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.rules import incentives as rules
from floorwalker.apps.recognition.services import ledger
from floorwalker.apps.recognition.services.budgets import BudgetEmpty, budget_of_mine, fill
from floorwalker.kernel import audit, events, notices
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.scoping import pick

INCENTIVE_KIND = "recognition.incentive"
INCENTIVE_PROMISE = "recognition.incentive"


class DaysOver(Refused):
    code = "incentive_days_over"
    text = _("The last day, {day}, is over already. Choose later days before you announce it.")


class IncentiveNotThatWay(Refused):
    code = "incentive_not_that_way"
    status = 409
    text = _("“{name}” is {state}; this cannot be done with it now.")


class NotYourIncentive(Refused):
    code = "incentive_not_yours"
    status = 403
    text = _("{owner} promised “{name}”: only they announce it, end it or say who has earned it. Ask them.")


class NotByHand(Refused):
    code = "incentive_not_by_hand"
    text = _("“{name}” pays by itself when {when}; nobody names who has earned it.")


class NoPlaceLeft(Refused):
    code = "incentive_no_place_left"
    status = 409
    text = _("“{name}” has no place left for {who}: {paid} of {places} are paid, at most {most} for one person.")


def incentive_of_mine(*, incentive_id: int, by: Actor) -> Incentive:
    """One to act on: who leads its people reads it, its owner alone does something with it."""
    found = queries.incentive_led(by, incentive_id)
    if found.owner_id != by.user_id:
        raise NotYourIncentive(owner=found.owner.name, name=found.name)
    return found


@transaction.atomic
def plan_incentive(
    *,
    budget_id: int,
    name: str,
    what: str,
    occasion: str,
    points: int,
    places: int,
    most_each: int,
    first_day: date,
    last_day: date,
    by: Actor,
    at: datetime,
    measure: str = "",
) -> Incentive:
    """Write one for the people of a budget; nobody sees it before it is funded and announced."""
    require(by, P.GIVE)
    budget = budget_of_mine(budget_id=budget_id, by=by)
    found = Incentive.objects.create(
        budget=budget,
        owner_id=budget.owner_id,
        site=budget.site,
        team=budget.team,
        name=name.strip(),
        what=what.strip(),
        occasion=occasion,
        measure=measure.strip() if occasion == Incentive.Occasion.GOAL else "",
        points=points,
        places=places,
        most_each=min(most_each, places),
        first_day=first_day,
        last_day=last_day,
    )
    _note(by, "recognition.plan_incentive", found, at)
    return found


@transaction.atomic
def announce_incentive(*, incentive_id: int, by: Actor, at: datetime) -> Incentive:
    """Hold its points ready, promise them, tell its people; without the points there is no announcement."""
    require(by, P.GIVE)
    found = _locked(incentive_of_mine(incentive_id=incentive_id, by=by).pk)
    if found.state == Incentive.State.RUNNING:
        return found
    _expect(found, Incentive.State.DRAFT)
    if rules.closes(found.last_day, found.site.zone) <= at:
        raise DaysOver(day=found.last_day.isoformat())
    fill(budget=found.budget, by=SYSTEM, at=at)
    held = Account.objects.create(kind=Account.Kind.HELD, balance=0)
    try:
        ledger.move(
            kind=Entry.Kind.RESERVE,
            giver=found.budget.account,
            taker=held,
            points=found.total,
            why=_t("Held for “%(name)s”") % {"name": found.name},
            ref=_ref(found),
            once=f"incentive:{found.pk}:held",
            by=by,
            at=at,
        )
    except ledger.NotEnoughPoints as short:
        raise BudgetEmpty(name=found.budget.name, **short.facts) from short
    found.held, found.state, found.announced_at = held, Incentive.State.RUNNING, at
    found.save(update_fields=["held", "state", "announced_at"])
    promises.register(
        kind=INCENTIVE_PROMISE,
        ref=("recognition.incentive", found.pk),
        owner=found.owner_id,
        to=queries.audience_words(found),
        what=_t("“%(name)s”: %(points)d points each, up to %(places)d times")
        % {"name": found.name, "points": found.points, "places": found.places},
        due=rules.promised_for(found.last_day, found.site.zone),
        by=by,
        at=at,
        once=_promise(found),
    )
    _note(by, "recognition.announce_incentive", found, at, points=found.total)
    events.announce(IncentiveAnnounced(found.pk, found.site_id, found.team_id, found.points, found.places))
    return found


@transaction.atomic
def cancel_incentive(*, incentive_id: int, why: str, by: Actor, at: datetime) -> Incentive:
    """Call it off: what was earned stays, the rest goes back to its budget, its people are told why."""
    require(by, P.GIVE)
    if not why.strip():
        raise ledger.PointsWithoutWhy
    found = _locked(incentive_of_mine(incentive_id=incentive_id, by=by).pk)
    if found.state == Incentive.State.CANCELLED:
        return found
    if found.state == Incentive.State.DRAFT:
        found.delete()
        return found
    _expect(found, Incentive.State.RUNNING)
    found.why = why.strip()[:300]
    _end(found, Incentive.State.CANCELLED, by, at)
    promises.withdraw(once=_promise(found), why=found.why, by=by, at=at)
    events.announce(IncentiveCancelled(found.pk))
    return found


def tell_of_incentive(event: IncentiveAnnounced | IncentiveCancelled, at: datetime) -> None:
    """Tell everybody it is for: that it runs, or that it was called off and why."""
    found = Incentive.objects.select_related("site", "team").filter(pk=event.incentive_id).first()
    if found is None:
        return
    for user in queries.audience(found).filter(user__isnull=False).values_list("user", flat=True):
        about = ("recognition.incentive", found.pk)
        once = f"incentive:{found.pk}:{type(event).__name__}"
        notices.notify(to=user, kind=INCENTIVE_KIND, ref=about, once=once, at=at)


@transaction.atomic
def pay_incentives(
    *, occasion: str, agent_ids: Iterable[int], about: str, at: datetime, measure: str = ""
) -> list[Entry]:
    """What has just happened to these agents earns what is running for them; the same event again pays nothing.

    All rows are locked at the beginning and in the order of ids – incentives, then accounts –, so that two events
    never wait for each other in a ring.
    """
    agents = list(
        Agent.objects.filter(pk__in=set(agent_ids), left_on=None).select_related("team__site").order_by("pk")
    )
    wanted = sorted({pk for agent in agents for pk in queries.running_for(agent, occasion)})
    running = list(
        Incentive.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted, state=Incentive.State.RUNNING)
        .select_related("site", "held", "budget")
        .order_by("pk")
    )
    running = [each for each in running if not each.measure or each.measure == measure]
    if not running:
        return []
    ledger.hold([*(each.held for each in running if each.held), *(ledger.account_of(each.pk) for each in agents)])
    paid = []
    for incentive in running:
        if not rules.is_open(incentive.first_day, incentive.last_day, incentive.site.zone, at):
            continue
        for agent in agents:
            if agent.team.site_id == incentive.site_id and incentive.team_id in (None, agent.team_id):
                entry = _pay(incentive, agent, f"incentive:{incentive.pk}:{about}:{agent.pk}", SYSTEM, at)
                paid += [entry] if entry else []
    return paid


@transaction.atomic
def name_winner(*, incentive_id: int, agent_id: int, by: Actor, at: datetime) -> Entry:
    """Its owner says who has earned it; paid at once, once a day for each."""
    require(by, P.GIVE)
    agent = pick(queries.agents_to_name(by, queries.incentive_led(by, incentive_id)), agent_id)
    mine = incentive_of_mine(incentive_id=incentive_id, by=by)
    found = _locked(mine.pk)
    _expect(found, Incentive.State.RUNNING)
    if found.occasion != Incentive.Occasion.BY_HAND:
        raise NotByHand(name=found.name, when=found.get_occasion_display())
    once = f"incentive:{found.pk}:hand:{agent.pk}:{at:%Y-%m-%d}"
    entry = Entry.objects.filter(once=once).first() or _pay(found, agent, once, by, at)
    if entry is None:
        paid = queries.paid_by_agent(found)
        raise NoPlaceLeft(
            name=found.name, who=agent.name, paid=sum(paid.values()), places=found.places, most=found.most_each
        )
    _note(by, "recognition.name_winner", found, at, person=agent.user_id, points=entry.points)
    return entry


@transaction.atomic
def finish_incentive(*, incentive_id: int, by: Actor, at: datetime) -> Incentive:
    """Everybody who has earned it was named: the promise is kept, the rest goes back to the budget."""
    require(by, P.GIVE)
    found = _locked(incentive_of_mine(incentive_id=incentive_id, by=by).pk)
    _expect(found, Incentive.State.RUNNING)
    if found.occasion != Incentive.Occasion.BY_HAND:
        raise NotByHand(name=found.name, when=found.get_occasion_display())
    promises.keep(once=_promise(found), by=by, at=at)
    return _end(found, Incentive.State.ENDED, by, at)


def end_incentives(at: datetime) -> int:
    """Every hour: what is over ends.

    Those that pay by themselves have paid. One by hand waits for its owner's word until the promised day, and is
    broken for everybody to see when nobody was named by then.
    """
    ended = 0
    for pk in Incentive.objects.filter(state=Incentive.State.RUNNING, last_day__lt=at.date()).values_list(
        "pk", flat=True
    ):
        with transaction.atomic():
            found = _locked(pk)
            if found.state != Incentive.State.RUNNING:
                continue
            zone, by_hand = found.site.zone, found.occasion == Incentive.Occasion.BY_HAND
            until = (rules.promised_for if by_hand else rules.closes)(found.last_day, zone)
            if at < until:
                continue
            if by_hand and not queries.paid_by_agent(found):
                found.why = _t("Nobody was named who has earned it.")
                promises.miss(once=_promise(found), why=found.why, by=SYSTEM, at=at)
            else:
                promises.keep(
                    once=_promise(found), by=SYSTEM, at=min(at, rules.promised_for(found.last_day, zone))
                )
            _end(found, Incentive.State.ENDED, SYSTEM, at)
            ended += 1
    return ended


def _pay(incentive: Incentive, agent: Agent, once: str, by: Actor, at: datetime) -> Entry | None:
    """One payment, if there is a place left; nothing a second time."""
    if Entry.objects.filter(once=once).exists():
        return None
    paid = queries.paid_by_agent(incentive)
    if not rules.pays(
        paid=sum(paid.values()),
        places=incentive.places,
        paid_to_them=paid.get(agent.pk, 0),
        most_each=incentive.most_each,
    ):
        return None
    return ledger.award(
        to=agent.pk,
        source="incentive",
        points=incentive.points,
        ref=_ref(incentive),
        once=once,
        at=at,
        by=by,
        why=f"{incentive.name}: {incentive.what}",
        out_of=incentive.held,
    )


def _end(found: Incentive, state: str, by: Actor, at: datetime) -> Incentive:
    """What is not owed goes back to where it came from."""
    assert found.held is not None
    held = {each.pk: each for each in ledger.hold([found.held, found.budget.account])}[found.held.pk]
    if held.balance:
        ledger.move(
            kind=Entry.Kind.RELEASE,
            giver=held,
            taker=found.budget.account,
            points=held.balance,
            why=_t("Not needed for “%(name)s”") % {"name": found.name},
            ref=_ref(found),
            once=f"incentive:{found.pk}:released",
            by=by,
            at=at,
        )
    found.state, found.ended_at = state, at
    found.save(update_fields=["state", "ended_at", "why"])
    _note(by, f"recognition.incentive_{state}", found, at, returned=held.balance)
    return found


def _locked(pk: int) -> Incentive:
    rows = Incentive.objects.select_for_update(of=("self",))
    return rows.select_related("site", "team", "held", "budget__account").get(pk=pk)


def _expect(found: Incentive, state: str) -> None:
    if found.state != state:
        raise IncentiveNotThatWay(name=found.name, state=found.get_state_display())


def _ref(found: Incentive) -> str:
    return f"recognition.incentive:{found.pk}"


def _promise(found: Incentive) -> str:
    return f"recognition.incentive:{found.pk}"


def _note(
    by: Actor, verb: str, found: Incentive, at: datetime, person: int | None = None, **facts: object
) -> None:
    about = ("recognition.incentive", found.pk)
    audit.record(by=by, verb=verb, about=about, facts={"name": found.name, **facts}, person=person, at=at)
