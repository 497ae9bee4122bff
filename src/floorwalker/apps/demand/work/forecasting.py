"""Forecasts of queues from their history: chosen, predicted, and everything a planner wants to argue with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.errors import ScienceError
from floorwalker.science.forecasting import (
    Calendar,
    Choice,
    Cleaned,
    Demand,
    Forecast,
    NewClient,
    Scale,
    Spread,
    apply_scenarios,
    forecast_queue,
    profile_in_words,
)
from floorwalker.science.timegrid import TimeGrid

LATEST_WEEKS = 8  # that make up what is usual for a weekday
PATHS, SEED = 400, 1
SHOWN_CHANGES = 300
LEADS = ((1, 1), (2, 2), (3, 4), (5, 8), (9, 78))  # weeks ahead, first to last, that an error is told for


def forecast(plain: dict[str, Any], watch: Watch) -> dict[str, Any]:
    """A forecast of each queue in ``plain["queues"]``; stopped early, those that were made. After a worker was
    killed it goes on behind the last queue that was forecast."""
    made: list[dict[str, Any]] = list(watch.kept["queues"]) if watch.kept else []
    queues = plain["queues"]
    done = {each["queue_id"] for each in made}
    for number, asked in enumerate(queues):
        if asked["queue_id"] in done:
            continue
        if watch.stopped():
            break
        watch.tell(share=number / len(queues), text=f"{asked['name']} ({number + 1} of {len(queues)})")
        try:
            made.append({"queue_id": asked["queue_id"], **one(asked)})
        except ScienceError as trouble:
            made.append({"queue_id": asked["queue_id"], "trouble": str(trouble)})
        watch.keep({"queues": made})
    return {"queues": made, "stopped": len(made) < len(queues)}


def one(asked: dict[str, Any]) -> dict[str, Any]:
    """The forecast of one queue with all that led to it, as plain values."""
    history = demand_of(asked)
    first = date.fromisoformat(asked["first_day"]) if asked["first_day"] else None
    first = first or history.grid.last_day + timedelta(days=1)
    grid = TimeGrid(first, asked["days"], history.grid.step_seconds, history.grid.zone)
    calendar = calendar_of(asked)
    found = forecast_queue(history, grid, calendar, asked["aht_seconds"])
    effects = [
        Scale(name, factor, date.fromisoformat(day), date.fromisoformat(day) + timedelta(days=1))
        for day, name, closed, factor in asked["special"]
        if factor is not None and not closed and grid.first_day <= date.fromisoformat(day) <= grid.last_day
    ]
    forecast = apply_scenarios(found.forecast, effects)
    return {
        **version_of(forecast, found.cleaned.demand),
        "origin": found.history.grid.last_day.isoformat(),
        "words": list(profile_in_words(found.cleaned.demand)),
        "scores": scores_of(found.choice),
        "cleaned": changes_of(found.cleaned),
        "special": special_of(calendar, asked, history.grid.first_day, grid.last_day),
        "aht_known": found.aht_known,
    }


def launch(plain: dict[str, Any], watch: Watch) -> dict[str, Any]:
    """The first forecast of a queue without a past: contacts a week along opening hours or another queue."""
    watch.tell(share=0.1, text=plain["name"])
    grid = TimeGrid(date.fromisoformat(plain["first_day"]), plain["days"], plain["step_seconds"], plain["zone"])
    weekdays, slots = np.asarray(grid.weekdays)[np.asarray(grid.day_index)], np.asarray(grid.slots)
    open_ = np.asarray(plain["open"], dtype=bool)[weekdays, slots]
    empty = Forecast(
        queue=plain["name"],
        grid=grid,
        contacts=np.zeros(len(grid)),
        aht_seconds=np.full(len(grid), np.nan),
        open=open_,
        spread=Spread(np.zeros(grid.days), np.zeros(len(grid))),
        method="new account",
    )
    client = NewClient(
        plain["name"],
        plain["contacts_per_week"],
        date.fromisoformat(plain["starts"]),
        ramp_days=plain["ramp_days"],
        aht_seconds=plain["aht_seconds"],
        profile=np.asarray(plain["profile"], dtype=np.float64),
        uncertainty=plain["uncertainty"],
    )
    made = client.apply(empty)
    return {
        **version_of(made, None),
        "origin": None,
        "words": list(profile_in_words(made)),
        "scores": {},
        "cleaned": [],
        "special": [],
        "aht_known": plain["aht_seconds"] is not None,
    }


def demand_of(asked: dict[str, Any]) -> Demand:
    """A queue's days as forecasting reads them; days not stored are unknown."""
    days = {date.fromisoformat(each["day"]): each for each in asked["history"]}
    first, last = min(days), max(days)
    grid = TimeGrid(first, (last - first).days + 1, asked["step_seconds"], asked["zone"])
    found = {name: np.full(len(grid), np.nan) for name in ("offered", "handled", "handling_seconds")}
    for day, row in days.items():
        part = grid.day_slice((day - first).days)
        for name, values in found.items():
            given = np.array([np.nan if v is None else v for v in row[name]], dtype=np.float64)
            if given.size == part.stop - part.start:
                values[part] = given
    handled, seconds = (None if np.all(np.isnan(found[n])) else found[n] for n in ("handled", "handling_seconds"))
    starts = np.asarray(grid.starts)
    trusted = np.zeros(len(grid), dtype=bool)
    for begin, end in asked["vouched"]:
        trusted |= (starts >= begin) & (starts < end)
    return Demand(asked["name"], grid, found["offered"], handled, seconds, trusted if trusted.any() else None)


def calendar_of(asked: dict[str, Any]) -> Calendar:
    """Public holidays of the site's country, and the queue's own list; a factor says its effect itself."""
    return Calendar(
        countries=tuple(asked["countries"]),
        special={date.fromisoformat(d): name for d, name, closed, factor in asked["special"] if factor is None},
        closed=frozenset(date.fromisoformat(d) for d, _name, closed, _factor in asked["special"] if closed),
    )


def version_of(forecast: Forecast, history: Demand | None, paths: int = PATHS) -> dict[str, Any]:
    """A forecast day by day, with its band and what would be usual."""
    grid = forecast.grid
    quantiles = {name: forecast.quantile(p) for name, p in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95))}
    index = np.asarray(grid.day_index)
    sums = np.stack([np.bincount(index, path, grid.days) for path in forecast.paths(paths, SEED)])
    low, high = np.quantile(sums, 0.05, axis=0), np.quantile(sums, 0.95, axis=0)
    usual = None if history is None else usual_of(history, grid)
    days = []
    for number, day in enumerate(grid.dates):
        part = grid.day_slice(number)
        days.append(
            {
                "day": day.isoformat(),
                "mean": plain(forecast.contacts[part]),
                **{name: plain(values[part]) for name, values in quantiles.items()},
                "aht": plain(forecast.aht_seconds[part], 1),
                "slot_cv": plain(forecast.spread.slot_cv[part], 5),
                "day_cv": round(float(forecast.spread.day_cv[number]), 5),
                "total": round(float(forecast.contacts[part].sum()), 3),
                "total_p05": round(float(low[number]), 1),
                "total_p95": round(float(high[number]), 1),
                "usual": [] if usual is None else plain(usual[part]),
            }
        )
    return {
        "first_day": grid.first_day.isoformat(),
        "days": grid.days,
        "step_minutes": grid.step_seconds // 60,
        "zone": grid.zone,
        "method": forecast.method,
        "notes": list(forecast.notes),
        "slot_correlation": float(forecast.spread.slot_correlation),
        "day_correlation": float(forecast.spread.day_correlation),
        "forecast_days": days,
    }


def usual_of(history: Demand, grid: TimeGrid) -> np.ndarray:
    """Mean of the weekday's latest weeks at each interval's time of day; NaN where never seen."""
    past = history.grid
    weekdays, slots = np.asarray(past.weekdays)[np.asarray(past.day_index)], np.asarray(past.slots)
    recent = np.asarray(past.day_index) >= past.days - 7 * LATEST_WEEKS
    use = recent & ~np.isnan(history.offered)
    count = 7 * past.slots_per_day
    cells = weekdays * past.slots_per_day + slots
    seen = np.bincount(cells[use], minlength=count)
    sums = np.bincount(cells[use], history.offered[use], count)
    means = np.where(seen > 0, sums / np.maximum(seen, 1), np.nan)
    ahead = np.asarray(grid.weekdays)[np.asarray(grid.day_index)] * grid.slots_per_day + np.asarray(grid.slots)
    return np.asarray(means[ahead])


def scores_of(choice: Choice) -> dict[str, Any]:
    """Both tables of error: every method tried, and the chosen one by weekday and weeks ahead."""
    own = [trial for trial in choice.trials if trial.method == choice.name]
    missed, came = np.zeros((len(LEADS), 7)), np.zeros((len(LEADS), 7))
    for trial in own:
        grid = trial.forecast.grid
        index = np.asarray(grid.day_index)
        known = ~np.isnan(trial.actual)
        actual = np.bincount(index[known], trial.actual[known], grid.days)
        expected = np.bincount(index[known], trial.forecast.contacts[known], grid.days)
        for number, weekday in enumerate(grid.weekdays):
            row = next(place for place, (_, last) in enumerate(LEADS) if number // 7 < last)
            missed[row, weekday] += abs(actual[number] - expected[number])
            came[row, weekday] += actual[number]
    table = [
        {
            "weeks": list(LEADS[row]),
            "errors": [
                round(float(m / c), 4) if c > 0 else None for m, c in zip(missed[row], came[row], strict=True)
            ],
        }
        for row in range(len(LEADS))
        if came[row].any()
    ]
    return {
        "chosen": choice.name,
        "origins": len(own),
        "horizon_days": choice.horizon_days,
        "methods": {name: finite(scores.to_dict()) for name, scores in choice.scores.items()},
        "by_weekday": table,
    }


def changes_of(cleaned: Cleaned) -> list[dict[str, Any]]:
    """What of the history was set aside, the latest first; hours that are always closed are no news."""
    told = [change for change in cleaned.changes if change.kind != "closed"][-SHOWN_CHANGES:]
    return [
        {
            "kind": str(change.kind),
            "start": change.start.isoformat(),
            "end": change.end.isoformat(),
            "was": None if change.was != change.was else round(change.was, 1),
            "now": None if change.now != change.now else round(change.now, 1),
            "because": change.because,
        }
        for change in reversed(told)
    ]


def special_of(calendar: Calendar, asked: dict[str, Any], first: date, last: date) -> list[list[Any]]:
    """Days that differ, of the history and of the horizon: day, name, closed, factor."""
    listed = {
        date.fromisoformat(day): [day, name, closed, factor] for day, name, closed, factor in asked["special"]
    }
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day in listed:
            found.append(listed[day])
        elif name := calendar.name(day):
            found.append([day.isoformat(), name, False, None])
    return found


def plain(values: np.ndarray, digits: int = 3) -> list[float | None]:
    """Values as JSON has them; unknown ones null."""
    return [None if v != v else round(float(v), digits) for v in values.tolist()]


def finite(scores: dict[str, float]) -> dict[str, float | None]:
    return {name: round(v, 5) if v == v and abs(v) != float("inf") else None for name, v in scores.items()}
