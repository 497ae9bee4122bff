"""Which items of a form cost points: compared within evaluations, so that nobody's level counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]


@dataclass(frozen=True)
class ItemsApart:
    """Items' points above or below the mean item, their standard errors, each evaluation's level without them."""

    points: Floats
    error: Floats
    level: Floats


def items_apart(evaluation: Codes, item: Codes, points: Floats) -> ItemsApart:
    """Least squares of ``points = level of the evaluation + item + rest``, items adding up to zero.

    ``evaluation`` and ``item`` number the rows' evaluations and items from 0. An evaluation that left out hard
    items is not flattered by that: its level is what it would be on the mean item.
    """
    from scipy.sparse import coo_matrix, diags_array

    evaluations, items = int(evaluation.max()) + 1, int(item.max()) + 1
    met = coo_matrix((np.ones(len(points)), (evaluation, item)), shape=(evaluations, items)).tocsr()
    answered = np.bincount(evaluation, minlength=evaluations)
    within: Floats = points - (np.bincount(evaluation, points, evaluations) / answered)[evaluation]
    # The normal equations after the levels are eliminated; singular by one, as only differences of items show.
    shared = (met.T @ (diags_array(1 / answered) @ met)).toarray()
    information = np.diag(np.asarray(met.sum(axis=0)).ravel()) - shared
    inverse = np.linalg.pinv(information, rcond=1e-9, hermitian=True)
    effect: Floats = inverse @ np.bincount(item, within, items)
    level = np.bincount(evaluation, points - effect[item], evaluations) / answered
    rest = points - effect[item] - level[evaluation]
    freedom = max(len(points) - evaluations - items + 1, 1)
    error: Floats = np.sqrt(np.diag(inverse) * float(rest @ rest) / freedom)
    return ItemsApart(effect, error, np.asarray(level, dtype=float))
