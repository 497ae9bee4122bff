"""What an event did to a measure: before and after, against comparable people without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from floorwalker.science.errors import InvalidInput

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Panel:
    """A measure of people over periods: ``values[person, period]``, NaN where there was none.

    All periods are equally long, weeks as a rule. Raises InvalidInput.
    """

    people: Sequence[str]
    values: Floats

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or len(self.values) != len(self.people):
            raise InvalidInput(f"{len(self.people)} people need as many rows of values, not {self.values.shape}")
        if len(set(self.people)) != len(self.people):
            raise InvalidInput("a person stands twice in the panel")


@dataclass(frozen=True)
class Event:
    """Something that happened to a person in a period: a talk, a thanks."""

    person: str
    period: int


@dataclass(frozen=True)
class EffectOfEvents:
    """How much a measure changed by the events, or why nothing is said.

    ``detectable`` is the change these events could have shown with four chances in five, worked out without
    looking at what they did show. ``change``, ``low`` and ``high`` are None where ``silent`` says why.
    """

    events: int
    people: int
    comparable: int
    detectable: float | None
    change: float | None
    low: float | None
    high: float | None
    silent: str = ""


def effect_of_events(
    panel: Panel,
    events: Sequence[Event],
    *,
    worth: float,
    before: int = 6,
    after: int = 4,
    comparable: int = 10,
    least: int = 12,
    confidence: float = 0.9,
    groups: Mapping[str, str] | None = None,
) -> EffectOfEvents:
    """The mean change of a measure over the ``after`` periods that follow an event's own.

    Each person is set beside the ``comparable`` people whose ``before`` periods looked most alike in the same
    calendar weeks and who had no event in that window; what remains of a difference before is taken out by
    regression. So a bad week that led to a talk, and mends by itself, does not count as the talk's success. The
    interval clusters by person. ``worth`` is the smallest change that would matter: where the events could not
    have shown it (power of four in five), or fewer than ``least`` people had one, nothing is claimed.
    ``groups`` names the team of each person where an event reaches a team at once, as a thanks that all of it
    saw: what else happened to the team that week happened to all of them, so errors cluster by team and at least
    ``least`` teams must stand behind a claim.
    Raises InvalidInput. Source: Abadie and Imbens, Journal of Business & Economic Statistics 29 (2011) for
    matching with regression; Cameron and Miller, Journal of Human Resources 50 (2015) for the clusters.
    """
    if min(before, after, comparable, least) < 1 or worth <= 0 or not 0 < confidence < 1:
        raise InvalidInput(
            "windows, numbers and the change that matters are above zero; confidence within 0 and 1"
        )
    row = {person: number for number, person in enumerate(panel.people)}
    if strangers := {each.person for each in events} - row.keys():
        raise InvalidInput(f"not in the panel: {', '.join(sorted(strangers))}")
    happened = np.zeros(panel.values.shape, dtype=bool)
    usable = [each for each in events if 0 <= each.period < panel.values.shape[1]]
    for each in usable:
        happened[row[each.person], each.period] = True
    if groups is not None and (lost := [each for each in panel.people if each not in groups]):
        raise InvalidInput(f"no group is known of {', '.join(sorted(lost)[:5])}")
    rows = _Rows([], [], [], [], [])
    for number, each in enumerate(usable):
        _compare(rows, number, row[each.person], each.period, panel.values, happened, (before, after, comparable))
    told = sum(rows.treated)
    people = len({who for who, own in zip(rows.person, rows.treated, strict=True) if own})
    beside = len(rows.treated) - told
    if people < least:
        silent = f"{people} people with enough periods around an event; {least} are needed"
        return EffectOfEvents(told, people, beside, None, None, None, None, silent)
    cluster = [panel.people[who] if groups is None else groups[panel.people[who]] for who in rows.person]
    clusters = len(set(cluster))
    if groups is not None:
        clusters = len({each for each, own in zip(cluster, rows.treated, strict=True) if own})
        if clusters < least:
            silent = f"{clusters} groups with an event; {least} are needed"
            return EffectOfEvents(told, people, beside, None, None, None, None, silent)
    change, error = _regressed(rows, cluster)
    sure, power = _quantile(0.5 + confidence / 2, clusters - 1), _quantile(0.8, clusters - 1)
    detectable = (sure + power) * error
    if detectable > worth:
        silent = f"these events could show a change of {detectable:.3g} at best; {worth:.3g} was asked for"
        return EffectOfEvents(told, people, beside, detectable, None, None, None, silent)
    return EffectOfEvents(told, people, beside, detectable, change, change - sure * error, change + sure * error)


@dataclass(frozen=True)
class _Rows:
    """One row a person beside an event: what was before, what came after, whether the event was theirs."""

    event: list[int]
    person: list[int]
    treated: list[bool]
    past: list[Floats]
    future: list[float]


def _compare(
    rows: _Rows,
    number: int,
    who: int,
    period: int,
    values: Floats,
    happened: npt.NDArray[np.bool_],
    sizes: tuple[int, int, int],
) -> None:
    """Add the person of an event and the comparable ones; nothing where a window is incomplete."""
    before, after, comparable = sizes
    first, last = period - before, period + after
    if first < 0 or last >= values.shape[1]:
        return
    past, future = values[:, first:period], values[:, period + 1 : last + 1]
    known = np.isfinite(past.sum(axis=1)) & (np.isfinite(future).sum(axis=1) > 0)
    # A second event within the window belongs to whoever had it, and nobody with one serves as a comparison.
    quiet = ~happened[:, first : last + 1].any(axis=1) & known
    quiet[who] = False
    if not known[who] or happened[who, first:period].any() or not quiet.any():
        return
    candidates = np.flatnonzero(quiet)
    distance = ((past[candidates] - past[who]) ** 2).sum(axis=1)
    nearest = candidates[np.argsort(distance, kind="stable")[:comparable]]
    for person in (who, *nearest):
        rows.event.append(number)
        rows.person.append(int(person))
        rows.treated.append(bool(person == who))
        rows.past.append(past[person])
        rows.future.append(float(np.nanmean(future[person])))


def _regressed(rows: _Rows, cluster: Sequence[str]) -> tuple[float, float]:
    """The coefficient of the event beside the past, within events, and its error clustered by person or group."""
    event = np.asarray(rows.event)
    columns = np.column_stack([np.asarray(rows.treated, dtype=float), np.vstack(rows.past)])
    outcome = np.asarray(rows.future)
    x, y = _within(columns, event), _within(outcome[:, None], event)[:, 0]
    bread = np.linalg.pinv(x.T @ x)
    slopes = bread @ x.T @ y
    rest = y - x @ slopes
    names, place = np.unique(np.asarray(cluster), return_inverse=True)
    scores = np.zeros((len(names), x.shape[1]))
    np.add.at(scores, place, x * rest[:, None])
    clusters, size, width = len(names), len(y), x.shape[1] + len(np.unique(event))
    small = clusters / max(clusters - 1, 1) * (size - 1) / max(size - width, 1)
    variance = small * bread @ (scores.T @ scores) @ bread
    return float(slopes[0]), float(np.sqrt(max(variance[0, 0], 0.0)))


def _within(columns: Floats, event: npt.NDArray[np.intp]) -> Floats:
    """What differs from the mean of the same event's rows."""
    counts = np.bincount(event)
    means = np.column_stack([np.bincount(event, column) for column in columns.T]) / np.maximum(counts, 1)[:, None]
    apart: Floats = columns - means[event]
    return apart


def _quantile(probability: float, freedom: int) -> float:
    from scipy.stats import t

    return float(t.ppf(probability, max(freedom, 1)))
