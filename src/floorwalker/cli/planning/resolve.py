"""Options become decisions: what was not given is chosen here, and every such choice is listed as a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from floorwalker.cli.planning.goals import DEFAULT_SERVICE, read_goals
from floorwalker.cli.planning.settings import PlanSettings
from floorwalker.cli.planning.snapshot import Snapshot
from floorwalker.contacts import Guess
from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import next_week
from floorwalker.science.queueing import Goals
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid

USUAL_AHT_SECONDS = 180.0
USUAL_PATIENCE_SECONDS = 120.0
USUAL_SHRINKAGE = 30.0
USUAL_MIN_STAFF = 1
WEEK = 7


@dataclass(frozen=True)
class Decisions:
    """What the plan is made with, in the units of the library, and the guesses among it."""

    grid: TimeGrid
    goals: Goals
    over: str
    aht_seconds: float
    patience_seconds: float
    shrinkage: float
    min_staff: int
    confidence: float | None
    absence: float
    guesses: tuple[Guess, ...]


def resolve(settings: PlanSettings, snapshot: Snapshot) -> Decisions:
    """Decide everything, and list what nobody had said."""
    facts = snapshot.facts
    if facts.step_seconds == DAY_SECONDS and settings.step is not None:
        raise InvalidInput(
            f"--step {settings.step} is a whole day, in which nobody can be rostered; give 30 or 60"
        )
    if facts.step_seconds == DAY_SECONDS:
        raise InvalidInput(
            f"{facts.source} holds one count a day, which does not say when in the day callers come; "
            "give counts per half-hour or a call log to plan with, or use `floorwalker forecast --step 1440`"
        )
    guesses: list[Guess] = []

    def chosen(given: float | None, usual: float, *guess: str) -> float:
        if given is None:
            guesses.append(Guess(*guess))
        return usual if given is None else given

    week = _week(settings, snapshot, guesses)
    if settings.service is None:
        why = "the most common target; nothing else was given"
        guesses.append(Guess("service target", f"{DEFAULT_SERVICE} ({settings.definition})", why, "--service"))
    patience = _patience(settings, snapshot, guesses)
    if settings.holidays is None and not snapshot.calendar.special:
        why = "no country was named; a public holiday in the week is planned like any other day"
        guesses.append(Guess("holidays", "none", why, "--holidays"))
    shrinkage = chosen(
        settings.shrinkage, USUAL_SHRINKAGE, "shrinkage", f"{USUAL_SHRINKAGE:g} %",
        "usual share of paid time off the phones: short breaks, sickness, training, meetings", "--shrinkage",
    )  # fmt: skip
    min_staff = chosen(
        settings.min_staff, USUAL_MIN_STAFF, "least staff", f"{USUAL_MIN_STAFF} whenever open",
        "an open queue needs somebody", "--min-staff",
    )  # fmt: skip
    return Decisions(
        grid=TimeGrid(week, WEEK, facts.step_seconds, facts.zone),
        goals=read_goals(
            settings.service,
            settings.definition,
            max_abandon=settings.max_abandon,
            max_occupancy=settings.max_occupancy,
            max_asa=settings.max_asa,
        ),
        over=settings.over,
        aht_seconds=USUAL_AHT_SECONDS if settings.aht is None else settings.aht,
        patience_seconds=patience,
        shrinkage=shrinkage / 100,
        min_staff=int(min_staff),
        confidence=None if settings.confidence is None else settings.confidence / 100,
        absence=settings.absence / 100,
        guesses=tuple(guesses),
    )


def _week(settings: PlanSettings, snapshot: Snapshot, guesses: list[Guess]) -> date:
    if settings.week is not None:
        return settings.week
    week = next_week(snapshot.demands)
    guesses.append(Guess("week", week.isoformat(), "the first Monday after the history", "--week"))
    return week


def _patience(settings: PlanSettings, snapshot: Snapshot, guesses: list[Guess]) -> float:
    facts = snapshot.facts
    if settings.patience is not None:
        return settings.patience
    if facts.patience_seconds is not None:
        why = f"estimated from the waits in the history, {facts.patience_abandons} callers hung up"
        guesses.append(Guess("patience", f"{facts.patience_seconds:.0f} s", why, "--patience"))
        return facts.patience_seconds
    why = "the history does not say how long callers wait before they hang up"
    guesses.append(Guess("patience", f"{USUAL_PATIENCE_SECONDS:g} s", why, "--patience"))
    return USUAL_PATIENCE_SECONDS


def handling_guesses(settings: PlanSettings, known: Mapping[str, bool]) -> tuple[Guess, ...]:
    """The guess about handling times, once it is known which queues have none in their history."""
    without = [queue for queue, is_known in known.items() if not is_known]
    if settings.aht is not None or not without:
        return ()
    why = f"the history of {', '.join(without)} holds no handling times"
    return (Guess("handling time", f"{USUAL_AHT_SECONDS:g} s", why, "--aht"),)
