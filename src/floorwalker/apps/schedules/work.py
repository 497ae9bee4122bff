"""The roster of a week, made in a process of its own: plain values in, plain values out, no Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Outcome, Progress, Status, Stop
from floorwalker.science.rostering import (
    Clash,
    Duty,
    Halfway,
    HeadCountParams,
    Person,
    Roster,
    RosterProblem,
    Shift,
    allot,
    coverage,
    default_catalogue,
    head_counts,
    reduced_by_days_off,
    set_aside,
    solve,
)
from floorwalker.science.timegrid import TimeGrid

HEAD_COUNT_SECONDS = 60.0
# Units of work, not seconds: a run that was killed and begun again gives the same roster (docs/adr/0003).
WORK = {"quick": 20, "usual": 150, "thorough": 1500}


@dataclass(frozen=True)
class Part:
    """What one queue asks for."""

    queue: int
    name: str
    grid: TimeGrid
    needed: tuple[int, ...]
    shifts: tuple[Shift, ...]


def roster(plain: Mapping[str, Any], watch: Watch) -> dict[str, Any]:
    """Every queue's roster, one after the other. Stopped, it gives the best so far of those it has begun.

    A run whose worker died goes on with the queue it was at, from the unit of work it had kept: its roster is the
    one it would have been (docs/adr/0003).
    """
    parts = [_part(plain, need) for need in plain["needs"]]
    parts = [part for part in parts if any(part.needed)]
    people = reduced_by_days_off(tuple(_person(each) for each in plain["people"]), _open_days(parts))
    share_out = allot(people, {str(part.queue): part.needed for part in parts}, each_queue=False)
    effort = WORK[plain["effort"]]
    kept = watch.kept or {"queues": [], "stints": [], "search": None}
    queues, stints, search = list(kept["queues"]), list(kept["stints"]), kept["search"]
    for number, part in enumerate(parts[len(queues) :], len(queues)):
        if queues and not search and watch.stopped():
            break
        line = _Line(watch, part.name, number, len(parts), effort, {"queues": queues, "stints": stints})
        found, duties = _of_queue(part, share_out[str(part.queue)], plain, line, search)
        search = None
        queues.append(found)
        stints += duties
    return {
        "queues": queues,
        "stints": stints,
        "stopped": watch.stopped(),
        "left_out": sorted({p.id for p in people} - {p.id for group in share_out.values() for p in group}),
    }


class _Line:
    """Progress of one queue as part of the whole, how the whole is stopped, and what of it is kept."""

    def __init__(
        self, watch: Watch, name: str, number: int, of: int, effort: int, before: Mapping[str, Any]
    ) -> None:
        self.watch, self.name, self.number, self.of, self.effort = watch, name, number, of, effort
        self.before = before

    def say(self, text: str, share: float) -> None:
        whole = (self.number + min(1.0, share)) / self.of
        self.watch.tell(text=f"{self.name}: {text}", share=whole)

    def told(self, progress: Progress) -> None:
        units = int(progress.note.split()[0]) if progress.note[:1].isdigit() else 0
        self.watch.tell(
            best=self._whole(progress.best, "objective"),
            bound=self._whole(progress.bound, "bound"),
            share=(self.number + min(1.0, units / self.effort)) / self.of,
            text=f"{self.name}: {progress.note}",
        )

    def _whole(self, own: float | None, figure: str) -> float | None:
        """A figure of this queue with those of the queues that are done: what is told is of all so far."""
        done = [each[figure] for each in self.before["queues"]]
        return None if own is None or None in done else own + sum(done)

    def keep(self, search: Mapping[str, Any]) -> None:
        """The queues that are done, and the search of this one."""
        self.watch.keep({**self.before, "search": search})


def _of_queue(
    part: Part,
    people: tuple[Person, ...],
    plain: Mapping[str, Any],
    line: _Line,
    kept: Mapping[str, Any] | None,
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    unreached = kept["unreached"] if kept else _unreached(part, line)
    problem = RosterProblem(part.grid, part.needed, people, part.shifts)
    line.say("looking for people whose own rules clash", 0.0)
    possible, aside = set_aside(problem)
    stop = Stop(work=WORK[plain["effort"]], cancelled=line.watch.stopped, told=line.told)
    outcome = solve(
        possible,
        stop=stop,
        seed=plain["seed"],
        start=Halfway.from_plain(kept["halfway"]) if kept else None,
        keep=lambda halfway: line.keep({"unreached": unreached, "halfway": halfway.plain}),
    )
    assert outcome.value is not None  # whoever had no legal week is set aside
    found = outcome.value
    there = coverage(found).tolist()
    pairs = zip(part.needed, there, part.grid.lengths, strict=True)
    figures = {
        "queue": part.queue,
        "name": part.name,
        "status": str(outcome.status),
        "people": len(people),
        "needed_hours": sum(n * s for n, s in zip(part.needed, part.grid.lengths, strict=True)) / 3600,
        "paid_hours": found.paid_hours,
        "short_hours": sum(max(0, need - have) * length for need, have, length in pairs) / 3600,
        "objective": outcome.objective,
        "bound": outcome.bound,
        "gap": outcome.gap,
        "seconds": round(outcome.seconds, 1),
        "work": outcome.work,
        "clashes": [*unreached["clashes"], *(clash.text for clash in aside)],
        "repairs": [*unreached["repairs"], *(clash.repair for clash in aside)],
        "aside": [clash.person for clash in aside],
        "cost_hours": _cost(aside),
    }
    ids = {each["label"]: each["id"] for each in plain["people"]}
    return figures, [_stint(plain["run"], ids[duty.person], part, found, duty) for duty in found.duties]


def _unreached(part: Part, line: _Line) -> dict[str, list[str]]:
    """Whether the shifts can cover the need at all, however many people there were."""
    line.say("counting how many should start when", 0.0)
    problem = RosterProblem(part.grid, part.needed, (), part.shifts)
    limit = Stop(seconds=HEAD_COUNT_SECONDS, cancelled=line.watch.stopped)
    found: Outcome[Any] = head_counts(problem, stop=limit, params=HeadCountParams(cover=True))
    clashes = list(found.clashes) if found.status is Status.INFEASIBLE else []
    return {"clashes": clashes, "repairs": [found.repair] if clashes and found.repair else []}


def _cost(aside: Sequence[Clash]) -> float | None:
    costs = [clash.cost for clash in aside]
    return sum(costs) if costs and all(cost < float("inf") for cost in costs) else None


def _stint(run: str, agent: int, part: Part, found: Roster, duty: Duty) -> dict[str, Any]:
    """One duty as a shift with moments, named after the run, the person and the day."""
    start, end = found.span(duty)
    meal = found.meal(duty)
    shift = found.shift_by_name[duty.shift]
    name = f"{run}/{part.queue}/{agent}/{duty.day}/{duty.shift}"
    return {
        "identity": str(uuid5(NAMESPACE_URL, name)),
        "agent": agent,
        "start": start,
        "end": end,
        "meal": list(meal) if meal else None,
        "queue": part.queue,
        "day": part.grid.dates[duty.day].isoformat(),
        "wall_minute": shift.start_minute,
    }


def _part(plain: Mapping[str, Any], need: Mapping[str, Any]) -> Part:
    grid = TimeGrid(date.fromisoformat(plain["first_day"]), 7, need["step_seconds"], plain["zone"])
    needed = tuple(int(n) for n in need["needed"])
    if len(needed) != len(grid):
        raise InvalidInput(
            f"{need['name']} has {len(needed)} numbers of people for the {len(grid)} intervals of that week; "
            "have its required staff computed again"
        )
    shifts = tuple(_shift(each) for each in plain["shifts"]) or default_catalogue(grid, needed)
    return Part(need["queue"], need["name"], grid, needed, shifts)


def _shift(plain: Mapping[str, Any]) -> Shift:
    return Shift(**{**plain, "weekdays": frozenset(plain["weekdays"])})


def _person(plain: Mapping[str, Any]) -> Person:
    return Person(
        plain["label"],
        min_hours=min(plain["least_hours"], plain["most_hours"]),
        max_hours=plain["most_hours"],
        max_days=plain["most_days"],
        min_rest_hours=plain["least_rest_hours"],
        max_consecutive_days=plain["most_days_in_a_row"],
        days_off=frozenset(date.fromisoformat(day) for day in plain["days_off"]),
        available=tuple((low, high) for low, high in plain["available"]),
        queues=frozenset(str(queue) for queue in plain["queues"]),
    )


def _open_days(parts: Sequence[Part]) -> set[date]:
    return {
        part.grid.dates[day]
        for part in parts
        for day, people in zip(part.grid.day_index, part.needed, strict=True)
        if people
    }
