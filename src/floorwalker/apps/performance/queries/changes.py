"""For talks about the work: which figures of an agent moved, and which goals are under way, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance import words
from floorwalker.apps.performance.models import AgentDay, Goal
from floorwalker.apps.performance.queries.goals import visible_goals
from floorwalker.apps.performance.queries.numbers import today_of
from floorwalker.apps.performance.queries.sight import visible_agent_days
from floorwalker.apps.performance.rules import changes as rules
from floorwalker.apps.performance.rules.history import by_day
from floorwalker.apps.performance.rules.measures import MEASURES
from floorwalker.kernel.access import Actor

LATELY_DAYS, AGAINST_DAYS = 14, 28


@dataclass(frozen=True)
class Moved:
    """How one measure of an agent changed, and a sentence that says so with its range."""

    measure: str
    found: rules.Change
    sentence: str


def change_of(actor: Actor, agent: Agent, measure: str, *, middle: date, first: date, last: date) -> Moved | None:
    """The days from ``first`` before ``middle`` against those from it to ``last``; None with too few days."""
    rows = visible_agent_days(actor).filter(agent=agent, measure=measure, day__gte=first, day__lte=last)
    return _moved(measure, list(rows.filter(replaced=False)), middle)


def moved_lately(actor: Actor, agent: Agent, at: datetime) -> list[Moved]:
    """Measures of the last two weeks that differ from the four before by more than chance, by one read."""
    today = today_of(agent, at)
    middle = today - timedelta(days=LATELY_DAYS)
    first = middle - timedelta(days=AGAINST_DAYS)
    rows = visible_agent_days(actor).filter(agent=agent, replaced=False, day__gte=first, day__lt=today)
    by_measure: dict[str, list[AgentDay]] = {}
    for row in rows.order_by("day", "pk"):
        by_measure.setdefault(row.measure, []).append(row)
    found = [_moved(key, by_measure.get(key, []), middle) for key in MEASURES]
    return [each for each in found if each is not None and each.found.moved]


def goal_lines(actor: Actor, agent: Agent, at: datetime) -> list[tuple[int, str]]:
    """Agreed goals under way in sight: their id, and what was agreed."""
    rows = visible_goals(actor).filter(agent=agent, state=Goal.State.AGREED, last_day__gte=today_of(agent, at))
    return [(goal.pk, words.goal_words(goal)) for goal in rows.order_by("last_day", "pk")]


def goal_to_raise(actor: Actor, agent: Agent, measure: str) -> Goal | None:
    """The newest goal of this measure that was met and not raised yet."""
    rows = visible_goals(actor).filter(agent=agent, measure=measure, state=Goal.State.MET, raised_to=None)
    return rows.order_by("-ended_at").first()


def _moved(measure: str, rows: list[AgentDay], middle: date) -> Moved | None:
    days = by_day((row.day, row.value, row.weight) for row in rows)
    found = rules.change([d for d in days if d.day < middle], [d for d in days if d.day >= middle])
    return Moved(measure, found, _sentence(measure, found)) if found else None


def _sentence(measure: str, found: rules.Change) -> str:
    said = {
        "measure": words.measure_words(measure),
        "before": words.value_words(measure, found.before),
        "after": words.value_words(measure, found.after),
        "days_before": found.days_before,
        "days_after": found.days_after,
    }
    if not found.moved:
        return (
            _("%(measure)s: %(after)s on %(days_after)s days after %(before)s on %(days_before)s; maybe chance.")
            % said
        )
    better = found.better(MEASURES[measure].better)
    return (
        _("%(measure)s: better, %(after)s on %(days_after)s days after %(before)s on %(days_before)s.")
        if better
        else _("%(measure)s: not as good, %(after)s on %(days_after)s days after %(before)s on %(days_before)s.")
    ) % said
