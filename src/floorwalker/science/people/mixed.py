"""Crossed effects of agent, evaluator and contact, fitted by GPBoost.

``y = mean + agent + evaluator + contact + rest``, all four normal: variances by maximum likelihood, effects by
best linear unbiased prediction with their standard errors.
Source: Robinson, Statistical Science 6 (1991); Sigrist, Journal of Machine Learning Research 23 (2022).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]

_CONTACTS_SHARE = (
    0.3  # of what agents and evaluators leave over: where the search for the contacts' variance starts
)


@dataclass(frozen=True)
class Mixed:
    """A fitted model: variances of rest, agent, evaluator and contact (None where none was scored twice)."""

    mean: float
    rest: float
    agent: float
    evaluator: float
    contact: float | None
    agents: Floats  # effects, in the order of the codes
    agents_error: Floats
    evaluators: Floats
    evaluators_error: Floats


def fit_mixed(points: Floats, agent: Codes, evaluator: Codes, contact: Codes | None) -> Mixed:
    """The most likely variances and the effects predicted with them; ``contact`` None: nobody scored one twice.

    Contacts are nearly as many as evaluations, and a gradient by so many is dear: the fit with them starts from
    one without and goes on by the likelihood alone (Nelder and Mead), a third of the time for the same answer.
    """
    model, variances = _fitted(points, [agent, evaluator])
    if contact is not None:
        rest, *others = variances
        start = np.array([rest * (1 - _CONTACTS_SHARE), *others, rest * _CONTACTS_SHARE])
        wishes = {"init_cov_pars": start, "optimizer_cov": "nelder_mead", "delta_rel_conv": 1e-10}
        model, variances = _fitted(points, [agent, evaluator, contact], wishes)
    parts = len(variances) - 1
    predicted = model.predict_training_data_random_effects(predict_var=True).to_numpy()
    error = np.sqrt(np.maximum(predicted[:, parts:], 0.0))
    of_agent, of_evaluator = (np.unique(codes, return_index=True)[1] for codes in (agent, evaluator))
    return Mixed(
        mean=float(np.asarray(model.get_coef()).ravel()[0]),
        rest=float(variances[0]),
        agent=float(variances[1]),
        evaluator=float(variances[2]),
        contact=None if contact is None else float(variances[3]),
        agents=predicted[of_agent, 0],
        agents_error=error[of_agent, 0],
        evaluators=predicted[of_evaluator, 1],
        evaluators_error=error[of_evaluator, 1],
    )


def _fitted(
    points: Floats, groups: Sequence[Codes], wishes: Mapping[str, Any] | None = None
) -> tuple[Any, Floats]:
    """A model of these groupings, and its variances: the rest first, then of each grouping."""
    import gpboost  # heavy, and needed here only

    model = gpboost.GPModel(
        group_data=np.column_stack(groups), likelihood="gaussian", matrix_inversion_method="cholesky"
    )
    model.fit(y=points, X=np.ones((len(points), 1)), params={"trace": False} | dict(wishes or {}))
    return model, np.asarray(model.get_cov_pars()).ravel()[: len(groups) + 1]
