"""Goals: proposed by one side, agreed by both, let go by the agent, judged when their days are over, raised."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance import queries
from floorwalker.apps.performance.events import GoalAgreed
from floorwalker.apps.performance.models import Goal, MeasureKey
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.apps.performance.rules import goals as rules
from floorwalker.apps.performance.rules.baseline import Baseline, baseline
from floorwalker.apps.performance.rules.facts import HIGHEST
from floorwalker.apps.performance.rules.measures import MEASURES, UP, at_least_as_good
from floorwalker.apps.performance.rules.steps import chance
from floorwalker.apps.promises import services as promises
from floorwalker.kernel import audit, events, notices
from floorwalker.kernel.access import Actor, refuse, require
from floorwalker.kernel.errors import Refused, Stale

PROMISE_KIND = "performance.support"
NOTICE_KIND = "performance.goal"
LOOKED_BACK = timedelta(days=184)


class GoalNotThatWay(Refused):
    code = "performance_goal_move_not_allowed"
    status = 409
    text = _("A goal that is {state} cannot become {to} like this.")


class NotProposed(Refused):
    code = "performance_goal_not_allowed"
    text = _("Nobody sets goals for an independent contractor but themselves, and none of adherence.")


class SpeedAlone(Refused):
    code = "performance_speed_alone"
    text = _("{measure} is no goal alone: choose a measure of quality that must not fall meanwhile.")


class NoBaseline(Refused):
    code = "performance_no_baseline"
    text = _("{measure}: too few days to set a goal by. From ten counted days on there is a baseline.")


class TargetNotBetter(Refused):
    code = "performance_target_not_better"
    text = _("The target must be better than the usual value and within what can be.")


class DayWillNotDo(Refused):
    code = "performance_goal_day"
    text = _("Choose a last day between 2 weeks and 6 months ahead, so that enough days can count.")


class OneGoalOpen(Refused):
    code = "performance_goal_open"
    status = 409
    text = _("There is an open goal for {measure}; it ends before another begins.")


class AnswerNeeded(Refused):
    code = "performance_goal_answer"
    text = _("Say in a few words why not; the other side reads it.")


class NotMetYet(Refused):
    code = "performance_goal_not_met"
    status = 409
    text = _("Only a goal that was met is raised, and once.")


@transaction.atomic
def propose(
    *,
    agent_id: int,
    measure: str,
    target: float,
    last_day: date,
    by: Actor,
    at: datetime,
    pair: str = "",
    words: str = "",
    support: str = "",
    support_by: date | None = None,
    raised_from_id: int | None = None,
) -> Goal:
    """Propose a goal for oneself or for whom one leads; a contractor's own counts at once."""
    require(by, P.SET_OWN, P.LEAD)
    agent = people.the_agent(by, agent_id, P.SEE_GOALS)
    side, today = queries.side_of(by, agent), queries.today_of(agent, at)
    if not side:
        refuse(by)
    contractor = agent.engagement == Agent.Engagement.CONTRACTOR
    if not rules.pair_is_right(measure, pair):
        raise SpeedAlone(measure=MeasureKey(measure).label)
    if not rules.may_propose(measure=measure, pair=pair, side=side, contractor=contractor):
        raise NotProposed
    if not rules.day_will_do(last_day, today):
        raise DayWillNotDo
    found = _baseline(agent, measure, today)
    if not _better(target, found, measure):
        raise TargetNotBetter
    beside = _baseline(agent, pair, today) if pair else None
    goal = Goal(
        agent=agent,
        measure=measure,
        target=target,
        last_day=last_day,
        baseline_mean=found.mean,
        baseline_low=found.low,
        baseline_high=found.high,
        baseline_days=found.days,
        baseline_span=found.span,
        probability=chance(target, found, measure, (last_day - today).days),
        pair=pair,
        pair_mean=beside.mean if beside else None,
        pair_floor=_floor(pair, beside) if beside else None,
        state=Goal.State.PROPOSED,
        words=words.strip()[:500],
        proposed_by=side,
        proposed_at=at,
        alone=side == rules.AGENT and (contractor or queries.leads(by, agent)),
        raised_from=_raised_from(by, agent, measure, raised_from_id),
    )
    if side == rules.LEAD:
        goal.agreed_by_lead_at, goal.lead_id = at, by.user_id
        _offer_support(goal, support, support_by, today)
    else:
        goal.agreed_by_agent_at = at
    try:
        with transaction.atomic():
            goal.save()
    except IntegrityError as error:
        if "performance_one_open_goal" in str(error):
            raise OneGoalOpen(measure=goal.get_measure_display()) from error
        raise NotMetYet from error
    _tell(goal, by, at)
    if goal.alone:
        _agreed(goal, by, at)
    return goal


@transaction.atomic
def agree(
    *, goal_id: int, version: int, by: Actor, at: datetime, support: str = "", support_by: date | None = None
) -> Goal:
    """The other side wants it too: it counts from tomorrow on. A lead may promise support with it."""
    goal, side = _locked(goal_id, by, version)
    _may(goal, rules.AGREED, side)
    today = queries.today_of(goal.agent, at)
    if not rules.day_will_do(goal.last_day, today):
        raise DayWillNotDo
    if side == rules.LEAD:
        goal.agreed_by_lead_at, goal.lead_id = at, by.user_id
        _offer_support(goal, support, support_by, today)
    else:
        goal.agreed_by_agent_at = at
    return _agreed(goal, by, at)


@transaction.atomic
def decline(*, goal_id: int, answer: str, by: Actor, at: datetime) -> Goal:
    """Say no to a proposal, with the reason the other side reads."""
    goal, side = _locked(goal_id, by)
    _may(goal, rules.DECLINED, side)
    if not answer.strip():
        raise AnswerNeeded
    return end_goal(goal, rules.DECLINED, answer, by, at)


@transaction.atomic
def let_go(*, goal_id: int, answer: str, by: Actor, at: datetime) -> Goal:
    """The agent gives an agreed goal up, or a side takes its proposal back; it is held against nobody."""
    goal, side = _locked(goal_id, by)
    _may(goal, rules.LET_GO, side)
    end_goal(goal, rules.LET_GO, answer, by, at)
    why = str(_("the goal was let go"))
    promises.withdraw(once=promise_name(goal), why=why, by=by, at=at)
    return goal


@transaction.atomic
def give_support(*, goal_id: int, by: Actor, at: datetime) -> Goal:
    """What the lead promised for the goal was done; either side says so, and the promise is kept."""
    goal, side = _locked(goal_id, by)
    if not side or not goal.support or goal.support_given_at or not rules.support_is_owed(goal.state):
        state = goal.get_state_display()
        raise GoalNotThatWay(state=state, to=_("supported"))
    goal.support_given_at, goal.version = at, goal.version + 1
    goal.save(update_fields=["support_given_at", "version"])
    promises.keep(once=promise_name(goal), by=by, at=at)
    about = ("performance.goal", goal.pk)
    audit.record(by=by, verb="performance.support", about=about, person=goal.agent.user_id, at=at)
    return goal


def promise_name(goal: Goal) -> str:
    return f"performance:support:{goal.pk}"


def support_due(goal: Goal) -> datetime:
    """The midnight that ends the day support is promised by, where the agent works."""
    assert goal.support_by is not None
    zone = ZoneInfo(goal.agent.zone or goal.agent.team.site.zone)
    return datetime.combine(goal.support_by + timedelta(days=1), time(), zone)


def tell_both(goal: Goal, by: Actor, at: datetime) -> None:
    """A notice to the other side, or to both when nobody of them did it."""
    leads = [goal.lead_id] if goal.lead_id else people.leads_of(goal.agent)
    if goal.agent.engagement == Agent.Engagement.CONTRACTOR:
        leads = []
    for user in dict.fromkeys([goal.agent.user_id, *leads]):
        if user is not None and user != by.user_id:
            once = f"performance.goal:{goal.pk}:{goal.version}:{user}"
            notices.notify(to=user, kind=NOTICE_KIND, ref=("performance.goal", goal.pk), once=once, at=at)


def _baseline(agent: Agent, measure: str, today: date) -> Baseline:
    days = queries.days_of(agent.pk, measure, today - LOOKED_BACK, today - timedelta(days=1))
    found = baseline(days, today)
    if found is None:
        raise NoBaseline(measure=MeasureKey(measure).label)
    return found


def _better(target: float, found: Baseline, key: str) -> bool:
    measure = MEASURES[key]
    within = 0 < target <= HIGHEST[measure.unit]
    return within and target != found.mean and at_least_as_good(target, found.mean, measure.better)


def _floor(pair: str, beside: Baseline) -> float:
    """The far end of the usual range: chance alone seldom leads beyond it."""
    return beside.low if MEASURES[pair].better == UP else beside.high


def _raised_from(by: Actor, agent: Agent, measure: str, goal_id: int | None) -> Goal | None:
    if goal_id is None:
        return None
    before = queries.the_goal(by, goal_id)
    if before.agent_id != agent.pk or before.measure != measure or before.state != Goal.State.MET:
        raise NotMetYet
    return before


def _offer_support(goal: Goal, support: str, support_by: date | None, today: date) -> None:
    if not support.strip():
        return
    middle = today + timedelta(days=(goal.last_day - today).days // 2)
    goal.support = support.strip()[:300]
    goal.support_by = min(max(support_by or middle, today), goal.last_day)


def _locked(goal_id: int, by: Actor, version: int | None = None) -> tuple[Goal, str]:
    """The goal for writing, and on whose side the actor stands."""
    require(by, P.SET_OWN, P.LEAD)
    queries.the_goal(by, goal_id)
    rows = Goal.objects.select_for_update(of=("self",)).select_related("agent__team__site")
    goal = rows.get(pk=goal_id)
    if version is not None and goal.version != version:
        raise Stale
    return goal, queries.side_of(by, goal.agent)


def _may(goal: Goal, to: str, side: str) -> None:
    if not rules.may_move(goal.state, to, side, goal.proposed_by):
        raise GoalNotThatWay(state=goal.get_state_display(), to=Goal.State(to).label)


def _agreed(goal: Goal, by: Actor, at: datetime) -> Goal:
    goal.state, goal.version = Goal.State.AGREED, goal.version + 1
    goal.first_day = queries.today_of(goal.agent, at) + timedelta(days=1)
    goal.save()
    _tell(goal, by, at)
    events.announce(GoalAgreed(goal.pk, goal.agent_id, goal.measure))
    if goal.support and goal.support_by and goal.lead_id:
        # More people read promises than goals, so what it is for is not told in it.
        promises.register(
            kind=PROMISE_KIND,
            ref=("performance.goal", goal.pk),
            owner=goal.lead_id,
            to=goal.agent.user_id or goal.agent.name,
            what=str(_("Support for a goal")),
            due=support_due(goal),
            by=by,
            at=at,
            once=promise_name(goal),
        )
    return goal


def end_goal(goal: Goal, state: str, answer: str, by: Actor, at: datetime) -> Goal:
    """An end that is not judged, with the words the other side reads."""
    goal.state, goal.answer, goal.ended_at = state, answer.strip()[:300], at
    goal.version += 1
    goal.save()
    _tell(goal, by, at)
    return goal


def _tell(goal: Goal, by: Actor, at: datetime) -> None:
    about, verb = ("performance.goal", goal.pk), f"performance.goal_{goal.state}"
    facts: dict[str, Any] = {"measure": goal.measure, "target": goal.target}
    audit.record(by=by, verb=verb, about=about, facts=facts, person=goal.agent.user_id, at=at)
    tell_both(goal, by, at)
