"""February of a real bank, day by day, with the patience and the shape of handling that January told.

Of February itself are taken each day's calls, its agents with the calls they answered in the month as their
skills, and how much longer or shorter that day's handling was on average. Nothing of how long anybody waited, or
who gave up: that is what the simulation has to tell.

The files say who was answered by whom and when, not when agents were at work. An agent counts as there from the
first call answered to the last, without gaps of more than five minutes. Between two calls, while somebody waits,
nine seconds pass on average: they are after-contact work.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from floorwalker.contacts import LogFit, fit_log, read_history
from floorwalker.science.simulation import (
    Agent,
    AgentGroup,
    ContactType,
    Deterministic,
    Model,
    Periods,
    Skill,
    Trace,
    simulate,
)

GAP_SECONDS, BETWEEN_CALLS = 300.0, Deterministic(8.8)
HALF_HOURS = 50  # a little beyond midnight
NO_SKILL = 0.01  # a type that makes up less of an agent's month


@pytest.fixture(scope="module")
def january(data: Path) -> LogFit:
    """Patience and handling of each type of call."""
    history = read_history(data / "technion-anonymous-bank-1999" / "january.txt.gz", zone="Asia/Jerusalem")
    return fit_log(history, by="reason")


@pytest.fixture(scope="module")
def february(data: Path) -> pd.DataFrame:
    """Its calls with day and seconds since midnight, Sundays to Thursdays."""
    calls = read_history(data / "technion-anonymous-bank-1999" / "february.txt.gz", zone="Asia/Jerusalem").frame
    local = pd.to_datetime(calls["start"], unit="s", utc=True).dt.tz_convert("Asia/Jerusalem").dt.tz_localize(None)
    calls = calls.assign(day=local.dt.normalize(), second=(local - local.dt.normalize()).dt.total_seconds())
    return calls[~local.dt.dayofweek.isin([4, 5])]


def spells(calls: pd.DataFrame) -> tuple[tuple[float, float], ...]:
    """When an agent was at work, by the calls answered."""
    found: list[list[float]] = []
    starts = calls["second"] + calls["wait_seconds"]
    for start, end in sorted(zip(starts, calls["second"] + calls["length"], strict=True)):
        if found and start - found[-1][1] <= GAP_SECONDS:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return tuple((start, end) for start, end in found if end > start)


def model_of(calls: pd.DataFrame, skills: dict[str, list[str]], told: LogFit) -> Model:
    """One day. All handling is longer or shorter as that day's was: its mean ranged from 143 to 205 s."""
    answered = calls[calls["outcome"] == "answered"]
    usual = {each.name: each for each in told.types}
    names = [name for name in usual if (calls["reason"] == name).any()]
    expected = np.mean([usual[name].handling.mean_seconds.value for name in answered["reason"]])
    factor = answered["handling_seconds"].mean() / expected
    types = tuple(
        ContactType(
            name,
            Trace(tuple(sorted(calls["second"][calls["reason"] == name].tolist()))),
            usual[name].handling.duration,
            BETWEEN_CALLS,
            (float(factor),) * HALF_HOURS,
            usual[name].patience.duration,
        )
        for name in names
    )
    groups: dict[tuple[str, ...], list[Agent]] = {}
    for agent, theirs in answered.groupby("agent"):
        taken = tuple(name for name in names if name in skills[str(agent)])
        groups.setdefault(taken, []).append(Agent(str(agent), spells(theirs)))
    crews = tuple(
        AgentGroup("+".join(taken), tuple(Skill(name) for name in taken), agents=tuple(agents))
        for taken, agents in groups.items()
    )
    return Model(Periods.of(1_800, HALF_HOURS), types, crews)


def days(february: pd.DataFrame, told: LogFit) -> Iterator[tuple[float, float, float, float]]:
    """Of each day: share abandoned and mean wait of the answered, as it was and as simulated."""
    answered = february[february["outcome"] == "answered"]
    shares = pd.crosstab(answered["agent"], answered["reason"], normalize="index")
    skills = {str(agent): list(row.index[row >= NO_SKILL]) for agent, row in shares.iterrows()}
    for _, calls in february.groupby("day"):
        found = simulate(model_of(calls, skills, told), replications=4)
        real = calls[calls["outcome"] == "answered"]["wait_seconds"].mean()
        lost = (calls["outcome"] == "abandoned").mean()
        yield lost, found.share("abandoned", "offered").mean, real, found.mean_wait().mean


def test_a_months_days_are_as_bad_as_they_were(january: LogFit, february: pd.DataFrame) -> None:
    """Twenty days: abandonment within two points on average over them, and bad days are bad in both."""
    lost, simulated, wait, simulated_wait = np.array(list(days(february, january))).T
    assert len(lost) == 20
    assert simulated.mean() == pytest.approx(lost.mean(), abs=0.02)
    assert np.corrcoef(lost, simulated)[0, 1] > 0.85
    assert np.abs(lost - simulated).mean() < 0.025
    assert simulated_wait.mean() == pytest.approx(wait.mean(), rel=0.15)
    assert np.corrcoef(wait, simulated_wait)[0, 1] > 0.5  # one day, the 14th, waited 18 s and not 70
