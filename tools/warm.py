"""Compile the source and the formulas once at set-up, so that nobody waits for it at their first plan."""

from __future__ import annotations

from compileall import compile_dir
from pathlib import Path

import floorwalker
from floorwalker.cli.main import choose_numba_cache


def warm() -> None:
    """Byte code; both inverses and measures, with enough rows for the compiled path; the simulator's loop."""
    compile_dir(str(Path(floorwalker.__file__).parent), quiet=1)
    choose_numba_cache()
    # Imported now: the folder of the cache must be chosen before the compiler is loaded.
    import numpy as np

    from floorwalker.science.queueing import Goals, ServiceTarget, evaluate, smallest_staff_each
    from floorwalker.science.simulation import (
        AgentGroup,
        Constant,
        ContactType,
        Exponential,
        Model,
        Periods,
        Skill,
        simulate,
    )

    contacts, target = np.full(2000, 10.0), ServiceTarget(0.8, 20)
    for patience in (None, 120.0):
        staff = smallest_staff_each(contacts, 1800, 180.0, Goals(target), patience)
        evaluate(staff, contacts, 1800, 180.0, target, patience)
    calls = ContactType("calls", Constant(60.0), Exponential(180.0))
    simulate(
        Model(Periods.of(1800, 1), (calls,), (AgentGroup("all", (Skill("calls"),), staff=(5,)),)), replications=1
    )


if __name__ == "__main__":
    warm()
