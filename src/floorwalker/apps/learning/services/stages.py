"""What a kind of activity does by itself when a stage begins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from secrets import randbits

from floorwalker.apps.learning.models import Activity, GroupRanking, Participant
from floorwalker.apps.learning.rules import survival

Entered = Callable[[Activity, datetime], None]


def make_groups(activity: Activity, at: datetime) -> None:  # noqa: ARG001  (every stage is entered alike)
    """Put who ranked into small groups by lot; whoever comes later joins the smallest."""
    people = Participant.objects.filter(activity=activity, left_at=None)
    there = list(people.filter(ranking__isnull=False)) or list(people)
    activity.seed = randbits(62)
    drawn = survival.split([each.pk for each in there], activity.seed)
    for each in there:
        each.split = drawn[each.pk]
    Participant.objects.bulk_update(there, ["split"])
    order = list(survival.from_json(activity.content).keys)
    GroupRanking.objects.bulk_create(
        GroupRanking(activity=activity, number=number, order=order) for number in sorted(set(drawn.values()))
    )


ENTERED: dict[tuple[str, str], Entered] = {("survival", "together"): make_groups}  # by kind and stage


def entered(activity: Activity, at: datetime) -> None:
    """The activity stands at a stage now; it is saved by who moved it."""
    if do := ENTERED.get((activity.kind, activity.stage)):
        do(activity, at)
