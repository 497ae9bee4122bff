"""Simulate a centre described in a file: what callers and agents meet, and what one change would do.

    python examples/simulate_a_centre.py

The centre is centre.json beside this script; docs/reference/simulation-model.md says what may stand in it.
All runs use the same random numbers, so that a difference is the change and little else.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np

from floorwalker.science.simulation import Model, Skill, simulate
from floorwalker.science.simulation.reading import model_from_json
from floorwalker.science.simulation.stability import overloads

RUNS = 40


def with_skill(model: Model, group: str, skill: Skill) -> Model:
    """The same centre after a training: ``group`` takes one type more."""
    groups = tuple(
        replace(each, skills=(*each.skills, skill)) if each.name == group else each for each in model.groups
    )
    return replace(model, groups=groups)


centre = model_from_json((Path(__file__).parent / "centre.json").read_text(encoding="utf-8"))
print("Can never come to rest:", "; ".join(map(str, overloads(centre))) or "nothing")

now = simulate(centre, replications=RUNS)
for name in centre.type_names[:2]:
    served, wait = now.service_level(name), now.mean_wait(name)
    lost = now.share("abandoned", "offered", type=name)
    print(
        f"{name:8} {served.mean:.1%} ± {served.half_width:.1%} in {centre.type(name).target.seconds:g} s, "
        f"mean wait {wait.mean:.0f} s, {lost.mean:.1%} give up"
    )
for name in centre.group_names:
    print(f"{name:12} busy {now.occupancy(name).mean:.0%}")
kept = now.share("callbacks_kept", "callbacks_accepted", type="service")
print(f"callbacks: {now.total('callbacks_accepted').mean:.1f} a day accepted, {kept.mean:.0%} kept")

for kept_free in (0, 2):
    skill = Skill("service", priority=2, handling_factor=1.15, keep_idle=kept_free)
    trained = simulate(with_skill(centre, "sellers", skill), replications=RUNS)
    saved = (now.replication_totals("abandoned") - trained.replication_totals("abandoned")).sum(axis=1)
    half = 1.96 * saved.std(ddof=1) / np.sqrt(RUNS)
    print(
        f"sellers who take service too while more than {kept_free} of them are free: "
        f"{saved.mean():+.1f} ± {half:.1f} callers a day who do not give up"
    )
