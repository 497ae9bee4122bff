"""What jobs of coaching compute in their child process."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from floorwalker.apps.coaching.rules import effects as rules
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.people import Event, Panel, effect_of_events

Floats = npt.NDArray[np.float64]
MOST_EVENTS = 3000  # of a kind; more make nothing surer that matters, and take minutes


def measure_effects(plain: dict[str, Any], watch: Watch) -> dict[str, Any]:
    """For each kind of event and each measure: what changed, beside comparable people. Stopped: what is done."""
    asked = [(event, measure) for event in plain["events"] for measure in plain["measures"]]
    tables = {key: Table(plain["weeks"], cells) for key, cells in plain["measures"].items()}
    teams = {str(agent): str(team) for agent, team in plain["teams"].items()}
    lines = []
    for number, (event, measure) in enumerate(asked):
        if watch.stopped():
            break
        watch.tell(share=number / len(asked))
        groups = teams if event == rules.WITNESSED else None
        lines.append(tables[measure].line(event, measure, plain["events"][event], groups))
    return {"lines": lines, "left": len(asked) - len(lines)}


class Table:
    """One measure of all people, in the shortest periods in which most of them have a figure."""

    def __init__(self, weeks: int, cells: list[tuple[int, int, float, float]]) -> None:
        self.people = list(dict.fromkeys(agent for agent, *_rest in cells))
        row = {agent: number for number, agent in enumerate(self.people)}
        sums, weights = np.zeros((len(row), weeks)), np.zeros((len(row), weeks))
        for agent, week, total, weight in cells:
            sums[row[agent], week] += total
            weights[row[agent], week] += weight
        self.level = float(sums.sum() / weights.sum()) if weights.any() else 0.0
        for width in rules.WIDTHS:
            self.width = width
            self.skipped = weeks % width.weeks  # the oldest weeks, which fill no period
            self.values = _means(sums, weights, width.weeks)
            if _filled(self.values) >= rules.FILLED:
                break

    def line(
        self, event: str, measure: str, touched: list[tuple[int, int]], teams: dict[str, str] | None
    ) -> dict[str, Any]:
        """What is told of one event beside one measure; ``teams`` where it reached a team at once."""
        known, worth = set(self.people), rules.worth_of(measure, self.level)
        periods = {
            (agent, (week - self.skipped) // self.width.weeks)
            for agent, week in touched
            if agent in known and week >= self.skipped
        }
        found = sorted(periods, key=lambda each: (each[1], each[0]))
        taken = found[:: -(-len(found) // MOST_EVENTS) or 1]
        told = effect_of_events(
            Panel([str(agent) for agent in self.people], self.values),
            [Event(str(agent), period) for agent, period in taken],
            worth=worth,
            before=self.width.before,
            after=self.width.after,
            least=rules.LEAST_PEOPLE,
            confidence=rules.CONFIDENCE,
            groups=teams,
        )
        return {
            "event": event,
            "measure": measure,
            "weeks": self.width.weeks,
            "before": self.width.before,
            "after": self.width.after,
            "noted": len(found),
            "events": told.events,
            "people": told.people,
            "comparable": told.comparable,
            "level": self.level,
            "worth": worth,
            "detectable": told.detectable,
            "change": told.change,
            "low": told.low,
            "high": told.high,
            "needed": rules.people_needed(told.people, told.detectable, worth) if told.change is None else 0,
        }


def _means(sums: Floats, weights: Floats, width: int) -> Floats:
    """By periods of so many weeks, the newest whole; NaN where nothing was measured."""
    people, weeks = sums.shape
    whole = weeks - weeks % width
    total = sums[:, weeks - whole :].reshape(people, -1, width).sum(axis=2)
    weight = weights[:, weeks - whole :].reshape(people, -1, width).sum(axis=2)
    return np.divide(total, weight, out=np.full_like(total, np.nan), where=weight > 0)


def _filled(values: Floats) -> float:
    """The share of periods with a figure between everybody's first and last."""
    known = np.isfinite(values)
    had = np.maximum.accumulate(known, axis=1) & np.maximum.accumulate(known[:, ::-1], axis=1)[:, ::-1]
    return float(known.sum() / had.sum()) if had.any() else 0.0
