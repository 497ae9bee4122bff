"""Scores taken apart: what is the agent, what the evaluator's leniency, what the item, what the contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Self

import numpy as np
import numpy.typing as npt

from floorwalker.science.errors import InvalidInput
from floorwalker.science.people.effect import Effect, effects
from floorwalker.science.people.items import items_apart
from floorwalker.science.people.mixed import fit_mixed

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]


@dataclass(frozen=True)
class ItemScores:
    """Answers to a form: one row an evaluation and item, in points of one scale (0 to 100, say).

    ``evaluation`` names the evaluation a row belongs to; its agent, evaluator and contact are the same in all its
    rows. Items that did not apply have no row. Raises InvalidInput.
    """

    evaluation: Sequence[str]
    agent: Sequence[str]
    evaluator: Sequence[str]
    contact: Sequence[str]
    item: Sequence[str]
    points: Sequence[float]

    def __post_init__(self) -> None:
        columns = (self.evaluation, self.agent, self.evaluator, self.contact, self.item, self.points)
        lengths = {len(column) for column in columns}
        if len(lengths) != 1 or not lengths.pop():
            raise InvalidInput("scores need rows, as many in each column")
        if not np.isfinite(np.asarray(self.points, dtype=float)).all():
            raise InvalidInput("points are numbers; an item that did not apply has no row")


@dataclass(frozen=True)
class Spread:
    """Where differences between scores come from: standard deviations in points.

    ``contact`` is None while no contact was scored by two evaluators: then it is part of ``rest``.
    """

    agent: float
    evaluator: float
    contact: float | None
    rest: float


class RaterModel:
    """A linear mixed model of evaluations with crossed effects of agent, evaluator and contact.

    Items come first, compared within evaluations, so that an easy form does not flatter who was scored by it. What
    remains of each evaluation is ``mean + agent + evaluator + contact + rest``, the three normal with variances
    fitted by maximum likelihood; effects are predicted with their variances (best linear unbiased prediction), so
    few evaluations draw an effect to the mean and widen its interval. GPBoost computes it.

    Nothing is said of an evaluator below ``least_by_evaluator`` evaluations or an agent below ``least_by_agent``,
    nor of evaluators who share no agents with the others: leniency and merit cannot be told apart there.
    Source: Robinson, Statistical Science 6 (1991); Sigrist, Journal of Machine Learning Research 23 (2022).
    """

    spread_: Spread
    mean_: float
    items_: tuple[Effect, ...]
    evaluators_: tuple[Effect, ...]
    agents_: tuple[Effect, ...]

    def __init__(self, *, confidence: float = 0.9, least_by_evaluator: int = 20, least_by_agent: int = 4) -> None:
        if not 0 < confidence < 1:
            raise InvalidInput(f"a confidence lies between 0 and 1, not {confidence}")
        self.confidence = confidence
        self.least_by_evaluator = least_by_evaluator
        self.least_by_agent = least_by_agent

    def fit(self, scores: ItemScores) -> Self:
        """Learn from evaluations; two evaluators or more. Raises InvalidInput."""
        rows, firsts = _evaluations(scores)
        items, item = _coded(np.asarray(scores.item))
        apart = items_apart(rows, item, np.asarray(scores.points, dtype=float))
        self.items_ = self._said(items, item, apart.points, apart.error, self.least_by_evaluator)
        columns = [np.asarray(column)[firsts] for column in (scores.agent, scores.evaluator, scores.contact)]
        (agents, agent), (evaluators, evaluator), (contacts, contact) = (_coded(each) for each in columns)
        if len(evaluators) < 2:
            raise InvalidInput("one evaluator alone: leniency shows only beside somebody else's scores")
        doubled = len(contacts) < len(firsts)
        fitted = fit_mixed(apart.level, agent, evaluator, contact if doubled else None)
        self.mean_ = fitted.mean
        self.spread_ = Spread(
            sqrt(fitted.agent),
            sqrt(fitted.evaluator),
            None if fitted.contact is None else sqrt(fitted.contact),
            sqrt(fitted.rest),
        )
        strangers = _strangers(agent, evaluator, len(agents), len(evaluators))
        self.agents_ = self._said(agents, agent, fitted.agents, fitted.agents_error, self.least_by_agent)
        self.evaluators_ = self._said(
            evaluators,
            evaluator,
            fitted.evaluators,
            fitted.evaluators_error,
            self.least_by_evaluator,
            strangers,
        )
        return self

    def _said(
        self,
        names: list[str],
        codes: Codes,
        points: Floats,
        error: Floats,
        least: int,
        silent: dict[int, str] | None = None,
    ) -> tuple[Effect, ...]:
        from scipy.stats import norm

        reach = float(norm.ppf(0.5 + self.confidence / 2)) * error
        return effects(names, np.bincount(codes, minlength=len(names)), points, reach, silent or {}, least)


def _coded(column: npt.NDArray[np.str_]) -> tuple[list[str], Codes]:
    names, codes = np.unique(column, return_inverse=True)
    return [str(name) for name in names], codes


def _evaluations(scores: ItemScores) -> tuple[Codes, Codes]:
    """The evaluation of each row, and a row of each evaluation; the same people in all rows of one."""
    _, firsts, rows = np.unique(np.asarray(scores.evaluation), return_index=True, return_inverse=True)
    for what, column in (("agent", scores.agent), ("evaluator", scores.evaluator), ("contact", scores.contact)):
        values = np.asarray(column)
        if (values != values[firsts][rows]).any():
            where = scores.evaluation[int(np.flatnonzero(values != values[firsts][rows])[0])]
            raise InvalidInput(f"evaluation {where!r} names two values of {what}; one evaluation has one")
    return rows, firsts


def _strangers(agent: Codes, evaluator: Codes, agents: int, evaluators: int) -> dict[int, str]:
    """Evaluators who share agents with only a minority of the others, directly or by way of third ones."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    size = agents + evaluators
    links = coo_matrix((np.ones(len(agent)), (agent, agents + evaluator)), shape=(size, size))
    parts = connected_components(links, directed=False)[1][agents:]
    largest = np.argmax(np.bincount(parts))
    return {int(code): "scored none of the agents the others scored" for code in np.flatnonzero(parts != largest)}
