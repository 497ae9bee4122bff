"""Against results others published: ContactCenters' MMC and CallCC (Montréal), and the Callcenter Simulator."""

from __future__ import annotations

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


# What was printed of 1,000 days: mean and half-width (95 % of MMC, 90 % of CallCC). ContactCenters, E. Buist and
# P. L'Ecuyer, doc/examples/MMC.res and CallCC.res of umontreal-simul/contactcenters, commit f5ddb4a.
MMC = {
    "in_target": (1816.158, 3.54),
    "service_level": (0.902, 0.002),
    "speed_minutes": (0.0995, 0.0025),
    "occupancy": (0.6955, 0.0015),
}
CALLCC = {
    "arrivals": (1639.507, 26.7185),
    "wait_seconds": (11.834, 1.774),
    "good": (0.853, 0.009),
    "lost": (0.03425, 0.00315),
}
# CallCenter.dat of the same place, hour by hour.
AGENTS = (4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4)
PER_HOUR = (100.0, 150.0, 150.0, 180.0, 200.0, 150.0, 150.0, 150.0, 120.0, 100.0, 80.0, 70.0, 60.0)
BUSYNESS, BALKING, GIVING_UP, SHAPE, RATE, LIMIT = 10.0, 0.1, 0.001, 1.0, 0.01, 20.0


def agree(values: np.ndarray, theirs: tuple[float, float], rounding: float = 0.0) -> bool:
    """Whether two means of 1,000 days differ by no more than chance, at 99 %."""
    mine = 1.96 * values.std(ddof=1) / len(values) ** 0.5
    return abs(values.mean() - theirs[0]) <= 1.4 * hypot(mine, theirs[1]) + rounding


def test_mmc_a_day_of_patient_callers() -> None:
    kind = ContactType("calls", Constant(4.2 * 60), Exponential(120.0), target=ServiceTarget(0.8, 20.0))
    crew = AgentGroup("all", (Skill("calls"),), staff=(12,))
    found = simulate(Model(Periods.of(480 * 60, 1), (kind,), (crew,)), replications=DAYS)
    assert agree(found.replication_totals("answered_within")[:, 0], MMC["in_target"])
    assert found.service_level().mean == pytest.approx(MMC["service_level"][0], abs=0.004)
    assert found.mean_wait().mean / 60 == pytest.approx(MMC["speed_minutes"][0], abs=0.005)
    busy = found.kept.groups[:, 0, 1] / found.kept.groups[:, 0, 0]
    assert agree(busy, MMC["occupancy"], 0.001)


def test_callcc_a_day_of_busyness_balking_and_changing_staff() -> None:
    kind = ContactType(
        "calls",
        PerPeriod(PER_HOUR, day_cv=BUSYNESS**-0.5),
        Gamma(SHAPE / RATE, SHAPE**-0.5),
        patience=Exponential(1 / GIVING_UP),
        balking=BALKING,
        target=ServiceTarget(0.8, LIMIT),
    )
    crew = AgentGroup("all", (Skill("calls"),), staff=AGENTS)
    found = simulate(Model(Periods.of(3600, len(AGENTS)), (kind,), (crew,)), replications=DAYS)
    day = {name: found.replication_totals(name)[:, 0] for name in MEASURES}
    expected = sum(PER_HOUR)  # theirs divide by the contacts expected, not by those who came
    assert agree(day["offered"], CALLCC["arrivals"])
    assert agree((day["wait_seconds"] + day["wait_seconds_lost"]) / expected, CALLCC["wait_seconds"])
    assert agree((day["answered_within"] + day["abandoned_within"]) / expected, CALLCC["good"])
    assert agree(day["abandoned"] / expected, CALLCC["lost"])


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
