"""What jobs of recognition compute in their child process."""

from __future__ import annotations

from typing import Any

from floorwalker.apps.recognition.rules import contests, findings
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.people import Favour, PersonDays, check_harm
from floorwalker.science.people import find_rings as rings_of


def look_for_harm(plain: dict[str, Any], watch: Watch) -> dict[str, Any]:
    """What a contest did to each measure, for all who take part and for each; agents as numbers."""
    watch.tell(share=0.1)
    days = {
        measure: [PersonDays(str(agent), took_part, before, since) for agent, took_part, before, since in rows]
        for measure, rows in plain["days"].items()
    }
    found = check_harm(days, plain["better"], false_alarm=plain["false_alarm"])
    lines = [
        {
            "measure": line.measure,
            "took_part": line.took_part,
            "beside": line.beside,
            "detectable": line.detectable,
            "change": line.change,
            "low": line.low,
            "high": line.high,
            "harmed": line.harmed,
            "people": [
                {"agent": int(each.person), "before": each.before, "since": each.since, "usual": each.usual}
                for each in line.people
            ],
        }
        for line in found.measures
    ]
    return {"phase": plain["phase"], "lines": lines, "whole": contests.FALSE_ALARM}


def look_for_rings(plain: dict[str, Any], watch: Watch) -> dict[str, Any]:
    """Groups of a site who favour each other far more than honest colleagues would."""
    watch.tell(share=0.1)
    found = rings_of(
        [Favour(str(giver), str(taker), count) for giver, taker, count in plain["favours"]],
        {str(agent): str(team) for agent, team in plain["teams"].items()},
        seed=plain["seed"],
        false_alarm=findings.RING_FALSE_ALARM,
        least=findings.LEAST_FAVOURS,
    )
    rings = [
        {
            "members": sorted(int(each) for each in ring.members),
            "inside": ring.inside,
            "given": ring.given,
            "received": ring.received,
            "expected": ring.expected,
            "by_chance": ring.by_chance,
        }
        for ring in found.rings
    ]
    return {"rings": rings, "false_alarm": found.false_alarm, "silent": found.silent}
