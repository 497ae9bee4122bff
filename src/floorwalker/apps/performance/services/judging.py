"""The end of goals: once their days are over they are met, missed, or let go where too little was seen."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from floorwalker.apps.performance import queries
from floorwalker.apps.performance.events import GoalMet, GoalMissed
from floorwalker.apps.performance.models import Goal, PersonalBest
from floorwalker.apps.performance.rules import goals as rules
from floorwalker.apps.performance.rules.measures import MEASURES
from floorwalker.apps.performance.services.goals import promise_name, tell_both
from floorwalker.apps.performance.words import why_words
from floorwalker.apps.promises import services as promises
from floorwalker.kernel import audit, events
from floorwalker.kernel.access import SYSTEM


def judge_due(at: datetime) -> int:
    """Judge every goal whose last day is over where its agent works; the number of them."""
    return sum(judge(goal_id=goal_id, at=at) for goal_id in queries.due_to_judge(at))


@transaction.atomic
def judge(*, goal_id: int, at: datetime) -> bool:
    """Judge one; false while it goes on, or when somebody else was quicker."""
    rows = Goal.objects.select_for_update(skip_locked=True, of=("self",)).select_related("agent__team__site")
    goal = rows.filter(pk=goal_id, state=Goal.State.AGREED).first()
    verdict = queries.standing_of(goal, queries.today_of(goal.agent, at)) if goal else None
    if goal is None or verdict is None or verdict.state == rules.AGREED:
        return False
    goal.state, goal.ended_at, goal.version = verdict.state, at, goal.version + 1
    goal.result_mean, goal.result_days, goal.result_pair = verdict.mean, verdict.days, verdict.pair_mean
    goal.result_why = verdict.why
    goal.save()
    best = verdict.state == rules.MET and _keep_best(goal, verdict, at)
    facts = {"measure": goal.measure, "mean": verdict.mean, "days": verdict.days}
    about, verb = ("performance.goal", goal.pk), f"performance.goal_{goal.state}"
    audit.record(by=SYSTEM, verb=verb, about=about, facts=facts, person=goal.agent.user_id, at=at)
    if verdict.state == rules.MET and verdict.mean is not None:
        events.announce(GoalMet(goal.pk, goal.agent_id, goal.measure, verdict.mean, best))
    elif verdict.state == rules.MISSED and verdict.mean is not None:
        events.announce(GoalMissed(goal.pk, goal.agent_id, goal.measure, verdict.mean))
    elif verdict.state == rules.LET_GO:
        promises.withdraw(once=promise_name(goal), why=str(why_words(verdict.why)), by=SYSTEM, at=at)
    tell_both(goal, SYSTEM, at)
    return True


def _keep_best(goal: Goal, verdict: rules.Verdict, at: datetime) -> bool:
    """A personal best if it is better than every one before, and than where the agent started from."""
    before = PersonalBest.objects.filter(agent=goal.agent_id, measure=goal.measure)
    means = [*before.values_list("value", flat=True), goal.baseline_mean]
    if verdict.mean is None or not rules.is_best(verdict.mean, means, MEASURES[goal.measure].better):
        return False
    PersonalBest.objects.create(
        agent_id=goal.agent_id,
        goal=goal,
        measure=goal.measure,
        value=verdict.mean,
        days=verdict.days,
        first=goal.first_day,
        last=goal.last_day,
        at=at,
    )
    return True
