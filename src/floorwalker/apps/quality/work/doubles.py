"""Chooses contacts worth a second score in the child process of a job: plain values in, plain values out."""

from __future__ import annotations

from typing import Any

from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.people import worth_scoring_twice

Plain = dict[str, Any]


def choose(plain: Plain, watch: Watch) -> Plain:
    """Of each group of evaluators: which review, by whom again, and how much surer it makes their leniency."""
    chosen: list[list[Any]] = []
    for number, group in enumerate(plain["groups"]):
        if watch.stopped():
            break
        watch.tell(share=number / len(plain["groups"]))
        found = worth_scoring_twice(
            [(str(review), str(who)) for review, who in group["scored"]],
            [str(each) for each in group["evaluators"]],
            group["wanted"],
            seen_together=[(str(a), str(b)) for a, b in group["together"]],
            evaluator_sd=plain["evaluator_sd"],
            rest_sd=plain["rest_sd"],
        )
        chosen += [[int(each.contact), int(each.second), each.gain] for each in found]
    return {"chosen": chosen}
