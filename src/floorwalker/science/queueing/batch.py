"""Erlang C and A for arrays: the kernel as it stands for few rows, compiled for many.

NumPy and Numba are imported inside the functions, so that importing this module stays plain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import kernel
from floorwalker.science.queueing.arguments import (
    LARGEST_LOAD,
    MOST_AGENTS,
    check_agents,
    check_demand,
    check_patience,
)
from floorwalker.science.queueing.compiled import compiled
from floorwalker.science.queueing.goals import DEFINITION_NUMBERS, Goals
from floorwalker.science.queueing.inverse import check_goals_fit
from floorwalker.science.queueing.target import ServiceTarget

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

COMPILE_FROM = 1000  # rows; fewer are done in plain Python before the compiler has started


@dataclass(frozen=True)
class MetricsTable:
    """:class:`QueueMetrics` of many intervals: one array per field, all of the broadcast shape."""

    agents: Floats
    load: Floats
    service_level: Floats
    wait_probability: Floats
    abandon_rate: Floats
    asa_seconds: Floats
    mean_wait_seconds: Floats
    queue_length: Floats
    occupancy: Floats
    answered_within: Floats
    abandoned_within: Floats
    stable: NDArray[np.bool_]


def evaluate(
    agents: ArrayLike,
    contacts: ArrayLike,
    interval_seconds: ArrayLike,
    aht_seconds: ArrayLike,
    target: ServiceTarget,
    patience_seconds: ArrayLike | None = None,
) -> MetricsTable:
    """The metrics of every row of arguments that broadcast; patience None (or infinite) is Erlang C.

    Each row is what :func:`erlang_a` or :func:`erlang_c` answer; agents may be fractional. Raises InvalidInput.
    """
    import numpy as np

    patience = inf if patience_seconds is None else patience_seconds
    columns = _columns(agents, contacts, interval_seconds, aht_seconds, patience)
    shape = columns[0].shape
    _check_rows(*columns)
    rows = np.empty((columns[0].size, 10))
    fill: Callable[..., None] = compiled().measure_rows if len(rows) >= COMPILE_FROM else kernel.measure_rows
    flat = [column.ravel() if len(rows) >= COMPILE_FROM else column.ravel().tolist() for column in columns]
    fill(*flat, float(target.seconds), DEFINITION_NUMBERS[target.definition], rows)
    level, wait, abandon, asa, mean_wait, queue, occupancy, in_time, quick, stable = (
        rows[:, column].reshape(shape) for column in range(10)
    )
    return MetricsTable(
        agents=columns[0],
        load=columns[1] * columns[3] / columns[2],
        service_level=level,
        wait_probability=wait,
        abandon_rate=abandon,
        asa_seconds=asa,
        mean_wait_seconds=mean_wait,
        queue_length=queue,
        occupancy=occupancy,
        answered_within=in_time,
        abandoned_within=quick,
        stable=stable == 1,
    )


def smallest_staff_each(
    contacts: ArrayLike,
    interval_seconds: ArrayLike,
    aht_seconds: ArrayLike,
    goals: Goals,
    patience_seconds: ArrayLike | None = None,
) -> NDArray[np.int64]:
    """:func:`smallest_staff` of every row of arguments that broadcast. Raises InvalidInput."""
    import numpy as np

    check_goals_fit(goals, patience_seconds)
    patience = inf if patience_seconds is None else patience_seconds
    columns = _columns(contacts, interval_seconds, aht_seconds, patience)
    _check_rows(np.zeros_like(columns[0]), *columns)
    staff = np.empty(columns[0].size, dtype=np.int64)
    fill: Callable[..., None] = compiled().staff_rows if len(staff) >= COMPILE_FROM else kernel.staff_rows
    flat = [column.ravel() if len(staff) >= COMPILE_FROM else column.ravel().tolist() for column in columns]
    fill(*flat, goals.limits(), staff)
    return staff.reshape(columns[0].shape)


def _columns(*arguments: ArrayLike) -> list[Floats]:
    import numpy as np

    try:
        together = np.broadcast_arrays(*(np.asarray(argument, dtype=float) for argument in arguments))
    except ValueError as error:
        raise InvalidInput(f"the arrays do not fit together: {error}; give numbers of one shape") from error
    return [np.array(column) for column in together]


def _check_rows(agents: Floats, contacts: Floats, interval: Floats, aht: Floats, patience: Floats) -> None:
    """Refuse the first row the scalar functions would refuse, with its number."""
    import numpy as np

    with np.errstate(all="ignore"):
        fine = (agents >= 0) & (agents <= MOST_AGENTS) & (contacts >= 0) & (interval > 0) & (interval < inf)
        fine &= (aht > 0) & (contacts * aht / interval <= LARGEST_LOAD) & (patience > 0)
    if fine.all():
        return
    row = int(np.flatnonzero(~fine.ravel())[0])
    try:
        check_agents(float(agents.flat[row]))
        check_demand(float(contacts.flat[row]), float(interval.flat[row]), float(aht.flat[row]))
        check_patience(float(patience.flat[row]))
    except InvalidInput as error:
        raise InvalidInput(f"row {row} (counted from 0): {error}") from error
