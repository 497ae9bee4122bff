"""What a simulation makes of required staff and of the published roster, and what an hour off the phones costs."""

from __future__ import annotations

from functools import partial

import numpy as np

from floorwalker.apps.capacity.rules import mark
from floorwalker.apps.capacity.work import pricing
from floorwalker.apps.capacity.work.case import Case, Plain
from floorwalker.apps.capacity.work.roster import Crew, counts, served
from floorwalker.apps.capacity.work.steps import Steps
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.outcome import Progress, Stop
from floorwalker.science.rostering import lucks
from floorwalker.science.simulation import Estimate, Model
from floorwalker.science.staffing import Achieved, QueueAudit, audit, counted_model

REPLICATIONS = 200
LUCKS = 5  # models of one roster, among which the fractions of people there are spread
SHARES = (0.1, 0.15, 0.75)  # of the work of a week: requirement, roster, prices


def one_queue(plain: Plain, watch: Watch, done: float, share: float, steps: Steps) -> Plain | None:
    """Week by week; None where it was stopped before the end, so that what stood before stands on.

    ``done`` and ``share`` are of the whole job. Stopped within a week, it has too few runs of some
    intervals and none of others: that is no finding. What is in ``steps`` of a week whose forecast, roster or
    settings are others by now is computed anew.
    """
    found: Plain = {"audits": [], "prices": []}
    stop = Stop(cancelled=watch.stopped, told=lambda step: _told(watch, step)).piece(done, share)
    weeks = plain["weeks"]
    for number, week in enumerate(weeks):
        watch.tell(share=done + share * number / len(weeks), text=f"{plain['name']}, {week['days'][0]['day']}")
        piece = stop.piece(number / len(weeks), 1 / len(weeks))
        made = steps.once(mark([plain["of"], week]), partial(_week, plain, week, piece))
        if made is None:
            return None
        for name, rows in found.items():
            rows += made[name]
    return found


def _week(plain: Plain, week: Plain, stop: Stop, steps: Steps) -> Plain | None:
    """What is required simulated, then the published roster, then what its hours cost; each is a step."""
    case = Case.of({**plain, "days": week["days"]})
    first, second, last = SHARES if week["stretches"] is not None else (1.0, 0.0, 0.0)
    rows = steps.once("required", lambda _: _required(case, counts(week["required"]), stop.piece(0.0, first)))
    if rows is None:
        return None
    if week["stretches"] is None:
        return {"audits": rows, "prices": []}
    crew = Crew.of(case, plain["id"], week)
    more = steps.once("rostered", lambda _: _rostered(case, crew, stop.piece(first, second)))
    if more is None:
        return None
    prices = pricing.hour_prices(crew, stop.piece(first + second, last), steps, week["roster"])
    return None if prices is None else {"audits": rows + more, "prices": prices}


def _required(case: Case, required: np.ndarray, stop: Stop) -> list[Plain]:
    claimed = {case.forecast.queue: case.achieved(required)}
    return _rows(case, "required", _audit(case, counted(case, required), claimed, stop), required)


def _rostered(case: Case, crew: Crew, stop: Stop) -> list[Plain]:
    models = [crew.model(luck) for luck in lucks(LUCKS)]  # the fraction rounded up in some of them
    return _rows(case, "rostered", _audit(case, models, crew.claimed(), stop), crew.at_work[0])


def _told(watch: Watch, step: Progress) -> None:
    if step.share is not None:
        watch.tell(share=step.share)


def counted(case: Case, agents: np.ndarray) -> list[Model]:
    """The requirement: whole agents on the phones in each interval."""
    return [counted_model([served(case)], {case.forecast.queue: agents})]


def _audit(
    case: Case, models: list[Model], claimed: dict[str, Achieved], stop: Stop
) -> tuple[QueueAudit, Achieved, int]:
    found = audit(models, claimed, replications=REPLICATIONS, stop=stop)
    return found.of(case.forecast.queue), claimed[case.forecast.queue], found.replications


def _worth(case: Case, claimed: Achieved, part: slice, found: Estimate) -> Plain:
    """What a day is worth, claimed and simulated, where it is known what a contact is."""
    if not case.worth_known:
        return {}
    return {
        "worth_claimed": _short(float(case.earned(claimed)[part].sum())),
        "worth": _short(found.mean),
        "worth_low": _short(found.low),
        "worth_high": _short(found.high),
    }


def _rows(case: Case, basis: str, made: tuple[QueueAudit, Achieved, int], people: np.ndarray) -> list[Plain]:
    """A row for each day on which contacts are expected."""
    found, claimed, replications = made
    grid, rows = found.grid, []
    for number, whole in enumerate(found.days):
        if whole is None:
            continue
        part = grid.day_slice(number)
        checks = found.intervals[part]
        rows.append(
            {
                "day": grid.dates[number].isoformat(),
                "basis": basis,
                "people": people[part].tolist(),
                "contacts": [_short(value) for value in claimed.contacts[part]],
                "claimed": [each and _short(each.claimed) for each in checks],
                "achieved": [each and _short(each.achieved.mean) for each in checks],
                "low": [each and _share(each.achieved.low) for each in checks],
                "high": [each and _share(each.achieved.high) for each in checks],
                "day_contacts": whole.contacts,
                "day_claimed": whole.claimed,
                "day_achieved": whole.achieved.mean,
                "day_low": _share(whole.achieved.low),
                "day_high": _share(whole.achieved.high),
                "abandoned_claimed": whole.abandoned_claimed,
                "abandoned": whole.abandoned.mean,
                "abandoned_low": max(0.0, whole.abandoned.low),
                "abandoned_high": whole.abandoned.high,
                **_worth(case, claimed, part, whole.worth),
                "replications": replications,
            }
        )
    return rows


def _short(value: float) -> float:
    return float(f"{value:.6g}")


def _share(value: float) -> float:
    """An end of a band, within 0 and 1."""
    return _short(min(1.0, max(0.0, value)))
