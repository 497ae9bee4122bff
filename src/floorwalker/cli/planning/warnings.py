"""What the reader of a plan should know before trusting it: sentences, the gravest first."""

from __future__ import annotations

from datetime import date

import numpy as np

from floorwalker.cli.planning.plan import Plan, QueuePlan
from floorwalker.cli.report import words
from floorwalker.science.staffing import check_span, risk

BUSY = 0.9  # above this share of time on contacts people tire and queues grow at the smallest surprise
AT_RISK = 0.2  # a day more likely than this to miss its target is named
OLD_HISTORY_DAYS = 28
SHORT_HISTORY_DAYS = 28
SECONDS_AN_HOUR = 3600
SHOWN_CLASHES = 3


def warnings(plan: Plan) -> tuple[str, ...]:
    """Sentences on what may go wrong with this plan."""
    found: list[str] = []
    for each in plan.queues:
        name = f"{each.queue}: " if len(plan.queues) > 1 else ""
        sentences = (
            *_roster(each),
            *_unstaffed(each),
            *_history(each),
            *_claims(each),
            *_risk(each, plan),
            *_occupancy(each),
        )
        found += [name + text for text in sentences]
    if plan.left_out:
        found.append(f"{plan.left_out} people of the file work for other queues and were left out.")
    return tuple(found)


def _roster(each: QueuePlan) -> list[str]:
    outcome, found = each.outcome, []
    if each.bound.clashes:
        found.append(f"No shift reaches every hour: {_sentences(each.bound.clashes, each.bound.repair)}")
    if outcome.value is None:
        why = outcome.clashes or ("the time was too short",)
        found.append(f"There is no roster ({outcome.status}): {_sentences(why, outcome.repair)}")
    return found


def _sentences(clashes: tuple[str, ...], repair: str) -> str:
    """What clashes, at most a few of it, and the way out."""
    shown = "; ".join(clashes[:SHOWN_CLASHES]) + (
        f" and {len(clashes) - SHOWN_CLASHES} more" if clashes[SHOWN_CLASHES:] else ""
    )
    return f"{shown}. Way out: {repair}" if repair else f"{shown}."


def _unstaffed(each: QueuePlan) -> list[str]:
    """Days on which callers come while nobody at all is there."""
    if each.outcome.value is None:
        return []
    days = [day for day in check_span(each.forecasting.forecast, each.at_work) if not day.covered]
    if not days:
        return []
    shown = ", ".join(f"{_day(day.day)} ({day.missed_contacts:.0f} contacts)" for day in days)
    return [f"Callers are expected while nobody at all is at work: {shown}."]


def _claims(each: QueuePlan) -> list[str]:
    """Days on which the simulation answers fewer in time than the formulas say, by more than two points."""
    if each.audit is None:
        return []
    checks = zip(each.audit.grid.dates, each.audit.days, strict=True)
    days = [
        f"{_day(day)} ({words.band(check)}, claimed {check.claimed:.1%})"
        for day, check in checks
        if check and not check.within and check.gap < 0
    ]
    if not days:
        return []
    return [f"A simulation answers fewer in time than claimed: {', '.join(days)}."]


def _history(each: QueuePlan) -> list[str]:
    history, week = each.forecasting.history.grid, each.requirement.grid.first_day
    found = []
    away = (week - history.last_day).days - 1
    if away > OLD_HISTORY_DAYS:
        found.append(f"The history ends on {history.last_day}, {away} days before the week: the band is wide.")
    if history.days < SHORT_HISTORY_DAYS:
        found.append(f"The history holds only {history.days} days; from four weeks on forecasts become reliable.")
    return found


def _risk(each: QueuePlan, plan: Plan) -> list[str]:
    """Days on which the roster may miss the target, from the uncertainty of the forecast."""
    if each.outcome.value is None:
        return []
    decisions = plan.decisions
    found = risk(
        each.forecasting.forecast,
        decisions.goals,
        np.asarray(each.at_work, dtype=np.int64),
        patience_seconds=decisions.patience_seconds,
        shrinkage=decisions.shrinkage,
        absence=decisions.absence,
    )
    days = [f"{_day(day.day)} ({day.probability:.0%})" for day in found.warnings(AT_RISK)]
    if not days:
        return []
    return [
        "Should more callers come than expected, or fewer people, these days may miss the target: "
        f"{', '.join(days)}."
    ]


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _occupancy(each: QueuePlan) -> list[str]:
    busy = each.expected.occupancy > BUSY
    hours = float(np.asarray(each.requirement.grid.lengths)[busy].sum()) / SECONDS_AN_HOUR
    if hours < 1 or each.outcome.value is None:
        return []
    return [
        f"In {hours:g} hours of the week agents would be busy more than {BUSY:.0%} of the time. The target allows "
        "it – large teams need little slack – but people do not last: --max-occupancy 88 asks for more of them."
    ]
