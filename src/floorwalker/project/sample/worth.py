"""What a contact is worth in a sample, in the currency of the centre: made up, and how it was reckoned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from floorwalker.apps.capacity import queries as capacity
from floorwalker.apps.capacity import services as staffing
from floorwalker.apps.capacity.rules import Staffing
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.models import Queue
from floorwalker.kernel.access import SYSTEM
from floorwalker.project.sample.centre import SampleFiles

WORTH = {
    # In time: what a satisfied customer adds to the next order. Lost: one in forty of those who hang up buys
    # elsewhere from then on, which is 320 a year.
    "service": Staffing(value_in_time=0.5, cost_lost=8.0),
    # In time: one in eight buys, which earns 144. Lost: what the advertisement cost that made them call.
    "sales": Staffing(value_in_time=18.0, cost_lost=4.0),
}


def is_decided(files: SampleFiles) -> bool:
    """Whether it is said of every queue; before the first is set up there is nothing to say."""
    kept = [capacity.policy(SYSTEM, queue.pk)[1] for queue, _skill in _queues(files)]
    return bool(kept) and all(capacity.policy_of(each).worth_known for each in kept)


def decide(files: SampleFiles, at: datetime) -> None:
    """As a planner does on the queue's page, all else as it is."""
    for queue, skill in _queues(files):
        _queue, kept = capacity.policy(SYSTEM, queue.pk)
        before, worth = capacity.policy_of(kept), WORTH[skill]
        if not before.worth_known:
            decided = replace(before, value_in_time=worth.value_in_time, cost_lost=worth.cost_lost)
            staffing.decide_policy(queue_id=queue.pk, policy=decided, version=kept.version, by=SYSTEM, at=at)


def _queues(files: SampleFiles) -> Iterator[tuple[Queue, str]]:
    """Queues of the sample that are set up, each with service or sales; known by the skill made for it."""
    skills = {each["name"]: each["skill"] for each in files.facts["queues"]}
    for queue in demand.queues_in_order(SYSTEM):
        if queue.skill is not None and queue.skill.name in skills:
            yield queue, skills[queue.skill.name]
