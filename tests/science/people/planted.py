"""Evaluations with a known truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from floorwalker.science.people import ItemScores

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Planted:
    """Scores, and what made them: points above or below the mean of all."""

    scores: ItemScores
    agents: Floats
    evaluators: Floats
    items: Floats


def planted(
    seed: int,
    *,
    evaluations: int = 600,
    agents: int = 30,
    evaluators: int = 6,
    items: int = 8,
    doubled: float = 0.1,
    left_out: float = 0.1,
) -> Planted:
    """Agents ± 5 points, leniency ± 4, contacts ± 6, items ± 8; a tenth of items does not apply."""
    rng = np.random.default_rng(seed)
    merit, leniency = rng.normal(0, 5, agents), rng.normal(0, 4, evaluators)
    hard = rng.normal(0, 8, items)
    contacts = round(evaluations / (1 + doubled))
    contact = np.r_[np.arange(contacts), rng.choice(contacts, evaluations - contacts, replace=False)]
    whose, luck = rng.integers(0, agents, contacts), rng.normal(0, 6, contacts)
    who, rest = rng.integers(0, evaluators, evaluations), rng.normal(0, 4, evaluations)
    row, item = np.repeat(np.arange(evaluations), items), np.tile(np.arange(items), evaluations)
    kept = rng.random(len(row)) >= left_out
    row, item = row[kept], item[kept]
    level = 75 + merit[whose[contact]] + leniency[who] + luck[contact] + rest
    points = level[row] + hard[item] - hard.mean() + rng.normal(0, 12, len(row))
    return Planted(
        ItemScores(
            _named("evaluation", row),
            _named("agent", whose[contact[row]]),
            _named("evaluator", who[row]),
            _named("contact", contact[row]),
            _named("item", item),
            points.tolist(),
        ),
        merit - merit.mean(),
        leniency - leniency.mean(),
        hard - hard.mean(),
    )


def _named(what: str, codes: npt.NDArray[np.intp]) -> list[str]:
    return [f"{what}-{code:05d}" for code in codes]
