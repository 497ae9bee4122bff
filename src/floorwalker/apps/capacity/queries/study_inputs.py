"""What the study of a published week computes with: its queues and people as plain values, nobody by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from floorwalker.apps.capacity import rules
from floorwalker.apps.capacity.models import WeekStudy
from floorwalker.apps.capacity.queries.inputs import day_inputs, goals_of, lack_of, off_phone_shares, queue_inputs
from floorwalker.apps.capacity.queries.levers import levers_allowed
from floorwalker.apps.capacity.queries.policies import policies_of
from floorwalker.apps.capacity.queries.together import skills_together
from floorwalker.apps.capacity.rostered import members
from floorwalker.apps.capacity.rostered import version as roster_version
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.demand.queries.expectations import in_force
from floorwalker.apps.demand.queries.forecasts import Expected
from floorwalker.science.rostering import Stretch

DAYS = 7
TARGET = ("share", "seconds", "definition")  # what counts as answered in time


def published(queues: Sequence[Queue], week: date) -> tuple[int, int] | None:
    """The version of a site's roster that is published for a week, and its number."""
    return roster_version(queues[0].pk, week) if queues else None


def lacking_for_study(queues: Sequence[Queue], week: date) -> dict[int, rules.Lack]:
    """The queues that cannot be simulated with the others in that week, each with what it lacks."""
    expected = demand.expected_days(queues, week, week + timedelta(days=DAYS - 1))
    found: dict[int, rules.Lack] = {}
    for queue in queues:
        lack = lack_of(queue, expected[queue.pk])
        if lack is None and len(expected[queue.pk].days) < DAYS:
            lack = rules.Lack.WEEK
        if lack is not None:
            found[queue.pk] = lack
    grids = {queue.pk: _grid(expected[queue.pk]) for queue in queues if queue.pk not in found}
    usual = Counter(grids.values()).most_common(1)
    return found | {pk: rules.Lack.GRID for pk, grid in grids.items() if grid != usual[0][0]}


def _grid(expected: Expected) -> tuple[int, str]:
    assert expected.version is not None
    return expected.version.step_minutes, expected.version.zone


def study_inputs(study_id: int) -> dict[str, Any]:
    """Everything a study needs; the version of the roster is read before its people: in doubt it is the older."""
    study = WeekStudy.objects.get(pk=study_id)
    queues = list(study.queues.order_by("client__name", "name", "pk"))
    expected = demand.expected_days(queues, study.first_day, study.first_day + timedelta(days=DAYS - 1))
    policies, off = policies_of(queues), off_phone_shares(queues, study.first_day)
    agreed = in_force({queue.client_id for queue in queues}, study.first_day)
    names = unlike_names(queues)
    roster = published(queues, study.first_day)
    levers = study.purpose == WeekStudy.Purpose.LEVERS
    asked: dict[str, Any] = (
        {"rule": rule_of(study), **levers_allowed(queues, study.first_day).plain} if levers else {}
    )
    if study.purpose == WeekStudy.Purpose.SKILLS:
        asked["skills"] = skills_together(queues, names, study.first_day)
    found = []
    for queue in queues:
        goals = goals_of(queue, agreed)
        plain = queue_inputs(queue, expected[queue.pk], policies[queue.pk], goals, off[queue.pk])
        people = [
            {"spans": spans, "helps": helps, "has": has}
            for spans, helps, has in _people(queue, queues, policies, study.first_day)
        ]
        found.append({**plain, "name": names[queue.pk], "people": people})
    return {
        "purpose": study.purpose,
        "queues": found,
        "of": {
            "roster": roster,
            "queues": [
                {"id": each["id"], "name": each["name"], "forecast": each["of"]["version"],
                 "expected": marks(each["days"]), "target": [each["of"]["goals"][name] for name in TARGET],
                 "policy": each["of"]["policy"], "off_phone": each["of"]["off_phone"],
                 "patience": each["of"]["goals"]["patience_seconds"]}
                for each in found
            ],
            "taught": study.taught_id,
            "slower": study.slower,
            "training_hours": study.training_hours,
            "seed": study.seed,
            "currency": settings.CURRENCY,
            **asked,
        },
    }  # fmt: skip


def marks(days: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What stands for a queue's days, so that it is seen when a planner's change alters them under one version."""
    return {name: rules.mark([each[name] for each in days]) for name in ("contacts", "aht_seconds", "open")}


def changed_since(queues: Sequence[Queue], then: Mapping[int, Mapping[str, Any]], week: date) -> set[str]:
    """What a study would not find today of what it computed with: contacts, handling times, hours or targets.

    ``then`` is what it noted of each queue. A planner's change alters what is expected under one version.
    """
    expected = demand.expected_days(queues, week, week + timedelta(days=DAYS - 1))
    found: set[str] = set()
    for queue in queues:
        kept, now = then[queue.pk], expected[queue.pk]
        if now.version is None or now.version.pk != kept["forecast"]:
            found.add("contacts")
        else:
            marked = marks(day_inputs(queue, now))
            found |= {name for name, value in kept.get("expected", {}).items() if marked[name] != value}
        target = [queue.service_share, queue.service_seconds, queue.service_definition]
        if kept.get("target", target) != target:
            found.add("target")
    return found


def rule_of(study: WeekStudy) -> dict[str, float | None]:
    """The rule of callbacks that was asked about."""
    return {
        "from_minutes": study.callback_from_minutes,
        "accepted": study.callback_accepted,
        "within_hours": study.callback_within_hours,
    }


def unlike_names(queues: Iterable[Queue]) -> dict[int, str]:
    """What each queue is called, with its number where two of different clients are called alike."""
    rows = list(queues)
    often = Counter(queue.name for queue in rows)
    return {queue.pk: queue.name if often[queue.name] == 1 else f"{queue.name} ({queue.pk})" for queue in rows}


def _people(
    queue: Queue, queues: Sequence[Queue], policies: Mapping[int, rules.Staffing], week: date
) -> list[tuple[list[list[int]], list[int], list[int]]]:
    """When each person of a queue is on the phones, which others they help, and whose skill they have besides."""
    found = []
    for stretches, skills in members(queue.pk, week, DAYS) or []:
        others = [each for each in queues if each.pk != queue.pk and each.skill_id in skills]
        helps = [each.pk for each in others if policies[each.pk].overflow]
        found.append((_spans(stretches), helps, [each.pk for each in others if each.pk not in helps]))
    return found


def _spans(stretches: Sequence[Stretch]) -> list[list[int]]:
    """From and to, the meals cut out."""
    found: list[list[int]] = []
    for each in stretches:
        parts = [[each.start, each.end]]
        if each.meal_start is not None and each.meal_end is not None and each.meal_start < each.meal_end:
            parts = [[each.start, each.meal_start], [each.meal_end, each.end]]
        found += [part for part in parts if part[0] < part[1]]
    return found
