"""Takes scores apart in the child process of a job: plain values in, plain values out."""

from __future__ import annotations

from typing import Any

import numpy as np

from floorwalker.apps.quality.rules import raters as rules
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.errors import ScienceError
from floorwalker.science.people import Effect, ItemScores, RaterModel

Plain = dict[str, Any]


def fit(plain: Plain, watch: Watch) -> Plain:
    """Leniency of evaluators, difficulty of items, scores of agents without either; or why there are none."""
    evaluations = np.asarray(plain["evaluations"], dtype=np.int64).reshape(-1, 5)
    counts = {
        "evaluations": len(evaluations),
        "agents": len(np.unique(evaluations[:, 1])),
        "evaluators": len(np.unique(evaluations[:, 2])),
        "twice": _twice(evaluations),
    }
    if len(evaluations) < rules.LEAST_EVALUATIONS or counts["evaluators"] < 2:
        return {"state": "small", **counts}
    watch.tell(share=0.2)
    if watch.stopped():
        return {"state": "stopped", **counts}
    rows = np.asarray(plain["answers"], dtype=np.float64).reshape(-1, 3)
    of, item, points = rows[:, 0].astype(np.intp), rows[:, 1].astype(np.intp), rows[:, 2]
    alike = _forms_alike(points, evaluations[of, 4])
    names = np.asarray([str(number) for number in range(max(len(evaluations), len(plain["items"])))])
    people = evaluations[:, 1:4].astype(str)[of]
    model = RaterModel(
        confidence=rules.CONFIDENCE,
        least_by_evaluator=rules.LEAST_BY_EVALUATOR,
        least_by_agent=rules.LEAST_BY_AGENT,
    )
    try:
        model.fit(ItemScores(names[of], people[:, 0], people[:, 1], people[:, 2], names[item], alike))
    except ScienceError as trouble:
        return {"state": "failed", "why": str(trouble), **counts}
    watch.tell(share=0.9)
    if watch.stopped():
        return {"state": "stopped", **counts}
    return {"state": "fitted", **counts, **_said(model, evaluations, of, points, plain["items"])}


def _said(
    model: RaterModel, evaluations: np.ndarray, of: np.ndarray, points: np.ndarray, items: list[Any]
) -> Plain:
    spread = model.spread_
    strangers = {int(each.name) for each in model.evaluators_ if _silence(each) == rules.STRANGERS}
    # Told apart from nobody's leniency are agents whom only evaluators scored who share no agent with the others.
    known = set(evaluations[~np.isin(evaluations[:, 2], list(strangers)), 1].tolist())
    level = np.bincount(of, points, len(evaluations)) / np.bincount(of, minlength=len(evaluations))
    agents, agent = np.unique(evaluations[:, 1], return_inverse=True)
    raw = dict(zip(agents.tolist(), (np.bincount(agent, level) / np.bincount(agent)).tolist(), strict=True))
    return {
        "mean": model.mean_,
        "spread": {
            "agent": spread.agent,
            "evaluator": spread.evaluator,
            "contact": spread.contact,
            "rest": spread.rest,
        },
        "raters": [{"id": int(each.name), **_effect(each)} for each in model.evaluators_],
        "scores": [
            {
                "id": int(each.name),
                "raw": raw[int(each.name)],
                **_effect(each, model.mean_, "" if int(each.name) in known else rules.STRANGERS),
            }
            for each in model.agents_
        ],
        "items": [[*items[int(each.name)], each.evaluations, each.points, each.low, each.high]
                  for each in model.items_],
    }  # fmt: skip


def _effect(each: Effect, above: float = 0.0, silent: str = "") -> Plain:
    silent = _silence(each) or silent
    if silent or each.points is None or each.low is None or each.high is None:
        return {"n": each.evaluations, "points": None, "low": None, "high": None, "silent": silent}
    return {
        "n": each.evaluations,
        "points": above + each.points,
        "low": above + each.low,
        "high": above + each.high,
        "silent": "",
    }


def _silence(each: Effect) -> str:
    """Why the library says nothing, as a code: the page words it."""
    if not each.silent:
        return ""
    return rules.FEW if "are needed" in each.silent else rules.STRANGERS


def _forms_alike(points: np.ndarray, form: np.ndarray) -> np.ndarray:
    """Each form's points about the mean of all, so that a hard form is nobody's strictness."""
    _, code = np.unique(form, return_inverse=True)
    means = np.bincount(code, points) / np.bincount(code)
    return np.asarray(points - means[code] + points.mean())


def _twice(evaluations: np.ndarray) -> int:
    """How many contacts two evaluators scored."""
    pairs = np.unique(evaluations[:, [3, 2]], axis=0)
    return int((np.unique(pairs[:, 0], return_counts=True)[1] > 1).sum())
