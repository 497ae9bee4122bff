"""Figures and reasons in sentences for who reads them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.performance.models import BusinessGoal, Goal, MeasureKey, PersonalBest, TeamGoal
from floorwalker.apps.performance.rules.baseline import LEAST_DAYS, Baseline, Step
from floorwalker.apps.performance.rules.goals import Verdict
from floorwalker.apps.performance.rules.history import Stretch
from floorwalker.apps.performance.rules.measures import AN_HOUR, MEASURES, POINTS, SECONDS, SHARE, UP
from floorwalker.apps.performance.rules.steps import days_needed
from floorwalker.kernel.look import day_words, duration_words, number_words, percent_words

UNITS = {
    POINTS: gettext_lazy("points"),
    SHARE: gettext_lazy("%"),
    SECONDS: gettext_lazy("seconds"),
    AN_HOUR: gettext_lazy("an hour"),
}
WEIGHS = {
    "evaluations": gettext_lazy("evaluations"),
    "contacts": gettext_lazy("contacts"),
    "surveys": gettext_lazy("surveys"),
    "hours": gettext_lazy("hours"),
}
WHY_REFUSED = {
    "day_not_read": gettext_lazy("The day is not written like 2026-03-04."),
    "value_not_read": gettext_lazy("The value is not a number."),
    "weight_not_read": gettext_lazy("The weight is not a number."),
    "no_such_agent": gettext_lazy("Nobody you may tell figures of had this name on that day."),
    "no_such_measure": gettext_lazy("There is no such measure; the names are listed below."),
    "value_out_of_range": gettext_lazy("The value cannot be: points go to 100, shares to 1 or 100 %."),
    "weight_out_of_range": gettext_lazy("The weight must be above 0."),
    "day_to_come": gettext_lazy("The day has not come yet."),
    "not_here_that_day": gettext_lazy("The agent was not with us on that day."),
    "not_for_contractors": gettext_lazy("Adherence is not measured for independent contractors."),
    "twice_in_file": gettext_lazy("The same agent, day and measure stand further up in the file."),
}


WHY_NOT = {
    "short": gettext_lazy("The mean of these days did not reach it."),
    "pair_fell": gettext_lazy("It was reached, but what stands beside it fell below its floor."),
    "too_few": gettext_lazy("Fewer than ten days counted, so nothing was shown; it is not held against anybody."),
    "pair_too_few": gettext_lazy(
        "What stands beside it was measured on fewer than ten days, so nothing was shown."
    ),
}
TONES = {
    "proposed": "attention",
    "agreed": "progress",
    "met": "good",
    "missed": "neutral",
    "let_go": "neutral",
    "declined": "neutral",
}


def measure_words(key: str) -> str:
    return str(MeasureKey(key).label)


def value_words(key: str, value: float | None) -> str:
    """“82.5 points”, “73.5 %”, “5 min 12 s”, “6.25 an hour”."""
    if value is None:
        return "–"
    unit = MEASURES[key].unit
    if unit == SHARE:
        return percent_words(value, 1)
    if unit == SECONDS:
        return duration_words(round(value))
    if unit == AN_HOUR:
        return _("%(n)s an hour") % {"n": number_words(value, digits=2)}
    return _("%(n)s points") % {"n": number_words(value, digits=1)}


def shown(key: str, value: float | None) -> float | None:
    """The number as charts and fields write it: shares in percent."""
    if value is None:
        return None
    return round(value * 100, 2) if MEASURES[key].unit == SHARE else round(value, 2)


def range_words(key: str, low: float, high: float) -> str:
    return _("%(low)s to %(high)s") % {"low": value_words(key, low), "high": value_words(key, high)}


def baseline_words(key: str, found: Baseline | None, days: int) -> str:
    """Where somebody stands, how sure that is, and what it rests on."""
    if found is None:
        return _(
            "Too few to tell: %(days)d days counted in half a year; from %(least)d on a baseline is said."
        ) % {
            "days": days,
            "least": LEAST_DAYS,
        }
    return _("Usually between %(range)s, by %(days)d days of the last %(of)d.") % {
        "range": _range(key, found),
        "days": found.days,
        "of": found.span,
    }


def _range(key: str, found: Baseline) -> str:
    low, high = value_words(key, found.low), value_words(key, found.high)
    return _("%(low)s and %(high)s") % {"low": low, "high": high}


def step_words(key: str, found: Baseline, step: Step) -> str:
    """A step with its chance, and where that comes from."""
    sentence = _(
        "%(target)s or better as the mean of the next %(weeks)d weeks. If everything goes on as it did, that "
        "comes by itself in %(chance)s of cases: the last %(days)d days had a mean of %(mean)s, and days differ "
        "by about %(spread)s."
    ) % {
        "target": value_words(key, step.target),
        "weeks": days_needed(found) // 7,
        "chance": percent_words(step.probability),
        "days": found.days,
        "mean": value_words(key, found.mean),
        "spread": value_words(key, found.spread),
    }
    if found.daily:
        up = (found.daily > 0) == (MEASURES[key].better == UP)
        trend = _("It has been getting better.") if up else _("It has been getting worse.")
        sentence = f"{sentence} {trend}"
    return sentence


def best_words(best: Stretch | None) -> str:
    """When the best four weeks were."""
    if best is None:
        return _("Your best four weeks stand here once ten days have counted.")
    return _("%(first)s – %(last)s (%(days)d days)") % {
        "first": day_words(best.first),
        "last": day_words(best.last),
        "days": best.days,
    }


def refusal_words(why: str) -> Any:
    return WHY_REFUSED[why]


def why_words(why: str) -> Any:
    """Why a goal was not met; empty when it was."""
    return WHY_NOT.get(why, "")


def goal_words(goal: Goal) -> str:
    """“Quality score: 84 points or better, until Fri 3 Apr”."""
    return _("%(measure)s: %(target)s or better, until %(day)s") % {
        "measure": goal.get_measure_display(),
        "target": value_words(goal.measure, goal.target),
        "day": day_words(goal.last_day),
    }


def frozen_words(goal: Goal) -> str:
    """Where somebody stood when a goal was proposed, and how likely it was by itself."""
    return _(
        "When it was proposed the usual value was %(mean)s (%(low)s to %(high)s, by %(days)d days of %(span)d). "
        "If everything had gone on as it did, it would have come by itself in %(chance)s of cases."
    ) % {
        "mean": value_words(goal.measure, goal.baseline_mean),
        "low": value_words(goal.measure, goal.baseline_low),
        "high": value_words(goal.measure, goal.baseline_high),
        "days": goal.baseline_days,
        "span": goal.baseline_span,
        "chance": percent_words(goal.probability),
    }


def pair_words(goal: Goal) -> str:
    """What must not fall meanwhile; empty where nothing stands beside it."""
    if not goal.pair:
        return ""
    return _("%(measure)s must stay at %(floor)s or better meanwhile; it was %(mean)s.") % {
        "measure": goal.get_pair_display(),
        "floor": value_words(goal.pair, goal.pair_floor),
        "mean": value_words(goal.pair, goal.pair_mean),
    }


def standing_words(goal: Goal, found: Verdict) -> str:
    """How an agreed goal stands by now."""
    if found.mean is None:
        return _("No day has counted yet; it is judged after %(day)s.") % {"day": day_words(goal.last_day)}
    sentence = _("So far %(mean)s, by %(days)d days; it is judged after %(last)s.") % {
        "mean": value_words(goal.measure, found.mean),
        "days": found.days,
        "last": day_words(goal.last_day),
    }
    if goal.pair and found.pair_mean is not None:
        beside = _("Beside it: %(measure)s %(mean)s, by %(days)d days.") % {
            "measure": goal.get_pair_display(),
            "mean": value_words(goal.pair, found.pair_mean),
            "days": found.pair_days,
        }
        sentence = f"{sentence} {beside}"
    return sentence


def result_words(goal: Goal) -> str:
    """How a goal ended."""
    if goal.result_mean is None:
        return str(why_words(goal.result_why))
    found = _("The mean was %(mean)s, by %(days)d days.") % {
        "mean": value_words(goal.measure, goal.result_mean),
        "days": goal.result_days,
    }
    if goal.result_pair is not None:
        beside = _("Beside it: %(measure)s %(mean)s.") % {
            "measure": goal.get_pair_display(),
            "mean": value_words(goal.pair, goal.result_pair),
        }
        found = f"{found} {beside}"
    return f"{found} {why_words(goal.result_why)}".strip()


def notice_words(goal: Goal) -> str:
    """What a notice says of a goal."""
    words = {
        "proposed": _("Proposed"),
        "agreed": _("Agreed"),
        "met": _("Met – raise it if you like"),
        "missed": _("Not met"),
        "let_go": _("Let go"),
        "declined": _("Declined"),
    }
    return f"{goal.agent.name}, {goal_words(goal)} – {words[goal.state]}"


def handed_words(goal: Goal) -> str:
    """What a notice says when somebody else leads the agent now."""
    said = {"agent": goal.agent.name, "goal": goal_words(goal), "lead": goal.lead.name if goal.lead else ""}
    if goal.support_by and not goal.support_given_at:
        said["day"] = day_words(goal.support_by)
        return _("%(agent)s, %(goal)s – goes on with %(lead)s, who owes the support for it by %(day)s") % said
    return _("%(agent)s, %(goal)s – goes on with %(lead)s") % said


def personal_best_words(best: PersonalBest) -> str:
    """“Quality score 86 points, Mon 2 Mar – Fri 27 Mar”."""
    return _("%(measure)s %(value)s, %(first)s – %(last)s") % {
        "measure": best.get_measure_display(),
        "value": value_words(best.measure, best.value),
        "first": day_words(best.first),
        "last": day_words(best.last),
    }


def aim_words(aim: BusinessGoal) -> str:
    """“Quality score at 85 points or better, until Fri 3 Apr”."""
    return _("%(measure)s at %(target)s or better, until %(day)s.") % {
        "measure": aim.get_measure_display(),
        "target": value_words(aim.measure, aim.target),
        "day": day_words(aim.until),
    }


def matters_words(goal: TeamGoal) -> str:
    """Why a measure matters: what the team does, and for which aim."""
    return _("Your team: %(team)s. It serves an aim of the centre: %(aim)s.") % {
        "team": goal.words.rstrip("."),
        "aim": goal.serves.words.rstrip("."),
    }
