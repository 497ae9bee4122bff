"""From the kernel's row of numbers to :class:`QueueMetrics`."""

from __future__ import annotations

from floorwalker.science.queueing import kernel
from floorwalker.science.queueing.goals import DEFINITION_NUMBERS
from floorwalker.science.queueing.metrics import QueueMetrics
from floorwalker.science.queueing.target import ServiceTarget


def metrics_of(
    agents: float,
    contacts: float,
    interval_seconds: float,
    aht_seconds: float,
    patience_seconds: float,
    target: ServiceTarget,
) -> QueueMetrics:
    """The metrics of checked arguments; infinite patience is Erlang C."""
    level, wait, abandon, asa, mean_wait, queue, occupancy, in_time, quick, stable = kernel.measures(
        float(agents),
        float(contacts),
        float(interval_seconds),
        float(aht_seconds),
        float(patience_seconds),
        float(target.seconds),
        DEFINITION_NUMBERS[target.definition],
    )
    return QueueMetrics(
        agents=float(agents),
        load=float(contacts) * float(aht_seconds) / float(interval_seconds),
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
