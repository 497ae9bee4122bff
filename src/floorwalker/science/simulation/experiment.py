"""A model run many times: replications with common random numbers, on all cores, until they tell enough."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from floorwalker.science.errors import InvalidInput, Unstable
from floorwalker.science.outcome import Clock, Progress, Stop
from floorwalker.science.simulation.intervals import Estimate
from floorwalker.science.simulation.measures import Simulation
from floorwalker.science.simulation.model import Model

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from floorwalker.science.simulation.streams import Streams
    from floorwalker.science.simulation.tables import Tables
    from floorwalker.science.simulation.workspace import Workspace

MOST_CONTACTS = 1 << 20  # at one moment, in all queues and hands together: about 200 MB
EVENTS_AT_ONCE = 4_000_000  # between two looks at the clock
ALONE = 300_000  # contacts in all: fewer are not worth a second core
AGENT_COLUMNS = ("staffed", "busy", "ring", "answered", "value", "callbacks")
IN_DETAIL = ("callers", "waited", "within")
LOADING = "loading the simulator (its first use compiles it)"
FIRST = 20  # replications before the first judgement of a half-width


@dataclass(frozen=True)
class HalfWidth:
    """Go on until the 95 % interval of a measure is at most this wide to either side, or ``most`` replications.

    ``measure``: ``service_level``, ``abandon_rate``, ``mean_wait``, ``occupancy`` (of all groups), or any measure
    of a type, whose sum per replication it then is. ``type``: None for all.
    """

    measure: str
    seconds_or_share: float
    type: str | None = None
    most: int = 2_000

    def __post_init__(self) -> None:
        if not self.seconds_or_share > 0:
            raise InvalidInput(f"a half-width of {self.seconds_or_share:g} is never reached; give more than 0")
        if self.most < 2:
            raise InvalidInput(f"most is {self.most}; give 2 replications or more")

    def of(self, found: Simulation) -> Estimate:
        """The measure as it is so far."""
        if self.measure == "service_level":
            return found.service_level(self.type)
        if self.measure == "mean_wait":
            return found.mean_wait(self.type)
        if self.measure == "abandon_rate":
            return found.share("abandoned", "offered", type=self.type)
        if self.measure == "occupancy":
            return found.occupancy()
        return found.total(self.measure, type=self.type)


def simulate(
    model: Model,
    *,
    replications: int = 20,
    until: HalfWidth | None = None,
    seed: int = 0,
    warm_up_seconds: float = 0.0,
    detail: bool = False,
    workers: int | None = None,
    stop: Stop | None = None,
) -> Simulation:
    """Run the model ``replications`` times, or from then on ``until`` an interval is narrow enough.

    The numbers depend on the model, the seed and the number of replications, never on ``workers`` (None: all cores
    where it pays). With ``detail`` waits are told by period, too, and by agent; it changes no other number.
    ``stop`` ends a run early with the replications done by then, at least one; a unit of its work is a
    replication. :class:`Unstable` is raised when over a million contacts are in the centre at one moment.
    """
    _check(model, replications, seed, warm_up_seconds, workers)
    clock = (stop or Stop()).clock()
    most = until.most if until else replications
    runs = _Runs(model, seed, warm_up_seconds, workers, clock, most=most, detail=detail)
    runs.go_on(replications if until is None else min(replications, until.most))
    found = runs.result()
    while until is not None and runs.done < until.most and not clock.over(runs.done):
        estimate = until.of(found)
        if estimate.half_width <= until.seconds_or_share:
            break
        runs.go_on(_next_size(estimate, until, runs.done))
        found = runs.result()
    return found


def _check(model: Model, replications: int, seed: int, warm_up_seconds: float, workers: int | None) -> None:
    if replications < 1:
        raise InvalidInput(f"{replications} replications tell nothing; give 1 or more")
    if seed < 0:
        raise InvalidInput(f"seed is {seed}; give 0 or more")
    seconds = model.periods.borders_seconds[-1]
    if not 0 <= warm_up_seconds < seconds:
        raise InvalidInput(
            f"warm_up_seconds is {warm_up_seconds:g}; give 0 to below {seconds:g}, the end of the run"
        )
    if workers is not None and workers < 1:
        raise InvalidInput(f"workers is {workers}; give 1 or more, or None for all cores")


def _next_size(estimate: Estimate, until: HalfWidth, done: int) -> int:
    """How many should suffice as the spread is now: at most three times as many, a tenth more at least."""
    wanted = (
        done * (estimate.half_width / until.seconds_or_share) ** 2 if estimate.half_width < float("inf") else FIRST
    )
    return min(until.most, max(ceil(1.1 * done), min(3 * done, ceil(wanted)), 2))


class _Runs:
    """Replications of one model, done one after the other or side by side, added up in their order."""

    def __init__(
        self,
        model: Model,
        seed: int,
        warm_up_seconds: float,
        workers: int | None,
        clock: Clock,
        *,
        most: int,
        detail: bool,
    ) -> None:
        from floorwalker.science.simulation.kept import Sums
        from floorwalker.science.simulation.streams import Streams
        from floorwalker.science.simulation.tables import Tables

        self.model, self.seed, self.warm_up, self.clock = model, seed, warm_up_seconds, clock
        self.tables, self.streams, self.done = (
            Tables(model, warm_up_seconds, detail=detail),
            Streams(model, seed),
            0,
        )
        self.workers = workers
        self.sums = Sums(self.tables, most)
        tell_loading(clock)

    def go_on(self, upto: int) -> None:
        """Do replications until there are so many, or the time is over."""
        workers = self._workers(upto - self.done)
        step = workers
        while self.done < upto and not (self.done and self.clock.over(self.done)):
            numbers = range(self.done, min(upto, self.done + step))
            before = self.clock.seconds
            for one in self._side_by_side(numbers, workers):
                self.sums.add(one)
            self.done = numbers.stop
            note = f"replication {self.done} of {upto}"
            self.clock.stop.told(Progress(None, None, self.clock.seconds, note, self.done / upto))
            if self.clock.seconds - before < 0.5:
                step *= 2

    def _workers(self, more: int) -> int:
        from os import cpu_count

        contacts = more * float(self.streams.expected.sum() + self.tables.listed)
        if self.workers is None:
            return 1 if contacts < ALONE else max(1, min(cpu_count() or 1, more))
        return min(self.workers, more)

    def _side_by_side(self, numbers: range, workers: int) -> Iterable[Any]:
        """Threads suffice: the kernel holds no lock. ``joblib.parallel_config`` chooses another backend."""
        if workers == 1 or len(numbers) == 1:
            return replicate(self.tables, self.streams, numbers)
        from joblib import Parallel, delayed

        from floorwalker.science.simulation.kernel.entry import door

        door()
        share = ceil(len(numbers) / workers)
        parts = [numbers[k : k + share] for k in range(0, len(numbers), share)]
        work = (delayed(replicate)(self.tables, self.streams, part) for part in parts)
        found = Parallel(n_jobs=workers, prefer="threads")(work)
        return [one for part in found for one in part]

    def result(self) -> Simulation:
        return Simulation(
            self.model, self.seed, self.done, self.warm_up, self.sums.kept(), detail=self.tables.detail
        )


def tell_loading(clock: Clock) -> None:
    """Said before the first run: where nothing is compiled yet, it is long."""
    clock.stop.told(Progress(None, None, clock.seconds, LOADING))


@dataclass(frozen=True)
class Run:
    """What one replication counted."""

    by_type: NDArray[np.float64]
    by_group: NDArray[np.float64]
    taken: NDArray[np.float64]
    waits: NDArray[np.float64]
    agents: NDArray[np.float64]
    group_waits: NDArray[np.float64]


def replicate(tables: Tables, streams: Streams, numbers: Iterable[int]) -> list[Run]:
    """Replications one after the other in one workspace."""
    from floorwalker.science.simulation.workspace import Workspace

    space, found = Workspace(tables), []
    for number in numbers:
        space.begin(streams.of(number), tables.counting)
        _to_the_end(tables, space)
        found.append(_counted(tables, space))
    return found


def _to_the_end(tables: Tables, space: Workspace) -> None:
    from floorwalker.science.simulation.kernel.layout import DONE, GROW

    while (ended := space.run(EVENTS_AT_ONCE)) != DONE:
        if ended == GROW:
            if len(space.arrays["contacts"]) >= MOST_CONTACTS:
                raise Unstable(_too_many(tables, space))
            space.grow()


def _too_many(tables: Tables, space: Workspace) -> str:
    per_type = space.arrays["arriving"]["waiting"]
    place, now = int(per_type.argmax()), float(space.centre["now"][0])
    return (
        f"after {now:,.0f} s {int(per_type[place]):,} contacts of {tables.model.types[place].name!r} wait: more "
        "come than the agents can ever handle, and nobody gives up; add agents, patience or a capacity"
    )


def _counted(tables: Tables, space: Workspace) -> Run:
    import numpy as np

    arrays = space.arrays
    named = arrays["agents"][tables.named]
    columns = (*AGENT_COLUMNS, *IN_DETAIL) if tables.detail else AGENT_COLUMNS
    return Run(
        arrays["by_type"][:, :-1].copy(),
        arrays["by_group"][:, :-1].copy(),
        arrays["taken"].copy(),
        arrays["waits"].copy(),
        np.stack([named[name] for name in columns], axis=1),
        arrays["group_waits"].copy(),
    )
