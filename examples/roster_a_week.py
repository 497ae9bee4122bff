"""Roster a week: the fewest hours any roster could have, people for them, a legal roster, and how far it is off.

python examples/roster_a_week.py
"""

from datetime import date

import numpy as np

from floorwalker.science.outcome import Stop
from floorwalker.science.rostering import (
    STANDARD_RULES,
    RosterProblem,
    coverage,
    default_catalogue,
    head_counts,
    people_for,
    solve,
)
from floorwalker.science.timegrid import TimeGrid

grid = TimeGrid(date(2026, 11, 30), days=7, step_seconds=1800, zone="Europe/Lisbon")
weekday = np.array([3, 4, 6, 7, 8, 8, 7, 6, 5, 5, 6, 7, 7, 6, 5, 4, 3, 3, 2, 2])  # people from 08:00 to 18:00
needed = np.zeros((7, 48), dtype=int)
needed[:5, 16:36] = weekday
needed[5, 18:28] = 3
needed_each = tuple(int(n) for n in needed.ravel())

shifts = default_catalogue(grid, needed_each)
everybody = RosterProblem(grid, needed_each, people=(), shifts=shifts)
bound = head_counts(everybody)
assert bound.value is not None
agent_hours = sum(needed_each) / 2
print(f"Needed: {agent_hours:g} agent-hours in {len(shifts)} kinds of shift.")
print(f"No roster of these shifts pays fewer than {bound.value.paid_hours:g} hours ({bound.status}).")

people = people_for(bound.value)
problem = RosterProblem(grid, needed_each, people, shifts)
outcome = solve(problem, stop=Stop(work=12), seed=1)  # work instead of seconds: the same roster on every machine
roster = outcome.value
assert roster is not None

at_work = coverage(roster)
print(f"\n{len(people)} people, {roster.paid_hours:g} paid hours, {outcome.gap:.1%} above what these could reach.")
print(f"Half-hours with somebody missing: {int((at_work < needed.ravel()).sum())} of {int((needed > 0).sum())}.")

print("\n      " + "  ".join(f"{day:%a %d}      " for day in grid.dates))
for person in people:
    by_day = {duty.day: duty.shift for duty in roster.duties_by_person[person.id]}
    print(f"{person.id}  " + "  ".join(f"{by_day.get(day, '-'):12}" for day in range(grid.days)))

breaches = [breach for rule in STANDARD_RULES for breach in rule.breaches(roster)]
print(f"\nWorking rules broken: {len(breaches)}.")
for rule in STANDARD_RULES:
    print(f"  {rule.sentence()}")
assert not breaches
