"""What was agreed with the clients of a sample for their queues, and for days on which it is tight."""

from __future__ import annotations

from datetime import datetime, timedelta

from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand import services
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.demand.services import ExpectationFields
from floorwalker.kernel.access import SYSTEM
from floorwalker.project.sample.centre import SampleFiles

SINCE = timedelta(days=180)
# Clients differ in this, as they do: every other one lets callbacks be offered.
LEVERS = (("cross_skill", "overtime", "callback_offer"), ("cross_skill", "extra_shifts", "move_off_phone"))
RULE = "From an expected wait of five minutes on, the call promised within two hours."


def is_there(files: SampleFiles) -> bool:
    """Whether something is agreed with every client who has a queue of the sample."""
    queues = _queues(files)
    agreed = set(demand.visible_expectations(SYSTEM).values_list("client", flat=True))
    return bool(queues) and {queue.client_id for queue in queues} <= agreed


def bring(files: SampleFiles, at: datetime) -> None:
    """As a planner writes it down: what the client's first queue aims for, and what may be done on a tight day."""
    agreed = set(demand.visible_expectations(SYSTEM).values_list("client", flat=True))
    first: dict[int, Queue] = {}
    for queue in _queues(files):
        first.setdefault(queue.client_id, queue)
    for number, queue in enumerate(first[pk] for pk in sorted(first)):
        if queue.client_id in agreed:
            continue
        levers = LEVERS[number % len(LEVERS)]
        callbacks = "callback_offer" in levers
        fields = ExpectationFields(
            starts=(at - SINCE).date(),
            service_share=queue.service_share,
            service_seconds=queue.service_seconds,
            service_definition=queue.service_definition,
            callback_allowed=callbacks,
            callback_rule=RULE if callbacks else "",
            levers=levers,
        )
        services.set_expectation(client=queue.client, fields=fields, by=SYSTEM, at=at)


def _queues(files: SampleFiles) -> list[Queue]:
    skills = {each["name"] for each in files.facts["queues"]}
    return [
        queue for queue in demand.queues_in_order(SYSTEM) if queue.skill is not None and queue.skill.name in skills
    ]
