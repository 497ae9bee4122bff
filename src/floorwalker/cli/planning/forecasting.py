"""The forecasts of a plan's queues, said stage by stage, on every core where there are many."""

from __future__ import annotations

from collections.abc import Mapping

from floorwalker.cli.output import Stages
from floorwalker.science.forecasting import Calendar, Demand, QueueForecast, forecast_queue
from floorwalker.science.timegrid import TimeGrid

FEWEST_IN_PARALLEL = 4  # fewer are done sooner than another process has started


def forecast_queues(
    demands: Mapping[str, Demand], grids: Mapping[str, TimeGrid], calendar: Calendar, aht_seconds: float | None,
    stages: Stages,
) -> dict[str, QueueForecast]:  # fmt: skip
    """The forecast of each queue over its grid."""
    if len(demands) < FEWEST_IN_PARALLEL:
        found = {}
        for queue, demand in demands.items():
            with stages.stage(f"Forecasting {queue}"):
                found[queue] = forecast_queue(demand, grids[queue], calendar, aht_seconds)
        return found
    from joblib import Parallel, delayed

    work = (delayed(forecast_queue)(d, grids[queue], calendar, aht_seconds) for queue, d in demands.items())
    results: list[QueueForecast] = []
    with stages.stage(f"Forecasting {len(demands)} queues"):
        for done in Parallel(n_jobs=-1, return_as="generator")(work):
            results.append(done)
            stages.line(f"  {len(results)} of {len(demands)} queues …")
    return dict(zip(demands, results, strict=True))
