"""Which contacts a second evaluator should score: where it teaches most about leniency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from floorwalker.science.errors import InvalidInput

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class DoubleScore:
    """A contact worth a second score, by whom, and how much surer all evaluators' leniency becomes.

    ``gain`` is the share of the summed variance of leniency that this score takes away, at the time it is chosen.
    """

    contact: str
    first: str
    second: str
    gain: float


def worth_scoring_twice(
    scored: Sequence[tuple[str, str]],
    evaluators: Sequence[str],
    wanted: int,
    *,
    seen_together: Sequence[tuple[str, str]] = (),
    evaluator_sd: float = 5.0,
    rest_sd: float = 8.0,
) -> tuple[DoubleScore, ...]:
    """Choose ``wanted`` of the contacts scored once, and who scores them again.

    ``scored`` pairs each contact with who scored it; ``seen_together`` are pairs of evaluators who share a contact
    already. Two scores of one contact differ by leniency and chance alone, with variance ``2·rest_sd²``, so each
    adds an edge to a network of evaluators; chosen one by one is the edge that takes most from the sum of
    variances (greedy A-optimal design), with a prior of ``evaluator_sd`` for each. Nobody scores their own
    contact again. Raises InvalidInput. Source: Boyd and Vandenberghe, Convex Optimization (2004), 7.5.2.
    """
    if evaluator_sd <= 0 or rest_sd <= 0:
        raise InvalidInput("standard deviations are above zero")
    number = {name: code for code, name in enumerate(dict.fromkeys(evaluators))}
    mentioned = {who for _, who in scored} | {who for pair in seen_together for who in pair}
    if unknown := mentioned - number.keys():
        raise InvalidInput(f"not among the evaluators: {', '.join(sorted(unknown))}")
    weight = 1 / (2 * rest_sd**2)
    variance = _prior(len(number), evaluator_sd, [(number[a], number[b]) for a, b in seen_together], weight)
    waiting: dict[int, list[str]] = {}
    for contact, who in scored:
        waiting.setdefault(number[who], []).append(contact)
    names = list(number)
    chosen: list[DoubleScore] = []
    while len(chosen) < wanted and any(waiting.values()) and len(names) > 1:
        gains = _gains(variance, weight)
        gains[[code for code in range(len(names)) if not waiting.get(code)], :] = -1.0
        first, second = (int(each) for each in np.unravel_index(np.argmax(gains), gains.shape))
        chosen.append(
            DoubleScore(
                waiting[first].pop(0),
                names[first],
                names[second],
                float(gains[first, second] / np.trace(variance)),
            )
        )
        variance = _after(variance, first, second, weight)
    return tuple(chosen)


def _prior(size: int, sd: float, edges: list[tuple[int, int]], weight: float) -> Floats:
    variance = np.eye(size) * sd**2
    for first, second in edges:
        variance = _after(variance, first, second, weight)
    return variance


def _gains(variance: Floats, weight: float) -> Floats:
    """How much the trace falls by an edge of each two: ``w·|V b|² / (1 + w·bᵀV b)``, ``b = e_r − e_s``."""
    squares = variance @ variance
    across = np.diag(squares)[:, None] + np.diag(squares)[None, :] - 2 * squares
    between = np.diag(variance)[:, None] + np.diag(variance)[None, :] - 2 * variance
    gains: Floats = weight * across / (1 + weight * between)
    np.fill_diagonal(gains, -1.0)
    return gains


def _after(variance: Floats, first: int, second: int, weight: float) -> Floats:
    """The variance once this edge is there (Sherman and Morrison)."""
    reached = variance[:, first] - variance[:, second]
    between = reached[first] - reached[second]
    updated: Floats = variance - weight * np.outer(reached, reached) / (1 + weight * between)
    return updated
