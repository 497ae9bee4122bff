"""Crossed effects of agent, evaluator and contact by exact maximum likelihood, fast enough for every night.

``y = mean + agent + evaluator + contact + rest``, all four normal. A contact belongs to one agent, so contacts and
agents are eliminated in closed form and what remains is as large as there are evaluators: twenty thousand
evaluations take a second where a general solver takes half a minute.
Source: Searle, Casella and McCulloch, Variance Components (1992), chapters 6 and 7 (likelihood, best linear
unbiased prediction); Henderson, Biometrics 31 (1975) (mixed-model equations).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]

_LOWEST, _HIGHEST = -9.0, 7.0  # logarithms of the ratios of variances that are looked at
_STARTS = (-1.5, 0.5)


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
    """The most likely variances and the effects predicted with them; ``contact`` None: nobody scored one twice."""
    from scipy.optimize import minimize

    sums = _Sums(points, agent, evaluator, contact)
    parts = 2 if contact is None else 3
    bounds = [(_LOWEST, _HIGHEST)] * parts

    def cost(logs: Floats) -> float:
        return _Solved(sums, np.exp(logs)).deviance

    tries = [minimize(cost, np.full(parts, start), method="L-BFGS-B", bounds=bounds) for start in _STARTS]
    best = min(tries, key=lambda each: float(each.fun))
    ratios = np.exp(np.asarray(best.x, dtype=float))
    solved = _Solved(sums, ratios)
    variances = solved.rest * ratios
    (agents, agents_error), (evaluators, evaluators_error) = solved.effects()
    return Mixed(
        solved.mean,
        solved.rest,
        float(variances[0]),
        float(variances[1]),
        None if contact is None else float(variances[2]),
        agents,
        agents_error,
        evaluators,
        evaluators_error,
    )


class _Sums:
    """What the likelihood needs of the evaluations, once: counts and totals by agent, evaluator and contact.

    Contacts enter by how often they were scored: of each such number, the sums that a contact's effect takes away.
    """

    def __init__(self, points: Floats, agent: Codes, evaluator: Codes, contact: Codes | None) -> None:
        from scipy.sparse import coo_matrix

        self.number = len(points)
        self.points = points - points.mean()  # for the sake of digits
        self.shift = float(points.mean())
        self.agents, self.evaluators = int(agent.max()) + 1, int(evaluator.max()) + 1
        ones = np.ones(self.number)
        self.met = coo_matrix((ones, (agent, evaluator)), shape=(self.agents, self.evaluators)).toarray()
        self.whole = _Part.of(self.points, agent, evaluator, self.met)
        self.sized: list[tuple[int, int, _Part]] = []
        if contact is None:
            return
        # Scored for two agents, a contact is two: what one agent did in it says nothing of the other.
        contact = np.unique(np.column_stack([contact, agent]), axis=0, return_inverse=True)[1].ravel()
        size = np.bincount(contact)[contact]
        for often in np.unique(size):
            rows = size == often
            of = np.unique(contact[rows], return_inverse=True)[1]
            self.sized.append((int(often), int(of.max()) + 1, self._taken(rows, of, agent, evaluator)))

    def _taken(self, rows: npt.NDArray[np.bool_], of: Codes, agent: Codes, evaluator: Codes) -> _Part:
        """Sums over contacts of the products of what each of them holds."""
        from scipy.sparse import coo_matrix

        contacts, ones = int(of.max()) + 1, np.ones(len(of))
        shape = (contacts, self.agents)
        by_agent = coo_matrix((ones, (of, agent[rows])), shape=shape).tocsr()
        by_evaluator = coo_matrix((ones, (of, evaluator[rows])), shape=(contacts, self.evaluators)).tocsr()
        total = np.bincount(of, self.points[rows], contacts)
        count = np.bincount(of, minlength=contacts).astype(float)
        return _Part(
            np.asarray(by_agent.multiply(by_agent).sum(axis=0)).ravel(),
            (by_agent.T @ by_evaluator).toarray(),
            (by_evaluator.T @ by_evaluator).toarray(),
            np.column_stack([by_agent.T @ total, by_agent.T @ count]),
            np.column_stack([by_evaluator.T @ total, by_evaluator.T @ count]),
            np.array([[total @ total, total @ count], [total @ count, count @ count]]),
        )


@dataclass
class _Part:
    """Products of the columns of the model: agents with themselves (a diagonal), with evaluators, with y and 1."""

    agents: Floats
    both: Floats
    evaluators: Floats
    agents_with: Floats  # columns: points, ones
    evaluators_with: Floats
    scalars: Floats  # of points and ones, 2 × 2

    @classmethod
    def of(cls, points: Floats, agent: Codes, evaluator: Codes, met: Floats) -> _Part:
        by_agent, by_evaluator = met.sum(axis=1), met.sum(axis=0)
        return cls(
            by_agent,
            met,
            np.diag(by_evaluator),
            np.column_stack([np.bincount(agent, points, len(by_agent)), by_agent]),
            np.column_stack([np.bincount(evaluator, points, len(by_evaluator)), by_evaluator]),
            np.array([[points @ points, points.sum()], [points.sum(), float(len(points))]]),
        )

    def less(self, share: float, other: _Part) -> _Part:
        return _Part(
            self.agents - share * other.agents,
            self.both - share * other.both,
            self.evaluators - share * other.evaluators,
            self.agents_with - share * other.agents_with,
            self.evaluators_with - share * other.evaluators_with,
            self.scalars - share * other.scalars,
        )


class _Solved:
    """The model at given ratios of the variances of agent, evaluator and contact to the rest's."""

    def __init__(self, sums: _Sums, ratios: Floats) -> None:
        from scipy.linalg import cho_factor

        self.sums, part, logs = sums, sums.whole, 0.0
        for often, contacts, taken in sums.sized:
            ratio = float(ratios[2])
            part = part.less(ratio / (1 + ratio * often), taken)
            logs += contacts * float(np.log1p(ratio * often))
        # The mixed-model equations, scaled so that a variance of nearly nothing does no harm.
        root_a, root_e = np.sqrt(ratios[0]), np.sqrt(ratios[1])
        self.roots = (root_a, root_e)
        self.diagonal = 1 + ratios[0] * part.agents
        self.both = root_a * root_e * part.both
        inner = np.eye(sums.evaluators) + ratios[1] * part.evaluators
        self.slope = self.both / self.diagonal[:, None]
        self.factor = cho_factor(inner - self.both.T @ self.slope, lower=True)
        logs += float(np.log(self.diagonal).sum()) + 2 * float(np.log(np.diag(self.factor[0])).sum())
        right_a, right_e = root_a * part.agents_with, root_e * part.evaluators_with
        self.in_e = self._solve(right_e - self.slope.T @ right_a)
        self.in_a = right_a / self.diagonal[:, None] - self.slope @ self.in_e
        left = part.scalars - right_a.T @ self.in_a - right_e.T @ self.in_e
        shifted = float(left[0, 1] / left[1, 1])
        self.mean = sums.shift + shifted
        self.about = np.array([1.0, -shifted])  # points less their mean
        self.rest = max(float(self.about @ left @ self.about) / sums.number, 1e-12)
        self.deviance = sums.number * float(np.log(self.rest)) + logs

    def effects(self) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
        """Predicted effects of agents and of evaluators, each with its standard errors."""
        root_a, root_e = self.roots
        inverse = self._solve(np.eye(self.sums.evaluators))
        spread_e = np.diag(inverse)
        spread_a = 1 / self.diagonal + np.einsum("ae,ef,af->a", self.slope, inverse, self.slope, optimize=True)
        error = np.sqrt(self.rest)
        return (
            (root_a * (self.in_a @ self.about), error * root_a * np.sqrt(spread_a)),
            (root_e * (self.in_e @ self.about), error * root_e * np.sqrt(spread_e)),
        )

    def _solve(self, right: Floats) -> Floats:
        from scipy.linalg import cho_solve

        return np.asarray(cho_solve(self.factor, right), dtype=float)
