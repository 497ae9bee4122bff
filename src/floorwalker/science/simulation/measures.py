"""What a simulation found, every figure with its interval.

How much is kept: totals of every replication by type and by group; by period, by agent and for percentiles only
sums over *batches* of replications (as many batches as fit into about 100 MB, at least 16; up to then each
replication is a batch of its own). All intervals are of 95 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import Definition, QueueMetrics, ServiceTarget
from floorwalker.science.simulation.intervals import Estimate, ratio, spread_of
from floorwalker.science.simulation.model import Model
from floorwalker.science.simulation.waits import quantiles, upto

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from floorwalker.science.simulation.offers import Offers

    Values = NDArray[np.float64]

Place = int | slice | None


@dataclass(frozen=True)
class Kept:
    """The arrays of a simulation. ``sizes``: replications in each batch."""

    totals: Values  # replication, type, measure
    groups: Values  # replication, group, measure
    taken: Values  # replication, type, group
    sizes: Values  # batch
    type_periods: Values  # batch, type, period, measure
    group_periods: Values  # batch, group, period, measure
    agents: Values  # batch, agent, measure
    waits: Values  # batch, type, day (with detail: period), answered or lost, bin
    group_waits: Values  # batch, group, bin; no group without detail


@dataclass(frozen=True)
class Simulation:
    """The result of :func:`simulate`.

    **Measures of a type**: ``offered`` = answered + abandoned + blocked + messages + callbacks_accepted + left
    (+ ``unreached``, of the centre's own calls); callbacks_accepted = callbacks_answered + unreached +
    callbacks_broken. ``first_tries`` without redials and transfers. ``abandoned`` counts
    all who left without an answer, among them ``short_abandoned`` (sooner than the type's limit), ``balked`` and
    ``cut_off``. ``closed``: came while the type was closed, not offered. ``answered_within`` and
    ``abandoned_within``: in the seconds of the type's target. ``wait_seconds`` of the answered,
    ``wait_seconds_lost`` of the abandoned, ``queue_seconds`` of everybody by the clock. ``left``: deferred work
    and the centre's own calls still there at the end. ``lost_cost`` counts contacts that were lost for good.
    Contacts count in the period they were offered in.

    **Measures of a group or agent**: ``staffed_seconds`` (finishing a contact after the shift included),
    ``busy_seconds`` (in handling, after-contact work and ringing), ``ring_seconds``, ``answered``, ``value``,
    ``callbacks_answered``; of groups also ``callers_answered`` – calls and chats, not called back – with their
    ``wait_seconds`` and those ``answered_within`` the seconds of their type, and with ``detail`` of agents. By the
    clock, up to the end of the last period.
    """

    model: Model
    seed: int
    replications: int
    warm_up_seconds: float
    kept: Kept = field(repr=False, compare=False)
    detail: bool = False

    def total(
        self,
        measure: str,
        *,
        type: str | None = None,  # noqa: A002 - the word of the model
        group: str | None = None,
        period: Place = None,
        day: int | None = None,
        agent: str | None = None,
    ) -> Estimate:
        """The sum of a measure over one replication, of all types where none is named."""
        values, sizes = self._sums(measure, type, group, self._periods(period, day), agent)
        return ratio(values, sizes, self.replications)

    def share(
        self,
        measure: str,
        of: str,
        *,
        type: str | None = None,  # noqa: A002
        group: str | None = None,
        period: Place = None,
        day: int | None = None,
        agent: str | None = None,
    ) -> Estimate:
        """One measure as a share of another, both summed over all replications first; nan where there is none."""
        where = self._periods(period, day)
        above, _ = self._sums(measure, type, group, where, agent)
        below, _ = self._sums(of, type, group, where, agent)
        return ratio(above, below, self.replications)

    def service_level(
        self,
        type: str | None = None,  # noqa: A002
        *,
        period: Place = None,
        day: int | None = None,
        target: ServiceTarget | None = None,
    ) -> Estimate:
        """The share met: of the type's own target, or of another (by 1 s up to 120 s; by period with detail).

        All types together count each against its own seconds, under the definition of the first.
        """
        own = self.model.types[0 if type is None else self._type(type)].target
        wanted, where = target or own, self._periods(period, day)
        sums = {name: self._sums(name, type, None, where, None)[0] for name in ("answered", "offered")}
        if target is None or all(each.target.seconds == target.seconds for each in self._types(type)):
            within = {name: self._sums(name, type, None, where, None)[0] for name in WITHIN}
        else:
            sums = {name: self._batched(name, type, where) for name in sums}
            within = {
                name: upto(self._waits(type, lost, period, day), target.seconds)
                for lost, name in enumerate(WITHIN)
            }
        above, below = met(wanted.definition, sums["offered"], sums["answered"], *within.values())
        found = ratio(above, below, self.replications)
        return found if below.sum() > 0 else Estimate(1.0, 0.0, self.replications)

    def mean_wait(
        self,
        type: str | None = None,  # noqa: A002
        *,
        group: str | None = None,
        period: Place = None,
        day: int | None = None,
        agent: str | None = None,
    ) -> Estimate:
        """Seconds the answered waited; of a group, or with detail an agent: the calls and chats it answered."""
        of = "answered" if group is None and agent is None else "callers_answered"
        return self.share("wait_seconds", of, type=type, group=group, period=period, day=day, agent=agent)

    def queue_length(
        self,
        type: str | None = None,  # noqa: A002
        *,
        period: Place = None,
        day: int | None = None,
    ) -> Estimate:
        """Contacts waiting, on average over the time counted."""
        where = self._periods(period, day)
        values, sizes = self._sums("queue_seconds", type, None, where, None)
        return ratio(values, sizes * sum(self.counted_seconds[where or slice(None)]), self.replications)

    def occupancy(
        self, group: str | None = None, *, period: Place = None, day: int | None = None, agent: str | None = None
    ) -> Estimate:
        """Busy seconds as a share of staffed seconds."""
        import numpy as np

        where = self._periods(period, day)
        names = (group,) if agent or group else self.model.group_names
        above, below = (
            np.sum(
                [self._sums(measure, None, name, where, agent)[0] for name in names],
                axis=0,
            )
            for measure in ("busy_seconds", "staffed_seconds")
        )
        return ratio(above, below, self.replications)

    def offers(self, type: str | None = None, *, group: str | None = None) -> Offers | None:  # noqa: A002
        """Offers made, missed and taken over the run; None where the model describes none. Their margin is in
        ``value``."""
        from floorwalker.science.simulation.offers import offers

        of = None if type is None else self.model.type_names[self._type(type)]
        return offers(self, of, None if group is None else self.model.group(group).name)

    def percentile(
        self,
        type: str | None,  # noqa: A002
        p: float,
        *,
        group: str | None = None,
        period: Place = None,
        day: int | None = None,
    ) -> Estimate:
        """The wait (seconds) that share ``p`` of the answered did not exceed: to 1 s up to 120 s, later 1.5 %.

        Of a group, with detail: of all calls and chats it answered in the run, whatever their type.
        """
        if not 0 < p < 1:
            raise InvalidInput(f"p is {p:g}; give a share between 0 and 1, as 0.95")
        if group is not None:
            counts = self._group_waits(group, whole=type is None and period is None and day is None)
        else:
            counts = self._waits(type, 0, period, day)
        mean = quantiles(counts.sum(axis=0), p)
        return Estimate(float(mean), float(spread_of(quantiles(counts, p), mean)), self.replications)

    @property
    def counted_seconds(self) -> tuple[float, ...]:
        """How much of each period is counted: what is after the warm-up."""
        borders = self.model.periods.borders_seconds
        return tuple(max(0.0, end - max(begin, self.warm_up_seconds)) for begin, end in pairwise(borders))

    def metrics(self, type: str | None = None) -> QueueMetrics:  # noqa: A002
        """In the words of the formulas; ``load`` is the work offered, ``agents`` all who may take the type.

        Means alone: the same with intervals are ``service_level``, ``mean_wait``, ``queue_length``, ``occupancy``
        and ``share("abandoned", "offered")``.
        """
        seconds = sum(self.counted_seconds)
        names = {each.name for each in self._types(type)}
        takers = [g.name for g in self.model.groups if any(skill.type in names for skill in g.skills)]
        agents, busy = (
            sum(self.total(name, group=group).mean for group in takers)
            for name in ("staffed_seconds", "busy_seconds")
        )
        sums = {name: self.total(name, type=type).mean for name in FOR_METRICS}
        offered, answered = sums["offered"], sums["answered"]
        waits = sums["wait_seconds"] + sums["wait_seconds_lost"]
        per_contact = sums["handling_seconds"] / answered if answered else 0.0
        return QueueMetrics(
            agents=agents / seconds,
            load=offered * per_contact / seconds,
            service_level=self.service_level(type).mean,
            wait_probability=_over(sums["waited"], offered),
            abandon_rate=_over(sums["abandoned"], offered),
            asa_seconds=_over(sums["wait_seconds"], answered),
            mean_wait_seconds=_over(waits, offered),
            queue_length=sums["queue_seconds"] / seconds,
            occupancy=_over(busy, agents),
            answered_within=_over(sums["answered_within"], offered),
            abandoned_within=_over(sums["abandoned_within"], offered),
        )

    def replication_totals(self, measure: str) -> Values:
        """The sums of every replication by type: what paired comparisons on the same numbers need."""
        found: Values = self.kept.totals[:, :, _place(measure, _measures()[0])]
        return found

    def batches(self, measure: str) -> Values:
        """Sums of a measure of types for intervals of one's own: batch of replications, type, period."""
        found: Values = self.kept.type_periods[..., _place(measure, _measures()[0])]
        return found

    def to_frame(self, by: str = "type") -> pd.DataFrame:
        """Every measure, mean per replication and ``…_half_width`` (nan where one run tells none), a row each.

        ``by``: type, group, agent; period or day, a row per type in each; group-period or group-day.
        """
        from floorwalker.science.simulation.tabulate import frame

        return frame(self, by)

    def to_dict(self) -> dict[str, Any]:
        """Means and half-widths of every measure by type and by group, with the settings of the run."""
        from floorwalker.science.simulation.tabulate import as_dict

        return as_dict(self)

    def _type(self, name: str) -> int:
        return self.model.types.index(self.model.type(name))

    def _types(self, name: str | None) -> Sequence[Any]:
        return self.model.types if name is None else (self.model.type(name),)

    def _of_type(self, name: str | None) -> slice:
        place = 0 if name is None else self._type(name)
        return slice(None) if name is None else slice(place, place + 1)

    def _periods(self, period: Place, day: int | None) -> slice | None:
        """The periods asked for; None: the whole run."""
        if day is not None:
            starts = (*self.model.periods.day_starts, len(self.model.periods))
            if not 0 <= day < len(starts) - 1:
                raise InvalidInput(f"day is {day}; the model has days 0 to {len(starts) - 2}")
            return slice(starts[day], starts[day + 1])
        if isinstance(period, int):
            if not 0 <= period < len(self.model.periods):
                raise InvalidInput(f"period is {period}; the model has 0 to {len(self.model.periods) - 1}")
            return slice(period, period + 1)
        return period

    def _sums(
        self, measure: str, of: str | None, group: str | None, where: slice | None, agent: str | None
    ) -> tuple[Values, Values]:
        """Per replication, or per batch where periods or an agent are asked for; and replications in each."""
        import numpy as np

        kept, (of_type, of_group, of_agent) = self.kept, _measures()
        if agent is not None:
            known = of_group if self.detail else of_agent
            if measure in of_group and measure not in known:
                raise InvalidInput(
                    f"{measure!r} of an agent is counted in detail alone; simulate with detail=True"
                )
            return kept.agents[:, self._agent(agent), _place(measure, known)], kept.sizes
        ones = np.ones(len(kept.totals))
        if group is not None:
            at = self.model.group_names.index(self.model.group(group).name)
            if of is not None:
                if measure != "answered" or where is not None:
                    raise InvalidInput("by type and group together only 'answered' of the whole run is kept")
                return kept.taken[:, self._type(of), at], ones
            place = _place(measure, of_group)
            if where is None:
                return kept.groups[:, at, place], ones
            return kept.group_periods[:, at, where, place].sum(axis=1), kept.sizes
        place = _place(measure, of_type)
        if where is None:
            return kept.totals[:, self._of_type(of), place].sum(axis=1), ones
        return kept.type_periods[:, self._of_type(of), where, place].sum(axis=(1, 2)), kept.sizes

    def _agent(self, name: str) -> int:
        names = [agent.name for group in self.model.groups for agent in group.agents or ()]
        if name not in names:
            raise InvalidInput(f"there is no agent named {name!r}")
        return names.index(name)

    def _waits(self, of: str | None, lost: int, period: Place, day: int | None) -> Values:
        where = self._periods(period, day)
        if not self.detail:
            if period is not None:
                raise InvalidInput("waits are told by day; simulate with detail=True to ask for them by period")
            where = None if day is None else slice(day, day + 1)
        found: Values = self.kept.waits[:, self._of_type(of), where or slice(None), lost].sum(axis=(1, 2))
        return found

    def _group_waits(self, group: str, *, whole: bool) -> Values:
        if not self.detail:
            raise InvalidInput("waits of a group are counted in detail alone; simulate with detail=True")
        if not whole:
            raise InvalidInput("waits of a group are counted for all types and the whole run together")
        found: Values = self.kept.group_waits[:, self.model.group_names.index(self.model.group(group).name)]
        return found

    def _batched(self, measure: str, of: str | None, where: slice | None) -> Values:
        found: Values = self.batches(measure)[:, self._of_type(of), where or slice(None)].sum(axis=(1, 2))
        return found


WITHIN = ("answered_within", "abandoned_within")
FOR_METRICS = (
    *WITHIN,
    "offered",
    "answered",
    "abandoned",
    "waited",
    "wait_seconds",
    "wait_seconds_lost",
    "handling_seconds",
    "queue_seconds",
)


def met(definition: Definition, offered: Values, answered: Values, within: Values, left_within: Values) -> Any:
    """What a service level is of what, under a definition."""
    if definition is Definition.LATE_ABANDONS:
        return within, offered - left_within
    if definition is Definition.ALL_OFFERED:
        return within, offered
    if definition is Definition.ANSWERED_ONLY:
        return within, answered
    return within + left_within, offered


def _measures() -> tuple[tuple[str, ...], ...]:
    from floorwalker.science.simulation.kernel.measured import AGENT_MEASURES, GROUP_MEASURES, TYPE_MEASURES

    return TYPE_MEASURES, GROUP_MEASURES, AGENT_MEASURES


def _place(measure: str, known: tuple[str, ...]) -> int:
    if measure not in known:
        raise InvalidInput(f"there is no measure {measure!r} here; there are {', '.join(known)}")
    return known.index(measure)


def _over(above: float, below: float) -> float:
    return above / below if below else 0.0
