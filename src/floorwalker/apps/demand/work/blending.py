"""Blending our forecast and the client's by the weights their records have earned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from floorwalker.apps.demand.work.forecasting import version_of
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.forecasting import Forecast, Spread, TrackRecord, blend, earn
from floorwalker.science.timegrid import TimeGrid

OURS, CLIENT = "statistical", "client"


def blended(plain: dict[str, Any], watch: Watch) -> dict[str, Any]:
    """One version out of two sources; where the client says nothing, ours stands."""
    watch.tell(share=0.2, text=plain["name"])
    grid = TimeGrid(date.fromisoformat(plain["first_day"]), plain["days"], plain["step_seconds"], plain["zone"])
    ours = _ours(plain, grid)
    client, told = _client(plain["client"], ours)
    record = TrackRecord(
        (OURS, CLIENT),
        np.array(
            [[np.nan if v is None else v for v in plain["record"][s]] for s in (OURS, CLIENT)], dtype=np.float64
        )
        if plain["record"]["actual"]
        else np.empty((2, 0)),
        np.array(plain["record"]["actual"], dtype=np.float64),
    )
    earned = earn(record)
    both = blend({OURS: ours, CLIENT: client}, record)
    contacts = np.where(told, both.contacts, ours.contacts)
    found = replace(both, contacts=contacts, open=np.where(told, both.open, ours.open), method="blend by record")
    made = version_of(found, None)
    for day, usual in zip(made["forecast_days"], plain["usual"], strict=True):
        day["usual"] = usual
    return {
        **made,
        "origin": plain["origin"],
        "words": plain["words"],
        "scores": plain["scores"],
        "cleaned": plain["cleaned"],
        "special": plain["special"],
        "aht_known": plain["aht_known"],
        "made_from": {
            "version": plain["version"],
            "client_forecasts": plain["client_forecasts"],
            "weights": {name: round(weight, 4) for name, weight in earned.weights.items()},
            "corrections": {name: round(factor, 4) for name, factor in earned.correction.items()},
            "stretches": len(plain["record"]["actual"]),
            "days_told": int(np.unique(np.asarray(grid.day_index)[told]).size),
        },
    }


def _ours(plain: dict[str, Any], grid: TimeGrid) -> Forecast:
    def joined(name: str) -> np.ndarray:
        return np.array([np.nan if v is None else v for day in plain["ours"] for v in day[name]], dtype=np.float64)

    contacts = np.nan_to_num(joined("mean"))
    spread = Spread(
        np.array([day["day_cv"] for day in plain["ours"]]), np.nan_to_num(joined("slot_cv")),
        plain["slot_correlation"], plain["day_correlation"],
    )  # fmt: skip
    return Forecast(
        plain["name"], grid, contacts, joined("aht"), contacts > 0, spread, plain["method"], tuple(plain["notes"])
    )


def _client(said: list[list[Any]], ours: Forecast) -> tuple[Forecast, np.ndarray]:
    """The client's numbers on our intervals: as given, or a day's or week's total along our shape."""
    index = np.asarray(ours.grid.day_index)
    contacts, told = ours.contacts.copy(), np.zeros(len(ours.grid), dtype=bool)
    for day, days, total, values in said:
        number = (date.fromisoformat(day) - ours.grid.first_day).days
        here = (index >= number) & (index < number + days)
        if not here.any():
            continue
        if values and len(values) == int(here.sum()):
            contacts[here] = values
        else:
            shape = ours.contacts[here]
            inside = _share_inside(number, days, ours)
            whole = float(shape.sum())
            contacts[here] = shape * total * inside / whole if whole > 0 else total * inside / int(here.sum())
        told |= here
    return replace(ours, contacts=contacts, open=(ours.open | (contacts > 0)), method=CLIENT, notes=()), told


def _share_inside(number: int, days: int, ours: Forecast) -> float:
    """Which part of a week's number falls into the horizon: by days, as nothing is known of the rest."""
    first, last = max(number, 0), min(number + days, ours.grid.days)
    return (last - first) / days
