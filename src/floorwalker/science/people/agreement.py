"""How far raters agree beyond chance: Cohen, Fleiss, Krippendorff.

All three are one minus the disagreement seen over the disagreement expected by chance: 1 is perfect, 0 is what
raters who throw dice would reach, below 0 they contradict each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from floorwalker.science.errors import InvalidInput

Level = Literal["nominal", "ordinal", "interval", "ratio"]
Floats = npt.NDArray[np.float64]


def cohen_kappa(
    table: npt.ArrayLike, *, weights: Literal["none", "linear", "quadratic"] | npt.ArrayLike = "none"
) -> float:
    """Agreement of two raters over the same contacts, from the table of their answers.

    ``table[i, j]`` counts the contacts the first rater put in category i and the second in j. ``weights`` say how
    bad a confusion is: ``none`` counts every one alike, ``linear`` and ``quadratic`` by distance of ordered
    categories, or a square array of one's own, zero on its diagonal. NaN where both used one category throughout:
    nothing can be said. Raises InvalidInput.
    Source: Cohen, Educational and Psychological Measurement 20 (1960); Psychological Bulletin 70 (1968).
    """
    counts = _counts(table)
    if counts.shape[0] != counts.shape[1]:
        raise InvalidInput(f"two raters with the same categories give a square table, not {counts.shape}")
    cost = _costs(len(counts), weights)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    return _beyond_chance(float((cost * counts).sum()), float((cost * expected).sum()))


def fleiss_kappa(counts: npt.ArrayLike) -> float:
    """Agreement of the same number of raters on each contact, whoever they were.

    ``counts[i, j]`` is how many raters put contact i in category j; every row adds up to the same two or more.
    NaN where one category was used throughout. Raises InvalidInput.
    Source: Fleiss, Psychological Bulletin 76 (1971).
    """
    seen = _counts(counts)
    raters = seen.sum(axis=1)
    if raters[0] < 2 or not np.allclose(raters, raters[0]):
        raise InvalidInput(
            "every contact needs the same number of raters, two or more; else use krippendorff_alpha"
        )
    n = raters[0]
    agreeing = (seen * (seen - 1)).sum(axis=1) / (n * (n - 1))
    shares = seen.sum(axis=0) / seen.sum()
    return _beyond_chance(1 - float(agreeing.mean()), 1 - float((shares**2).sum()))


def krippendorff_alpha(ratings: npt.ArrayLike, *, level: Level = "interval") -> float:
    """Agreement of any number of raters, with answers missing here and there.

    ``ratings`` is raters × contacts, numbers, NaN where a rater did not score; contacts scored once tell nothing
    and are left out. ``level`` is what a distance means: ``nominal`` (names), ``ordinal`` (order), ``interval``
    (points), ``ratio`` (points from a true zero). NaN where every answer is the same. Raises InvalidInput.
    Source: Krippendorff, "Computing Krippendorff's alpha-reliability" (2011).
    """
    values, matrix = _coincidences(ratings)
    totals = matrix.sum(axis=1)
    distance = _distances(values, totals, level)
    pairs = totals.sum()
    expected = (np.outer(totals, totals) - np.diag(totals)) / (pairs - 1)
    return _beyond_chance(float((distance * matrix).sum()), float((distance * expected).sum()))


def _beyond_chance(seen: float, by_chance: float) -> float:
    return 1 - seen / by_chance if by_chance > 0 else float("nan")


def _counts(table: npt.ArrayLike) -> Floats:
    counts = np.asarray(table, dtype=float)
    if counts.ndim != 2 or counts.size == 0 or (counts < 0).any() or not np.isfinite(counts).all():
        raise InvalidInput("a table of counts has rows and columns of numbers, none below zero")
    if counts.sum() == 0:
        raise InvalidInput("the table counts no contact at all")
    return counts


def _costs(categories: int, weights: Literal["none", "linear", "quadratic"] | npt.ArrayLike) -> Floats:
    steps = np.abs(np.subtract.outer(np.arange(categories), np.arange(categories))).astype(float)
    named = {"none": (steps > 0).astype(float), "linear": steps, "quadratic": steps**2}
    if isinstance(weights, str):
        if weights not in named:
            raise InvalidInput(f"weights are none, linear, quadratic or a square array, not {weights!r}")
        return named[weights]
    own = np.asarray(weights, dtype=float)
    if own.shape != (categories, categories) or np.diag(own).any() or (own < 0).any():
        raise InvalidInput(f"own weights are {categories} × {categories}, none below zero, zero on the diagonal")
    return own


def _coincidences(ratings: npt.ArrayLike) -> tuple[Floats, Floats]:
    """The values in use, and how often each pair of them met within a contact, by rater."""
    given = np.asarray(ratings, dtype=float)
    if given.ndim != 2:
        raise InvalidInput(f"ratings are raters × contacts, not an array of {given.ndim} dimensions")
    units: Sequence[Floats] = [column[~np.isnan(column)] for column in given.T]
    units = [unit for unit in units if len(unit) >= 2]
    if not units:
        raise InvalidInput("no contact was scored by two raters: agreement needs at least one")
    values, codes = np.unique(np.concatenate(units), return_inverse=True)
    matrix = np.zeros((len(values), len(values)))
    for unit in np.split(codes, np.cumsum([len(unit) for unit in units])[:-1]):
        seen = np.bincount(unit, minlength=len(values)).astype(float)
        matrix += (np.outer(seen, seen) - np.diag(seen)) / (len(unit) - 1)
    return values, matrix


def _distances(values: Floats, totals: Floats, level: Level) -> Floats:
    if level == "nominal":
        different: Floats = np.not_equal.outer(values, values).astype(float)
        return different
    if level == "ordinal":
        # Between two ranks lie all answers from the one to the other, both ends counted half.
        middle = np.cumsum(totals) - totals / 2
        return np.subtract.outer(middle, middle) ** 2
    if level == "interval":
        return np.subtract.outer(values, values) ** 2
    if level == "ratio":
        if (values < 0).any():
            raise InvalidInput("a ratio needs answers from zero upwards; use interval")
        total = np.add.outer(values, values)
        gap = np.subtract.outer(values, values)
        return np.divide(gap, total, out=np.zeros_like(gap), where=total > 0) ** 2
    raise InvalidInput(f"a level is nominal, ordinal, interval or ratio, not {level!r}")
