"""Crossed effects: the closed form is the likelihood and the prediction of the textbook."""

import numpy as np

from floorwalker.science.people.mixed import _Solved, _Sums, fit_mixed


def a_few() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Sixty evaluations of eight agents by four people, some contacts scored twice or three times."""
    rng = np.random.default_rng(5)
    agent = rng.integers(0, 8, 60)
    agent[:8] = np.arange(8)
    contact = np.arange(60)
    for copy, of in ((50, 3), (51, 9), (52, 9), (53, 11)):
        contact[copy], agent[copy] = contact[of], agent[of]
    evaluator = np.arange(60) % 4
    points = 70 + rng.normal(0, 5, 8)[agent] + rng.normal(0, 6, 4)[evaluator] + rng.normal(0, 4, 60)[contact]
    return points + rng.normal(0, 5, 60), agent, evaluator, contact


def test_likelihood_and_effects_are_those_of_the_whole_matrix() -> None:
    """What is eliminated in closed form comes out as with the covariance of all evaluations written down."""
    points, agent, evaluator, contact = a_few()
    ratios = np.array([0.8, 1.3, 0.5])
    solved = _Solved(_Sums(points, agent, evaluator, contact), ratios)
    ties = [np.equal.outer(column, column).astype(float) for column in (agent, evaluator, contact)]
    whole = np.eye(60) + sum(ratio * tie for ratio, tie in zip(ratios, ties, strict=True))
    inverse, ones = np.linalg.inv(whole), np.ones(60)
    mean = (ones @ inverse @ points) / (ones @ inverse @ ones)
    off = points - mean
    rest = off @ inverse @ off / 60
    assert np.allclose([solved.mean, solved.rest], [mean, rest])
    assert np.isclose(solved.deviance, 60 * np.log(rest) + np.linalg.slogdet(whole)[1])
    for (found, error), column, ratio in zip(solved.effects(), (agent, evaluator), ratios, strict=False):
        columns = np.eye(column.max() + 1)[column]
        assert np.allclose(found, ratio * columns.T @ inverse @ off)
        variance = rest * (ratio * np.eye(columns.shape[1]) - ratio**2 * columns.T @ inverse @ columns)
        assert np.allclose(error, np.sqrt(np.diag(variance)))


def test_no_other_variances_are_likelier() -> None:
    """A step to either side of what was found is worse, and nothing scored twice leaves contacts out."""
    points, agent, evaluator, contact = a_few()
    found = fit_mixed(points, agent, evaluator, contact)
    assert found.contact is not None
    best = np.array([found.agent, found.evaluator, found.contact]) / found.rest
    sums = _Sums(points, agent, evaluator, contact)
    lowest = _Solved(sums, best).deviance
    for place in range(3):
        for factor in (0.8, 1.25):
            moved = best.copy()
            moved[place] *= factor
            assert _Solved(sums, moved).deviance >= lowest - 1e-6
    assert fit_mixed(points, agent, evaluator, None).contact is None
