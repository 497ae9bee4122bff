"""Volumes that fit the head count: a centre of 20 people gets the work of 20 people.

An ordinary week needs, in each open interval, the offered load R (contacts × handling time ÷ interval, in
Erlangs) plus a margin of the square root of R – square-root safety staffing with a margin of one, close to
80 % in 20 seconds for groups of 5 to 60 agents. Agent-hours on the phones become rostered hours through
shrinkage, and rostered hours are a little more again because whole shifts never fit a curve exactly.

Reference: S. Halfin and W. Whitt, "Heavy-traffic limits for queues with many exponential servers",
Operations Research 29(3), 1981.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROSTER_FIT = 0.70  # share of rostered time that falls where it is needed, between shifts of 8 and of 4 hours
SAFETY = 1.0  # margin in square roots of the load


def agent_hours(contacts: Floats, aht_seconds: Floats, step_seconds: int) -> float:
    """Agent-hours on the phones that serve these contacts per interval well."""
    load = contacts * aht_seconds / step_seconds
    return float(np.sum(load + SAFETY * np.sqrt(load)) * step_seconds / 3600)


def scale_to_hours(contacts: Floats, aht_seconds: Floats, step_seconds: int, hours: float) -> float:
    """The factor on ``contacts`` at which they need exactly ``hours`` agent-hours.

    Hours are a·x + b·√x in the factor x; the root of that quadratic in √x.
    """
    load = contacts * aht_seconds / step_seconds
    a = float(np.sum(load)) * step_seconds / 3600
    b = SAFETY * float(np.sum(np.sqrt(load))) * step_seconds / 3600
    return ((sqrt(b * b + 4 * a * hours) - b) / (2 * a)) ** 2
