"""Crossed effects: variances and predictions are those of the textbook's formulas, written down in full."""

import numpy as np
import numpy.typing as npt
import pytest

from floorwalker.science.people.mixed import Mixed, fit_mixed

Columns = tuple[npt.NDArray[np.float64], npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]]


def a_few() -> Columns:
    """Two hundred evaluations of twenty agents by six people, a good share of contacts scored twice."""
    rng = np.random.default_rng(5)
    agent = rng.integers(0, 20, 200)
    agent[:20] = np.arange(20)
    contact = np.arange(200)
    contact[140:], agent[140:] = contact[20:80], agent[20:80]
    evaluator = np.arange(200) % 6
    points = 70 + rng.normal(0, 5, 20)[agent] + rng.normal(0, 6, 6)[evaluator] + rng.normal(0, 4, 200)[contact]
    return points + rng.normal(0, 5, 200), agent, evaluator, contact


class Whole:
    """The covariance of all evaluations as one matrix, for given variances."""

    def __init__(self, columns: Columns, variances: npt.NDArray[np.float64]) -> None:
        points, *groups = columns
        self.variances, self.groups = variances, groups
        ties = [np.equal.outer(column, column).astype(float) for column in groups]
        whole = variances[0] * np.eye(len(points)) + sum(v * t for v, t in zip(variances[1:], ties, strict=True))
        ones = np.ones(len(points))
        self.inverse = np.linalg.inv(whole)
        self.mean = (ones @ self.inverse @ points) / (ones @ self.inverse @ ones)
        self.off = points - self.mean
        self.deviance = float(np.linalg.slogdet(whole)[1] + self.off @ self.inverse @ self.off)

    def effects(self, place: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Predicted effects of one grouping and their standard errors, the mean taken as known."""
        variance, column = self.variances[place + 1], self.groups[place]
        of = np.eye(column.max() + 1)[column]
        spread = variance * np.eye(of.shape[1]) - variance**2 * of.T @ self.inverse @ of
        return variance * of.T @ self.inverse @ self.off, np.sqrt(np.diag(spread))


def variances(found: Mixed) -> npt.NDArray[np.float64]:
    return np.array([found.rest, found.agent, found.evaluator, found.contact])


@pytest.fixture(scope="module")
def found() -> Mixed:
    return fit_mixed(*a_few())


def test_effects_are_those_of_the_whole_matrix(found: Mixed) -> None:
    """Best linear unbiased predictions and their errors, at the variances found."""
    whole = Whole(a_few(), variances(found))
    assert np.isclose(found.mean, whole.mean, atol=1e-3)
    agents, evaluators = whole.effects(0), whole.effects(1)
    assert np.allclose(found.agents, agents[0], atol=1e-3)
    assert np.allclose(found.agents_error, agents[1], atol=1e-3)
    assert np.allclose(found.evaluators, evaluators[0], atol=1e-3)
    assert np.allclose(found.evaluators_error, evaluators[1], atol=1e-3)


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("factor", [0.8, 1.25])
def test_no_other_variances_are_likelier(found: Mixed, place: int, factor: float) -> None:
    """A step to either side of any of them is worse."""
    moved = variances(found)
    moved[place] *= factor
    assert Whole(a_few(), moved).deviance > Whole(a_few(), variances(found)).deviance


def test_nothing_scored_twice_leaves_contacts_out() -> None:
    """What a contact adds cannot be told from the rest then."""
    points, agent, evaluator, _ = a_few()
    assert fit_mixed(points, agent, evaluator, None).contact is None
