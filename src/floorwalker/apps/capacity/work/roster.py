"""A queue and its roster as the simulator takes them, with the queues whose people help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from floorwalker.apps.capacity.work.case import Case, Plain
from floorwalker.science.rostering import OnPhones, roster_model
from floorwalker.science.simulation import Model
from floorwalker.science.staffing import Achieved, Served


@dataclass(frozen=True)
class Crew:
    """Queues simulated together, the one asked about first: their people, and how many are at work."""

    cases: tuple[Case, ...]
    people: tuple[OnPhones, ...]
    at_work: tuple[np.ndarray, ...]

    @classmethod
    def of(cls, case: Case, number: int, week: Plain) -> Crew:
        """The week of a queue of that number: alone, unless people of several queues help each other."""
        own = counts(week["rostered"])
        beside = week.get("beside")
        if not beside:
            return cls((case,), tuple(people_of(case.forecast.queue, week["stretches"])), (own,))
        others = [Case.of(each) for each in beside["queues"]]
        names = {each["id"]: other.forecast.queue for each, other in zip(beside["queues"], others, strict=True)}
        names[number] = case.forecast.queue
        people = _helping(case.forecast.queue, beside["also"], names)
        for each, other in zip(beside["queues"], others, strict=True):
            people += _helping(other.forecast.queue, each["people"], names)
        at_work = (own, *(counts(each["rostered"]) for each in beside["queues"]))
        return cls((case, *others), tuple(people), at_work)

    def model(self, luck: float, *, paths: int = 0, seed: int = 0) -> Model:
        """Everybody rostered, a share of them away."""
        presence = {case.forecast.queue: case.presence for case in self.cases}
        overflow, queues = len(self.cases) > 1, [served(case) for case in self.cases]
        return roster_model(
            queues, self.people, presence=presence, luck=luck, overflow=overflow, paths=paths, seed=seed
        )

    def claimed(self) -> dict[str, Achieved]:
        """What the formula says of each queue with people of its own alone."""
        return {
            case.forecast.queue: case.achieved(people * case.presence)
            for case, people in zip(self.cases, self.at_work, strict=True)
        }

    def groups(self, model: Model) -> list[str]:
        """The groups of a model that are people of the queue asked about."""
        own = {person.person for person in self.people if person.queue == self.cases[0].forecast.queue}
        return [group.name for group in model.groups if any(each.name in own for each in group.agents or ())]


def counts(days: Iterable[Iterable[int]]) -> np.ndarray:
    return np.asarray([*chain(*days)], dtype=np.int64)


def served(case: Case) -> Served:
    return Served(case.forecast, case.measured, case.patience_seconds, value=case.worth)


def _helping(
    queue: str, rows: Sequence[tuple[Sequence[int | None], Sequence[int]]], names: dict[int, str]
) -> list[OnPhones]:
    """People of a queue with the queues they help."""
    found: list[OnPhones] = []
    for number, (stretch, also) in enumerate(rows):
        others = frozenset(names[each] for each in also)
        people = people_of(queue, [stretch])
        found += [OnPhones(f"{queue}/{number}/{each.person}", queue, each.spans, others) for each in people]
    return found


def people_of(queue: str, stretches: Sequence[Sequence[int | None]]) -> list[OnPhones]:
    """One agent for each person of each stretch (start, end, meal start, meal end, people)."""
    found = []
    for start, end, meal_start, meal_end, people in stretches:
        assert start is not None
        assert end is not None
        spans: tuple[tuple[float, float], ...] = ((start, end),)
        if meal_start is not None and meal_end is not None and meal_start < meal_end:
            spans = tuple((low, high) for low, high in ((start, meal_start), (meal_end, end)) if low < high)
        found += [OnPhones(f"{len(found) + place}", queue, spans) for place in range(people or 0)]
    return found
