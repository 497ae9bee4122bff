"""What callbacks would bring in a published week, and what people who have the skill would save before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from floorwalker.apps.capacity.work.case import Plain
from floorwalker.apps.capacity.work.model import APART, People, able, by_value, expected, over, week_model
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.simulation import Callback, Model, Promise, simulate

COUNTED = {
    "offered": "callbacks_offered",
    "taken": "callbacks_accepted",
    "kept": "callbacks_kept",
    "late": "callbacks_late",
    "broken": "callbacks_broken",
    "unreached": "unreached",
    "in_time": "answered_within",
}
ROSTERED, ABLE, LAST_RESORT, CALLBACKS = "rostered", "able", "last_resort", "callbacks"
LADDER = (ROSTERED, ABLE, LAST_RESORT, CALLBACKS)  # as it is read; callbacks alone stand beside it
BEFORE = {ABLE: ROSTERED, LAST_RESORT: ABLE}  # the step to which another adds
Run = dict[str, float]


def levers(plain: Plain, watch: Watch, draws: int, each: int) -> Plain:
    """Every rung on the same callers; stopped, the rungs that were finished.

    What was asked comes right after the roster as it is, so that whoever stops early has it.
    """
    of = plain["of"]
    drawn = [week_model(plain, each, draw) for draw in range(draws)]
    model, people = drawn[0]
    names = {queue["id"]: queue["name"] for queue in plain["queues"]}
    wanted = rungs(people, bool(of["callbacks"]), {names[pk] for pk in of["help"]})
    kept: dict[str, list[Run]] = dict((watch.kept or {}).get("rungs", {}))
    for number, rung in enumerate(sorted(wanted, key=(ROSTERED, CALLBACKS, ABLE, LAST_RESORT).index)):
        if rung in kept:
            continue
        runs: list[Run] = []
        for draw, (week, known) in enumerate(drawn):
            if watch.stopped():
                break
            watch.tell(share=(number + draw / draws) / len(wanted), text=f"{number + 1}/{len(wanted)}")
            runs.append(played(with_rung(week, known, rung, plain), each, of["seed"] + APART * draw))
        if len(runs) < draws:
            break
        kept[rung] = runs
        watch.keep({"rungs": kept})
    return {
        "rungs": [_line(rung, kept) for rung in wanted if rung in kept],
        "looked_at": len(wanted),
        "finished": len(kept),
        "by_value": by_value(model),
        "offered": expected(plain),
        "replications": draws * each,
        "draws": draws,
    }


def rungs(people: Mapping[str, People], callbacks: bool, into: set[str]) -> list[str]:
    """The rungs that can be tried: somebody has the skill and does not help, some client allows callbacks."""
    idle = any(into & set(each.has) for each in people.values())
    there = {ROSTERED: True, ABLE: idle, LAST_RESORT: idle and callbacks, CALLBACKS: callbacks}
    return [rung for rung in LADDER if there[rung]]


def with_rung(model: Model, people: Mapping[str, People], rung: str, plain: Plain) -> Model:
    """The week with what a rung of the ladder lets be done."""
    of = plain["of"]
    names = {queue["id"]: queue["name"] for queue in plain["queues"]}
    if rung in (ABLE, LAST_RESORT):
        model = able(model, people, {names[pk] for pk in of["help"]})
    if rung in (LAST_RESORT, CALLBACKS):
        rule, where = callback(of["rule"]), {names[pk] for pk in of["callbacks"]}
        kinds = tuple(replace(kind, callback=rule) if kind.name in where else kind for kind in model.types)
        model = replace(model, types=kinds)
    return model


def callback(rule: Mapping[str, Any]) -> Callback:
    """Who accepts keeps the place in the queue; promised is a call within some hours, or before it closes."""
    hours = rule["within_hours"]
    window = {} if hours is None else {"promise": Promise.WINDOW, "window_to_seconds": 3600.0 * hours}
    return Callback(rule["accepted"], expected_wait_seconds=60.0 * rule["from_minutes"], **window)


def played(model: Model, replications: int, seed: int) -> Run:
    """Means of a week: who was lost, what became of promises, and the worth less the cost of those lost."""
    run = simulate(model, replications=replications, seed=seed)
    reached = run.total("answered").mean + run.total("callbacks_answered").mean
    return {
        "lost": run.total("offered").mean - reached,
        "value": run.total("value").mean - run.total("lost_cost").mean,
        **{name: run.total(measure).mean for name, measure in COUNTED.items()},
    }


def _line(rung: str, kept: Mapping[str, Sequence[Run]]) -> Plain:
    """One rung over all draws; differences are taken draw by draw, on the same callers."""
    runs, first, before = kept[rung], kept[ROSTERED], kept.get(BEFORE.get(rung, ""))
    return {
        "name": rung,
        **{name: over([run[name] for run in runs]) for name in ("lost", "value", *COUNTED)},
        "saved": _more("lost", runs, first),
        "value_gained": _more("value", first, runs),
        "added": _more("lost", runs, before) if before else None,
    }


def _more(measure: str, less: Sequence[Run], more: Sequence[Run]) -> list[float]:
    return over([high[measure] - low[measure] for low, high in zip(less, more, strict=True)])
