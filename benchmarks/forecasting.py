"""Forecast accuracy beside the peers, on real histories, in one run.

    FLOORWALKER_DATA=/path/to/data python benchmarks/forecasting.py [--full]

Every figure of ours is nested: at each origin the method, its weights and its width come from earlier days only.
Peers that are not installed, and data that are not there, are skipped by name.
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import logging
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from floorwalker.science.forecasting import Calendar, Demand, SlotMean, backtest, choose, choose_each
from floorwalker.science.forecasting.accuracy import wape
from floorwalker.science.forecasting.day_matrix import by_day
from floorwalker.science.forecasting.width import busiest_quarter
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid

Peer = Callable[[Demand, int], np.ndarray]

FEWEST_WEEKS = 9  # of history before an origin is worth judging


def run(full: bool) -> list[dict[str, Any]]:
    """Rows of ``case``, ``method``, ``figure``, ``value``; ``full`` chooses for a thousand queues."""
    folder = os.environ.get("FLOORWALKER_DATA")
    rows: list[dict[str, Any]] = []
    if folder is None:
        _say("skipped: real histories (set FLOORWALKER_DATA to their folder)")
    else:
        data = Path(folder)
        rows += _weekly("bank-calls, 30 min, 7 days", bank_calls(data), Calendar(("US",)), full)
        rows += _weekly("technion, 30 min, 7 days", technion(data), Calendar(("IL",)), full)
        rows += _far("daily calls, 121 days", daily_calls(data))
    rows += _speed(full)
    return rows


def bank_calls(data: Path) -> Demand:
    """Five-minute counts added up to half hours; nights, weekends and gaps unknown."""
    with gzip.open(next((data / "bank-calls-5min").glob("*.csv.gz")), "rt") as file:
        found = [(datetime.fromisoformat(r["DateTime"]), float(r["Calls"])) for r in csv.DictReader(file)]
    first = found[0][0].date()
    counts = np.full(((found[-1][0].date() - first).days + 1, 48), np.nan)
    for when, calls in found:
        cell = (when.date() - first).days, (when.hour * 60 + when.minute) // 30
        counts[cell] = np.nan_to_num(counts[cell]) + calls
    return Demand("bank-calls", TimeGrid(first, len(counts), 1800), counts.ravel())


def technion(data: Path) -> Demand:
    """Six-minute counts added up to half hours."""
    with gzip.open(next((data / "technion-anonymous-bank-1999").glob("arrivals_6min*.csv.gz")), "rt") as file:
        calls = np.array([float(r["calls"]) for r in csv.DictReader(file)])
    counts = calls.reshape(-1, 5).sum(axis=1)
    return Demand("technion", TimeGrid(date(1999, 1, 1), len(counts) // 48, 1800), counts)


def daily_calls(data: Path) -> Demand:
    path = next((data / "daily-calls-and-reservations").glob("case_data_calls*.csv"))
    with path.open(encoding="utf-8-sig") as file:
        calls = np.array([float(r["calls"]) for r in csv.DictReader(file, delimiter=";")])
    return Demand("daily-calls", TimeGrid(date(2013, 1, 1), len(calls), 86_400, "Europe/Rome"), calls)


def _weekly(case: str, demand: Demand, calendar: Calendar, full: bool) -> Iterator[dict[str, Any]]:
    """Weekly origins over the last eight weeks, ours and the peers on the same windows."""
    result = backtest(demand, horizon_days=7, weeks=8, calendar=calendar)
    trials = result.trials
    for name, scores in result.methods.items():
        yield _row(case, name, "wape", scores.wape)
    yield _row(case, f"CHOSEN ({result.chosen.name})", "wape", result.chosen.scores.wape)
    pooled, peak = _coverage(trials)
    yield _row(case, "CHOSEN", "coverage pooled", pooled)
    yield _row(case, "CHOSEN", "coverage busiest quarter", peak)
    if full:  # eight weeks are few independent days, so the width is judged on every origin there is as well
        everywhere = backtest(
            demand, horizon_days=7, weeks=demand.grid.days // 7 - FEWEST_WEEKS, calendar=calendar
        )
        pooled, peak = _coverage(everywhere.trials)
        weeks = len(everywhere.trials)
        yield _row(case, "CHOSEN", f"coverage pooled, {weeks} origins", pooled)
        yield _row(case, "CHOSEN", f"coverage busiest quarter, {weeks} origins", peak)
    for name, expected in _peers(case, [demand.days(0, trial.origin) for trial in trials], 7):
        served = [np.where(t.forecast.open, e, 0.0) for t, e in zip(trials, expected, strict=True)]
        yield _row(case, f"peer {name}", "wape", wape(_join(t.actual for t in trials), _join(served)))


def _far(case: str, demand: Demand) -> Iterator[dict[str, Any]]:
    """Four months ahead from three origins, against last year scaled by the growth of the latest four weeks."""
    ours, scaled, inside, pasts, came = [], [], [], [], []
    for origin in (date(2015, 2, 28), date(2015, 4, 30), date(2015, 6, 30)):
        day = demand.grid.dates.index(origin) + 1
        past, actual = demand.days(0, day), demand.offered[day : day + 121]
        pasts.append(past)
        came.append(actual)
        choice = choose(past, horizon_days=121)
        forecast = choice.predict(past.grid.following(121))
        y = past.offered
        last_year = y[-364 : -364 + 121] * (y[-28:].sum() / y[-28 - 364 : -364].sum())
        ours.append(wape(actual, forecast.contacts))
        scaled.append(wape(actual, last_year))
        inside.append((actual >= forecast.quantile(0.05)) & (actual <= forecast.quantile(0.95)))
        yield _row(case, f"CHOSEN {choice.name} from {origin}", "wape", ours[-1])
        yield _row(case, f"last year × growth from {origin}", "wape", scaled[-1])
    yield _row(case, "CHOSEN", "mean wape", float(np.mean(ours)))
    yield _row(case, "last year × growth", "mean wape", float(np.mean(scaled)))
    yield _row(case, "CHOSEN", "coverage pooled", float(np.mean(_join(inside))))
    for name, expected in _peers(case, pasts, 121):
        errors = [wape(a, e) for a, e in zip(came, expected, strict=True)]
        yield _row(case, f"peer {name}", "mean wape", float(np.mean(errors)))


def _speed(full: bool) -> Iterator[dict[str, Any]]:
    """CPU seconds of choosing and forecasting two years of half hours, and of many plain queues."""
    demand = made_up(731, seed=1)
    choose(demand.days(0, 120), horizon_days=7, origins=2)  # imports and first compilation apart
    began = time.process_time()
    choose(demand, horizon_days=7).predict(demand.grid.following(7))
    yield _row("two years of 30 min", "choose + forecast", "CPU seconds", time.process_time() - began)
    queues = {f"q{i}": made_up(90, seed=i) for i in range(1000 if full else 50)}
    began = time.perf_counter()
    choose_each(queues, horizon_days=7, origins=4, methods=[SlotMean(4), SlotMean(8)], n_jobs=2)
    yield _row(
        f"{len(queues)} queues of 90 days",
        "choose_each, slot means, 2 jobs",
        "seconds",
        time.perf_counter() - began,
    )


def made_up(days: int, seed: int) -> Demand:
    """Open 08:00-20:00 Monday to Saturday, a double peak, a yearly season, a slow drift."""
    rng = np.random.default_rng(seed)
    grid = TimeGrid(date(2022, 1, 3), days, 1800, "Europe/Berlin")
    slot = np.asarray(grid.slots)
    day = np.asarray(grid.day_index)
    shape = np.exp(-(((slot - 21) / 5) ** 2)) + 0.7 * np.exp(-(((slot - 31) / 5) ** 2))
    level = 60 * (1 + 0.3 * np.sin(2 * np.pi * np.arange(days) / 365)) * np.exp(rng.normal(0, 0.06, days))
    served = (slot >= 16) & (slot < 40) & (np.asarray(grid.weekdays)[day] < 6)
    return Demand(f"q{seed}", grid, np.where(served, rng.poisson(level[day] * shape), 0).astype(float))


def _coverage(trials: Any) -> tuple[float, float]:
    every, peak = [], []
    for t in trials:
        meant = by_day(t.forecast.contacts, t.forecast.grid)
        real, low, high = (by_day(v, t.forecast.grid) for v in (t.actual, *map(t.forecast.quantile, (0.05, 0.95))))
        counted = ~np.isnan(real) & (meant > 0)
        inside = (real >= low) & (real <= high)
        every.append(inside[counted])
        peak.append(inside[counted & busiest_quarter(meant)])
    return float(np.mean(_join(every))), float(np.mean(_join(peak)))


def _peers(case: str, pasts: list[Demand], days: int) -> Iterator[tuple[str, list[np.ndarray]]]:
    """What each peer that is installed expects after each of the histories; two at a time."""
    from joblib import Parallel, delayed

    for name, peer, needs in PEERS:
        if needs and not importlib.util.find_spec(needs):
            _say(f"skipped: {name}, {needs} is not installed")
            continue
        _say(f"{case}: {name} at {len(pasts)} origins")
        yield name, Parallel(n_jobs=2)(delayed(_quietly)(peer, past, days) for past in pasts)


def _quietly(peer: Peer, past: Demand, days: int) -> np.ndarray:
    """The peer's forecast without its warnings about its own dependencies."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return peer(past, days)


def slot_mean(weeks: int) -> Peer:
    """Mean of the same slot on the last same weekdays."""
    return lambda past, days: SlotMean(weeks).fit(past, Calendar()).predict(past.grid.following(days)).contacts


def prophet(past: Demand, days: int) -> np.ndarray:
    """Prophet as it comes, with a year as season where two are known, fitted on the served intervals."""
    import pandas as pd
    from prophet import Prophet

    for name in ("cmdstanpy", "prophet", "prophet.plot"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    stamps = pd.to_datetime(np.asarray(past.grid.starts), unit="s")
    known = past.offered > 0
    model = Prophet(
        daily_seasonality=24 if past.grid.step_seconds < DAY_SECONDS else False,
        weekly_seasonality=True,
        yearly_seasonality=past.grid.days > 2 * 365,
        uncertainty_samples=0,
    )
    model.fit(pd.DataFrame({"ds": stamps[known], "y": past.offered[known]}))
    ahead = pd.to_datetime(np.asarray(past.grid.following(days).starts), unit="s")
    return np.maximum(model.predict(pd.DataFrame({"ds": ahead}))["yhat"].to_numpy(), 0)


def mstl(past: Demand, days: int) -> np.ndarray:
    """MSTL with a day and a week of served intervals as seasons; for daily counts a week and a year."""
    from statsforecast.models import MSTL

    def fit(y: np.ndarray, day: int, week: int, ahead: int) -> np.ndarray:
        seasons = [day, week] if day > 1 else [week, 52 * week]
        return MSTL(seasons).fit(y).predict(ahead)["mean"]

    return _on_served(past, days, fit)


def auto_ets(past: Demand, days: int) -> np.ndarray:
    """AutoETS with the day as season, as a week of half hours is too long for it; the week for daily counts."""
    from statsforecast.models import AutoETS

    def fit(y: np.ndarray, day: int, week: int, ahead: int) -> np.ndarray:
        return AutoETS(season_length=day if day > 1 else week).fit(y).predict(ahead)["mean"]

    return _on_served(past, days, fit)


def _on_served(past: Demand, days: int, fit: Callable[..., np.ndarray]) -> np.ndarray:
    """Run a seasonal method on the served weekdays and slots only, as one even series."""
    counts = by_day(past.offered, past.grid)
    weekdays = np.array(past.grid.weekdays)
    open_slots = np.flatnonzero(np.nansum(counts, axis=0) > 0)
    open_weekdays = [w for w in range(7) if np.nansum(counts[weekdays == w]) > 0]
    for d in range(7, len(counts)):
        counts[d] = np.where(np.isnan(counts[d]), counts[d - 7], counts[d])
    served = np.isin(weekdays, open_weekdays)
    series = np.nan_to_num(counts[served][:, open_slots]).ravel()
    ahead = np.zeros((days, counts.shape[1]))
    rows = np.isin(past.grid.following(days).weekdays, open_weekdays)
    per_day = len(open_slots)
    made = fit(series, per_day, per_day * len(open_weekdays), int(rows.sum()) * per_day)
    ahead[np.ix_(rows, open_slots)] = np.maximum(np.asarray(made), 0).reshape(-1, per_day)
    return ahead.ravel()


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _join(parts: Any) -> np.ndarray:
    return np.concatenate(list(parts))


def _row(case: str, method: str, figure: str, value: float) -> dict[str, Any]:
    row = {"case": case, "method": method, "figure": figure, "value": value}
    print(f"{case:28} {method:36} {figure:26} {value:8.4f}", file=sys.stderr, flush=True)
    return row


PEERS: tuple[tuple[str, Peer, str | None], ...] = (
    ("last week", slot_mean(1), None),
    ("mean of 4 weeks", slot_mean(4), None),
    ("Prophet", prophet, "prophet"),
    ("MSTL", mstl, "statsforecast"),
    ("AutoETS", auto_ets, "statsforecast"),
)

if __name__ == "__main__":
    run(full="--full" in sys.argv)
