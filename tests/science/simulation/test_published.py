"""Against results others published: ContactCenters' MMC and CallCC (Montréal), and the Callcenter Simulator."""

from __future__ import annotations

import re
from math import hypot
from pathlib import Path

import numpy as np
import pytest

from floorwalker.science.queueing import ServiceTarget
from floorwalker.science.simulation import (
    AgentGroup,
    Constant,
    ContactType,
    Exponential,
    Gamma,
    Model,
    Periods,
    PerPeriod,
    Skill,
    simulate,
)
from tests.science.simulation.herzog import read

DAYS = 1_000


def published(data: Path, name: str) -> list[tuple[float, float]]:
    """Mean and half-width of every interval printed, in the order of the print."""
    folder = data / "contactcenters-models"
    if not folder.is_dir():
        pytest.skip("needs contactcenters-models in the folder of real data")
    text = (folder / "results" / name).read_text()
    intervals = re.findall(r"\(\s*([\d.]+),\s*([\d.]+)\s*\)", text)
    return [((float(low) + float(high)) / 2, (float(high) - float(low)) / 2) for low, high in intervals]


def agree(values: np.ndarray, theirs: tuple[float, float], rounding: float = 0.0) -> bool:
    """Whether two means of 1,000 days differ by no more than chance, at 99 %."""
    mine = 1.96 * values.std(ddof=1) / len(values) ** 0.5
    return abs(values.mean() - theirs[0]) <= 1.4 * hypot(mine, theirs[1]) + rounding


def test_mmc_a_day_of_patient_callers(data: Path) -> None:
    kind = ContactType("calls", Constant(4.2 * 60), Exponential(120.0), target=ServiceTarget(0.8, 20.0))
    crew = AgentGroup("all", (Skill("calls"),), staff=(12,))
    found = simulate(Model(Periods.of(480 * 60, 1), (kind,), (crew,)), replications=DAYS)
    in_target, level, speed, occupancy = published(data, "MMC.res")
    assert agree(found.replication_totals("answered_within")[:, 0], in_target)
    assert found.service_level().mean == pytest.approx(level[0], abs=0.004)
    assert found.mean_wait().mean / 60 == pytest.approx(speed[0], abs=0.005)
    busy = found.kept.groups[:, 0, 1] / found.kept.groups[:, 0, 0]
    assert agree(busy, occupancy, 0.001)


def test_callcc_a_day_of_busyness_balking_and_changing_staff(data: Path) -> None:
    calls, delay, good, lost = published(data, "CallCC.res")
    rows = [line.split() for line in (data / "contactcenters-models" / "CallCenter.dat").read_text().splitlines()]
    hours = int(rows[1][0])
    staff = tuple(int(row[0]) for row in rows[2 : 2 + hours])
    rates = tuple(float(row[1]) for row in rows[2 : 2 + hours])
    alpha, balking, nu, shape, beta, limit = (float(row[0]) for row in rows[2 + hours : 8 + hours])
    kind = ContactType(
        "calls",
        PerPeriod(rates, day_cv=alpha**-0.5),
        Gamma(shape / beta, shape**-0.5),
        patience=Exponential(1 / nu),
        balking=balking,
        target=ServiceTarget(0.8, limit),
    )
    crew = AgentGroup("all", (Skill("calls"),), staff=staff)
    found = simulate(Model(Periods.of(3600, hours), (kind,), (crew,)), replications=DAYS)
    day = {name: found.replication_totals(name)[:, 0] for name in MEASURES}
    expected = sum(rates)  # theirs divide by the contacts expected, not by those who came
    assert agree(day["offered"], calls)
    assert agree((day["wait_seconds"] + day["wait_seconds_lost"]) / expected, delay)
    assert agree((day["answered_within"] + day["abandoned_within"]) / expected, good)
    assert agree(day["abandoned"] / expected, lost)


def test_a_day_of_the_callcenter_simulator_with_redials_transfers_and_shifts(data: Path) -> None:
    path = data / "callcenter-simulator-examples" / "ExampleStatistics1.xml.gz"
    if not path.is_file():
        pytest.skip("needs callcenter-simulator-examples in the folder of real data")
    model, theirs = read(path)
    assert [len(group.agents or ()) for group in model.groups] == [17, 17, 16]  # as many shifts as it made
    found = simulate(model, replications=400)
    names = ("offered", "answered", "abandoned", "wait_seconds")
    totals = {name: found.replication_totals(name).sum(axis=1) for name in names}
    totals["lost for good"] = totals["abandoned"] - found.replication_totals("redialled").sum(axis=1)
    for name, values in totals.items():
        half_width = 1.96 * values.std(ddof=1) / 100**0.5  # theirs of 100 days is not printed
        assert agree(values, (theirs[name], half_width)), name


MEASURES = ("offered", "abandoned", "answered_within", "abandoned_within", "wait_seconds", "wait_seconds_lost")
