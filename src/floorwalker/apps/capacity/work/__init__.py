"""What the staffing job computes in its child process: plain values in, plain values out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import numpy as np

from floorwalker.apps.capacity.rules import AUDIT, CURVE_OFFSETS, PRICE_LEVELS, best_stretch, curve_people
from floorwalker.apps.capacity.work import audits
from floorwalker.apps.capacity.work.case import Case, Plain, moment, numbers, people_at_work
from floorwalker.apps.capacity.work.steps import Steps
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.errors import ScienceError
from floorwalker.science.staffing import MarginalValue, Requirement, check_span, explain_each, risk

BAND_SIGMA = 1.645  # of the 5th and the 95th percentile


def staff(plain: Plain, watch: Watch) -> Plain:
    """Required staff, reasons, risk and prices of each queue, or what a simulation makes of them; stopped early,
    those that were finished. After a worker was killed it goes on behind the last queue that was finished, and
    simulated within a queue behind the last step."""
    kept = watch.kept or {}
    found: list[Plain] = list(kept.get("queues", []))
    begun: Plain = kept.get("begun", {})
    queues = plain["queues"]
    done = {each["id"] for each in found}
    for number, queue in enumerate(queues):
        if queue["id"] in done:
            continue
        if watch.stopped():
            break
        watch.tell(share=number / len(queues), text=queue["name"])
        try:
            if plain["purpose"] == AUDIT:
                so_far = begun.get("steps") if begun.get("id") == queue["id"] else None
                steps = Steps(so_far, partial(_keep_begun, watch, [*found], queue["id"]), watch.stopped)
                result = audits.one_queue(queue, watch, number / len(queues), 1 / len(queues), steps)
                if result is None:
                    break
            else:
                result = one_queue(queue, plain["purpose"])
            found.append({"id": queue["id"], "of": queue["of"], **result})
        except ScienceError as trouble:
            found.append({"id": queue["id"], "trouble": str(trouble)})
        watch.keep({"queues": [*found]})
    return {"queues": found}


def _keep_begun(watch: Watch, found: list[Plain], number: int, done: Plain) -> None:
    watch.keep({"queues": found, "begun": {"id": number, "steps": done}})


def one_queue(plain: Plain, purpose: str) -> Plain:
    """One queue over its days; for the purpose ``risk`` without the requirement itself."""
    case = Case.of(plain)
    need = case.need()
    people, bases = people_at_work(need, plain["rostered"])
    there = people * case.presence
    one_more = case.value(there)
    found: Plain = {
        "risks": risks(case, people, bases, one_more),
        "prices": prices(case, need, there, plain["rosters"]),
    }
    if purpose == "requirement":
        found["days"] = days(case, need)
        found["curve_offsets"] = list(CURVE_OFFSETS)
    return found


def days(case: Case, need: Requirement) -> list[Plain]:
    """Each local day: its numbers, and the reasons of every interval in which somebody is needed."""
    grid = case.forecast.grid
    wanted = [int(i) for i in np.flatnonzero(need.scheduled)]
    opened = explain_each(case.forecast, wanted, case.goals, **case.settings)
    reasons = {
        i: [{"name": p.name, "amount": round(p.amount, 6), "because": p.because} for p in each.parts]
        for i, each in zip(wanted, opened, strict=True)
    }
    value = case.value(need.required.astype(np.float64))
    hours = np.asarray(grid.lengths) / 3600
    columns = {
        "contacts": numbers(case.forecast.contacts),
        "aht_seconds": numbers(case.forecast.aht_seconds, unknown=0.0),
        "required": need.required.tolist(),
        "scheduled": need.scheduled.tolist(),
        "service_level": numbers(need.service_level),
        "abandon_rate": numbers(need.abandon_rate),
        "asa_seconds": numbers(need.asa_seconds),
        "occupancy": numbers(need.occupancy),
        "saved_by_one_more": numbers(value.saved_by_one_more * hours, unknown=0.0),
        "in_time_by_one_more": numbers(value.in_time_by_one_more * hours, unknown=0.0),
    }
    curves = abandoned(case, need)
    found = []
    for number in range(grid.days):
        part = grid.day_slice(number)
        found.append(
            {
                "day": grid.dates[number].isoformat(),
                "start": moment(grid, part.start),
                "abandoned": curves[part],
                "reasons": {str(i - part.start): reasons[i] for i in range(part.start, part.stop) if i in reasons},
                **{name: values[part] for name, values in columns.items()},
            }
        )
    return found


def abandoned(case: Case, need: Requirement) -> list[list[float]]:
    """Callers who hang up with fewer and with more people on the schedule than required, interval by interval.

    The same formula as the prices of time off the phones; here round the requirement, so that it holds whatever is
    rostered.
    """
    if case.patience_seconds is None:
        return []  # nobody hangs up in a model without patience
    people = np.asarray([curve_people(int(each), CURVE_OFFSETS) for each in need.scheduled], dtype=np.float64)
    lost = np.stack([case.lost(each * case.presence) for each in people.T])
    falling = np.minimum.accumulate(lost, axis=0)
    return [[float(f"{callers:.7g}") for callers in row] for row in falling.T]


def risks(case: Case, people: np.ndarray, bases: list[str], value: MarginalValue) -> list[Plain]:
    """Every day: how likely it misses its goals, callers that meet nobody at all, and the cheapest repair."""
    forecast, grid = case.forecast, case.forecast.grid
    wanted = {"patience_seconds": case.patience_seconds, "shrinkage": case.shrinkage}
    wanted["absence"] = case.policy["absence"]
    found = risk(forecast, case.goals, people, **wanted).warnings(threshold=-1.0, days=grid.days)
    uncovered = [each.missed_contacts for each in check_span(forecast, people)]
    rows = []
    for number, each in enumerate(found):
        part = grid.day_slice(number)
        rows.append(
            {
                "day": each.day.isoformat(),
                "basis": bases[number],
                "probability": min(1.0, max(0.0, each.probability)),
                "riskiest": moment(grid, each.riskiest),
                "short_hours": each.short_hours,
                "contacts": float(forecast.contacts[part].sum()),
                "uncovered_contacts": float(uncovered[number]),
                **repair(case, value, part),
            }
        )
    return rows


def repair(case: Case, value: MarginalValue, part: slice) -> Plain:
    """The two hours in which one person more on the schedule wins most of a day, and what they win there."""
    grid = case.forecast.grid
    hours = np.asarray(grid.lengths)[part] / 3600 * case.presence
    in_time, kept = value.in_time_by_one_more[part] * hours, value.saved_by_one_more[part] * hours
    stretch = best_stretch(np.maximum(in_time, kept).tolist(), grid.step_seconds)
    if stretch is None:
        return {}
    first, end = stretch
    last = part.start + end - 1
    return {
        "repair_start": moment(grid, part.start + first),
        "repair_end": datetime.fromtimestamp(grid.starts[last] + grid.lengths[last], UTC).isoformat(),
        "repair_kept": float(kept[first:end].sum()),
        "repair_in_time": float(in_time[first:end].sum()),
    }


def prices(case: Case, need: Requirement, there: np.ndarray, rosters: list[list[int] | None]) -> list[Plain]:
    """Callers lost by one, two, five and ten agents off the phones, interval by interval and day by day, and what
    that is in money where it is known what a contact is worth.

    The band is the forecast's: the same agents away when contacts come at the 5th and at the 95th percentile of
    the day's busyness, as a factor on the expected loss.
    """
    if case.patience_seconds is None:
        return []  # nobody hangs up in a model without patience; a price would be a guess
    base, away = case.achieved(there), [case.achieved(np.maximum(there - k, 0.0)) for k in PRICE_LEVELS]
    rising = dearer([each.abandoned - base.abandoned for each in away])
    money = dearer([case.earned(base) - case.earned(each) for each in away]) if case.worth_known else None
    grid = need.grid
    found = []
    for number in range(grid.days):
        part = grid.day_slice(number)
        low, high = band(case, there, number)
        callers = [scaled(rising[:, part], factor) for factor in (1.0, low, high)]
        found.append(
            {
                "start": moment(grid, part.start),
                "step_seconds": grid.step_seconds,
                **dict(zip(("callers", "low", "high"), callers, strict=True)),
                "money": None if money is None else [scaled(money[:, part], f) for f in (1.0, low, high)],
                "roster": rosters[number],
            }
        )
    return found


def dearer(losses: list[np.ndarray]) -> np.ndarray:
    """Losses by agents off the phones, never below 0 and never less than by fewer: ``[level, interval]``."""
    return np.maximum.accumulate(np.maximum(np.stack(losses), 0.0), axis=0)


def scaled(rising: np.ndarray, factor: float) -> list[list[float]]:
    """A row an interval, a number a level."""
    return [[round(float(each) * factor, 6) for each in row] for row in rising.T]


def band(case: Case, there: np.ndarray, number: int) -> tuple[float, float]:
    """Factors on a day's loss by one agent in a quiet and in a busy version of the day."""
    forecast = case.forecast
    part = forecast.grid.day_slice(number)
    cv = float(forecast.spread.day_cv[number])
    away = there.copy()
    away[part] = np.maximum(away[part] - 1, 0.0)

    def loss(factor: float) -> float:
        contacts = forecast.contacts.copy()
        contacts[part] = contacts[part] * factor
        version = replace(forecast, contacts=contacts)
        return float((case.lost(away, version) - case.lost(there, version))[part].sum())

    usual = loss(1.0)
    if usual <= 0 or cv <= 0:
        return 1.0, 1.0
    low, high = max(0.0, 1 - BAND_SIGMA * cv), 1 + BAND_SIGMA * cv
    return min(1.0, max(0.0, loss(low) / usual)), max(1.0, loss(high) / usual)
